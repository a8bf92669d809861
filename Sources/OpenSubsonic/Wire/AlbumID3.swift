extension Wire {
  /// An album by its tags. Fields from `played` on are OpenSubsonic's.
  package struct AlbumID3: Codable, Hashable, Sendable {
    package var id: String
    package var name: String
    package var artist: String?
    package var artistId: String?
    package var coverArt: String?
    package var songCount = 0
    /// In seconds.
    package var duration = 0
    package var playCount: Int?
    package var created: WireDate?
    package var starred: WireDate?
    package var year: Int?
    package var genre: String?

    package var played: WireDate?
    package var userRating: Int?
    package var musicBrainzId: String?
    package var genres: [ItemGenre]?
    package var artists: [ArtistID3]?
    package var displayArtist: String?
    package var sortName: String?
    package var isCompilation: Bool?

    package init(id: String, name: String) {
      self.id = id
      self.name = name
    }
  }

  /// An album with its songs: the same fields, and `song`, in one object.
  package struct AlbumID3WithSongs: Codable, Sendable {
    package var album: AlbumID3
    package var song: [Child]

    package init(_ album: AlbumID3, song: [Child]) {
      self.album = album
      self.song = song
    }

    private enum CodingKeys: String, CodingKey { case song }

    package init(from decoder: any Decoder) throws {
      album = try AlbumID3(from: decoder)
      song = try LenientFields(decoder, CodingKeys.self).list(.song)
    }

    package func encode(to encoder: any Encoder) throws {
      try album.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(song, forKey: .song)
    }
  }
}

extension Wire.AlbumID3 {
  package init(from decoder: any Decoder) throws {
    let fields = try LenientFields(decoder, CodingKeys.self)
    id = try fields.id(.id)
    name = fields.string(.name) ?? ""
    artist = fields.string(.artist)
    artistId = fields.string(.artistId)
    coverArt = fields.string(.coverArt)
    songCount = fields.int(.songCount) ?? 0
    duration = fields.int(.duration) ?? 0
    playCount = fields.int(.playCount)
    created = fields.date(.created)
    starred = fields.date(.starred)
    year = fields.int(.year)
    genre = fields.string(.genre)
    played = fields.date(.played)
    userRating = fields.int(.userRating)
    musicBrainzId = fields.string(.musicBrainzId)
    genres = fields.list(.genres)
    artists = fields.list(.artists)
    displayArtist = fields.string(.displayArtist)
    sortName = fields.string(.sortName)
    isCompilation = fields.bool(.isCompilation)
  }
}
