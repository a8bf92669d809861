/// A search that is kept as a list: what it holds is asked anew whenever it is looked at.
package struct SmartPlaylistID: CatalogueID {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

package struct SmartPlaylist: Hashable, Sendable, Identifiable {
  package var id: SmartPlaylistID
  package var name: String
  /// As it was typed; see `Query`.
  package var query: String

  package init(id: SmartPlaylistID, name: String, query: String) {
    self.id = id
    self.name = name
    self.query = query
  }
}

extension SmartPlaylist {
  /// How it stands among the playlists: its id is its own, negated, so that it is never a playlist's.
  package var playlist: Playlist {
    var playlist = Playlist(id: PlaylistID(-id.rawValue), name: name, isReadOnly: true)
    playlist.query = query
    return playlist
  }
}

extension Playlist {
  /// The smart playlist that this one stands for.
  package var smart: SmartPlaylistID? { id.smart }
}

extension PlaylistID {
  package var smart: SmartPlaylistID? { rawValue < 0 ? SmartPlaylistID(-rawValue) : nil }
}
