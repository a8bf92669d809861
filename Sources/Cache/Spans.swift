/// How a partly known chunk's row says which bytes are known: `0-4096 65536-131072`, ends exclusive.
enum Spans {
  /// nil for what needs no words: one run from the start.
  static func text(_ known: RangeSet<Int>) -> String? {
    let ranges = known.ranges
    if ranges.count == 1, ranges[0].lowerBound == 0 { return nil }
    return ranges.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: " ")
  }

  /// nil for anything that `text` cannot have written about a chunk of `count` stored bytes.
  static func parse(_ text: String?, count: Int) -> RangeSet<Int>? {
    guard let text else { return RangeSet(0..<count) }
    var known = RangeSet<Int>()
    for part in text.split(separator: " ") {
      let ends = part.split(separator: "-").map { Int($0) }
      guard ends.count == 2, let start = ends[0], let end = ends[1], 0 <= start, start < end, end <= count else {
        return nil
      }
      known.insert(contentsOf: start..<end)
    }
    return known
  }
}
