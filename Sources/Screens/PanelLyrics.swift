import Core
import Music
import TUI

/// The words of what plays, the sung line in the middle.
struct PanelLyrics {
  let state: AppState

  func draw(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    guard !rect.isEmpty else { return }
    let lyrics = state.panel.lyrics
    guard lyrics.phase == .shown else { return drawWords(in: rect, on: &canvas, theme) }
    let top = lyrics.top(height: rect.rows)
    for place in 0..<rect.rows {
      guard lyrics.rows.indices.contains(top + place) else { continue }
      let row = lyrics.rows[top + place]
      let style = theme.onPanel(role(of: row.line, lyrics))
      if row.isRightToLeft {
        canvas.write(row.text, endingAt: rect.endColumn, rect.row + place, columns: rect.columns, style: style)
      } else {
        canvas.write(row.text, at: rect.column, rect.row + place, columns: rect.columns, style: style)
      }
    }
  }

  private func role(of line: Int, _ lyrics: LyricsState) -> Role {
    guard lyrics.lyrics?.isSynced == true else { return .text }
    guard let current = lyrics.line else { return .lyric }
    return line == current ? .lyricCurrent : line < current ? .lyricPast : .lyric
  }

  private func drawWords(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let lines = broken(words, to: rect.columns).prefix(rect.rows)
    // Beside the cover there is nothing above them.
    let top = state.layout.isBodyHidden ? rect.row + (rect.rows - lines.count) / 2 : rect.row
    for (row, line) in lines.enumerated() {
      let width = columnWidth(of: line, upTo: rect.columns)
      canvas.write(
        line, at: rect.column + (rect.columns - width) / 2, top + row, columns: width, style: theme.onPanel(.dim))
    }
  }

  private var words: String {
    guard let track = state.currentTrack else { return state.shownContent == .both ? "" : "Nothing is playing." }
    if track.isRadio { return "The radio tells no lyrics." }
    switch state.panel.lyrics.phase {
    case .nothing, .loading, .shown: return ""
    case .none: return "No lyrics for this track."
    case .offline: return "No lyrics here, and no network."
    }
  }
}
