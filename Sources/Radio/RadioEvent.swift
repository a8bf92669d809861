package import HTTP

/// What a station's connection reports, in facts.
package enum RadioEvent: Hashable, Sendable {
  /// What it plays now; nil: it says that it plays nothing that has a name.
  case title(String?)
  /// The sound stopped coming; it is tried again after this time.
  case lost(RadioLoss, retryIn: Duration)
  /// It comes again.
  case back
}

package enum RadioLoss: Hashable, Sendable {
  /// The server ended it, as if a station could be over.
  case ended
  case transport(HTTPError)
  case status(Int)
  /// Something came that is no sound.
  case notSound
}

/// How long a station's connection waits for what.
package struct RadioTiming: Hashable, Sendable {
  /// Doubled with each try that fails.
  package var firstRetry: Duration = .seconds(1)
  package var longestRetry: Duration = .seconds(30)
  /// A connection that lasted so long was a good one: the next loss is tried again soon.
  package var goodAfter: Duration = .seconds(20)
  /// Without a byte for so long the connection is lost. Whole seconds.
  package var stall: Duration = .seconds(20)
  /// While nobody listens (a pause) it hangs up after so long.
  package var patience: Duration = .seconds(30)

  package init() {}

  func delay(afterFailures count: Int) -> Duration {
    min(firstRetry * (1 << min(max(count - 1, 0), 10)), longestRetry)
  }
}
