import Music

/// What is said of a playlist beside its name.
package enum PlaylistDetail: Hashable, Sendable {
  /// nil asks for it.
  case comment(String?)
  /// Whether the server's other users see it.
  case publish(Switch)
}

extension PlaylistDetail {
  var words: (String, String?) {
    switch self {
    case .comment(let text): ("playlist comment", quoted(text))
    case .publish(.toggle): ("playlist publish", nil)
    case .publish(let value): ("playlist publish", value.rawValue)
    }
  }

  var summary: String {
    switch self {
    case .comment: "write a comment on the playlist"
    case .publish(.off): "show the playlist to nobody else"
    case .publish: "show the playlist to the server's other users"
    }
  }
}

extension AppState {
  mutating func describe(_ detail: PlaylistDetail) -> [Effect] {
    guard let playlist = namedPlaylist() else { return [] }
    guard playlist.smart == nil else {
      post(Notice(.warning, "“\(playlist.name)” is a search of this computer's: no server keeps it."))
      return []
    }
    switch detail {
    case .comment(nil): return ask("Comment", .playlistComment(playlist.id), text: playlist.comment)
    case .comment(let text?): return comment(playlist.id, text)
    case .publish(let value):
      let on = value == .toggle ? !playlist.isPublic : value == .on
      guard on != playlist.isPublic else { return [] }
      let who = on ? "is seen by the server's other users" : "is seen by nobody else"
      post(Notice(.information, "“\(playlist.name)” \(who)."))
      return [.edit(.describePlaylist(playlist.id, comment: nil, isPublic: on))]
    }
  }

  /// Nothing takes the comment away.
  mutating func comment(_ id: PlaylistID, _ text: String) -> [Effect] {
    [.edit(.describePlaylist(id, comment: trimmed(text), isPublic: nil))]
  }
}
