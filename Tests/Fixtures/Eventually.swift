import Foundation

/// What did not come true in time, and what was there instead.
package struct TimedOut: Error, CustomStringConvertible {
  package let description: String

  package init(_ what: String, after duration: Duration, seen: String = "") {
    description = "not within \(duration): \(what)" + (seen.isEmpty ? "" : "\n" + seen)
  }
}

/// Asks again and again until it holds. The deadline is generous: it only ends what would never come.
package func eventually(
  _ what: String, within limit: Duration = .seconds(30), _ holds: () async throws -> Bool
) async throws {
  let deadline = ContinuousClock.now + limit
  while try await !holds() {
    guard ContinuousClock.now < deadline else { throw TimedOut(what, after: limit) }
    try await Task.sleep(for: .milliseconds(20))
  }
}
