import Glibc
import Spectrum
import Testing

@Suite("The spectrum")
struct SpectrumTests {
  private func look(_ frequency: Float, rate: Int = 44_100, bands: Int = 24, loudness: Float = 0.5) throws -> [UInt8] {
    let analyser = try #require(SpectrumAnalyser(rate: rate))
    let levels = analyser.look(bands: bands, after: 1) { samples in
      for index in samples.indices {
        samples[index] = loudness * sinf(2 * .pi * frequency * Float(index) / Float(rate))
      }
      return true
    }
    return try #require(levels)
  }

  /// Where a frequency belongs, by the edges that the analyser tells.
  private func band(of frequency: Double, rate: Int = 44_100, bands: Int = 24) throws -> Int {
    let analyser = try #require(SpectrumAnalyser(rate: rate))
    return (0..<bands).last { analyser.frequency(of: $0, of: bands) <= frequency } ?? 0
  }

  @Test("a sine has its peak in the band that its frequency belongs to", arguments: [120, 440, 1000, 3300, 9000])
  func sines(frequency: Int) throws {
    for rate in [44_100, 48_000, 96_000] {
      let levels = try look(Float(frequency), rate: rate)
      let peak = try #require(levels.indices.max { levels[$0] < levels[$1] })
      #expect(peak == (try band(of: Double(frequency), rate: rate)))
      // Two bands away there is nothing to be seen of it.
      for other in levels.indices where abs(other - peak) > 3 { #expect(levels[other] < levels[peak] / 2) }
    }
  }

  @Test("louder is higher, silence is nothing")
  func loudness() throws {
    let loud = try look(1000, loudness: 0.9).max() ?? 0
    let soft = try look(1000, loudness: 0.05).max() ?? 0
    #expect(loud > soft && soft > 0)
    #expect(try look(1000, loudness: 0).allSatisfy { $0 == 0 })
  }

  @Test("bars fall slowly when the sound is over")
  func falling() throws {
    let analyser = try #require(SpectrumAnalyser(rate: 44_100))
    func fill(_ loudness: Float) -> (UnsafeMutableBufferPointer<Float>) -> Bool {
      { samples in
        for index in samples.indices { samples[index] = loudness * sinf(2 * .pi * 1000 * Float(index) / 44_100) }
        return true
      }
    }
    let first = analyser.look(bands: 12, after: 0.1, fill: fill(0.5))?.max() ?? 0
    let second = analyser.look(bands: 12, after: 0.1, fill: fill(0))?.max() ?? 0
    let third = analyser.look(bands: 12, after: 5, fill: fill(0))?.max() ?? 0
    #expect(first > second && second > 0 && third == 0)
  }

  @Test("where there are no samples nothing is told")
  func none() throws {
    let analyser = try #require(SpectrumAnalyser(rate: 8000))
    #expect(analyser.look(bands: 12, after: 0.1) { _ in false } == nil)
    #expect(analyser.look(bands: 0, after: 0.1) { _ in true } == nil)
    let impossible = SpectrumAnalyser(rate: 0)
    #expect(impossible == nil)
  }
}
