/// The calls of the protocol that this project makes or answers, by their names in the URL (`rest/NAME` or `rest/NAME.view`).
package enum Endpoint: String, Sendable, CaseIterable {
  case ping, getLicense, getOpenSubsonicExtensions, tokenInfo
  case getMusicFolders, getIndexes, getMusicDirectory, getGenres, getArtists, getArtist, getAlbum, getSong
  case getAlbumList2, getRandomSongs, getSongsByGenre, getStarred2, getNowPlaying
  case search3
  case getPlaylists, getPlaylist, createPlaylist, updatePlaylist, deletePlaylist
  case stream, download, getCoverArt, getLyrics, getLyricsBySongId
  case star, unstar, setRating, scrobble
  case getInternetRadioStations, createInternetRadioStation, updateInternetRadioStation, deleteInternetRadioStation
  case savePlayQueue, savePlayQueueByIndex, getPlayQueue, getPlayQueueByIndex, createBookmark, deleteBookmark,
    getBookmarks
  case getUser, getScanStatus, startScan
  /// Of the extension `serverIdentity`, this project's own.
  case getServerIdentity

  /// The name in a path's last part, with or without `.view`; nil when it is none of ours.
  package init?(pathComponent: some StringProtocol) {
    let name = pathComponent.hasSuffix(".view") ? String(pathComponent.dropLast(5)) : String(pathComponent)
    self.init(rawValue: name)
  }
}
