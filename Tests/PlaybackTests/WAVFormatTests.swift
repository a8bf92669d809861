import Audio
import Fixtures
import Foundation
import Music
import Testing

@Suite struct WAVFormatTests {
  private func wrote<Sample: BitwiseCopyable>(_ samples: [Sample], _ format: AudioFormat) throws -> (
    String, raw: Data, file: Data
  ) {
    let directory = TemporaryDirectory()
    let destination = WAVDestination(path: directory.file("a.wav"))
    // In two goes: the second begins behind what stands there already.
    for half in [samples[..<(samples.count / 2)], samples[(samples.count / 2)...]] {
      let output = try destination.open(format)
      _ = try Array(half).withUnsafeBytes { try output.write($0) }
    }
    let raw = directory.file("a.raw")
    let encoding = format.sample == .f32 ? ["-e", "floating-point"] : ["-e", "signed-integer"]
    Sounds.run("sox", ["-D", directory.file("a.wav")] + encoding + ["-b", "\(format.sample.byteCount * 8)", raw])
    let output = try destination.open(format)
    let contents = FileManager.default.contents
    return (output.description.format, contents(raw)!, contents(directory.file("a.wav"))!)
  }

  @Test("a WAV file keeps every bit of 32-bit samples")
  func wide() throws {
    let samples: [Int32] = [0, 1, -1, 256, -256, .max, .min, 0x1234_5600, -0x1234_5678, 77, 88, 99]
    let (name, data, _) = try wrote(samples, AudioFormat(rate: 96000, channels: 2, sample: .s32))
    #expect(name == "S32_LE")
    #expect(data == samples.withUnsafeBytes { Data($0) })
  }

  @Test("a WAV file keeps floating point samples as they are")
  func float() throws {
    let samples: [Float] = [0, 1e-7, -0.5, 1.25, -1, 0.333_333_34, 0.1, -0.7]
    let (name, data, file) = try wrote(samples, AudioFormat(rate: 48000, channels: 2, sample: .f32))
    #expect(name == "FLOAT_LE")
    // sox computes with about 24 bits, and limits what goes beyond full scale: the bits themselves stand in the file.
    let read = data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    #expect(read.count == samples.count)
    #expect(zip(read, samples).allSatisfy { abs($0 - min(max($1, -1), 1)) < 1e-6 })
    #expect(file.suffix(samples.count * 4) == samples.withUnsafeBytes { Data($0) })
  }
}
