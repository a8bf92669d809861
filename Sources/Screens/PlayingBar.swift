import Core
import Music
import TUI

/// The now-playing bar: what plays and how, and below it how far it is and which parts of it are here.
///
///     ▸ Title                                              offline  shuffle  repeat all
///       Artist · Album · 1999  ★ ★★★★☆                        FLAC 24/96    volume 80
///       1:02 ━━━━━━━━━━━━━━━━━━━━━━━●────────────────┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄ -2:48
///
/// Where the terminal is not wide, the first two lines are one.
struct PlayingBar {
  let state: AppState

  func draw(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    if rect.rows > 2 {
      drawTall(in: rect, on: &canvas, theme)
    } else {
      drawLow(in: rect, on: &canvas, theme)
    }
    drawProgress(at: rect.endRow - 1, rect, on: &canvas, theme)
  }

  private func drawTall(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let sound = BarWords(state, .full)
    let start = rect.column + 1
    let end = rect.endColumn - 1
    var room = end - start - 24
    let words = drawWords(sound.modes, endingAt: end, rect.row, room: room, on: &canvas, theme)
    _ = drawTitle(at: start, rect.row, columns: end - words - 3 - start, on: &canvas, theme)
    room = end - start - 30
    let below = drawWords(sound.sound, endingAt: end, rect.row + 1, room: room, on: &canvas, theme)
    drawOrigin(at: start + 2, rect.row + 1, columns: end - below - 3 - start - 2, on: &canvas, theme)
  }

  private func drawLow(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let sound = BarWords(state, rect.columns < 56 ? .least : rect.columns < 80 ? .short : .full)
    let start = rect.column + 1
    let end = rect.endColumn - 1
    // In the least room shuffle and repeat together take a little of the title's.
    let room = (end - start) * (rect.columns < 56 && sound.hasOrder ? 12 : 11) / 20
    let words = drawWords(sound.all, endingAt: end, rect.row, room: room, on: &canvas, theme)
    let columns = end - words - 2 - start
    let used = drawTitle(at: start, rect.row, columns: columns, on: &canvas, theme)
    drawOrigin(at: start + used + 2, rect.row, columns: columns - used - 2, on: &canvas, theme)
  }

  /// - Returns: the columns taken.
  private func drawTitle(
    at column: Int, _ row: Int, columns: Int, on canvas: inout Canvas, _ theme: Theme
  ) -> Int {
    guard let track = state.currentTrack else {
      return canvas.write("Nothing is playing", at: column, row, columns: columns, style: theme[.barMode])
    }
    let sign = canvas.write(
      theme[stateSign(state.player.state)] + " ", at: column, row, columns: columns, style: theme[.barTitle])
    return sign
      + canvas.write(track.title, at: column + sign, row, columns: columns - sign, style: theme[.barTitle])
  }

  /// Artist, album, year; star and rating where there are any. Too little room for a word leaves it out.
  private func drawOrigin(at column: Int, _ row: Int, columns: Int, on canvas: inout Canvas, _ theme: Theme) {
    guard let track = state.queue.current?.track else { return }
    let stars = stars(of: track, theme)
    let room = columns - (stars.isEmpty ? 0 : columnWidth(of: stars) + 2)
    let shown = state.currentTrack ?? track
    let words = [shown.artist, shown.album, shown.year > 0 ? "\(shown.year)" : ""].filter { !$0.isEmpty }
    var used = 0
    if room >= 4 {
      used = canvas.write(theme.separated(words), at: column, row, columns: room, style: theme[.barText])
    }
    guard !stars.isEmpty, columns >= columnWidth(of: stars) else { return }
    canvas.write(stars, at: column + (used == 0 ? 0 : used + 2), row, style: theme[.star])
  }

  private func stars(of track: Track, _ theme: Theme) -> String {
    let rating = max(0, min(5, state.rating(of: track)))
    let star = state.isStarred(track) ? theme[Sign.star] : ""
    guard rating > 0 else { return star }
    let row =
      String(repeating: theme[Sign.ratingOn], count: rating)
      + String(repeating: theme[Sign.ratingOff], count: 5 - rating)
    return star.isEmpty ? row : "\(star) \(row)"
  }

  /// Those that find no room are left out. Returns the columns taken.
  private func drawWords(
    _ words: [BarWord], endingAt end: Int, _ row: Int, room: Int, on canvas: inout Canvas, _ theme: Theme
  ) -> Int {
    var column = end
    for word in words.fitting(in: room).reversed() {
      canvas.write(word.text, endingAt: column, row, style: theme[word.role])
      column -= word.columns + 2
    }
    return max(0, end - column - 2)
  }
}

// MARK: Progress

extension PlayingBar {
  private func drawProgress(at row: Int, _ rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let trough = state.trough
    guard !trough.isEmpty else { return drawAdvice(at: row, rect, on: &canvas, theme) }
    let times = state.playingTimes
    // Both times before the bar: the pen is changed once.
    canvas.write(times.left, endingAt: trough.column - 1, row, style: theme[.barText])
    canvas.write(times.right, endingAt: rect.endColumn - 1, row, style: theme[.barText])
    drawTrough(in: trough, on: &canvas, theme)
  }

  private func drawAdvice(at row: Int, _ rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    guard state.queue.current == nil, !state.queue.entries.isEmpty,
      let key = state.keymap.key(for: .pause(.toggle))
    else { return }
    let words = "\(key) plays the queue of \(counted(state.queue.entries.count, "track"))"
    canvas.write(words, at: rect.column + 1, row, columns: rect.columns - 2, style: theme[.dim])
  }

  /// `━` heard, `●` here we are, `─` here already, `┄` still at the server.
  private func drawTrough(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let width = rect.columns
    let isKnown = state.player.duration > .zero
    let fraction = isKnown ? min(1, state.player.position / state.player.duration) : 0
    let head = isKnown ? min(width - 1, Int(fraction * Double(width))) : -1
    let ways = (0..<width).map { place -> Way in
      place < head
        ? .played : place == head ? .head : isCached((Double(place) + 0.5) / Double(width)) ? .here : .missing
    }
    var start = 0
    while start < width {
      let end = ways[start...].firstIndex { $0 != ways[start] } ?? width
      let (sign, role) = ways[start].look
      let part = Rect(column: rect.column + start, row: rect.row, columns: end - start, rows: 1)
      canvas.fill(part, style: theme[role], with: theme[sign])
      start = end
    }
  }

  private enum Way {
    case played, head, here, missing

    var look: (Sign, Role) {
      switch self {
      case .played: (.played, .played)
      case .head: (.head, .played)
      case .here: (.fetched, .fetched)
      case .missing: (.missing, .missing)
      }
    }
  }

  private func isCached(_ fraction: Double) -> Bool { state.player.cached.contains { $0.contains(fraction) } }
}
