/// A number that goes from one value to another along a straight line, told for any frame: so that a stretch that was
/// scaled already can be scaled again, the same way or another.
package struct Ramp: Hashable, Sendable {
  package private(set) var target: Float
  private var origin: Float
  private var first = 0
  private var length = 0

  package init(_ value: Float) {
    target = value
    origin = value
  }

  /// The frame from which on it is `target`.
  package var end: Int { first + length }

  package func value(at frame: Int) -> Float {
    if frame >= end { return target }
    if frame <= first { return origin }
    return origin + (target - origin) * (Float(frame - first) / Float(length))
  }

  /// Goes to `value` over `length` frames, from what it is at `frame`.
  package mutating func turn(to value: Float, from frame: Int, length: Int) {
    origin = self.value(at: frame)
    target = value
    first = frame
    self.length = max(length, 0)
  }

  /// Counts from another beginning: what was frame `old` is frame `new`.
  package mutating func rebase(from old: Int, to new: Int) {
    if old >= end { origin = target }
    first += new - old
  }
}
