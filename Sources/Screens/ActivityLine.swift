import Core
import TUI

/// Something that goes on, at the right end of a line: what, how far, how fast, how long still.
///
///     Reading tracks  ━━━━━━━────────  12 500 of 250 000 · 3 100/s · 1:16 left · +1
struct ActivityLine {
  var activity: Activity
  /// How many more go on.
  var others: Int

  /// - Returns: the columns taken. What finds no room is left out, the pace first.
  func draw(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) -> Int {
    let room = rect.columns * 2 / 3
    let style = theme[.progress]
    let separator = " \(theme[Sign.separator]) "
    var parts = [activity.countText] + activity.paceText
    if others > 0 { parts.append("+\(others)") }
    while parts.count > 1, width(parts, separator) > room { parts.removeLast() }
    let text = parts.joined(separator: separator)
    var end = rect.endColumn - 1
    end -= canvas.write(text, endingAt: end, rect.row, columns: room, style: style) + 2
    if let fraction = activity.fraction, rect.columns >= 100 {
      drawBar(fraction, in: Rect(column: end - 16, row: rect.row, columns: 16, rows: 1), on: &canvas, theme)
      end -= 18
    }
    end -= canvas.write(activity.what, endingAt: end, rect.row, columns: max(0, end - rect.column - 1), style: style)
    return rect.endColumn - end
  }

  private func width(_ parts: [String], _ separator: String) -> Int {
    columnWidth(of: activity.what) + 2 + columnWidth(of: parts.joined(separator: separator))
  }

  private func drawBar(_ fraction: Double, in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let filled = min(rect.columns, Int(fraction * Double(rect.columns)))
    canvas.write(
      String(repeating: theme[Sign.played], count: filled), at: rect.column, rect.row, style: theme[.progress])
    let rest = String(repeating: theme[Sign.fetched], count: rect.columns - filled)
    canvas.write(rest, at: rect.column + filled, rect.row, style: theme[.missing])
  }
}
