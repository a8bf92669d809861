/// How far ahead the player works.
package struct PlayerConfiguration: Hashable, Sendable {
  /// Decoded sound kept ready: what a late disk or network may cost without being heard.
  package var ringLength: Duration
  /// Decoded sound that must be ready before the first is heard, and after running dry.
  package var startThreshold: Duration
  /// The volume at start, 0…100.
  package var volume: Int
  /// Asks for real-time scheduling of the output thread; ordinary where that is refused.
  package var realtime: Bool

  package init(
    ringLength: Duration = .seconds(2), startThreshold: Duration = .milliseconds(150), volume: Int = 100,
    realtime: Bool = true
  ) {
    self.ringLength = ringLength
    self.startThreshold = startThreshold
    self.volume = volume
    self.realtime = realtime
  }
}
