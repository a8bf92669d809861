import Music

// The computer's clock may be set while the player runs: by hand, or by a time server after a start without a battery. What
// waits for a moment of the old clock would then wait for as long as the clock was ahead, which may be years.

extension AppState {
  /// Moves the moments that are waited for, before `now` becomes `time`. Dates of what is over are not touched. A clock that
  /// is set forward looks like a computer that has slept: then time has passed.
  mutating func followClock(to time: Timestamp) {
    let step = time.seconds - now.seconds
    guard step < 0 else { return }
    lastKey = lastKey.moved(by: step)
    waiting.since = waiting.since.moved(by: step)
    slowness.since = slowness.since?.moved(by: step)
    outage.stopped = outage.stopped?.moved(by: step)
    panel.lyrics.scrolled = panel.lyrics.scrolled.moved(by: step)
    if case .at(let end)? = modes.sleep { modes.sleep = .at(end.moved(by: step)) }
    // What plays is told to the server with the time at which it began, by the clock that is right.
    player.began = player.began.moved(by: step)
    notices.moveClock(by: step)
    session.moveClock(by: step)
    activities.forgetSamples()
  }
}

extension Timestamp {
  func moved(by step: Int64) -> Timestamp { Timestamp(seconds: seconds &+ step) }
}
