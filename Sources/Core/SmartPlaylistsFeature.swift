package import Music

// Searches kept as lists: they stand among the playlists, under numbers of their own.

/// What can be done to smart playlists. They stay on this computer: no server hears of them.
package enum SmartEdit: Hashable, Sendable {
  case create(name: String, query: String)
  /// nil leaves a value as it is.
  case change(PlaylistID, name: String?, query: String?)
  case delete(PlaylistID)
}

extension AppState {
  mutating func saveSearch(_ name: String?) -> [Effect] {
    let words = trimmed(search.field.text)
    guard screen == .search, !words.isEmpty else {
      post(Notice(.warning, "Search for something first (/): what is found is then kept as a list."))
      return []
    }
    if let problem = Query(parsing: words).problems.first {
      post(Notice(.warning, "“\(problem)” is not understood, so the search is not kept."))
      return []
    }
    search.isTyping = false
    guard let name else { return ask("Name of the smart playlist", .saveSearch(words), text: words) }
    return keepSearch(words, as: name)
  }

  mutating func keepSearch(_ query: String, as name: String) -> [Effect] {
    guard !trimmed(name).isEmpty else { return [] }
    post(Notice(.information, "“\(trimmed(name))” stands among the playlists and follows the library."))
    return [.edit(.smart(.create(name: trimmed(name), query: query)))]
  }

  mutating func editSmartPlaylist(_ query: String?) -> [Effect] {
    guard let playlist = smartPlaylistInHand() else { return [] }
    guard let query else { return ask("Search", .smartQuery(playlist.id), text: playlist.query ?? "") }
    return setSmartQuery(playlist.id, query)
  }

  mutating func setSmartQuery(_ id: PlaylistID, _ query: String) -> [Effect] {
    guard !trimmed(query).isEmpty else { return [] }
    if let problem = Query(parsing: query).problems.first {
      post(Notice(.warning, "“\(problem)” is not understood. Nothing was changed."))
      return []
    }
    return [.edit(.smart(.change(id, name: nil, query: trimmed(query))))]
  }

  /// What it holds now becomes a playlist like others.
  mutating func freezeSmartPlaylist(_ name: String?, replyTo token: ReplyToken?) -> [Effect] {
    guard let playlist = smartPlaylistInHand() else { return [] }
    let purpose = Errand.Purpose.freeze(name: name ?? playlist.name)
    return begin(Errand(purpose: purpose, questions: [.tracksOfPlaylist(playlist.id)], replyTo: token))
  }

  private mutating func smartPlaylistInHand() -> Playlist? {
    guard screen == .playlists, let playlist = playlists.lists.selected, playlist.smart != nil else {
      post(Notice(.warning, "Go to the playlists (\(key(for: .view(.playlists)))) and choose a smart one first."))
      return nil
    }
    return playlist
  }

  /// Something that a search may look at changed: the one that is shown is asked again.
  mutating func refreshSmartTracks() -> [Effect] {
    guard screen == .playlists, playlists.lists.selected?.smart != nil else { return [] }
    return playlists.tracks.refresh(&tickets)
  }

  mutating func smartEdited(_ edit: SmartEdit) -> [Effect] {
    refreshChanges() + playlists.lists.refresh(&tickets)
      + (playlists.lists.selected?.smart == nil ? [] : playlists.tracks.refresh(&tickets))
  }
}
