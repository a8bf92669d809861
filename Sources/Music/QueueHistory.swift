/// The queue as it was at one moment, so that it can be made so again: tracks by name, and where the music was.
package struct QueueVersion: Hashable, Sendable {
  package var tracks: [TrackID]
  /// Play order as positions in `tracks`; empty for list order.
  package var order: [Int32]
  package var place: KeptPlace

  package init(tracks: [TrackID], order: [Int32] = [], place: KeptPlace) {
    self.tracks = tracks
    self.order = order
    self.place = place
  }
}

/// What a listener did to the queue.
package enum QueueChange: String, Hashable, Sendable, CaseIterable {
  /// Something was played, and the queue became that.
  case play
  case add, remove, clear, move, shuffle, sort, edit
}

/// A change of the queue that can be taken back: what it was before, what it became.
package struct QueueStep: Hashable, Sendable {
  package var change: QueueChange
  /// The title of the track that it was about; empty when there were more.
  package var subject: String
  package var added: Int
  package var removed: Int
  package var before: QueueVersion
  package var after: QueueVersion

  package init(
    _ change: QueueChange, subject: String = "", added: Int = 0, removed: Int = 0, before: QueueVersion,
    after: QueueVersion
  ) {
    self.change = change
    self.subject = subject
    self.added = added
    self.removed = removed
    self.before = before
    self.after = after
  }
}

/// What was undone or done again.
package struct HistoryReturn: Hashable, Sendable {
  package var entries: [HistoryEntry]
  package var isRedo: Bool
  /// Not nil where the queue was among it: what it is expected to be now, and what it is to be.
  package var queue: Turn?

  package struct Turn: Hashable, Sendable {
    package var from: QueueVersion
    package var to: QueueVersion
    package init(from: QueueVersion, to: QueueVersion) {
      self.from = from
      self.to = to
    }
  }

  package init(entries: [HistoryEntry], isRedo: Bool, queue: Turn? = nil) {
    self.entries = entries
    self.isRedo = isRedo
    self.queue = queue
  }
}

/// Where on the line of what was done one wants to be.
package enum HistoryMove: Hashable, Sendable {
  case undo, redo
  /// Takes back this step and everything after it.
  case undoThrough(Int64)
  /// Does again what was taken back, up to this step and with it.
  case redoThrough(Int64)

  package var isRedo: Bool {
    switch self {
    case .undo, .undoThrough: false
    case .redo, .redoThrough: true
    }
  }
}
