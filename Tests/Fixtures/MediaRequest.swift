/// A request for a track's bytes, as `dulcet-server` logs it when it is over.
package struct MediaRequest: Hashable, Sendable {
  package let track: String
  /// What was asked for.
  package let range: Range<Int>
  package let total: Int
  /// How much of it was handed to the connection.
  package let sent: Int

  /// What was handed to the connection.
  package var served: Range<Int> { range.lowerBound..<range.lowerBound + sent }

  init?(logged line: String) {
    var facts: [Substring: Substring] = [:]
    for word in line.split(separator: " ") {
      let parts = word.split(separator: "=", maxSplits: 1)
      if parts.count == 2 { facts[parts[0]] = parts[1] }
    }
    let numbers = facts["range"]?.split { $0 == "-" || $0 == "/" }.compactMap { Int($0) } ?? []
    guard let track = facts["id"], let sent = facts["sent"].flatMap({ Int($0) }), numbers.count == 3 else { return nil }
    self.track = String(track)
    range = numbers[0]..<numbers[1] + 1
    total = numbers[2]
    self.sent = sent
  }
}

extension DemoServer {
  /// All requests for tracks that are over, in the order of their ends.
  package var mediaRequests: [MediaRequest] { log.compactMap { MediaRequest(logged: $0) } }
}
