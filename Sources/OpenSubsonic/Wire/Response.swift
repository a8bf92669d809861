extension Wire {
  /// The body of an envelope: who answers, and at most one payload, named as the protocol names it.
  package struct Response: Codable, Sendable {
    /// `ok` or `failed`.
    package var status: String
    /// The protocol version of the server.
    package var version: String
    /// The three that make a server an OpenSubsonic one; all absent on classic servers.
    package var type: String?
    package var serverVersion: String?
    package var openSubsonic: Bool?
    package var error: Failure?

    package var license: License?
    package var openSubsonicExtensions: [OpenSubsonicExtension]?
    package var tokenInfo: TokenInfo?
    package var musicFolders: MusicFolders?
    package var indexes: Indexes?
    package var directory: Directory?
    package var genres: Genres?
    package var artists: ArtistsID3?
    package var artist: ArtistWithAlbumsID3?
    package var album: AlbumID3WithSongs?
    package var song: Child?
    package var albumList2: AlbumList2?
    package var randomSongs: Songs?
    package var songsByGenre: Songs?
    package var starred2: Starred2?
    package var searchResult3: SearchResult3?
    package var playlists: Playlists?
    package var playlist: PlaylistWithSongs?
    package var user: User?
    package var scanStatus: ScanStatus?
    package var nowPlaying: NowPlaying?
    package var internetRadioStations: InternetRadioStations?
    package var playQueue: PlayQueue?
    package var playQueueByIndex: PlayQueueByIndex?
    package var bookmarks: Bookmarks?
    package var lyrics: Lyrics?
    package var lyricsList: LyricsList?
    package var serverIdentity: ServerIdentity?

    package init(version: String, type: String? = nil, serverVersion: String? = nil, error: Failure? = nil) {
      status = error == nil ? "ok" : "failed"
      self.version = version
      self.type = type
      self.serverVersion = serverVersion
      openSubsonic = type == nil ? nil : true
      self.error = error
    }
  }
}

extension Wire.Response {
  package init(from decoder: any Decoder) throws {
    let fields = try LenientFields(decoder, CodingKeys.self)
    status = fields.string(.status) ?? ""
    version = fields.string(.version) ?? ""
    type = fields.string(.type)
    serverVersion = fields.string(.serverVersion)
    openSubsonic = fields.bool(.openSubsonic)
    error = fields.object(.error)
    license = fields.object(.license)
    let extensions = fields.list(.openSubsonicExtensions, of: Wire.OpenSubsonicExtension.self)
    openSubsonicExtensions = extensions.isEmpty ? nil : extensions
    tokenInfo = fields.object(.tokenInfo)
    musicFolders = fields.object(.musicFolders)
    indexes = fields.object(.indexes)
    directory = fields.object(.directory)
    genres = fields.object(.genres)
    artists = fields.object(.artists)
    artist = fields.object(.artist)
    album = fields.object(.album)
    song = fields.object(.song)
    albumList2 = fields.object(.albumList2)
    randomSongs = fields.object(.randomSongs)
    songsByGenre = fields.object(.songsByGenre)
    starred2 = fields.object(.starred2)
    searchResult3 = fields.object(.searchResult3)
    playlists = fields.object(.playlists)
    playlist = fields.object(.playlist)
    user = fields.object(.user)
    scanStatus = fields.object(.scanStatus)
    nowPlaying = fields.object(.nowPlaying)
    internetRadioStations = fields.object(.internetRadioStations)
    playQueue = fields.object(.playQueue)
    playQueueByIndex = fields.object(.playQueueByIndex)
    bookmarks = fields.object(.bookmarks)
    lyrics = fields.object(.lyrics)
    lyricsList = fields.object(.lyricsList)
    serverIdentity = fields.object(.serverIdentity)
  }
}
