import Core
import TUI

/// How loud what sounds is, low on the left, high on the right.
struct PanelSpectrum {
  let state: AppState

  func draw(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    guard !rect.isEmpty else { return }
    let spectrum = state.panel.spectrum
    if spectrum.rate == .off || spectrum.problem != nil {
      let words = spectrum.problem ?? "The spectrum is off. “:spectrum-rate 15” shows it."
      for (row, line) in broken(words, to: rect.columns).prefix(rect.rows).enumerated() {
        canvas.write(line, at: rect.column, rect.row + row, columns: rect.columns, style: theme.onPanel(.dim))
      }
      return
    }
    switch spectrum.style {
    case .bars: drawBars(spectrum.levels, in: rect, on: &canvas, theme)
    case .braille where theme[Sign.level4].utf8.count > 1: drawDots(spectrum.levels, in: rect, on: &canvas, theme)
    case .braille: drawBars(spectrum.levels, in: rect, on: &canvas, theme)
    }
  }

  /// Two columns a bar, one between them.
  private func drawBars(_ levels: [UInt8], in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let count = SpectrumStyle.bars.bands(columns: rect.columns)
    let start = rect.column + (rect.columns - (count * 3 - 1)) / 2
    // Those of braille are many: several make one bar.
    for bar in 0..<count {
      let level = levels.isEmpty ? 0 : levels[min(levels.count - 1, bar * levels.count / count)]
      let eighths = max(1, Int(level) * rect.rows * 8 / 255)
      for place in 0..<((eighths + 7) / 8) {
        let sign = theme[Sign.levels[min(8, eighths - place * 8) - 1]]
        let style = theme.onPanel(eighths == 1 ? .dim : role(place, of: rect.rows))
        for column in 0..<2 { canvas.write(sign, at: start + bar * 3 + column, rect.endRow - 1 - place, style: style) }
      }
    }
  }

  /// Two bands a column, four steps a row (U+2800: one bit a dot).
  private func drawDots(_ levels: [UInt8], in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    func steps(_ band: Int) -> Int {
      levels.indices.contains(band) ? max(1, Int(levels[band]) * rect.rows * 4 / 255) : 1
    }
    for column in 0..<rect.columns {
      let (left, right) = (steps(2 * column), steps(2 * column + 1))
      for place in 0..<((max(left, right) + 3) / 4) {
        let dots = Self.leftDots[max(0, min(4, left - place * 4))] | Self.rightDots[max(0, min(4, right - place * 4))]
        let text = Unicode.Scalar(0x2800 + dots).map { String($0) } ?? " "
        canvas.write(
          text, at: rect.column + column, rect.endRow - 1 - place,
          style: theme.onPanel(max(left, right) == 1 ? .dim : role(place, of: rect.rows)))
      }
    }
  }

  /// From the bottom up.
  private static let leftDots: [UInt32] = [0, 0x40, 0x44, 0x46, 0x47]
  private static let rightDots: [UInt32] = [0, 0x80, 0xA0, 0xB0, 0xB8]

  private func role(_ place: Int, of rows: Int) -> Role {
    place * 3 < rows ? .spectrumLow : place * 3 < rows * 2 ? .spectrumMiddle : .spectrumHigh
  }
}
