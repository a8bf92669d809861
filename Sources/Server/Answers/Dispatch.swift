import OpenSubsonic

extension Call {
  /// The answer to any call that needs a user.
  func reply(to endpoint: Endpoint, _ format: Format) throws -> Reply {
    switch endpoint {
    case .stream: try stream()
    case .download: try download()
    case .getCoverArt: try coverArt()
    default: try format.reply(response(to: endpoint))
    }
  }

  private func response(to endpoint: Endpoint) throws -> Wire.Response {
    switch endpoint {
    case .getOpenSubsonicExtensions: Self.extensions(hasIdentity: identity != nil)
    case .getLicense: license()
    case .tokenInfo: tokenInfo()
    case .getUser: try getUser()
    case .getScanStatus: try scanStatus()
    case .startScan: try startScan()
    case .getMusicFolders: musicFolders()
    case .getIndexes: try indexes()
    case .getMusicDirectory: try directory()
    case .getGenres: try genres()
    case .getArtists: try artists()
    case .getArtist: try artist()
    case .getAlbum: try album()
    case .getSong: try song()
    case .getAlbumList2: try albumList()
    case .getRandomSongs: try randomSongs()
    case .getSongsByGenre: try songsByGenre()
    case .getStarred2: try starred()
    case .search3: try search()
    case .getPlaylists: try getPlaylists()
    case .getPlaylist: try getPlaylist()
    case .createPlaylist: try createPlaylist()
    case .updatePlaylist: try updatePlaylist()
    case .deletePlaylist: try deletePlaylist()
    case .star: try star(true)
    case .unstar: try star(false)
    case .setRating: try setRating()
    case .scrobble: try scrobble()
    case .getNowPlaying: nothingPlaying()
    case .getLyrics: try lyricsByName()
    case .getLyricsBySongId: try lyricsBySong()
    case .getInternetRadioStations: try radioStations()
    case .createInternetRadioStation: try createRadioStation()
    case .updateInternetRadioStation: try updateRadioStation()
    case .deleteInternetRadioStation: try deleteRadioStation()
    case .savePlayQueue: try savePlayQueue(byIndex: false)
    case .savePlayQueueByIndex: try savePlayQueue(byIndex: true)
    case .getPlayQueue: try getPlayQueue(byIndex: false)
    case .getPlayQueueByIndex: try getPlayQueue(byIndex: true)
    case .createBookmark: try createBookmark()
    case .deleteBookmark: try deleteBookmark()
    case .getBookmarks: try getBookmarks()
    case .getServerIdentity: try Self.identity(identity)
    case .ping, .stream, .download, .getCoverArt: .ours()
    }
  }
}
