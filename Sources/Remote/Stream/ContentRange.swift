/// A Content-Range header (RFC 9110, 14.4): `bytes 0-99/1234`, `bytes 0-99/*` or `bytes */1234`.
struct ContentRange: Hashable {
  /// nil in an answer to a range that cannot be satisfied.
  var range: ClosedRange<Int64>?
  /// The whole file's length, where told.
  var total: Int64?

  init?(_ header: String) {
    let parts = header.split(separator: " ", omittingEmptySubsequences: true)
    guard parts.count == 2, parts[0].lowercased() == "bytes" else { return nil }
    let halves = parts[1].split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2 else { return nil }
    total = Int64(halves[1])
    guard total != nil || halves[1] == "*" else { return nil }
    if halves[0] == "*" { return }
    let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let first = Int64(ends[0]), let last = Int64(ends[1]), first >= 0, first <= last,
      total.map({ last < $0 }) ?? true
    else { return nil }
    range = first...last
  }
}
