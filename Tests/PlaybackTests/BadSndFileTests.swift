import Audio
import Foundation
import SndFile
import Testing

@Suite(.timeLimit(.minutes(40))) struct BadSndFileTests {
  private let sounds = OtherSounds.shared
  private static let names = ["cd.flac", "cd.ogg", "cd.opus", "cd.wav", "cd.aiff"]

  private func decoded(_ bytes: [UInt8]) throws -> Data { try decodeBytes(sndFile(RecordingSource(bytes))) }

  @Test("a truncated file plays as far as it goes", arguments: names, [0.15, 0.5, 0.98])
  func truncated(name: String, share: Double) throws {
    let bytes = sounds.bytes(name)
    let data = try decoded(Array(bytes.prefix(Int(Double(bytes.count) * share))))
    let reference = try decoded(bytes)
    expectSame(data, reference.prefix(data.count), "\(name) \(share)")
    #expect(Double(data.count) > Double(reference.count) * (share - 0.1), "\(name) \(share)")
  }

  @Test("a beginning with nothing behind it is refused or over at once", arguments: names)
  func onlyBeginning(name: String) throws {
    for count in [12, 30, 60, 100] {
      do throws(DecoderError) {
        let source = RecordingSource(Array(sounds.bytes(name).prefix(count)))
        guard let kind = try? SoundFileKind(source, at: 0) else { continue }
        let decoder = try SndFileDecoder(source: source, kind: kind, start: 0)
        #expect(((try? decodeBytes(decoder)) ?? Data()).count < 100_000)
      } catch { #expect(error == .notAudio) }
    }
  }

  @Test(
    "what only begins like a sound file is refused, soon", arguments: ["fLaC", "OggS", "RIFFxxxxWAVE", "FORMxxxxAIFF"])
  func pretender(head: String) {
    for filler: UInt8 in [0, 7, 0xFF] {
      let source = RecordingSource(Array(head.utf8) + [UInt8](repeating: filler, count: 3_000_000))
      #expect(throws: DecoderError.notAudio) { _ = try decodeBytes(sndFile(source)) }
      #expect(source.readCount < 8_000_000, "\(head) \(filler): \(source.readCount)")
    }
  }

  @Test(
    "damage in the middle of a FLAC file is silence of its length at most a moment around; the rest is in its place")
  func damagedFlac() throws {
    var bytes = sounds.bytes("cd.flac")
    let reference = try decoded(bytes)
    let middle = bytes.count / 2
    for index in middle..<(middle + 3000) { bytes[index] = UInt8(truncatingIfNeeded: index &* 31) }
    let data = try decoded(bytes)
    #expect(data.count == reference.count)
    let head = reference.count * 2 / 5 & ~3
    expectSame(data.prefix(head), reference.prefix(head))
    expectSame(data.suffix(head), reference.suffix(head))
    // Where it is not the music it is silence, not noise.
    let (samples, true_) = (int16(data), int16(reference))
    var noise = 0
    for index in samples.indices where samples[index] != true_[index] && samples[index] != 0 { noise += 1 }
    #expect(noise == 0)
  }

  private func int16(_ data: Data) -> [Int16] { data.withUnsafeBytes { Array($0.bindMemory(to: Int16.self)) } }

  @Test("damage in the middle of an Ogg file costs the pages it hit", arguments: ["cd.ogg", "cd.opus"])
  func damagedOgg(name: String) throws {
    var bytes = sounds.bytes(name)
    let reference = try decoded(bytes)
    let middle = bytes.count / 2
    for index in middle..<(middle + 3000) { bytes[index] = UInt8(truncatingIfNeeded: index &* 31) }
    let data = try decoded(bytes)
    let head = reference.count * 2 / 5 & ~7
    expectSame(data.prefix(head), reference.prefix(head))
    #expect(data.count > reference.count * 7 / 10 && data.count <= reference.count)
    let loudest = data.withUnsafeBytes { $0.bindMemory(to: Float.self).reduce(0) { max($0, abs($1)) } }
    #expect(loudest < 1.2)
  }

  @Test("streams of a chained Ogg file play one after the other, each in its own format", arguments: ["ogg", "opus"])
  func chained(ending: String) throws {
    let names = ["cd.\(ending)", ending == "ogg" ? "mono.ogg" : "tiny.opus", "third.\(ending)"]
    let parts = try names.map { try decoded(sounds.bytes($0)) }
    let source = RecordingSource(names.flatMap { sounds.bytes($0) })
    let decoder = try sndFile(source)
    var formats = [decoder.format]
    var data = Data()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 32768, alignment: 16)
    defer { buffer.deallocate() }
    decoding: while true {
      switch try decoder.decode(into: buffer) {
      case .frames(let count): data.append(contentsOf: buffer.prefix(count * decoder.format.bytesPerFrame))
      case .newFormat: formats.append(decoder.format)
      case .end: break decoding
      }
    }
    #expect(formats.map(\.channels) == [2, 1, 2])
    expectSame(data, parts.reduce(Data(), +))
    let frames = zip(parts, formats).map { $0.count / $1.bytesPerFrame }
    // Into the second, the third, back to the first; and with a decoder that knows only the first.
    let third = frames[0] + frames[1] + 1000
    for fresh in [decoder, try sndFile(source)] {
      #expect(try fresh.seek(toFrame: third) == third)
      expectSame(try decodeBytes(fresh, limit: 3000), parts[2].dropFirst(1000 * 8).prefix(3000 * 8))
      #expect(try fresh.seek(toFrame: frames[0] + 500) == frames[0] + 500)
      #expect(fresh.format.channels == 1)
      expectSame(try decodeBytes(fresh, limit: 3000), parts[1].dropFirst(500 * 4).prefix(3000 * 4))
      #expect(try fresh.seek(toFrame: 77) == 77)
      expectSame(try decodeBytes(fresh, limit: 3000), parts[0].dropFirst(77 * 8).prefix(3000 * 8))
    }
  }

  @Test("a tag of 40 MB in front of FLAC is jumped over, and so is a picture of 12 MB inside")
  func bigTag() throws {
    let flac = sounds.bytes("cd.flac")
    let size = 40_000_000
    let tag: [UInt8] = Array("ID3".utf8) + [4, 0, 0] + [21, 14, 7, 0].map { UInt8((size >> $0) & 0x7F) }
    let picture: [UInt8] = [6, 0xB7, 0x1B, 0] + [UInt8](repeating: 0xFF, count: 0xB71B00)
    // Behind STREAMINFO, which is 34 bytes long.
    let inside = flac.prefix(42) + picture + flac.dropFirst(42)
    let source = RecordingSource(tag + [UInt8](repeating: 0xFF, count: size) + inside)
    expectSame(try decodeBytes(sndFile(source)), sounds.reference("cd.flac"))
    #expect(source.readCount < Int64(flac.count) + 100_000)
  }

  @Test("numbers that are none, or beyond all measure, do not reach the ear")
  func wildFloats() throws {
    var bytes = sounds.bytes("float.wav")
    for (index, value) in [Float.nan, .infinity, -.infinity].enumerated() {
      withUnsafeBytes(of: value) { bytes.replaceSubrange((2000 + index * 4)..<(2004 + index * 4), with: $0) }
    }
    let data = try decoded(bytes)
    let isFine = data.withUnsafeBytes { $0.bindMemory(to: Float.self).allSatisfy(\.isFinite) }
    #expect(isFine && data.count == sounds.reference("float.wav").count)
  }
}
