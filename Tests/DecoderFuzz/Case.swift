import Audio
import Decoders

/// What was wrong with a case.
struct Fault: Error { let description: String }

/// Bytes that now and then cannot be had, or not in one go; counts what is asked of it.
final class TryingSource: ByteSource, @unchecked Sendable {
  // @unchecked: one thread, the fuzzer's only one.
  let bytes: [UInt8]
  let size: Int64?
  var dice: Dice
  var fails: Bool
  private(set) var asked = 0
  var seekIndex: [UInt8]?

  init(_ bytes: [UInt8], dice: Dice, fails: Bool, knowsSize: Bool) {
    self.bytes = bytes
    self.dice = dice
    self.fails = fails
    size = knowsSize ? Int64(bytes.count) : nil
  }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    precondition(offset >= 0)
    asked += 1
    if fails, dice.isLucky(oneIn: 20) { throw dice.isLucky(oneIn: 2) ? .offline : .cancelled }
    guard offset < Int64(bytes.count) else { return 0 }
    var count = min(buffer.count, bytes.count - Int(offset))
    if dice.isLucky(oneIn: 8) { count = 1 + dice.roll(count) }
    bytes.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[Int(offset)...].prefix(count)))
    }
    return count
  }

  func heldCount(from offset: Int64) -> Int64 { fails ? 0 : max(Int64(bytes.count) - offset, 0) }
  func cancel() {}
}

/// Decodes, seeks, loses bytes and goes on: never for ever, never beyond the buffer, nothing but numbers.
/// - Returns: the number of frames; nil when it was refused.
func tryOut(_ bytes: [UInt8], _ dice: inout Dice) throws -> Int? {
  let fails = dice.isLucky(oneIn: 3)
  let source = TryingSource(bytes, dice: dice, fails: fails, knowsSize: !dice.isLucky(oneIn: 6))
  guard let decoder = try open(source) else { return nil }
  var frames = 0
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65536, alignment: 16)
  defer { buffer.deallocate() }
  var seeks = 4
  var errors = 0
  // A piece of corpus is at most some seconds; what is spliced in makes it longer.
  for _ in 0..<6000 {
    guard source.asked < 200_000 else { throw Fault(description: "\(source.asked) reads of \(bytes.count) bytes") }
    do throws(DecoderError) {
      if seeks > 0, dice.isLucky(oneIn: 12) {
        seeks -= 1
        try seek(decoder, &dice)
      }
      let size = decoder.format.bytesPerFrame
      let room = UnsafeMutableRawBufferPointer(rebasing: buffer[..<(size * (1 + dice.roll(buffer.count / size)))])
      switch try decoder.decode(into: room) {
      case .frames(let count):
        try check(decoder, room, count)
        frames += count
      case .newFormat: break
      case .end: if seeks == 0 || dice.isLucky(oneIn: 3) { return frames }
      }
    } catch .source {
      errors += 1
      source.fails = errors < 6
      if dice.isLucky(oneIn: 2) { decoder.replaceSource(source) }
    } catch .notAudio { return frames }
  }
  throw Fault(description: "no end: \(decoder.info)")
}

/// nil when it is refused for good.
private func open(_ source: TryingSource) throws -> (any Decoder)? {
  for attempt in 0..<10 {
    source.fails = source.fails && attempt < 5
    do throws(DecoderError) { return try makeDecoder(for: source) } catch {
      if error == .notAudio { return nil }
    }
  }
  throw Fault(description: "a source that has all its bytes fails")
}

private func seek(_ decoder: any Decoder, _ dice: inout Dice) throws(DecoderError) {
  let length = decoder.info.frameCount ?? 100_000
  let targets = [
    0, 1, length - 1, length, length + 1, Int.max >> 16, dice.roll(length), dice.roll(length), dice.roll(200_000),
  ]
  _ = try decoder.seek(toFrame: targets[dice.roll(targets.count)])
}

private func check(_ decoder: any Decoder, _ room: UnsafeMutableRawBufferPointer, _ count: Int) throws(DecoderError) {
  let format = decoder.format
  precondition(count > 0 && count * format.bytesPerFrame <= room.count, "frames beyond the buffer")
  precondition((1000...768_000).contains(format.rate) && (1...8).contains(format.channels), "\(format)")
  guard format.sample == .f32 else { return }
  for sample in room.prefix(count * format.bytesPerFrame).bindMemory(to: Float.self) {
    precondition(sample.isFinite, "a sample that is no number")
  }
}
