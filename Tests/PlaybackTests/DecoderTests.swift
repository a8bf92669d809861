import Audio
import Foundation
import Mpg123
import Testing

/// Counts what is asked of it, and has only what it is told to have.
final class RecordingSource: ByteSource, @unchecked Sendable {
  let bytes: [UInt8]
  let size: Int64?
  var held: Range<Int64>
  private(set) var reads: [Range<Int64>] = []
  var seekIndex: [UInt8]?

  init(_ bytes: [UInt8], held: Range<Int64>? = nil, knowsSize: Bool = true) {
    self.bytes = bytes
    self.held = held ?? 0..<Int64(bytes.count)
    size = knowsSize ? Int64(bytes.count) : nil
  }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    let count = min(buffer.count, max(bytes.count - Int(offset), 0))
    guard count > 0 else { return 0 }
    reads.append(offset..<(offset + Int64(count)))
    bytes.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[Int(offset)...].prefix(count)))
    }
    return count
  }

  func cancel() {}
  func heldCount(from offset: Int64) -> Int64 { held.contains(offset) ? held.upperBound - offset : 0 }
  func forget() { reads = [] }
  var readCount: Int64 { reads.reduce(0) { $0 + Int64($1.count) } }
  var furthest: Int64 { reads.map(\.upperBound).max() ?? 0 }
}

/// Decodes up to `limit` frames.
func decodeAll(_ decoder: any Decoder, limit: Int = .max) throws -> [Int16] {
  var samples: [Int16] = []
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 32768, alignment: 16)
  defer { buffer.deallocate() }
  while samples.count / decoder.format.channels < limit {
    switch try decoder.decode(into: buffer) {
    case .frames(let count):
      samples += buffer.prefix(count * decoder.format.bytesPerFrame).bindMemory(to: Int16.self)
    case .newFormat: continue
    case .end: return samples
    }
  }
  return samples
}

@Suite(.timeLimit(.minutes(40))) struct DecoderTests {
  @Test(
    "samples are those that the mpg123 program decodes",
    arguments: ["cbr192", "cbr320", "vbr", "untagged", "untagged-vbr", "mono", "48k", "part1", "part2", "short"])
  func identical(name: String) throws {
    let decoder = try Mpg123Decoder(source: FileSource(path: Sounds.shared.path(name)))
    let samples = try decodeAll(decoder)
    expectSame(samples, Sounds.shared.reference(name))
    let length = decoder.info.frameCount
    #expect(length == samples.count / decoder.format.channels)
  }

  @Test("a mono file stays mono at its own rate")
  func mono() throws {
    let decoder = try Mpg123Decoder(source: FileSource(path: Sounds.shared.path("mono")))
    #expect(decoder.format == AudioFormat(rate: 22050, channels: 1))
  }

  @Test(
    "a seek is exact to the sample, forwards and back",
    arguments: ["cbr192", "cbr320", "vbr", "untagged", "mono", "untagged-vbr"])
  func seek(name: String) throws {
    let reference = Sounds.shared.reference(name)
    let decoder = try Mpg123Decoder(source: FileSource(path: Sounds.shared.path(name)))
    let channels = decoder.format.channels
    let length = reference.count / channels
    for percent in [70, 10, 99, 0, 50, 3, 95, 28, 72] {
      let target = length * percent / 100 + 77
      #expect(try decoder.seek(toFrame: min(target, length)) == min(target, length))
      let samples = try decodeAll(decoder, limit: 20000)
      let expected = reference.dropFirst(target * channels).prefix(samples.count)
      expectSame(samples, Array(expected), "\(name) at \(percent) %")
      #expect(samples.count >= min(20000, length - target) * channels, "\(name) at \(percent) %")
    }
  }

  @Test("after a seek the end is where it was", arguments: ["cbr192", "vbr", "mono", "part1"])
  func endAfterSeek(name: String) throws {
    let reference = Sounds.shared.reference(name)
    let decoder = try Mpg123Decoder(source: FileSource(path: Sounds.shared.path(name)))
    let target = reference.count / decoder.format.channels - 5000
    _ = try decodeAll(decoder, limit: 3000)
    #expect(try decoder.seek(toFrame: target) == target)
    #expect(try decodeAll(decoder).count == 5000 * decoder.format.channels)
    #expect(try decoder.seek(toFrame: target) == target, "from the end back")
    #expect(try decodeAll(decoder).count == 5000 * decoder.format.channels)
  }

  @Test("a seek into bytes not fetched reads only around its target", arguments: ["cbr192", "cbr320", "untagged"])
  func farSeek(name: String) throws {
    let reference = Sounds.shared.reference(name)
    for percent in [90, 50, 99, 30] {
      let source = RecordingSource(Sounds.shared.bytes(name), held: 0..<20000)
      let decoder = try Mpg123Decoder(source: source)
      _ = try decodeAll(decoder, limit: 2000)
      source.forget()
      let target = reference.count / 2 * percent / 100 + 77
      #expect(try decoder.seek(toFrame: target) == target)
      let samples = try decodeAll(decoder, limit: 4000)
      expectSame(samples, Array(reference.dropFirst(target * 2).prefix(samples.count)), "\(percent) %")
      #expect(samples.count >= min(4000 * 2, reference.count - target * 2))
      #expect(source.readCount <= 64 * 1024, "\(source.readCount) bytes")
      #expect(source.reads.allSatisfy { $0.lowerBound > 20000 }, "\(source.reads)")
    }
  }

  @Test("where the bit rate varies and the bytes are not here, a seek is near, and exact again once they are")
  func guessedSeek() throws {
    let reference = Sounds.shared.reference("long-vbr")
    let source = RecordingSource(Sounds.shared.bytes("long-vbr"), held: 0..<20000)
    let decoder = try Mpg123Decoder(source: source)
    _ = try decodeAll(decoder, limit: 2000)
    source.forget()
    let target = reference.count / 2 * 3 / 4
    #expect(try decoder.seek(toFrame: target) == target)
    let tail = try decodeAll(decoder)
    #expect(source.reads.allSatisfy { $0.lowerBound > 400_000 })
    #expect(decoder.info.isPositionGuessed)
    #expect(abs(tail.count - (reference.count - 2 * target)) < 2 * 2 * 44100)
    #expect(decoder.info.frameCount == reference.count / 2)
    source.held = 0..<Int64(source.bytes.count)
    #expect(try decoder.seek(toFrame: target) == target)
    #expect(!decoder.info.isPositionGuessed)
    let exact = try decodeAll(decoder, limit: 5000)
    expectSame(exact, Array(reference[(2 * target)...].prefix(exact.count)))
  }

  @Test("an index kept with the bytes makes a far seek exact where the bit rate varies")
  func keptIndex() throws {
    let reference = Sounds.shared.reference("long-vbr")
    let first = RecordingSource(Sounds.shared.bytes("long-vbr"))
    _ = try decodeAll(Mpg123Decoder(source: first))
    let second = RecordingSource(first.bytes, held: 0..<20000)
    second.seekIndex = first.seekIndex
    let decoder = try Mpg123Decoder(source: second)
    second.forget()
    let target = reference.count / 2 * 3 / 4
    #expect(try decoder.seek(toFrame: target) == target)
    let exact = try decodeAll(decoder, limit: 5000)
    expectSame(exact, Array(reference[(2 * target)...].prefix(exact.count)))
    #expect(second.readCount < 64 * 1024)
    #expect(second.reads.allSatisfy { $0.lowerBound > 400_000 })
  }

  @Test("an index that is damaged is not used", arguments: [[], [1, 2, 3], [UInt8](repeating: 7, count: 4000)])
  func damagedIndex(bytes: [UInt8]) throws {
    let source = RecordingSource(Sounds.shared.bytes("vbr"))
    source.seekIndex = bytes
    let decoder = try Mpg123Decoder(source: source)
    #expect(try decoder.seek(toFrame: 300_000) == 300_000)
    let exact = try decodeAll(decoder, limit: 5000)
    expectSame(exact, Array(Sounds.shared.reference("vbr")[600_000...].prefix(exact.count)))
  }

  @Test("a big tag in front is jumped over, not read")
  func bigTag() throws {
    let size = 3_000_000
    let header: [UInt8] = Array("ID3".utf8) + [4, 0, 0] + [21, 14, 7, 0].map { UInt8((size >> $0) & 0x7F) }
    let bytes = header + [UInt8](repeating: 0xFF, count: size) + Sounds.shared.bytes("short")
    let source = RecordingSource(bytes)
    expectSame(try decodeAll(Mpg123Decoder(source: source)), Sounds.shared.reference("short"))
    #expect(source.readCount < bytes.count - size + 100_000)
  }

  @Test("tags at the end do not sound")
  func tagsAtTheEnd() throws {
    let tag = Array("TAG".utf8) + [UInt8](repeating: 0xFF, count: 125)
    let bytes = Sounds.shared.bytes("untagged") + tag
    expectSame(try decodeAll(Mpg123Decoder(source: RecordingSource(bytes))), Sounds.shared.reference("untagged"))
  }

  @Test("a source of unknown length decodes to the same samples")
  func unknownSize() throws {
    let source = RecordingSource(Sounds.shared.bytes("vbr"), knowsSize: false)
    expectSame(try decodeAll(Mpg123Decoder(source: source)), Sounds.shared.reference("vbr"))
  }
}

@Suite(.timeLimit(.minutes(40))) struct DamagedInputTests {
  private static let html = Array("<!DOCTYPE html><html><body>Please log in</body></html>\n".utf8)
  /// By name: millions of bytes are no name of a test.
  private static let refusedInputs: [String: [UInt8]] = [
    "nothing": [], "one byte": [0xFF], "a page": html,
    "pages": [[UInt8]](repeating: html, count: 20000).flatMap(\.self),
    "zeros": [UInt8](repeating: 0, count: 3_000_000), "ones": [UInt8](repeating: 0xFF, count: 3_000_000),
    "a tag without end": Array("ID3".utf8) + [4, 0, 0, 0x7F, 0x7F, 0x7F, 0x7F],
    "another kind's name": Array("fLaC".utf8) + [UInt8](repeating: 7, count: 100_000),
  ]

  private static func noise(_ count: Int) -> [UInt8] {
    var state: UInt64 = 88_172_645_463_325_252
    return (0..<count).map { _ in
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return UInt8(truncatingIfNeeded: state)
    }
  }

  @Test(
    "what is not audio is refused, soon", arguments: refusedInputs.keys.sorted())
  func refused(name: String) throws {
    let source = RecordingSource(try #require(Self.refusedInputs[name]))
    #expect(throws: DecoderError.notAudio) { _ = try decodeAll(Mpg123Decoder(source: source)) }
    #expect(source.readCount < 1_000_000)
  }

  @Test("noise is refused, or ends")
  func noise() throws {
    let source = RecordingSource(Self.noise(4_000_000))
    do throws(DecoderError) {
      let decoder = try Mpg123Decoder(source: source)
      let samples = (try? decodeAll(decoder)) ?? []
      #expect(samples.count < 44100 * 2 * 60)
    } catch { #expect(error == .notAudio) }
  }

  @Test("a truncated file plays as far as it goes", arguments: [0.1, 0.5, 0.98])
  func truncated(share: Double) throws {
    let bytes = Sounds.shared.bytes("cbr192")
    let cut = Array(bytes.prefix(Int(Double(bytes.count) * share)))
    let samples = try decodeAll(Mpg123Decoder(source: RecordingSource(cut)))
    let reference = Sounds.shared.reference("cbr192")
    expectSame(samples, Array(reference.prefix(samples.count)))
    #expect(Double(samples.count) > Double(reference.count) * share - 44100 * 0.3)
  }

  @Test("junk in the middle is jumped over")
  func junkInside() throws {
    var bytes = Sounds.shared.bytes("cbr192")
    let middle = bytes.count / 2
    bytes.replaceSubrange(middle..<(middle + 50_000), with: [UInt8](repeating: 0x20, count: 50_000))
    let samples = try decodeAll(Mpg123Decoder(source: RecordingSource(bytes)))
    #expect(samples.count > Sounds.shared.reference("cbr192").count * 7 / 10)
  }

  @Test("an offline source is an error that can be tried again, and nothing is lost")
  func offlineThenBack() throws {
    let whole = Sounds.shared.bytes("vbr")
    let first = BrokenSource(Array(whole.prefix(100_000)))
    let decoder = try Mpg123Decoder(source: first)
    var samples: [Int16] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 32768, alignment: 16)
    defer { buffer.deallocate() }
    #expect(throws: DecoderError.source(.offline)) {
      while case .frames(let count) = try decoder.decode(into: buffer) {
        samples += buffer.prefix(count * 4).bindMemory(to: Int16.self)
      }
    }
    decoder.replaceSource(RecordingSource(whole))
    samples += try decodeAll(decoder)
    expectSame(samples, Sounds.shared.reference("vbr"))
  }
}

/// Has the first bytes of something; behind them the network is gone.
final class BrokenSource: ByteSource {
  let bytes: [UInt8]
  let reason: ByteSourceError
  let size: Int64?

  init(_ bytes: [UInt8], reason: ByteSourceError = .offline, size: Int64? = nil) {
    self.bytes = bytes
    self.reason = reason
    self.size = size
  }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    let count = min(buffer.count, max(bytes.count - Int(offset), 0))
    guard count > 0 else { throw reason }
    bytes.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[Int(offset)...].prefix(count)))
    }
    return count
  }

  func cancel() {}
}
