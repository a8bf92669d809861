import Threading

/// Why the loop wakes up without news.
enum Ticking: Hashable {
  case none
  /// Once a second, for what shows the time of day.
  case clock
  /// When the position's seconds change.
  case playing(Duration)
}

/// When the loop draws and when it wakes up by itself: not at all while nothing plays.
///
/// A key is answered with a frame at once; anything else at most thirty times a second.
struct Pacing {
  var isDirty = true
  /// The next frame answers a key.
  var isUrgent = false
  /// Without a screen no frame is ever due.
  private let hasScreen: Bool
  private var lastFrame = Duration.zero
  /// Of the position that was last told.
  private var lastSecond: Int64 = -1
  private var expected: Duration?

  /// The first answers follow the first frame within milliseconds, and those to a key the key's: they are shown as
  /// they come.
  private var unlimitedFrames = 6

  private static let frameTime = Duration.milliseconds(33)
  private static let framesOfKey = 8
  private static let settlingTime = Duration.milliseconds(60)

  init(hasScreen: Bool = true) { self.hasScreen = hasScreen }

  /// The player was told something: look at it again soon.
  mutating func expectChange(now: Duration = monotonicNow()) { expected = now + Self.settlingTime }

  /// A key came.
  mutating func hurry() {
    isUrgent = true
    unlimitedFrames = max(unlimitedFrames, Self.framesOfKey)
  }

  /// A key came, and its frame has been shown already.
  mutating func answered(now: Duration = monotonicNow()) {
    unlimitedFrames = max(unlimitedFrames, Self.framesOfKey)
    lastFrame = now
  }

  mutating func isFrameDue(now: Duration = monotonicNow()) -> Bool {
    guard hasScreen, isDirty, isUrgent || unlimitedFrames > 0 || now - lastFrame >= Self.frameTime else { return false }
    unlimitedFrames = max(0, unlimitedFrames - 1)
    isDirty = false
    isUrgent = false
    lastFrame = now
    return true
  }

  mutating func isTickDue(isTicking: Ticking, now: Duration = monotonicNow()) -> Bool {
    if let expected, now >= expected {
      self.expected = nil
      return true
    }
    guard case .playing(let position) = isTicking, position.components.seconds != lastSecond else { return false }
    lastSecond = position.components.seconds
    return true
  }

  /// For poll(2): milliseconds, or -1 to sleep until there is news.
  func timeout(isTicking: Ticking, now: Duration = monotonicNow()) -> Int32 {
    var waits: [Duration] = []
    if hasScreen && isDirty { waits.append(unlimitedFrames > 0 ? .zero : lastFrame + Self.frameTime - now) }
    if let expected { waits.append(expected - now) }
    switch isTicking {
    case .none: break
    case .clock: waits.append(.seconds(1))
    case .playing(let position): waits.append(untilNextSecond(position))
    }
    guard let shortest = waits.min() else { return -1 }
    return Int32(max(0, shortest.inSeconds * 1000).rounded(.up))
  }

  /// A little later than the change itself, so that one wake-up shows it.
  private func untilNextSecond(_ position: Duration) -> Duration {
    let past = position - .seconds(position.components.seconds)
    return .seconds(1) - past + .milliseconds(15)
  }
}
