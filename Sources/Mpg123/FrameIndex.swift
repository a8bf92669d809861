/// The byte offset of every `step`th MPEG frame, from the first on; offsets count from the end of the leading tags.
struct FrameIndex: Hashable, Sendable {
  /// off_t, as libmpg123 wants them.
  var offsets: [Int]
  var step: Int

  /// One past the last MPEG frame that can be reached without reading on from `offsets.last`.
  var covered: Int { offsets.count * step }

  /// The index of a file of constant bit rate: every frame is `bytesPerFrame` long on the average, each begins at the
  /// next lower whole byte.
  init(constant first: Int, frameCount: Int, bytes: Int, perFrames: Int) {
    step = max((frameCount + 4095) / 4096, 1)
    offsets = stride(from: 0, to: frameCount, by: step).map { first + $0 * bytes / perFrames }
  }

  init(offsets: [Int], step: Int) {
    self.offsets = offsets
    self.step = step
  }

  /// As kept with a file's bytes: step, then each offset as its distance from the one before, all UInt32 little-endian.
  var saved: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 + offsets.count * 4)
    func put(_ number: Int) { withUnsafeBytes(of: UInt32(clamping: number).littleEndian) { bytes += $0 } }
    put(step)
    var last = 0
    for offset in offsets {
      put(offset - last)
      last = offset
    }
    return bytes
  }

  /// nil when these bytes are no index.
  init?(saved bytes: [UInt8]) {
    guard bytes.count >= 8, bytes.count % 4 == 0 else { return nil }
    let numbers = bytes.withUnsafeBytes { raw in
      stride(from: 0, to: raw.count, by: 4).map {
        Int(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: $0, as: UInt32.self)))
      }
    }
    guard numbers[0] > 0, numbers.dropFirst(2).allSatisfy({ $0 > 0 }) else { return nil }
    step = numbers[0]
    var last = 0
    offsets = numbers.dropFirst().map { distance in
      last += distance
      return last
    }
  }

  /// The same without the entries behind an MPEG frame; the first one stays.
  func upTo(_ mpegFrame: Int) -> FrameIndex {
    FrameIndex(offsets: Array(offsets.prefix(max(mpegFrame, 0) / step + 1)), step: step)
  }

  /// The same with every frame `count` bytes further on.
  func moved(by count: Int) -> FrameIndex { FrameIndex(offsets: offsets.map { max($0 + count, 0) }, step: step) }
}

/// The four bytes at the head of an MPEG audio frame, as far as they say whether two frames belong to one stream of
/// constant bit rate: sync, version, layer, bit rate and sampling rate (ISO/IEC 11172-3, 2.4.1.3).
struct MpegHeader: Hashable {
  private static let mask: UInt32 = 0xFFFE_FC00
  private let bits: UInt32
  let hasPadding: Bool

  init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count >= 4 else { return nil }
    let word = bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    guard word >> 21 == 0x7FF else { return nil }
    bits = word & Self.mask
    hasPadding = word & 0x200 != 0
  }

  static func == (a: MpegHeader, b: MpegHeader) -> Bool { a.bits == b.bits }
  func hash(into hasher: inout Hasher) { hasher.combine(bits) }
}
