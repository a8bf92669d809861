/// A change that the listener made and can take back: facts, from which a sentence is made.
package struct HistoryEntry: Hashable, Sendable, Identifiable {
  package enum Change: Hashable, Sendable {
    case star(ItemID, Bool)
    case rate(ItemID, from: Int, to: Int)
    case createPlaylist(PlaylistID, trackCount: Int)
    case deletePlaylist(PlaylistID, trackCount: Int)
    case describePlaylist(PlaylistID, from: PlaylistDetails, to: PlaylistDetails)
    /// Neither added nor removed: put into another order.
    case editPlaylist(PlaylistID, added: Int, removed: Int)
    /// nil: there was none before, or is none after.
    case smart(from: SmartPlaylist?, to: SmartPlaylist?)
    case queue(QueueChange, added: Int, removed: Int)
  }

  package enum State: Int, Sendable {
    case done
    case undone
    /// It was undone, and something else was done after that: it cannot be done again.
    case passedOver
  }

  package let id: Int64
  /// Changes of one step are undone together.
  package let step: Int64
  package let made: Timestamp
  package let change: Change
  /// The name of what was changed, at that time.
  package let subject: String
  package let state: State

  package init(id: Int64, step: Int64, made: Timestamp, change: Change, subject: String, state: State = .done) {
    self.id = id
    self.step = step
    self.made = made
    self.change = change
    self.subject = subject
    self.state = state
  }
}

/// How a playlist once was.
package struct PlaylistVersion: Hashable, Sendable, Identifiable {
  package let id: Int64
  package let playlist: PlaylistID
  /// When it was found to be so.
  package let made: Timestamp
  package let details: PlaylistDetails
  package let trackCount: Int

  package init(id: Int64, playlist: PlaylistID, made: Timestamp, details: PlaylistDetails, trackCount: Int) {
    self.id = id
    self.playlist = playlist
    self.made = made
    self.details = details
    self.trackCount = trackCount
  }
}
