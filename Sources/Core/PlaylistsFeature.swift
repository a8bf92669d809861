package import Music

/// The playlists' screen: the lists, and the tracks of the one under the cursor.
package struct PlaylistsState: Sendable {
  package enum Column: Int, Hashable, Sendable { case lists, tracks }

  package internal(set) var focus = Column.lists
  @Boxed package internal(set) var lists = Pane<Playlist>()
  @Boxed package internal(set) var tracks = Pane<Track>()
  /// The list to stand on once it is there: it was made here a moment ago.
  var awaited: PlaylistID?
  /// Whose tracks are shown while those of the list under the cursor wait.
  package internal(set) var heldName: String?
  /// Changes of the shown tracks that the catalogue has not confirmed: until then its answers are older than the rows.
  var unconfirmed = 0

  /// Whose tracks are shown.
  package var tracksTitle: String { heldName ?? lists.selected?.name ?? "Tracks" }
}

extension AppState {
  /// The tracks shown are those of the list under the cursor.
  mutating func followPlaylists() -> [Effect] {
    if let awaited = playlists.awaited, let place = playlists.lists.rows.firstIndex(where: { $0.id == awaited }) {
      playlists.lists.list.cursor = place
      playlists.awaited = nil
    }
    guard let playlist = playlists.lists.selected else {
      playlists.tracks.forget()
      return []
    }
    let question = CatalogueQuestion.tracksOfPlaylist(playlist.id)
    guard playlists.tracks.question != question else { return [] }
    playlists.tracks.list = ListCursor()
    if let rows = takeTracksAhead(question) {
      playlists.tracks.answer(question, rows)
      return []
    }
    return playlists.tracks.ask(question, &tickets)
  }

  mutating func newPlaylist(_ name: String?, tracks: [TrackID] = []) -> [Effect] {
    guard let name else { return ask("Name of the new playlist", .newPlaylist(tracks)) }
    guard !trimmed(name).isEmpty else { return [] }
    return [.edit(.createPlaylist(name: trimmed(name), tracks: tracks))]
  }

  mutating func renamePlaylist(_ name: String?) -> [Effect] {
    if screen == .radio { return renameStation(name) }
    guard let playlist = namedPlaylist() else { return [] }
    guard let name else { return ask("New name", .renamePlaylist(playlist.id), text: playlist.name) }
    return rename(playlist.id, name)
  }

  mutating func rename(_ id: PlaylistID, _ name: String) -> [Effect] {
    guard !trimmed(name).isEmpty else { return [] }
    if id.smart != nil { return [.edit(.smart(.change(id, name: trimmed(name), query: nil)))] }
    return [.edit(.renamePlaylist(id, name: trimmed(name)))]
  }

  mutating func deletePlaylist() -> [Effect] {
    guard let playlist = namedPlaylist() else { return [] }
    if playlist.smart != nil {
      return confirm("Delete the smart playlist “\(playlist.name)”?", .deleteSmart(playlist.id))
    }
    return confirm("Delete the playlist “\(playlist.name)”?", .deletePlaylist(playlist.id))
  }

  /// The list under the cursor of the playlists' screen, if it is there and ours to name or delete.
  mutating func namedPlaylist() -> Playlist? {
    guard screen == .playlists, let playlist = playlists.lists.selected else {
      post(Notice(.warning, "Go to the playlists (\(key(for: .view(.playlists)))) and choose one first."))
      return nil
    }
    return playlist.smart != nil || isEditable(playlist) ? playlist : nil
  }

  /// Whether the tracks that are shown are those of a list that is ours to change.
  mutating func isShownPlaylistEditable() -> Bool {
    guard let playlist = playlists.lists.selected, playlists.tracks.answered == .tracksOfPlaylist(playlist.id) else {
      post(Notice(.information, "There is no playlist here."))
      return false
    }
    return isEditable(playlist)
  }

  private mutating func isEditable(_ playlist: Playlist) -> Bool {
    if playlist.smart != nil {
      post(
        Notice(
          .warning,
          "“\(playlist.name)” is a search: :smart edit changes it, :smart freeze makes an ordinary playlist of it."))
    } else if playlist.isReadOnly {
      post(
        Notice(.warning, "“\(playlist.name)” belongs to \(playlist.owner.isEmpty ? "someone else" : playlist.owner)."))
    }
    return !playlist.isReadOnly
  }
}

// MARK: Tracks of a playlist

extension AppState {
  /// Adds the chosen rows to the playlist of that name, or asks to which.
  mutating func addToPlaylist(_ name: String?, replyTo token: ReplyToken?) -> [Effect] {
    if case .tracks(let tracks)? = chosenRows, tracks.contains(where: \.isRadio) {
      return refuseForRadio("A radio station cannot stand in a playlist.")
    }
    guard let name else { return gather(.choosePlaylist, replyTo: token) }
    guard let playlist = playlists.lists.rows.first(where: { $0.name == name }) else {
      post(Notice(.warning, "There is no playlist “\(name)”. Create it with :playlist new \(name)."))
      return []
    }
    guard case .tracks(let tracks)? = chosenRows, !tracks.isEmpty else {
      post(Notice(.warning, "Choose tracks first."))
      return []
    }
    return beginAppending(tracks.map(\.id), to: playlist)
  }

  mutating func beginAppending(_ tracks: [TrackID], to playlist: Playlist) -> [Effect] {
    guard isEditable(playlist) else { return [] }
    post(Notice(.information, "Added \(counted(tracks.count, "track")) to “\(playlist.name)”."))
    return [.edit(.addTracks(playlist.id, tracks, at: nil))]
  }

  mutating func removeFromPlaylist() -> [Effect] {
    let places = Set(chosenIndices(of: .playlistTracks))
    guard !places.isEmpty else { return [] }
    let rows = playlists.tracks.rows
    let cursor = playlists.tracks.list.cursor
    let effects = setPlaylistRows(rows.indices.filter { !places.contains($0) }.map { rows[$0] })
    if !effects.isEmpty {
      playlists.tracks.list.follow(cursor, without: places, count: playlists.tracks.rows.count)
      let gone = places.filter(rows.indices.contains).sorted().map { rows[$0] }
      let left = counted(playlists.tracks.rows.count, "track")
      postUnseen("\(named(gone)) left \(listName(.playlistTracks)), which has \(left) now.")
    }
    return effects
  }

  mutating func reorderPlaylist(_ direction: Direction) -> [Effect] {
    if refuseWhileArranged(.playlistTracks) { return [] }
    var rows = playlists.tracks.rows
    let source = playlists.tracks.list.cursor
    let target = source + (direction == .up ? -1 : 1)
    guard rows.indices.contains(source), rows.indices.contains(target) else { return [] }
    rows.swapAt(source, target)
    let effects = setPlaylistRows(rows)
    if !effects.isEmpty { playlists.tracks.list.cursor = target }
    return effects
  }

  /// Shows the new list at once; the catalogue follows.
  mutating func setPlaylistRows(_ rows: [Track]) -> [Effect] {
    guard let playlist = playlists.lists.selected, playlists.tracks.answered == .tracksOfPlaylist(playlist.id),
      isEditable(playlist)
    else { return [] }
    playlists.unconfirmed += 1
    let seen = playlists.tracks.rows.map(\.id)
    let cursor = playlists.tracks.list.cursor
    playlists.tracks.replace(rows)
    playlists.tracks.list.cursor = max(0, min(cursor, rows.count - 1))
    return [.edit(.setTracks(playlist.id, rows.map(\.id), seen: seen))]
  }
}

// MARK: What became of an edit

extension AppState {
  mutating func edited(_ edit: LibraryEdit, created: PlaylistID?) -> [Effect] {
    switch edit {
    case .createPlaylist(let name, let tracks):
      playlists.awaited = created
      let contents = tracks.isEmpty ? "" : " with \(counted(tracks.count, "track"))"
      post(Notice(.information, "The playlist “\(name)” is made\(contents)."))
      return playlists.lists.refresh(&tickets)
    case .renamePlaylist, .describePlaylist, .deletePlaylist: return playlists.lists.refresh(&tickets)
    case .setTracks:
      playlists.unconfirmed = max(0, playlists.unconfirmed - 1)
      return playlists.tracks.refresh(&tickets) + playlists.lists.refresh(&tickets)
    case .addTracks: return playlists.tracks.refresh(&tickets) + playlists.lists.refresh(&tickets)
    case .restore(_, let name, let missing): return restored(name, missing: missing)
    case .retry, .discard, .decide: return refreshEverything()
    case .bookmark, .saveQueue: return []
    case .together(let edits): return edits.flatMap { edited($0, created: nil) }
    case .star(let item, _), .rate(let item, _):
      confirm(item)
      return refreshChanges() + refreshSmartTracks()
    case .recordPlay(let track, _):
      countPlay(of: track)
      return refreshChanges() + refreshSmartTracks() + (screen == .history ? history.plays.refresh(&tickets) : [])
    case .smart(let edit): return smartEdited(edit)
    case .createStation(let name, _):
      post(Notice(.information, "The station “\(name)” is added."))
      return radio.stations.refresh(&tickets)
    case .renameStation, .deleteStation: return radio.stations.refresh(&tickets)
    }
  }

  /// A listen was counted: so it says wherever the track stands.
  private mutating func countPlay(of id: TrackID) {
    func count(_ track: inout Track) { track.playCount += 1 }
    queue.revise(id, count)
    library.tracks.revise(where: { $0.id == id }, count)
    playlists.tracks.revise(where: { $0.id == id }, count)
    search.results.revise(where: { $0.id == .item(.track(id)) }) { row in
      guard case .track(var track) = row else { return }
      count(&track)
      row = .track(track)
    }
  }

  mutating func editFailed(_ edit: LibraryEdit, _ reason: String) -> [Effect] {
    forgetOverrides(of: edit)
    post(Notice(.error, "The change could not be kept: \(reason)"))
    return refreshEverything()
  }

  /// What the screens show before the catalogue has it.
  private mutating func forgetOverrides(of edit: LibraryEdit) {
    switch edit {
    case .star(let item, _):
      confirm(item)
      overrides.stars[item] = nil
    case .rate(let item, _):
      confirm(item)
      overrides.ratings[item] = nil
    case .setTracks: playlists.unconfirmed = max(0, playlists.unconfirmed - 1)
    case .together(let edits): for edit in edits { forgetOverrides(of: edit) }
    default: break
    }
  }
}
