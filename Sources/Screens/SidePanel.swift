import Core
import Music
import TUI

/// The panel beside the lists, or on them: cover, lyrics, what comes next, spectrum.
struct SidePanel {
  let state: AppState

  func draw(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    canvas.fill(rect, style: theme[.panel])
    let parts = PanelLayout(rect, state.shownContent)
    drawHeading(in: parts.heading, on: &canvas, theme)
    PanelCover(state: state).draw(in: parts.picture, on: &canvas, theme)
    drawCaption(in: parts.caption, on: &canvas, theme)
    PanelLyrics(state: state).draw(in: parts.lyrics, on: &canvas, theme)
    PanelQueue(state: state).draw(in: parts.queue, on: &canvas, theme)
    PanelSpectrum(state: state).draw(in: parts.spectrum, on: &canvas, theme)
  }

  private func drawHeading(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    guard !rect.isEmpty else { return }
    let style = theme.onPanel(.heading)
    canvas.write(title(theme), at: rect.column, rect.row, columns: rect.columns, style: style)
    guard state.shownContent == .lyrics, state.panel.lyrics.offset != .zero else { return }
    canvas.write(lyricsShift(state), endingAt: rect.endColumn, rect.row, columns: rect.columns / 2, style: style)
  }

  private func title(_ theme: Theme) -> String {
    switch state.shownContent {
    case .both, .cover: ""
    case .lyrics: state.currentTrack.map { "Lyrics \(theme[Sign.separator]) \($0.title)" } ?? "Lyrics"
    case .queue: "Next"
    case .spectrum: "Spectrum"
    }
  }

  private func drawCaption(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    guard !rect.isEmpty, let track = state.panelTrack else { return }
    let isPlaying = state.currentTrack != nil
    let year = track.year > 0 ? "\(track.year)" : ""
    let album = theme.separated([track.album, year].filter { !$0.isEmpty })
    let artist = isPlaying ? track.artist : track.albumArtist.isEmpty ? track.artist : track.albumArtist
    let lines: [([String], Role)] =
      isPlaying
      ? [([track.title], .barTitle), ([artist], .text), (album, .dim)]
      : [([track.album], .barTitle), ([artist], .text), ([year], .dim)]
    for (row, line) in lines.filter({ !$0.0.joined().isEmpty }).prefix(rect.rows).enumerated() {
      let width = min(rect.columns, columnWidth(of: line.0.joined(), upTo: rect.columns))
      canvas.write(
        line.0, at: rect.column + (rect.columns - width) / 2, rect.row + row, columns: width,
        style: theme.onPanel(line.1))
    }
  }
}

/// `0.3 s earlier`.
private func lyricsShift(_ state: AppState) -> String {
  let (whole, fraction) = state.panel.lyrics.offset.components
  let seconds = Double(whole) + Double(fraction) / 1e18
  return "\(plain(abs(seconds))) s \(seconds > 0 ? "earlier" : "later")"
}

extension Theme {
  /// Texts with the sign that separates them: to be written as such, so that each keeps its direction for itself.
  func separated(_ texts: [String], by sign: Sign = .separator) -> [String] {
    Array(texts.map { [$0] }.joined(separator: [" \(self[sign]) "]))
  }

  /// A role's look on the panel's ground.
  func onPanel(_ role: Role) -> Style { over(.panel, role) }

  /// On the ground of a list that lies over the screen.
  func onPopup(_ role: Role) -> Style { over(.popup, role) }

  private func over(_ ground: Role, _ role: Role) -> Style {
    var style = self[role]
    style.background = self[ground].background
    return style
  }
}
