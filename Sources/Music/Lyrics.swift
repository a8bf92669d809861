/// The words of a track, with times where somebody told them.
package struct Lyrics: Hashable, Sendable {
  package struct Line: Hashable, Sendable {
    /// When it begins; nil where times are not known.
    package var time: Duration?
    package var text: String

    package init(time: Duration? = nil, text: String) {
      self.time = time
      self.text = text
    }
  }

  /// Where they are from.
  package enum Source: String, Hashable, Sendable { case server, file }

  /// By their times, where they have any; then all have.
  package let lines: [Line]
  /// ISO 639; empty when unknown.
  package let language: String
  package let source: Source
  package let isSynced: Bool

  /// Longer ones are cut: nobody sings so much.
  package static let mostLines = 5000
  package static let longestLine = 1000

  /// - Parameter lines: as soon as one has a time, those without are left out.
  package init(lines: [Line], language: String = "", source: Source) {
    let timed = lines.filter { $0.time != nil }
    isSynced = !timed.isEmpty
    // Stable: several lines of one time keep their order.
    let ordered = timed.enumerated().sorted { ($0.element.time!, $0.offset) < ($1.element.time!, $1.offset) }
    let kept = isSynced ? ordered.map(\.element) : Lyrics.trimmed(lines)
    self.lines = kept.prefix(Lyrics.mostLines).map {
      Line(time: $0.time, text: String($0.text.prefix(Lyrics.longestLine)))
    }
    self.language = language
    self.source = source
  }

  package var isEmpty: Bool { lines.allSatisfy(\.text.isEmpty) }

  /// Which line is sung; nil before the first, and where times are not known.
  /// - Parameter offset: the listener's: positive makes lines come earlier.
  package func line(at position: Duration, offset: Duration = .zero) -> Int? {
    guard isSynced else { return nil }
    let now = position + offset
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].time! <= now { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }

  /// The moment at which another line begins; nil after the last. So that nobody has to look at a clock meanwhile.
  package func nextChange(after position: Duration, offset: Duration = .zero) -> Duration? {
    guard isSynced else { return nil }
    let next = line(at: position, offset: offset).map { $0 + 1 } ?? 0
    let now = position + offset
    return lines[next...].first { $0.time! > now }.map { $0.time! - offset }
  }

  /// Without empty lines at both ends.
  private static func trimmed(_ lines: [Line]) -> [Line] {
    guard let first = lines.firstIndex(where: { !$0.text.isEmpty }),
      let last = lines.lastIndex(where: { !$0.text.isEmpty })
    else { return [] }
    return Array(lines[first...last])
  }
}
