import Audio
import Foundation
import SndFile
import Testing

func sndFile(_ source: any ByteSource) throws -> SndFileDecoder {
  let start = try endOfLeadingTags(in: source)
  let kind = try #require(try SoundFileKind(source, at: start))
  return try SndFileDecoder(source: source, kind: kind, start: start)
}

/// Decodes up to `limit` frames, as bytes.
func decodeBytes(_ decoder: any Decoder, limit: Int = .max, batch: Int = 8192) throws -> Data {
  var data = Data()
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: batch * 64, alignment: 16)
  defer { buffer.deallocate() }
  var count = 0
  while count < limit {
    let frames = min(batch, limit - count)
    let room = UnsafeMutableRawBufferPointer(rebasing: buffer[..<(frames * decoder.format.bytesPerFrame)])
    switch try decoder.decode(into: room) {
    case .frames(let frames):
      data.append(contentsOf: room.prefix(frames * decoder.format.bytesPerFrame))
      count += frames
    case .newFormat: continue
    case .end: return data
    }
  }
  return data
}

/// 16-bit samples as `oggdec` makes them of a codec's floating point. (Plain loops: these run unoptimised.)
func sixteenBits(_ floats: Data) -> Data {
  var samples = [Int16](repeating: 0, count: floats.count / 4)
  floats.withUnsafeBytes { raw in
    let from = raw.bindMemory(to: Float.self)
    for index in samples.indices {
      samples[index] = Int16(max(min((from[index] * 32768).rounded(.toNearestOrEven), 32767), -32768))
    }
  }
  return samples.withUnsafeBytes { Data($0) }
}

/// The largest difference of two runs of floating point samples; infinite where their lengths differ.
func distance(_ a: Data, _ b: Data) -> Float {
  guard a.count == b.count else { return .infinity }
  var largest: Float = 0
  a.withUnsafeBytes { a in
    b.withUnsafeBytes { b in
      let (first, second) = (a.bindMemory(to: Float.self), b.bindMemory(to: Float.self))
      for index in first.indices { largest = max(largest, abs(first[index] - second[index])) }
    }
  }
  return largest
}

/// As that for samples: fails with the first difference.
func expectSame(
  _ data: Data, _ reference: Data, _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
  guard data != reference else { return }
  let place = zip(data, reference).prefix { $0 == $1 }.count
  let counts = "\(data.count) bytes, \(reference.count) expected, the first other one at \(place)"
  Issue.record("\(counts) \(comment?.rawValue ?? "")", sourceLocation: sourceLocation)
}

let exactNames = [
  "cd.flac", "no-table.flac", "high.flac", "cd.wav", "high.wav", "tiny.wav", "float.wav", "cd.aiff", "high.aiff",
  "cd.ogg",
  "mono.ogg",
]

@Suite(.timeLimit(.minutes(40))) struct SndFileTests {
  private let sounds = OtherSounds.shared

  private func comparable(_ data: Data, _ name: String) -> Data { name.hasSuffix(".ogg") ? sixteenBits(data) : data }

  @Test("samples are those that the format's own program decodes, to the bit", arguments: exactNames)
  func identical(name: String) throws {
    let decoder = try sndFile(FileSource(path: sounds.path(name)))
    let data = try decodeBytes(decoder)
    #expect(decoder.info.frameCount == data.count / decoder.format.bytesPerFrame)
    expectSame(comparable(data, name), sounds.reference(name))
  }

  @Test("Opus comes out as opusdec decodes it, at 48 kHz whatever it was made of", arguments: ["cd.opus", "tiny.opus"])
  func opus(name: String) throws {
    let decoder = try sndFile(FileSource(path: sounds.path(name)))
    #expect(decoder.format.rate == 48000 && decoder.format.sample == .f32)
    let data = try decodeBytes(decoder)
    #expect(decoder.info.frameCount == data.count / decoder.format.bytesPerFrame)
    let difference = distance(data, sounds.reference(name))
    #expect(difference < 1e-6, "\(difference), \(data.count) \(sounds.reference(name).count)")
  }

  @Test("a decoder says what it decodes")
  func facts() throws {
    func info(_ name: String) throws -> DecoderInfo { try sndFile(FileSource(path: sounds.path(name))).info }
    let flac = try info("cd.flac")
    #expect(flac.codec == "FLAC" && flac.bits == 16 && flac.format == AudioFormat(rate: 44100, channels: 2))
    let high = try info("high.flac")
    #expect(high.bits == 24 && high.format == AudioFormat(rate: 96000, channels: 2, sample: .s32))
    #expect(high.isVariable && high.bitRate > 500)
    let ogg = try info("cd.ogg")
    #expect(ogg.codec == "Ogg Vorbis" && ogg.bits == 0 && ogg.format.sample == .f32)
    #expect(try info("cd.opus").codec == "Opus")
    let wav = try info("tiny.wav")
    #expect(wav.codec == "WAV" && wav.bits == 8 && wav.bitRate == 64 && !wav.isVariable)
    #expect(try info("high.aiff").codec == "AIFF")
  }

  @Test("a seek is exact to the sample, forwards and back", arguments: exactNames)
  func seek(name: String) throws {
    let reference = sounds.reference(name)
    let decoder = try sndFile(FileSource(path: sounds.path(name)))
    let size = decoder.format.bytesPerFrame * (name.hasSuffix(".ogg") ? 1 : 2) / 2
    let length = reference.count / size
    for percent in [70, 10, 99, 0, 50, 3, 95, 28, 72] {
      let target = length * percent / 100 + 77
      #expect(try decoder.seek(toFrame: target) == target)
      let data = comparable(try decodeBytes(decoder, limit: 20000), name)
      #expect(data.count == min(20000, length - target) * size, "\(name) at \(percent) %")
      expectSame(data, reference[(target * size)...].prefix(data.count), "\(name) at \(percent) %")
    }
    #expect(try decoder.seek(toFrame: length + 1000) == length)
    #expect(try decodeBytes(decoder).isEmpty)
  }

  @Test("a seek in Opus is exact to the sample; what is heard differs by less than the ear or 16 bits can tell")
  func seekOpus() throws {
    let reference = sounds.reference("cd.opus")
    let decoder = try sndFile(FileSource(path: sounds.path("cd.opus")))
    let length = reference.count / 8
    for percent in [70, 10, 99, 0, 50, 3, 95, 28, 72] {
      let target = length * percent / 100 + 77
      #expect(try decoder.seek(toFrame: target) == target)
      let data = try decodeBytes(decoder, limit: 20000)
      #expect(data.count == min(20000, length - target) * 8)
      let difference = distance(data, reference.dropFirst(target * 8).prefix(data.count))
      #expect(difference < 1 / 32768, "\(percent) %: \(difference)")
    }
  }
}

@Suite(.timeLimit(.minutes(40))) struct SndFileTroubleTests {
  private let sounds = OtherSounds.shared
  private static let names = ["cd.flac", "high.flac", "cd.ogg", "cd.opus", "cd.wav", "cd.aiff"]

  private func whole(_ name: String) throws -> Data { try decodeBytes(sndFile(RecordingSource(sounds.bytes(name)))) }

  @Test("short seeks, one after another, are as exact as long ones", arguments: names)
  func smallSteps(name: String) throws {
    let reference = try whole(name)
    let decoder = try sndFile(RecordingSource(sounds.bytes(name)))
    let size = decoder.format.bytesPerFrame
    for target in stride(from: 33, to: reference.count / size - 3000, by: 20011) {
      #expect(try decoder.seek(toFrame: target) == target)
      let data = try decodeBytes(decoder, limit: 2000)
      expectSame(data, reference[(target * size)...].prefix(2000 * size), "\(name) at \(target)")
    }
  }

  @Test(
    "bytes that are missing for a while are an error that can be tried again, and nothing is lost", arguments: names)
  func offlineThenBack(name: String) throws {
    let bytes = sounds.bytes(name)
    let reference = try whole(name)
    // A few bytes more each time, so that they end at every kind of place.
    let source = GrowingSource(bytes, held: bytes.count / 3)
    let decoder = try sndFile(source)
    var data = Data()
    var failures = 0
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 32768, alignment: 16)
    defer { buffer.deallocate() }
    decoding: while true {
      do throws(DecoderError) {
        guard case .frames(let count) = try decoder.decode(into: buffer) else { break decoding }
        data.append(contentsOf: buffer.prefix(count * decoder.format.bytesPerFrame))
      } catch {
        #expect(error == .source(.offline))
        failures += 1
        source.grow(by: 9973)
      }
    }
    #expect(failures > 3)
    expectSame(data, reference)
  }

  @Test("a cancelled read is told as such, and another source of the same bytes goes on", arguments: names)
  func cancelled(name: String) throws {
    let bytes = sounds.bytes(name)
    let source = GrowingSource(bytes, held: bytes.count / 3, reason: .cancelled, end: max(bytes.count / 4, 68000))
    let decoder = try sndFile(source)
    let size = decoder.format.bytesPerFrame
    var data = Data()
    #expect(throws: DecoderError.source(.cancelled)) {
      while true { data += try oneDecode(decoder) }
    }
    let reference = try whole(name)
    let target = reference.count / size * 3 / 5
    #expect(throws: DecoderError.source(.cancelled)) {
      _ = try decoder.seek(toFrame: target)
      _ = try decodeBytes(decoder, limit: 10)
    }
    decoder.replaceSource(RecordingSource(bytes))
    #expect(try decoder.seek(toFrame: data.count / size) == data.count / size)
    data += try decodeBytes(decoder)
    expectSame(data, reference)
  }

  private func oneDecode(_ decoder: any Decoder) throws -> Data {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 32768, alignment: 16)
    defer { buffer.deallocate() }
    guard case .frames(let count) = try decoder.decode(into: buffer) else { throw EndedEarly() }
    return Data(buffer.prefix(count * decoder.format.bytesPerFrame))
  }

  @Test("a file whose end cannot be had plays as far as it is here", arguments: names)
  func endOutOfReach(name: String) throws {
    let bytes = sounds.bytes(name)
    let decoder = try sndFile(GrowingSource(bytes, held: bytes.count / 2))
    var data = Data()
    #expect(throws: DecoderError.source(.offline)) { while true { data += try oneDecode(decoder) } }
    let reference = try whole(name)
    expectSame(data, reference.prefix(data.count))
    #expect(data.count > reference.count * 2 / 5)
  }

  @Test("a source that does not know its length plays all the same", arguments: names)
  func unknownSize(name: String) throws {
    let decoder = try sndFile(RecordingSource(sounds.bytes(name), knowsSize: false))
    let (data, reference) = (try decodeBytes(decoder), try whole(name))
    expectSame(data, reference)
  }

  @Test(
    "a far seek into bytes not fetched reads around its target only",
    arguments: ["cd.flac", "cd.ogg", "cd.wav", "cd.opus"])
  func farSeek(name: String) throws {
    let reference = try whole(name)
    // As long as an album side, so that there is something between.
    let source = RecordingSource(sounds.bytes(name))
    let decoder = try sndFile(source)
    let size = decoder.format.bytesPerFrame
    source.forget()
    let target = reference.count / size * 3 / 4
    #expect(try decoder.seek(toFrame: target) == target)
    _ = try decodeBytes(decoder, limit: 1000)
    #expect(source.readCount < 400_000, "\(source.readCount)")
  }
}

private struct EndedEarly: Error {}

/// Has the first bytes of something, and maybe the last; more come.
final class GrowingSource: ByteSource, @unchecked Sendable {
  let bytes: [UInt8]
  private var held: Int
  private let reason: ByteSourceError
  /// Bytes at the end that are here.
  private let end: Int

  init(_ bytes: [UInt8], held: Int, reason: ByteSourceError = .offline, end: Int = 0) {
    self.bytes = bytes
    self.held = held
    self.reason = reason
    self.end = end
  }

  var size: Int64? { Int64(bytes.count) }
  func grow(by count: Int) { held += count }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    guard offset < bytes.count else { return 0 }
    let isEnd = Int(offset) >= bytes.count - end
    let count = min(buffer.count, (isEnd ? bytes.count : min(held, bytes.count)) - Int(offset))
    guard count > 0 else { throw reason }
    bytes.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[Int(offset)...].prefix(count)))
    }
    return count
  }

  func cancel() {}
}
