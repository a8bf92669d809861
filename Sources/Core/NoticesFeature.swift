import Music

/// What the listener is told, one sentence at a time.
package struct NoticesState: Hashable, Sendable {
  package private(set) var current: Notice?
  /// Told since the start.
  private(set) var count = 0
  private var until = Timestamp(seconds: 0)

  mutating func post(_ notice: Notice, now: Timestamp) {
    current = notice
    count += 1
    until = Timestamp(seconds: now.seconds + (notice.kind == .information ? 6 : 15))
  }

  mutating func dismiss() { current = nil }

  mutating func expire(now: Timestamp) {
    if now >= until { current = nil }
  }
}

extension AppState {
  mutating func post(_ notice: Notice) { notices.post(notice, now: now) }

  mutating func passTime(to time: Timestamp) {
    now = time
    notices.expire(now: time)
  }
}
