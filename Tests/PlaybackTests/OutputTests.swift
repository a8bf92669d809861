import ALSA
import Audio
import Fixtures
import Foundation
import Music
import Synchronization
import Testing

@Suite struct OutputTests {
  private let format = AudioFormat(rate: 44100, channels: 2)
  private func silence(_ frames: Int) -> [UInt8] { [UInt8](repeating: 0, count: frames * 4) }

  @Test("the silent output takes frames as the clock goes")
  func silentClock() throws {
    nonisolated(unsafe) var now = Duration.seconds(100)
    let output = SilentOutput(format: format, bufferLength: .seconds(1), now: { now })
    func write(_ frames: Int) throws -> Int { try silence(frames).withUnsafeBytes { try output.write($0) } }
    #expect(try write(50000) == 44100)
    #expect(try write(10) == 0)
    try output.start()
    now += .milliseconds(500)
    #expect(try output.delay() == 22050)
    #expect(try write(50000) == 22050)
    now += .milliseconds(900)
    #expect(try output.pause() == 4410, "what was not heard is told")
    now += .seconds(10)
    #expect(try output.delay() == 0)
    #expect(try write(4410) == 4410)
    #expect(try output.drain() == false)
    now += .milliseconds(100)
    #expect(try output.drain())
    #expect(try write(100) == 100)
    try output.start()
    now += .seconds(1)
    #expect(throws: OutputError.underrun) { _ = try write(100) }
    #expect(try write(100) == 100, "after an underrun it is ready again")
  }

  @Test("a WAV file that is left in the middle has the right lengths")
  func wavStoppedEarly() throws {
    let directory = TemporaryDirectory()
    let path = directory.file("a.wav")
    let destination = WAVDestination(path: path)
    for _ in 0..<2 {
      let output = try destination.open(format)
      _ = try silence(1000).withUnsafeBytes { try output.write($0) }
    }
    let bytes = FileManager.default.contents(atPath: path)!
    #expect(bytes.count == 44 + 8000)
    #expect(Array(bytes[40..<44]) == [0x40, 0x1F, 0, 0])
    #expect(Array(bytes[4..<8]) == [0x64, 0x1F, 0, 0])
    #expect(Array(bytes[..<4]) == Array("RIFF".utf8))
  }

  @Test("sound of another format goes to a file of its own")
  func wavFormats() throws {
    let directory = TemporaryDirectory()
    let destination = WAVDestination(path: directory.file("a.wav"))
    _ = try destination.open(format)
    let second = try destination.open(AudioFormat(rate: 22050, channels: 1))
    #expect(second.description.device == directory.file("a-2.wav"))
  }

  @Test("a disk that is full is an error, not a crash")
  func wavFull() throws {
    #expect(throws: OutputError.self) { try WAVOutput(path: "/dev/full", format: format) }
    #expect(throws: OutputError.self) { try WAVOutput(path: "/no/such/place.wav", format: format) }
  }

  @Test("a device that is not there is an error with ALSA's reason")
  func noDevice() {
    _ = SoundCards.shared
    #expect(throws: OutputError.self) { try ALSAOutput(device: "no-such-card", format: format) }
  }

  @Test("the card is opened in the file's own format, or the status tells the device's")
  func ownFormat() throws {
    let cards = SoundCards.shared
    let mono = AudioFormat(rate: 22050, channels: 1)
    let own = try ALSAOutput(device: cards.card(), format: mono).description
    #expect(own.rate == 22050 && own.channels == 1 && own.format == "S16_LE")
    let other = try ALSAOutput(device: cards.card(rate: 48000), format: mono).description
    #expect(other.rate == 48000)
  }

  @Test("volume follows the ear, ramps without a step, and at 100 changes nothing")
  func gain() {
    #expect(Gain.factor(volume: 100) == 1 && Gain.factor(volume: 0) == 0 && Gain.factor(volume: 50) == 0.125)
    var gain = Gain(volume: 100)
    #expect(gain.isUnity(from: 0))
    gain.level.turn(to: 0, from: 1000, length: 100)
    #expect(!gain.isUnity(from: 1000))
    let samples = [Int16](repeating: 10000, count: 400)
    let scaled = scale(samples, gain, .s16, from: 1000)
    let steps = zip(scaled, scaled.dropFirst()).map { abs(Int($0) - Int($1)) }
    #expect(steps.max()! <= 101 && scaled[0] > 9800 && scaled[399] == 0)
    #expect(
      scale(Array(samples[100...]), gain, .s16, from: 1050) == Array(scaled[100...]), "the same frame, the same factor")
    gain.level.turn(to: 1, from: 1200, length: 100)
    #expect(!gain.isUnity(from: 1299) && gain.isUnity(from: 1300))
    gain.rebase(from: 1250, to: 0)
    #expect(gain.value(at: 0) == 0.5 && gain.isUnity(from: 50))
  }

  @Test("every format of samples is scaled to its own full depth")
  func gainFormats() {
    let half = Gain(volume: 50)
    #expect(scale([Int32.max, Int32.min, 1 << 16], half, .s32, from: 0) == [0x1000_0000, -0x1000_0000, 1 << 13])
    #expect(scale([Float(1), -0.5], half, .f32, from: 0) == [0.125, -0.0625])
    #expect(scale([Int16.max, Int16.min], half, .s16, from: 0) == [4096, -4096])
  }

  private func scale<Sample>(_ samples: [Sample], _ gain: Gain, _ format: SampleFormat, from frame: Int) -> [Sample] {
    var scaled = samples
    let format = AudioFormat(rate: 44100, channels: format == .s16 ? 2 : 1, sample: format)
    samples.withUnsafeBytes { from in
      scaled.withUnsafeMutableBytes { gain.scale(from, into: $0, format: format, from: frame) }
    }
    return scaled
  }
}
