import Audio
import Foundation
import Mpg123
import Testing

@Suite(.timeLimit(.minutes(40))) struct BadMpegTests {
  private func decoded(_ bytes: [UInt8]) throws -> [Int16] {
    try decodeAll(Mpg123Decoder(source: RecordingSource(bytes)))
  }

  /// Where `Xing` or `Info` stands.
  private func tag(of bytes: [UInt8]) throws -> Int {
    let words = [Array("Xing".utf8), Array("Info".utf8)]
    return try #require((0..<2000).first { words.contains(Array(bytes[$0..<($0 + 4)])) })
  }

  @Test(
    "a count of frames in the Xing tag that cannot be right costs no music", arguments: ["vbr", "cbr192"],
    [0, 1, 100, 100_000, 0x7FFF_FFFF, 0xFFFF_FFFF] as [UInt32])
  func wrongCount(name: String, count: UInt32) throws {
    var bytes = Sounds.shared.bytes(name)
    let place = try tag(of: bytes)
    withUnsafeBytes(of: count.bigEndian) { bytes.replaceSubrange((place + 8)..<(place + 12), with: $0) }
    let reference = Sounds.shared.reference(name)
    let decoder = try Mpg123Decoder(source: RecordingSource(bytes))
    let samples = try decodeAll(decoder)
    // Where the end is cut the tag decides: a few MPEG frames of padding may be heard, never music be lost.
    #expect(samples.count >= reference.count && samples.count < reference.count + 4 * 1152 * 2, "\(samples.count)")
    expectSame(Array(samples.prefix(reference.count)), reference)
    #expect(try decoder.seek(toFrame: 200_000) == 200_000)
    expectSame(try decodeAll(decoder, limit: 3000).prefix(6000).map { $0 }, Array(reference[400_000...].prefix(6000)))
  }

  @Test("wrong sizes and tables in the Xing tag cost no music either")
  func wrongTable() throws {
    for fill: UInt8 in [0, 0xFF] {
      var bytes = Sounds.shared.bytes("vbr")
      let place = try tag(of: bytes)
      // Bytes, then the table of a hundred places.
      for index in (place + 12)..<(place + 116) { bytes[index] = fill }
      let reference = Sounds.shared.reference("vbr")
      expectSame(try decoded(bytes), reference)
      let decoder = try Mpg123Decoder(source: RecordingSource(bytes))
      #expect(try decoder.seek(toFrame: 300_000) == 300_000)
      expectSame(try decodeAll(decoder, limit: 3000).prefix(6000).map { $0 }, Array(reference[600_000...].prefix(6000)))
    }
  }

  @Test("junk before the first MPEG frame is jumped over", arguments: [1, 417, 5000, 60_000])
  func junkBefore(count: Int) throws {
    let junk = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 & 0x7F) }
    expectSame(try decoded(junk + Sounds.shared.bytes("short")), Sounds.shared.reference("short"))
  }

  @Test("free format, MPEG 2 and 2.5 sound and seek as MPEG 1 does", arguments: ["free", "mpeg2", "mpeg25"])
  func otherKinds(name: String) throws {
    let reference = Sounds.shared.reference(name)
    let source = RecordingSource(Sounds.shared.bytes(name))
    let decoder = try Mpg123Decoder(source: source)
    expectSame(try decodeAll(decoder), reference)
    let channels = decoder.format.channels
    for percent in [60, 20, 90] {
      let target = reference.count / channels * percent / 100
      #expect(try decoder.seek(toFrame: target) == target)
      let samples = try decodeAll(decoder, limit: 3000)
      let expected = Array(reference[(target * channels)...].prefix(samples.count))
      let worst = zip(samples, expected).map { abs(Int($0) - Int($1)) }.max() ?? 0
      expectSame(samples, expected, "\(name) at \(percent) %, off by \(worst)")
    }
  }

  @Test(
    "where rate or channels change inside a file the decoder says so and goes on", arguments: ["mono", "48k", "other"])
  func change(name: String) throws {
    let (first, second) = (Sounds.shared.bytes("untagged"), Sounds.shared.bytes(name))
    let decoder = try Mpg123Decoder(source: RecordingSource(first + second))
    var formats = [decoder.format]
    var counts = [0]
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 32768, alignment: 16)
    defer { buffer.deallocate() }
    decoding: while true {
      switch try decoder.decode(into: buffer) {
      case .frames(let count): counts[counts.count - 1] += count
      case .newFormat:
        formats.append(decoder.format)
        counts.append(0)
      case .end: break decoding
      }
    }
    let own = try Mpg123Decoder(source: RecordingSource(second)).format
    #expect(formats == [AudioFormat(rate: 44100, channels: 2), own])
    let lengths = [Sounds.shared.reference("untagged").count / 2, Sounds.shared.reference(name).count / own.channels]
    for (count, length) in zip(counts, lengths) { #expect(abs(count - length) < 3 * 1152, "\(counts) \(lengths)") }
  }
}
