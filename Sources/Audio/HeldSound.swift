/// Treated sound that is not in the ring yet: frames go in at the end and out at the front, and can be changed between.
///
/// It grows with what it holds. It lives on the decoder thread.
package struct HeldSound: ~Copyable {
  private let channels: Int
  private var storage: UnsafeMutableBufferPointer<Float>
  /// In samples.
  private var head = 0
  private var end = 0

  package init(channels: Int) {
    self.channels = channels
    storage = .allocate(capacity: 0)
  }

  deinit { storage.deallocate() }

  /// Frames held.
  package var count: Int { (end - head) / channels }

  /// The interleaved samples of `count` frames from `frame` on (0: the front).
  package func frames(from frame: Int, count: Int) -> UnsafeMutableBufferPointer<Float> {
    let first = head + max(frame, 0) * channels
    return UnsafeMutableBufferPointer(rebasing: storage[first..<min(first + max(count, 0) * channels, end)])
  }

  package mutating func append(_ samples: UnsafeBufferPointer<Float>) {
    guard let start = samples.baseAddress else { return }
    makeRoom(for: samples.count)
    (storage.baseAddress! + end).update(from: start, count: samples.count)
    end += samples.count
  }

  /// Lets the first `count` frames go.
  package mutating func drop(_ count: Int) {
    head = min(head + count * channels, end)
    if head == end { (head, end) = (0, 0) }
  }

  /// Lets everything behind the first `count` frames go.
  package mutating func truncate(to count: Int) { end = min(head + max(count, 0) * channels, end) }

  private mutating func makeRoom(for count: Int) {
    guard end + count > storage.count else { return }
    let held = end - head
    // Moved to the front only where that makes much room, so that each sample is moved but a few times.
    if head > storage.count / 4, held + count <= storage.count {
      storage.baseAddress!.update(from: storage.baseAddress! + head, count: held)
    } else {
      let larger = UnsafeMutableBufferPointer<Float>.allocate(capacity: (held + count) * 5 / 4 + 8192)
      if held > 0 { larger.baseAddress!.initialize(from: storage.baseAddress! + head, count: held) }
      storage.deallocate()
      storage = larger
    }
    (head, end) = (0, held)
  }
}
