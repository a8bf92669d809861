import Core
import TUI

/// The last line: a prompt, else a notice, else which keys help here, and what goes on beside the music.
func drawLine(_ state: AppState, _ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
  if let filter = state.filterField {
    drawFilter(filter, state, in: layout.line, on: &canvas, theme)
  } else if let prompt = state.prompt {
    PromptLine(prompt: prompt, themes: state.themesToChoose).draw(layout, on: &canvas, theme)
  } else if state.pending.isWaiting {
    PendingLine(pending: state.pending, keymap: state.keymap, screen: state.screen).draw(layout, on: &canvas, theme)
  } else if let notice = state.notices.current {
    drawNotice(notice, in: layout.line, on: &canvas, theme)
  } else if layout.tier > .tiny {  // else the progress of what plays stands there
    var rest = layout.line
    if let activity = state.activities.list.first {
      let others = state.activities.list.count - 1
      let used = ActivityLine(activity: activity, others: others).draw(in: rest, on: &canvas, theme)
      _ = rest.takeRight(used + 3)
    }
    drawHints(state, in: rest, on: &canvas, theme)
  }
}

/// The words that a list is narrowed to, while they are typed, and how many rows hold them.
private func drawFilter(
  _ filter: FilterField, _ state: AppState, in rect: Rect, on canvas: inout Canvas, _ theme: Theme
) {
  canvas.fill(rect, style: theme[.prompt])
  let (shown, all) = ListPane(title: "", place: filter.place, state).counts
  let count = filter.field.text.isEmpty ? "" : "\(shown) of \(all)"
  canvas.write(count, endingAt: rect.endColumn - 1, rect.row, style: theme[.prompt])
  let used = canvas.write("Filter: ", at: rect.column + 1, rect.row, style: theme[.prompt])
  let field = Rect(
    column: rect.column + 1 + used, row: rect.row, columns: rect.columns - used - 4 - columnWidth(of: count), rows: 1)
  drawTextField(filter.field, in: field, isFocused: true, role: .prompt, on: &canvas, theme)
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
  let lines = noticeLines(notice.text, in: rect)
  for (index, line) in lines.enumerated() {
    let row = rect.row - lines.count + 1 + index
    canvas.fill(Rect(column: rect.column, row: row, columns: rect.columns, rows: 1), style: theme[role])
    canvas.write(index == 0 ? "\(sign) \(line)" : "  \(line)", at: rect.column + 1, row, style: theme[role])
  }
}

/// On narrow windows more of them, above the bar; what does not fit even so is seen to be cut.
private func noticeLines(_ text: String, in rect: Rect) -> [String] {
  let columns = rect.columns - 4
  let most = min(rect.columns < 56 ? 5 : 3, rect.row + 1)
  var lines = wrapped(text, to: columns)
  guard lines.count > most else { return lines }
  lines = Array(lines.prefix(most))
  lines[most - 1] = truncated(lines[most - 1] + " …", to: columns)
  return lines
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
  if state.palette != nil { return [("enter", "do it"), ("escape", "close"), ("down", "next")] }
  if state.sheet != nil {
    let keys: [(Command, String)] = [(.back, "close"), (.move(.down), "further")]
    return keys.compactMap { command, words in
      state.keymap.key(for: command).map { ($0, words) }
    }
  }
  if state.activities.list.contains(where: { !$0.isPaused && !$0.isEnding }),
    let key = state.keymap.key(for: .display(.cancel(nil)))
  {
    return [(key, "end it")] + screenHints(for: state)
  }
  return screenHints(for: state)
}

private func screenHints(for state: AppState) -> [(key: String, words: String)] {
  if state.screen == .help, state.help.isTyping { return [("enter", "do it"), ("escape", "all of them")] }
  if state.screen == .search, state.search.isTyping { return [("enter", "to the results"), ("escape", "stop typing")] }
  let whole: [(Command, String)] = state.isNarrowed ? [(.back, "all rows")] : []
  let hints =
    state.layout.isBodyHidden
    ? panelHints(for: state) : whole + commandHints(for: state).filter { state.helps($0.0) }
  return hints.compactMap { command, words in
    state.keymap.key(for: command, in: state.screen).map { ($0, words) }
  }
}

/// While the panel lies on the lists, nothing is done to their rows.
private func panelHints(for state: AppState) -> [(Command, String)] {
  let moving: [(Command, String)] = state.canScrollPanel ? [(.move(.down), "further")] : []
  return [(.panel(.next), "another panel"), (.panel(.show(.toggle)), "the lists again"), (.pause(.toggle), "pause")]
    + moving + [(.display(.details(ofPlaying: true)), "details"), (.view(.help), "help"), (.quit, "quit")]
}

extension AppState {
  /// Whether the list in hand shows some of its rows only.
  fileprivate var isNarrowed: Bool {
    placeInHand.flatMap(arrangement).map { !$0.filter.isEmpty } ?? false
  }

  /// Whether the command does something here and now.
  fileprivate func helps(_ command: Command) -> Bool {
    if isRefused(command) { return false }
    if case .display(.details(ofPlaying: false)) = command { return hasDetails || screen == .help }
    if screen == .settings, case .remove = command {
      if case .account? = selectedSettingsRow { return true }
      return false
    }
    switch command {
    case .playlistAdd, .playlistRename: break
    default: guard command.isAboutRows else { return true }
    }
    guard screen != .settings, let place = placeInHand else { return true }
    // Rows that stand in another order than their own, or not all of them, are not moved.
    if case .reorder = command, arrangement(of: place) != nil { return false }
    return shownCount(of: place) > 0
  }
}

private func commandHints(for state: AppState) -> [(Command, String)] {
  let always: [(Command, String)] = [
    (.view(.help), "help"), (.search(nil), "search"), (.display(.details(ofPlaying: false)), "details"),
    (.panel(.show(.toggle)), "panel"), (.quit, "quit"),
  ]
  switch state.screen {
  case .library where state.placeInHand == .views: return [(.activate, "open")] + always
  case .library:
    return [(.activate, "play"), (.add, "add"), (.playlistAdd(nil), "to playlist"), (.star, "star")] + always
  case .queue where state.isAttached:
    return [(.activate, "play"), (.pause(.toggle), "pause"), (.next, "next"), (.prompt(nil), "command")] + always
  case .queue:
    return [(.activate, "play"), (.remove, "remove"), (.reorder(.down), "down"), (.reorder(.up), "up")] + always
  case .playlists:
    return [
      (.activate, "play"),
      (state.isFinding ? .hand(.hit(.next)) : .playlistNew(nil), state.isFinding ? "next hit" : "new"),
      (.remove, "remove"), (.playlistRename(nil), "rename"),
    ]
      + always
  case .search: return [(.activate, "play"), (.add, "add"), (.search(nil), "type again"), (.view(.help), "help")]
  case .downloads:
    return [(.activate, "first"), (.remove, "not kept"), (.downloads(.toggle), "wait")] + always
  case .radio:
    return [(.activate, "play"), (.add, "add"), (.playlistRename(nil), "rename"), (.remove, "remove")] + always
  case .registers: return [(.back, "back")] + always
  case .outbox: return [(.activate, "try or decide"), (.remove, "give up"), (.back, "back")] + always
  case .changes: return [(.activate, "undo to here"), (.history(.redo), "redo"), (.back, "back")] + always
  case .versions: return [(.activate, "restore"), (.back, "back")] + always
  case .settings: return [(.activate, "change"), (.remove, "sign out")] + always
  case .history: return [(.activate, "play"), (.add, "add"), (.views(.filter(nil)), "filter")] + always
  case .help:
    let whole: [(Command, String)] = state.size.columns < 76 ? [(.display(.details(ofPlaying: false)), "whole")] : []
    return [(.activate, "do it")] + whole + [(.search(nil), "narrow"), (.back, "back"), (.move(.pageDown), "further")]
  }
}
