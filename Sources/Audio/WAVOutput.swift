import Glibc
package import Music
import Synchronization

/// A WAV file to play into, as often as the player opens it: one continuous file while the format stays the same.
///
/// A WAV file has one format; sound of another goes to a further file beside it (`name-2.wav`).
package final class WAVDestination: Sendable {
  private struct Last {
    var path: String
    var format: AudioFormat
    var count = 1
  }

  private let path: String
  private let last = Mutex<Last?>(nil)

  package init(path: String) { self.path = path }

  /// Opens the file, or goes on where it ended. For `makeOutput` of the player.
  package func open(_ format: AudioFormat) throws(OutputError) -> WAVOutput {
    let (target, appends) = last.withLock { last in
      if let known = last, known.format == format { return (known.path, true) }
      let count = (last?.count ?? 0) + 1
      let target = count == 1 ? path : Self.numbered(path, count)
      last = Last(path: target, format: format, count: count)
      return (target, false)
    }
    return try WAVOutput(path: target, format: format, appending: appends)
  }

  private static func numbered(_ path: String, _ count: Int) -> String {
    let stem = path.hasSuffix(".wav") ? String(path.dropLast(4)) : path
    return "\(stem)-\(count).wav"
  }
}

/// Writes what would be heard to a WAV file, as fast as it is decoded.
///
/// The header's lengths are right after each `drain`, `pause`, `drop` and at the end; the file's own byte order is
/// little-endian, as this machine's.
package final class WAVOutput: Output {
  package let description: OutputDescription
  package let isPaced = false
  private let descriptor: Int32
  private let format: AudioFormat
  private let headerLength: Int
  private var dataCount: UInt64 = 0
  private var headerCount: UInt64 = 0

  /// - Parameter appending: goes on after the samples that the file holds already, if it is of this format.
  /// - Throws: `.lost` with open(2)'s or write(2)'s reason.
  package init(path: String, format: AudioFormat, appending: Bool = false) throws(OutputError) {
    let flags = O_RDWR | O_CREAT | O_CLOEXEC | (appending ? 0 : O_TRUNC)
    descriptor = Glibc.open(path, flags, 0o644)
    self.format = format
    let header = WAVHeader(format: format, dataCount: 0).bytes
    headerLength = header.count
    description = OutputDescription(
      kind: .wav, device: path, rate: format.rate, channels: format.channels, format: format.sample.name)
    guard descriptor >= 0 else { throw lost(errno) }
    let end = lseek(descriptor, 0, SEEK_END)
    if appending, end >= off_t(headerLength) {
      dataCount = UInt64(end) - UInt64(headerLength)
      headerCount = dataCount
    } else {
      try writeAll(header)
    }
  }

  deinit {
    guard descriptor >= 0 else { return }
    try? patchHeader()
    close(descriptor)
  }

  package func write(_ frames: UnsafeRawBufferPointer) throws(OutputError) -> Int {
    let count = frames.count / format.bytesPerFrame
    let bytes = UnsafeRawBufferPointer(rebasing: frames.prefix(count * format.bytesPerFrame))
    var offset = 0
    while offset < bytes.count {
      let wrote = Glibc.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
      if wrote < 0 && errno == EINTR { continue }
      guard wrote > 0 else { throw lost(wrote < 0 ? errno : ENOSPC) }
      offset += wrote
      dataCount += UInt64(wrote)
    }
    return count
  }

  package func delay() throws(OutputError) -> Int { 0 }
  package func start() throws(OutputError) {}
  package func wait(wake: Int32, timeout: Duration?) throws(OutputError) { pollWake(wake, timeout: timeout) }

  package func pause() throws(OutputError) -> Int {
    try patchHeader()
    return 0
  }

  package func resume() throws(OutputError) {}
  package func drop() { try? patchHeader() }

  package func drain() throws(OutputError) -> Bool {
    try patchHeader()
    return true
  }

  /// Puts the lengths of now into the header.
  private func patchHeader() throws(OutputError) {
    guard dataCount != headerCount else { return }
    let header = WAVHeader(format: format, dataCount: dataCount).bytes
    let wrote = header.withUnsafeBytes { pwrite(descriptor, $0.baseAddress!, $0.count, 0) }
    guard wrote == header.count else { throw lost(errno) }
    headerCount = dataCount
  }

  private func writeAll(_ bytes: [UInt8]) throws(OutputError) {
    let wrote = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress!, $0.count) }
    guard wrote == bytes.count else { throw lost(wrote < 0 ? errno : ENOSPC) }
  }
}

private func lost(_ code: Int32) -> OutputError { .lost(String(cString: strerror(code))) }

/// What stands in front of the samples: RIFF, `fmt `, for floating point `fact` (RFC 2361 and the RIFF specification ask
/// for it there), `data`. Samples are kept as they are: PCM of 16 or 32 bits, or IEEE floats. Lengths beyond 4 GiB stay at
/// the largest number, which readers take as "to the end of the file".
struct WAVHeader {
  let bytes: [UInt8]

  init(format: AudioFormat, dataCount: UInt64) {
    let isFloat = format.sample == .f32
    var bytes: [UInt8] = []
    func text(_ word: String) { bytes += Array(word.utf8) }
    func number(_ value: some FixedWidthInteger) { withUnsafeBytes(of: value.littleEndian) { bytes += Array($0) } }
    text("RIFF")
    number(UInt32(clamping: dataCount + (isFloat ? 50 : 36)))
    text("WAVEfmt ")
    number(UInt32(isFloat ? 18 : 16))
    number(UInt16(isFloat ? 3 : 1))
    number(UInt16(format.channels))
    number(UInt32(format.rate))
    number(UInt32(format.rate * format.bytesPerFrame))
    number(UInt16(format.bytesPerFrame))
    number(UInt16(format.sample.byteCount * 8))
    if isFloat {
      number(UInt16(0))
      text("fact")
      number(UInt32(4))
      number(UInt32(clamping: dataCount / UInt64(format.bytesPerFrame)))
    }
    text("data")
    number(UInt32(clamping: dataCount))
    self.bytes = bytes
  }
}
