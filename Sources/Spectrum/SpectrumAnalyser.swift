import CFFTW
import Glibc

/// Turns samples into how loud they are from low to high, for eyes: in decibels, by octaves, quick to rise and slow to fall.
///
/// Owns the transform and what was shown last. Lives on one thread; never looks for samples itself.
package final class SpectrumAnalyser {
  private let transform: OpaquePointer
  private var window: [Float]
  private var powers: [Float]
  private var levels: [Float] = []
  package let rate: Int
  /// Samples that one look takes: about a tenth of a second.
  package let count: Int

  /// What is shown, in Hz and in dB below full scale.
  private static let lowest = 45.0
  private static let highest = 16_000.0
  private static let floor: Float = -62
  /// Music is quieter the higher it is; so much is added for each octave above the lowest.
  private static let tilt: Float = 2.2
  /// A bar falls from full to nothing in so many seconds.
  private static let fallTime: Float = 0.7

  /// - Returns: nil where there is no FFTW.
  package init?(rate: Int) {
    guard rate > 0, dulcet_fftw_load() == 0 else { return nil }
    var count = 4096
    while count * 12 < rate { count *= 2 }
    guard let transform = dulcet_fftw_new(Int32(count)) else { return nil }
    self.transform = transform
    self.rate = rate
    self.count = count
    // Hann's window, at whose ends nothing jumps.
    window = (0..<count).map { 0.5 - 0.5 * cosf(2 * .pi * Float($0) / Float(count)) }
    powers = Array(repeating: 0, count: count / 2 + 1)
  }

  deinit { dulcet_fftw_free(transform) }

  /// Looks at the samples that `fill` lays down: `count` of them, full scale at ±1.
  /// - Parameter seconds: since the last look.
  /// - Returns: `bands` levels from 0 to 255; nil when `fill` had none.
  package func look(
    bands: Int, after seconds: Double, fill: (UnsafeMutableBufferPointer<Float>) -> Bool
  ) -> [UInt8]? {
    guard bands > 0, let input = dulcet_fftw_input(transform) else { return nil }
    let samples = UnsafeMutableBufferPointer(start: input, count: count)
    guard fill(samples) else { return nil }
    for index in samples.indices { samples[index] *= window[index] }
    powers.withUnsafeMutableBufferPointer { dulcet_fftw_powers(transform, $0.baseAddress) }
    if levels.count != bands { levels = Array(repeating: 0, count: bands) }
    let fall = Float(seconds) / Self.fallTime
    for band in 0..<bands { levels[band] = max(level(of: band, of: bands), levels[band] - fall, 0) }
    return levels.map { UInt8(($0 * 255).rounded()) }
  }

  /// The lower edge of a band in Hz: as many bands in each octave.
  package func frequency(of band: Int, of bands: Int) -> Double {
    let top = min(Self.highest, Double(rate) * 0.45)
    return Self.lowest * pow(top / Self.lowest, Double(band) / Double(bands))
  }

  private func level(of band: Int, of bands: Int) -> Float {
    let (low, high) = (frequency(of: band, of: bands), frequency(of: band + 1, of: bands))
    let bin = Double(count) / Double(rate)
    let first = max(1, Int((low * bin).rounded()))
    let last = min(powers.count - 1, max(first, Int((high * bin).rounded()) - 1))
    let power = powers[first...last].max() ?? 0
    // A sine at full scale has (count / 4)² under Hann's window.
    let full = Float(count) * Float(count) / 16
    let octaves = Float(log2(max(1, low / Self.lowest)))
    let decibels = 10 * log10f(max(power / full, 1e-12)) + Self.tilt * octaves
    return max(0, min(1, 1 - decibels / Self.floor))
  }
}
