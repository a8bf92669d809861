import Audio
import Foundation
import Music
import Testing

/// The parts of the treatment by plain calls.
@Suite struct TreatmentTests {
  private func settings(_ mode: ReplayGainMode, preamp: Double = 0) -> SoundSettings {
    var settings = SoundSettings()
    settings.replayGain = mode
    settings.preamp = preamp
    return settings
  }

  private static let gains: [(ReplayGainMode, Double, ReplayGain, Double?)] = [
    (.off, 6, ReplayGain(trackGain: -7), nil),
    (.track, 0, ReplayGain(trackGain: -7, albumGain: -5), -7),
    (.album, 0, ReplayGain(trackGain: -7, albumGain: -5), -5),
    (.album, 0, ReplayGain(trackGain: -7), -7),
    (.track, 0, ReplayGain(albumGain: -5), -5),
    (.track, 3, ReplayGain(trackGain: -7), -4),
    (.track, 0, ReplayGain(trackGain: 4), 0),
    (.track, 9, ReplayGain(trackGain: -7), 0),
    (.track, 0, ReplayGain(trackGain: 4, trackPeak: 0.5), 4),
    (.track, 5, ReplayGain(trackGain: 4, trackPeak: 0.5), 6.0206),
    (.track, 0, ReplayGain(trackGain: -1, trackPeak: 1.4), -2.9226),
    (.album, 0, ReplayGain(trackGain: 4, trackPeak: 0.5, albumPeak: 1), 4),
    (.track, 0, ReplayGain(trackPeak: 0.5), nil),
    (.track, 0, ReplayGain(trackGain: .nan), nil),
    (.track, 0, ReplayGain(trackGain: .infinity, albumGain: -3), -3),
    (.track, 0, ReplayGain(trackGain: -400), nil),
    (.track, 0, ReplayGain(trackGain: 2, trackPeak: .nan), 0),
    (.track, 0, ReplayGain(trackGain: 2, trackPeak: -1), 0),
    (.track, .nan, ReplayGain(trackGain: -2), -2),
    (.track, 1e9, ReplayGain(trackGain: -20), -5),
  ]

  @Test("replay gain is what the tags say, never beyond the peak, and nothing where they say nothing", arguments: gains)
  func replayGain(mode: ReplayGainMode, preamp: Double, replayGain: ReplayGain, expected: Double?) {
    let treatment = Treatment(settings(mode, preamp: preamp), for: replayGain)
    #expect((treatment.replayGain == nil) == (expected == nil))
    #expect(abs((treatment.replayGain ?? 0) - (expected ?? 0)) < 0.001)
    #expect(treatment.isNothing == (expected ?? 0 == 0))
  }

  @Test("settings that make no sense are made to", arguments: [Double.nan, .infinity, -.infinity, -1, 0, 1e300])
  func senseless(number: Double) {
    var settings = SoundSettings()
    settings.speed = number
    settings.equalizer = Equalizer(gains: [number])
    let treatment = Treatment(settings)
    #expect((0.5...2).contains(treatment.speed))
    #expect(treatment.gain == 1)
    #expect(treatment.equalizer.gains.allSatisfy { (-12...12).contains($0) })
  }

  @Test("samples become numbers and the same samples again", arguments: [SampleFormat.s16, .s32, .f32])
  func conversion(format: SampleFormat) {
    var bytes = [UInt8](repeating: 0, count: 40000)
    switch format {
    case .s16: bytes = (Int16.min...(.max)).withBytes
    case .s32: bytes = stride(from: -0x80_0000, to: 0x80_0000, by: 977).map { Int32($0) << 8 }.withBytes
    case .f32: bytes = [Float(0), 1, -1, 0.123_456, -3, 1e-30].withBytes
    }
    var numbers = [Float](repeating: 9, count: bytes.count / format.byteCount)
    var back = [UInt8](repeating: 1, count: bytes.count)
    var none: Dither?
    bytes.withUnsafeBytes { from in numbers.withUnsafeMutableBufferPointer { unpack(from, format, into: $0) } }
    numbers.withUnsafeBufferPointer { from in
      back.withUnsafeMutableBytes { pack(from, format, into: $0, dither: &none) }
    }
    #expect(bytes.elementsEqual(back))
  }

  @Test("what is beyond full scale stays at it, what is no number is silence, with and without dither")
  func beyond() {
    let numbers: [Float] = [1.5, -1.5, .infinity, -.infinity, .nan, 1e30]
    for var dither in [nil, Dither()] as [Dither?] {
      var short = [Int16](repeating: 7, count: 6)
      var long = [Int32](repeating: 7, count: 6)
      numbers.withUnsafeBufferPointer { from in
        short.withUnsafeMutableBytes { pack(from, .s16, into: $0, dither: &dither) }
        long.withUnsafeMutableBytes { pack(from, .s32, into: $0, dither: &dither) }
      }
      #expect(short == [32767, -32768, 32767, -32768, 0, 32767])
      #expect(long == [.max, .min, .max, .min, 0, .max])
    }
  }

  @Test("dither is as loud as it should be, and its mean is nothing")
  func dither() {
    let count = 40000
    let numbers = [Float](repeating: 0.3 / 32768, count: count)
    var samples = [Int16](repeating: 0, count: count)
    var dither: Dither? = Dither()
    numbers.withUnsafeBufferPointer { from in
      samples.withUnsafeMutableBytes { pack(from, .s16, into: $0, dither: &dither) }
    }
    #expect(samples.allSatisfy { abs($0) <= 2 })
    let mean = samples.reduce(0.0) { $0 + Double($1) } / Double(count)
    #expect(abs(mean - 0.3) < 0.02, "what is smaller than a bit is still there: \(mean)")
    let power = samples.reduce(0.0) { $0 + pow(Double($1) - 0.3, 2) } / Double(count)
    #expect(abs(power - 0.25) < 0.03, "a third from rounding and dither, whatever the sound: \(power)")
  }

  @Test("what was too loud is turned down, what was not passes untouched")
  func limiter() {
    var limiter = Limiter(rate: 44100, channels: 2)
    var quiet = (0..<2000).map { Float(sin(Double($0) / 7)) }
    let same = quiet
    quiet.withUnsafeMutableBufferPointer { limiter.limit($0) }
    #expect(quiet == same)
    var loud = quiet.map { $0 * 2 }
    loud.withUnsafeMutableBufferPointer { limiter.limit($0) }
    #expect(loud.allSatisfy { abs($0) <= 1.0001 })
    var after = [Float](repeating: 0.5, count: 88200)
    after.withUnsafeMutableBufferPointer { limiter.limit($0) }
    #expect(after[0] < 0.3 && after.last == 0.5)
  }

  @Test("sound that is held comes out as it went in, in any portions")
  func held() {
    var held = HeldSound(channels: 2)
    var (next, expected) = (Float(0), Float(0))
    for round in 0..<400 {
      let portion = (0..<2 * (round * 37 % 900)).map { _ in
        next += 1
        return next
      }
      portion.withUnsafeBufferPointer { held.append($0) }
      let count = min(held.count, round * 31 % 900)
      for sample in held.frames(from: 0, count: count) {
        expected += 1
        if sample != expected { Issue.record("\(sample), not \(expected)") }
      }
      held.drop(count)
    }
    held.truncate(to: 3)
    #expect(held.count == 3 && held.frames(from: 2, count: 9).count == 2)
  }
}

@Suite struct EqualizerTests {
  private func filtered(_ gains: [Double], _ samples: [Float], rate: Int = 44100, channels: Int = 1) -> [Float] {
    var filter = EqualizerFilter(Equalizer(gains: gains), rate: rate, channels: channels)
    var samples = samples
    samples.withUnsafeMutableBufferPointer { filter.filter($0) }
    return samples
  }

  private func tone(_ frequency: Double, rate: Int = 44100) -> [Float] {
    (0..<rate).map { Float(0.5 * sin(2 * .pi * frequency * Double($0) / Double(rate))) }
  }

  /// In dB, once it has settled.
  private func level(_ samples: [Float]) -> Double {
    let half = samples.dropFirst(samples.count / 2)
    return 10 * log10(half.reduce(0) { $0 + Double($1) * Double($1) } / Double(half.count) / 0.125)
  }

  @Test("flat changes nothing, bit for bit")
  func flat() {
    let samples = (0..<10000).map { Float(sin(Double($0) * 0.37)) }
    #expect(filtered([], samples) == samples)
    #expect(EqualizerFilter(.flat, rate: 44100, channels: 2).isFlat)
  }

  @Test("each band lifts and lowers its own tones", arguments: 0..<10, [-12.0, 6, 12])
  func bands(band: Int, gain: Double) {
    var gains = [Double](repeating: 0, count: 10)
    gains[band] = gain
    let middle = Equalizer.frequencies[band]
    var filter = EqualizerFilter(Equalizer(gains: gains), rate: 44100, channels: 1)
    let headroom = 20 * log10(Double(filter.headroom))
    _ = filter
    #expect(abs(headroom + max(gain, 0)) < 0.2)
    let lifted = level(filtered(gains, tone(middle))) - headroom
    // A shelf has not all of it at its band's middle.
    #expect(abs(lifted - gain) < (band == 0 || band == 9 ? abs(gain) / 2 : 0.2), "\(lifted) at \(middle)")
    let far = Equalizer.frequencies[(band + 5) % 10]
    #expect(abs(level(filtered(gains, tone(far))) - headroom) < 0.6)
    filter = EqualizerFilter(.flat, rate: 44100, channels: 1)
  }

  @Test("every band lifted as far as it goes does not clip a full tone")
  func headroom() {
    let gains = [Double](repeating: 12, count: 10)
    for frequency in [31.25, 100, 1000, 5000, 16000] {
      #expect(filtered(gains, tone(frequency).map { $0 * 2 }).suffix(20000).allSatisfy { abs($0) <= 1.01 })
    }
  }

  @Test("channels do not mix, and low rates leave out what they cannot hold", arguments: [8000, 11025, 22050, 192_000])
  func channels(rate: Int) {
    let gains = [Double](repeating: 12, count: 10)
    let left = tone(300, rate: rate)
    let both: [Float] = left.flatMap { [$0, 0] as [Float] }
    let result = filtered(gains, both, rate: rate, channels: 2)
    #expect(stride(from: 0, to: result.count, by: 2).map { result[$0] } == filtered(gains, left, rate: rate))
    #expect(stride(from: 1, to: result.count, by: 2).allSatisfy { result[$0] == 0 })
    #expect(result.allSatisfy { abs($0) < 2 })
  }

  @Test("a sample that is no number does not silence the rest for ever")
  func noNumber() {
    var filter = EqualizerFilter(Equalizer(gains: [6, 6, 6]), rate: 44100, channels: 1)
    var bad: [Float] = [0.1, .nan, .infinity, 0.1]
    bad.withUnsafeMutableBufferPointer { filter.filter($0) }
    var good = tone(1000)
    good.withUnsafeMutableBufferPointer { filter.filter($0) }
    #expect(good.allSatisfy { $0.isFinite })
  }
}

extension Sequence {
  fileprivate var withBytes: [UInt8] { Array(self).withUnsafeBytes { Array($0) } }
}
