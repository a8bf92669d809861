package import Music

/// The screen of earlier versions of one playlist, or of the playlists that are gone, with the tracks of the one under
/// the cursor.
package struct VersionsState: Sendable {
  /// nil: the playlists that were deleted.
  package internal(set) var playlist: Playlist?
  package internal(set) var focus = PlaylistsState.Column.lists
  @Boxed package internal(set) var versions = Pane<PlaylistVersion>()
  @Boxed package internal(set) var tracks = Pane<Track>()
  var cameFrom = ScreenName.playlists
}

extension AppState {
  mutating func showVersions() -> [Effect] {
    if screen != .versions { versions.cameFrom = screen }
    versions.playlist = screen == .playlists ? playlists.lists.selected : nil
    versions.focus = .lists
    versions.tracks.forget()
    versions.versions.forget()
    let question = versions.playlist.map { CatalogueQuestion.versions(of: $0.id) } ?? .deletedPlaylists
    return show(.versions) + versions.versions.ask(question, &tickets)
  }

  /// The tracks shown are those of the version under the cursor.
  mutating func followVersions() -> [Effect] {
    guard let version = versions.versions.selected else {
      versions.tracks.forget()
      return []
    }
    guard versions.tracks.question != .tracksOfVersion(version.id) else { return [] }
    versions.tracks.list = ListCursor()
    return versions.tracks.ask(.tracksOfVersion(version.id), &tickets)
  }

  mutating func restoreVersion() -> [Effect] {
    guard screen == .versions, let version = versions.versions.selected else {
      post(Notice(.information, "Go to a playlist and to its versions (\(key(for: .history(.versions)))) first."))
      return []
    }
    if let list = versions.playlist, list.isReadOnly {
      post(Notice(.warning, "“\(list.name)” belongs to \(list.owner.isEmpty ? "someone else" : list.owner)."))
      return []
    }
    return [.edit(.restore(version: version.id, name: version.details.name))]
  }

  mutating func restored(_ name: String, missing: Int) -> [Effect] {
    let but = missing == 0 ? "" : ", but for \(counted(missing, "track")) that the library has no more"
    let undo = key(for: .history(.undo))
    post(Notice(missing == 0 ? .information : .warning, "“\(name)” is as it was then\(but). \(undo) takes that back."))
    return refreshEverything() + versions.versions.refresh(&tickets)
  }
}
