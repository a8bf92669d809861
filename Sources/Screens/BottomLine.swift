import Core
import TUI

/// The last line: a prompt, else a notice, else the copying of the catalogue, else which keys help here.
func drawLine(_ state: AppState, _ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
  if let prompt = state.prompt {
    PromptLine(prompt: prompt).draw(layout, on: &canvas, theme)
  } else if let notice = state.notices.current {
    drawNotice(notice, in: layout.line, on: &canvas, theme)
  } else if layout.tier <= .tiny {
    return  // the progress of what plays stands there
  } else if case .running(let section, let done, let total) = state.sync {
    drawSync(section, done, total, in: layout.line, on: &canvas, theme)
  } else {
    drawHints(state, in: layout.line, on: &canvas, theme)
  }
}

/// A sentence that does not fit takes the place of as many lines above as it needs, at most three.
func drawNotice(_ notice: Notice, in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
  let role: Role =
    switch notice.kind {
    case .information: .notice
    case .warning: .warning
    case .error: .error
    }
  let sign = notice.kind == .information ? " " : "!"
  let lines = Array(wrapped(notice.text, to: rect.columns - 4).prefix(3))
  for (index, line) in lines.enumerated() {
    let row = rect.row - lines.count + 1 + index
    canvas.fill(Rect(column: rect.column, row: row, columns: rect.columns, rows: 1), style: theme[role])
    canvas.write(index == 0 ? "\(sign) \(line)" : "  \(line)", at: rect.column + 1, row, style: theme[role])
  }
}

private func drawSync(
  _ section: String, _ done: Int, _ total: Int?, in rect: Rect, on canvas: inout Canvas, _ theme: Theme
) {
  let counts = total.map { "\(grouped(done)) of \(grouped($0))" } ?? grouped(done)
  let used = canvas.write("Reading \(section)", at: rect.column + 1, rect.row, style: theme[.notice])
  let countsWidth = canvas.write(counts, endingAt: rect.endColumn - 1, rect.row, style: theme[.notice])
  let start = rect.column + used + 3
  let width = rect.endColumn - 1 - countsWidth - 2 - start
  guard width >= 4, let total, total > 0 else { return }
  let filled = min(width, width * done / total)
  canvas.write(String(repeating: theme[Sign.played], count: filled), at: start, rect.row, style: theme[.played])
  let rest = String(repeating: theme[Sign.fetched], count: width - filled)
  canvas.write(rest, at: start + filled, rect.row, style: theme[.missing])
}

/// `12 500`: thousands apart by a space that no language takes for a point.
private func grouped(_ number: Int) -> String {
  let digits = String(number)
  var result = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { result += " " }
    result.append(digit)
  }
  return result
}

private func drawHints(_ state: AppState, in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
  var column = rect.column + 1
  for (key, words) in hints(for: state) {
    let width = columnWidth(of: key) + 1 + columnWidth(of: words)
    guard column + width < rect.endColumn else { return }
    column += canvas.write(key, at: column, rect.row, style: theme[.key]) + 1
    column += canvas.write(words, at: column, rect.row, style: theme[.dim]) + 3
  }
}

/// Keys as they are bound now, and what they do here.
private func hints(for state: AppState) -> [(key: String, words: String)] {
  if state.screen == .search, state.search.isTyping { return [("enter", "to the results"), ("escape", "stop typing")] }
  return commandHints(for: state).compactMap { command, words in
    state.keymap.keys(for: command).first.map { ($0.description, words) }
  }
}

private func commandHints(for state: AppState) -> [(Command, String)] {
  let always: [(Command, String)] = [(.view(.help), "help"), (.search(nil), "search"), (.quit, "quit")]
  switch state.screen {
  case .library:
    return [(.activate, "play"), (.add, "add"), (.playlistAdd(nil), "to playlist"), (.star, "star")] + always
  case .queue:
    return [(.activate, "play"), (.remove, "remove"), (.reorder(.down), "down"), (.reorder(.up), "up")] + always
  case .playlists:
    return [(.activate, "play"), (.playlistNew(nil), "new"), (.remove, "remove"), (.playlistRename(nil), "rename")]
      + always
  case .search: return [(.activate, "play"), (.add, "add"), (.search(nil), "type again"), (.view(.help), "help")]
  case .downloads:
    return [(.activate, "first"), (.remove, "not kept"), (.downloads(.toggle), "wait")] + always
  case .radio:
    return [(.activate, "play"), (.add, "add"), (.playlistRename(nil), "rename"), (.remove, "remove")] + always
  case .help: return [(.back, "back"), (.move(.pageDown), "further"), (.quit, "quit")]
  }
}
