import Music

/// Since when the music waits for bytes, and whether that was told: once for each entry.
package struct SlownessState: Hashable, Sendable {
  var since: Timestamp?
  var told: EntryID?

  /// In seconds. What is shorter the bar tells alone.
  static let patience: Int64 = 10
}

extension AppState {
  /// A connection that brings too little, or nothing, is told in words after a while: it may go on so for ever.
  mutating func noticeSlowness() {
    guard player.state == .playing, player.isBuffering, let entry = queue.current else {
      slowness.since = nil
      return
    }
    let since = slowness.since ?? now
    slowness.since = since
    guard now.seconds - since.seconds >= SlownessState.patience, slowness.told != entry.id else { return }
    slowness.told = entry.id
    post(
      Notice(
        .warning, "“\(entry.track.title)” comes too slowly to be played. It goes on when enough is here; > skips it.",
        of: .silence))
  }
}
