/// What tells one version of a rendition from another, as far as the server said.
struct Version: Hashable, Sendable {
  var size: Int64?
  var validator: String?
  /// Assumed until the server says otherwise.
  var acceptsRanges = true
}

/// A rendition's row, and what of it is held.
struct StoredRendition: Sendable {
  /// Never used twice, so that a late write cannot reach another version.
  let id: Int64
  var version: Version
  /// The catalogue's size when the bytes came.
  var announced: Int64?
  var held: RangeSet<Int64>
  /// The server has another file by now.
  var isStale = false
  /// Keeps eviction away.
  let lease: Lease
}

extension Rendition {
  /// Reads what `name` wrote.
  init?(named name: String) {
    if name == "raw" {
      self = .raw
    } else if name.hasPrefix("mp3-"), let bitRate = Int(name.dropFirst(4)) {
      self = .mp3(bitRate: bitRate)
    } else {
      return nil
    }
  }
}
