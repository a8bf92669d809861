extension Wire {
  /// A song; in folder calls also a directory. Fields from `mediaType` on are OpenSubsonic's.
  package struct Child: Codable, Hashable, Sendable {
    package var id: String
    package var parent: String?
    package var isDir = false
    package var title: String
    package var album: String?
    package var artist: String?
    package var track: Int?
    package var year: Int?
    package var genre: String?
    package var coverArt: String?
    /// In bytes.
    package var size: Int64?
    package var contentType: String?
    package var suffix: String?
    package var transcodedContentType: String?
    package var transcodedSuffix: String?
    /// In seconds.
    package var duration: Int?
    /// In kbit/s.
    package var bitRate: Int?
    package var path: String?
    package var isVideo: Bool?
    /// 1…5.
    package var userRating: Int?
    package var averageRating: Double?
    package var playCount: Int?
    package var discNumber: Int?
    package var created: WireDate?
    package var starred: WireDate?
    package var albumId: String?
    package var artistId: String?
    package var type: String?

    package var mediaType: String?
    package var bitDepth: Int?
    /// In Hz.
    package var samplingRate: Int?
    package var channelCount: Int?
    package var played: WireDate?
    package var bpm: Int?
    package var comment: String?
    package var sortName: String?
    package var musicBrainzId: String?
    package var genres: [ItemGenre]?
    package var artists: [ArtistID3]?
    package var displayArtist: String?
    package var albumArtists: [ArtistID3]?
    package var displayAlbumArtist: String?
    package var replayGain: ReplayGain?
    package var explicitStatus: String?

    package init(id: String, title: String, isDir: Bool = false) {
      self.id = id
      self.title = title
      self.isDir = isDir
    }
  }

  /// Gains in dB, peaks linear.
  package struct ReplayGain: Codable, Hashable, Sendable {
    package var trackGain: Double?
    package var albumGain: Double?
    package var trackPeak: Double?
    package var albumPeak: Double?
    /// What a decoder adds anyway: the output gain in an Opus header.
    package var baseGain: Double?
    /// For a gain that is missing.
    package var fallbackGain: Double?

    package init() {}

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      trackGain = fields.double(.trackGain)
      albumGain = fields.double(.albumGain)
      trackPeak = fields.double(.trackPeak)
      albumPeak = fields.double(.albumPeak)
      baseGain = fields.double(.baseGain)
      fallbackGain = fields.double(.fallbackGain)
    }
  }

  package struct ItemGenre: Codable, Hashable, Sendable {
    package var name: String

    package init(name: String) { self.name = name }

    package init(from decoder: any Decoder) throws {
      name = try LenientFields(decoder, CodingKeys.self).id(.name)
    }
  }
}

extension Wire.Child {
  package init(from decoder: any Decoder) throws {
    let fields = try LenientFields(decoder, CodingKeys.self)
    id = try fields.id(.id)
    title = fields.string(.title) ?? ""
    readClassic(fields)
    readOpenSubsonic(fields)
  }

  private mutating func readClassic(_ fields: LenientFields<CodingKeys>) {
    parent = fields.string(.parent)
    isDir = fields.bool(.isDir) ?? false
    album = fields.string(.album)
    artist = fields.string(.artist)
    track = fields.int(.track)
    year = fields.int(.year)
    genre = fields.string(.genre)
    coverArt = fields.string(.coverArt)
    size = fields.int64(.size)
    contentType = fields.string(.contentType)
    suffix = fields.string(.suffix)
    transcodedContentType = fields.string(.transcodedContentType)
    transcodedSuffix = fields.string(.transcodedSuffix)
    duration = fields.int(.duration)
    bitRate = fields.int(.bitRate)
    path = fields.string(.path)
    isVideo = fields.bool(.isVideo)
    userRating = fields.int(.userRating)
    averageRating = fields.double(.averageRating)
    playCount = fields.int(.playCount)
    discNumber = fields.int(.discNumber)
    created = fields.date(.created)
    starred = fields.date(.starred)
    albumId = fields.string(.albumId)
    artistId = fields.string(.artistId)
    type = fields.string(.type)
  }

  private mutating func readOpenSubsonic(_ fields: LenientFields<CodingKeys>) {
    mediaType = fields.string(.mediaType)
    bitDepth = fields.int(.bitDepth)
    samplingRate = fields.int(.samplingRate)
    channelCount = fields.int(.channelCount)
    played = fields.date(.played)
    bpm = fields.int(.bpm)
    comment = fields.string(.comment)
    sortName = fields.string(.sortName)
    musicBrainzId = fields.string(.musicBrainzId)
    genres = fields.list(.genres)
    artists = fields.list(.artists)
    displayArtist = fields.string(.displayArtist)
    albumArtists = fields.list(.albumArtists)
    displayAlbumArtist = fields.string(.displayAlbumArtist)
    replayGain = fields.object(.replayGain)
    explicitStatus = fields.string(.explicitStatus)
  }
}
