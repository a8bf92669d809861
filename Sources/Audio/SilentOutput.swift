import Glibc
package import Music
import Threading

/// No sound device: takes frames as fast as they would sound, so that the playback clock runs, and lets them go.
package final class SilentOutput: Output {
  package let description: OutputDescription
  package let isPaced = true
  package let canRewind = true
  private let format: AudioFormat
  private let bufferFrames: Int
  private let now: () -> Duration
  /// Frames taken since the clock was started.
  private var taken = 0
  /// When the first of them began to "sound"; nil while stopped.
  private var began: Duration?

  /// - Parameters:
  ///   - reason: why no device could be opened; nil when silence is what the listener asked for.
  ///   - bufferLength: how far ahead frames are taken: also how rarely the output thread wakes up.
  ///   - now: the clock, for tests.
  package init(
    format: AudioFormat, insteadOf reason: String? = nil, bufferLength: Duration = .milliseconds(600),
    now: @escaping () -> Duration = monotonicNow
  ) {
    self.format = format
    self.now = now
    bufferFrames = max(format.frameCount(in: bufferLength), 1)
    description = OutputDescription(
      kind: reason == nil ? .silent : .missing, device: reason ?? "none", rate: format.rate, channels: format.channels,
      format: format.sample.name)
  }

  package func write(_ frames: UnsafeRawBufferPointer) throws(OutputError) -> Int {
    let waiting = try delay()
    if began != nil && waiting == 0 && taken > 0 {
      drop()
      throw .underrun
    }
    let count = min(bufferFrames - waiting, frames.count / format.bytesPerFrame)
    taken += max(count, 0)
    return max(count, 0)
  }

  package func delay() throws(OutputError) -> Int { max(taken - played, 0) }

  package func start() throws(OutputError) { if began == nil { began = now() } }

  package func wait(wake: Int32, timeout: Duration?) throws(OutputError) {
    var time = timeout
    if began != nil {
      // Half of the buffer later there is room for as much again.
      let room = format.duration(of: max(try delay() - bufferFrames / 2, 1))
      time = min(timeout ?? room, room)
    }
    pollWake(wake, timeout: time)
  }

  package func rewind(_ most: Int, keeping kept: Int) throws(OutputError) -> Int {
    let count = max(min(most, try delay() - kept), 0)
    taken -= count
    return count
  }

  package func pause() throws(OutputError) -> Int {
    let unheard = try delay()
    drop()
    return unheard
  }

  package func resume() throws(OutputError) {}

  package func drop() {
    taken = 0
    began = nil
  }

  package func drain() throws(OutputError) -> Bool {
    try start()
    guard try delay() == 0 else { return false }
    drop()
    return true
  }

  private var played: Int { began.map { min(format.frameCount(in: now() - $0), taken) } ?? 0 }
}

/// Blocks until `wake` is readable or `timeout` (nil: for ever) has passed: poll(2), rounded up to milliseconds.
package func pollWake(_ wake: Int32, timeout: Duration?) {
  var descriptor = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
  _ = poll(&descriptor, 1, timeout.map(pollMilliseconds) ?? -1)
}

/// A time-out for poll(2): at least 1 ms where any time is left, so that waiting never becomes spinning.
package func pollMilliseconds(_ timeout: Duration) -> Int32 {
  let (seconds, attoseconds) = timeout.components
  guard seconds >= 0, attoseconds >= 0 else { return 0 }
  let rest = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
  return Int32(clamping: min(seconds, 1 << 20) * 1000 + rest)
}
