import Testing

@testable import App

/// Keeps the pacing changeable inside an expectation.
private final class Held {
  var pacing = Pacing()

  /// As after the start.
  init() {
    for _ in 0..<6 {
      _ = pacing.isFrameDue(now: .zero)
      pacing.isDirty = true
    }
  }

  func isFrameDue(now: Duration) -> Bool { pacing.isFrameDue(now: now) }
  func isTickDue(isTicking: Ticking, now: Duration) -> Bool { pacing.isTickDue(isTicking: isTicking, now: now) }
}

@Suite("When the loop draws and wakes")
struct PacingTests {
  @Test("with nothing to draw and nothing playing it sleeps for ever")
  func sleeps() {
    let held = Held()
    #expect(held.isFrameDue(now: .seconds(1)))
    #expect(held.pacing.timeout(isTicking: .none, now: .seconds(1)) == -1)
  }

  @Test("without a screen news alone wakes nobody")
  func headless() {
    var pacing = Pacing(hasScreen: false)
    #expect(pacing.timeout(isTicking: .none, now: .zero) == -1)
    let isDue = pacing.isFrameDue(now: .seconds(1))
    #expect(!isDue)
  }

  @Test("a key is answered at once, other news at most thirty times a second")
  func frames() {
    let held = Held()
    _ = held.isFrameDue(now: .seconds(1))
    held.pacing.isDirty = true
    #expect(!held.isFrameDue(now: .milliseconds(1010)))
    #expect(held.pacing.timeout(isTicking: .none, now: .milliseconds(1010)) == 23)
    held.pacing.isUrgent = true
    #expect(held.isFrameDue(now: .milliseconds(1010)))
  }

  @Test("the first answers are shown as they come")
  func start() {
    var pacing = Pacing()
    for _ in 0..<6 {
      let isDue = pacing.isFrameDue(now: .seconds(1))
      #expect(isDue)
      pacing.isDirty = true
    }
    let isDue = pacing.isFrameDue(now: .seconds(1))
    #expect(!isDue)
  }

  @Test("while playing it wakes when the position's second changes")
  func playing() {
    let held = Held()
    _ = held.isFrameDue(now: .seconds(1))
    #expect(held.pacing.timeout(isTicking: .playing(.milliseconds(12_400)), now: .seconds(2)) == 615)
    #expect(held.isTickDue(isTicking: .playing(.milliseconds(12_400)), now: .seconds(2)))
    #expect(!held.isTickDue(isTicking: .playing(.milliseconds(12_900)), now: .seconds(2)))
    #expect(held.isTickDue(isTicking: .playing(.milliseconds(13_010)), now: .seconds(3)))
    #expect(held.isTickDue(isTicking: .playing(.milliseconds(2_000)), now: .seconds(3)))
  }

  @Test("after telling the player something it looks again soon, once")
  func settling() {
    let held = Held()
    _ = held.isFrameDue(now: .seconds(1))
    held.pacing.expectChange(now: .seconds(2))
    #expect(held.pacing.timeout(isTicking: .none, now: .seconds(2)) == 60)
    #expect(!held.isTickDue(isTicking: .none, now: .milliseconds(2030)))
    #expect(held.isTickDue(isTicking: .none, now: .milliseconds(2061)))
    #expect(held.pacing.timeout(isTicking: .none, now: .milliseconds(2070)) == -1)
  }
}
