import TUI

/// What is asked of those who look at the sound.
package struct SpectrumWish: Hashable, Sendable {
  /// How many bands, low to high.
  package var bands: Int
  package var rate: SpectrumRate

  package init(bands: Int, rate: SpectrumRate) {
    self.bands = bands
    self.rate = rate
  }
}

package enum SpectrumNews: Hashable, Sendable {
  /// Low to high, 0 to 255.
  case levels([UInt8])
  /// Why there are none: a sentence.
  case unavailable(String)
}

/// How loud what sounds is, from low to high.
package struct SpectrumState: Sendable {
  package internal(set) var style = SpectrumStyle.bars
  package internal(set) var rate = SpectrumRate.auto
  /// Empty while nothing sounds.
  package internal(set) var levels: [UInt8] = []
  /// Why there is nothing to see: a sentence.
  package internal(set) var problem: String?
  var asked: SpectrumWish?
}

extension SpectrumStyle {
  /// How many bands stand side by side in so many columns.
  package func bands(columns: Int) -> Int {
    switch self {
    case .bars: max(0, (columns + 1) / 3)
    case .braille: max(0, columns * 2)
    }
  }
}

extension AppState {
  /// Frames are made only while they are seen and something sounds.
  mutating func followSpectrum() -> [Effect] {
    let wanted = spectrumWish
    guard wanted != panel.spectrum.asked else { return [] }
    panel.spectrum.asked = wanted
    panel.spectrum.levels = []
    return [.tapSpectrum(wanted)]
  }

  private var spectrumWish: SpectrumWish? {
    let spectrum = panel.spectrum
    guard let rect = panelLayout?.spectrum, !rect.isEmpty, player.state == .playing, !player.isBuffering,
      !player.isParked, spectrum.rate != .off, spectrum.problem == nil
    else { return nil }
    return SpectrumWish(bands: spectrum.style.bands(columns: rect.columns), rate: spectrum.rate)
  }

  mutating func take(_ news: SpectrumNews) {
    switch news {
    // Those of before a pause or another size are too late.
    case .levels(let levels): if levels.count == panel.spectrum.asked?.bands { panel.spectrum.levels = levels }
    case .unavailable(let reason): panel.spectrum.problem = reason
    }
  }
}
