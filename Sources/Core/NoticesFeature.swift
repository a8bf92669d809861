import Music

/// What the listener is told, one sentence at a time. An error or a warning is not wiped away by lesser news before it
/// could be read: the news waits for a moment.
package struct NoticesState: Hashable, Sendable {
  package private(set) var current: Notice?
  /// The last that was told, also where it still waits.
  private(set) var latest: Notice?
  /// Told since the start.
  private(set) var count = 0
  private var waiting: [Notice] = []
  /// For the line mode, which tells every one.
  var keepsUntold = false
  private var untold: [Notice] = []
  private var since = Timestamp(seconds: 0)
  /// The listener went on to type something: what is told now may take its place.
  private var isSeen = false

  /// In seconds.
  private static let readingTime: Int64 = 4
  private static let longestQueue = 3

  mutating func post(_ notice: Notice, now: Timestamp) {
    count += 1
    latest = notice
    if keepsUntold { untold.append(notice) }
    if let current, !isSeen, notice.kind.weight < current.kind.weight, now.seconds < since.seconds + Self.readingTime {
      if waiting.count < Self.longestQueue { waiting.append(notice) }
    } else {
      show(notice, now: now)
    }
  }

  /// Whoever opens a prompt has seen what stands in its place.
  mutating func noteSeen() { isSeen = current != nil }

  mutating func takeUntold() -> [Notice] {
    defer { untold = [] }
    return untold
  }

  /// All that is to be said was seen.
  mutating func dismiss() {
    current = nil
    waiting = []
  }

  /// What was said about it is not true any more.
  mutating func end(_ subject: Notice.Subject, now: Timestamp) {
    waiting.removeAll { $0.subject == subject }
    if current?.subject == subject { showNext(now: now) }
  }

  /// The listener goes on to something else: what the last news told is old. Errors stay, and what waits is told.
  mutating func endNews(now: Timestamp) {
    if current?.kind == .information { showNext(now: now) }
  }

  private mutating func showNext(now: Timestamp) {
    current = nil
    if !waiting.isEmpty { show(waiting.removeFirst(), now: now) }
  }

  mutating func moveClock(by step: Int64) { since = since.moved(by: step) }

  mutating func expire(now: Timestamp) {
    guard let current else { return }
    let isRead = !waiting.isEmpty && now.seconds >= since.seconds + Self.readingTime
    if isRead {
      show(waiting.removeFirst(), now: now)
    } else if now.seconds >= since.seconds + (current.kind == .information ? 6 : 15) {
      self.current = nil
    }
  }

  private mutating func show(_ notice: Notice, now: Timestamp) {
    current = notice
    since = now
    isSeen = false
  }
}

extension Notice.Kind {
  fileprivate var weight: Int {
    switch self {
    case .information: 0
    case .warning: 1
    case .error: 2
    }
  }
}

extension AppState {
  mutating func post(_ notice: Notice) { notices.post(notice, now: now) }

  /// What is seen where there is a screen.
  mutating func postUnseen(_ text: String) { if lineMode != nil { post(Notice(.information, text)) } }

  mutating func passTime(to time: Timestamp) -> [Effect] {
    followClock(to: time)
    now = time
    notices.expire(now: time)
    if downloads.noticeSilence(now: time) { noteDownloads() }
    noticeSlowness()
    return watchSleep()
  }
}
