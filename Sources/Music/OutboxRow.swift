/// An edit in the outbox as a listener looks at it.
package struct OutboxRow: Hashable, Sendable, Identifiable {
  package enum State: Hashable, Sendable {
    /// It is sent when it can be.
    case waiting
    /// Refused for good, with the server's words or the bare fact; it is not sent again unless asked for.
    case refused(String)
    /// Only the listener can decide.
    case asks(PlaylistConflict)
  }

  package let id: Int64
  package let server: ServerID
  package let edit: Edit
  /// The name of the track, album, artist or playlist that it is about; empty for the queue.
  package let subject: String
  package let since: Timestamp
  package let attempts: Int
  package let lastTried: Timestamp?
  package let state: State

  package init(
    id: Int64, server: ServerID, edit: Edit, subject: String, since: Timestamp, attempts: Int = 0,
    lastTried: Timestamp? = nil, state: State = .waiting
  ) {
    self.id = id
    self.server = server
    self.edit = edit
    self.subject = subject
    self.since = since
    self.attempts = attempts
    self.lastTried = lastTried
    self.state = state
  }
}

/// How many edits stand in the outbox, of all servers.
package struct OutboxCounts: Hashable, Sendable {
  package var waiting = 0
  package var refused = 0
  package var asking = 0
  package init(waiting: Int = 0, refused: Int = 0, asking: Int = 0) {
    self.waiting = waiting
    self.refused = refused
    self.asking = asking
  }
}

/// A playlist about which the listener has to decide.
package struct PlaylistQuestion: Hashable, Sendable {
  package let playlist: PlaylistID
  /// As it is called here.
  package let name: String
  package let conflict: PlaylistConflict

  package init(playlist: PlaylistID, name: String, conflict: PlaylistConflict) {
    self.playlist = playlist
    self.name = name
    self.conflict = conflict
  }
}

/// What the listener decided.
package enum PlaylistDecision: Hashable, Sendable {
  /// Our name stands; a list that was deleted there is made there anew.
  case keepOurs
  /// Their name stands; a list that was deleted there is deleted here.
  case takeTheirs
}
