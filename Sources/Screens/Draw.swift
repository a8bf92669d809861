package import Core
package import TUI

/// Draws the whole terminal. Pure: the same state, theme and size give the same canvas.
///
/// - Parameters:
///   - theme: the one adapted to the terminal (`Theme.adapted(to:)`), not the one in the state.
///   - last: a canvas of this size and theme that was drawn from a state with the same `surroundings`: what is around the
///     lists is taken over from it.
package func draw(_ state: AppState, theme: Theme, size: Size, around last: Canvas? = nil) -> Canvas {
  var canvas = Canvas(size: size, style: theme[.text])
  canvas.ellipsis = theme[.ellipsis]
  let minimum = ScreenLayout.minimum
  if size.columns < minimum.columns || size.rows < minimum.rows {
    drawTooSmall(on: &canvas, theme)
  } else if let login = state.login {
    LoginScreen(login: login).draw(on: &canvas, theme)
    if state.prompt == nil, let notice = state.notices.current, login.problem == nil {
      drawNotice(notice, in: ScreenLayout(size).line, on: &canvas, theme)
    }
  } else {
    drawScreen(state, theme, last, on: &canvas)
  }
  return canvas
}

private func drawScreen(_ state: AppState, _ theme: Theme, _ last: Canvas?, on canvas: inout Canvas) {
  let layout = ScreenLayout(canvas.size, isPanelShown: state.isPanelShown)
  if let last {
    canvas.take(layout.header, from: last)
  } else {
    drawHeader(state, in: layout.header, on: &canvas, theme)
  }
  drawRule(layout.headerRule, on: &canvas, theme)
  drawRule(layout.barRule, on: &canvas, theme)
  if state.sheet != nil {
    SheetPane(state: state).draw(over: layout.body, on: &canvas, theme)
  } else if !layout.isBodyHidden {
    drawBody(state, layout, on: &canvas, theme)
  }
  if !layout.panel.isEmpty, state.sheet == nil || !layout.isBodyHidden {
    if !layout.isBodyHidden { drawDivider(left: layout.panel, layout, on: &canvas, theme) }
    if let last {
      canvas.take(layout.panel, from: last)
    } else {
      SidePanel(state: state).draw(in: layout.panel, on: &canvas, theme)
    }
  }
  if let last {
    canvas.take(layout.bar, from: last)
  } else {
    PlayingBar(state: state).draw(in: layout.bar, on: &canvas, theme)
  }
  // Other than hints may reach over what is above the line.
  if let last, state.notices.current == nil, state.prompt == nil, state.filterField == nil {
    canvas.take(layout.line, from: last)
  } else {
    drawLine(state, layout, on: &canvas, theme)
  }
  if let palette = state.palette { PalettePopup(palette: palette).draw(state.popup, on: &canvas, theme) }
  canvas.dropCoveredPictures()
}

private func drawBody(_ state: AppState, _ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
  switch state.screen {
  case .library: LibraryScreen(state: state).draw(layout, on: &canvas, theme)
  case .queue: QueueScreen(state: state).draw(layout, on: &canvas, theme)
  case .playlists: PlaylistsScreen(state: state).draw(layout, on: &canvas, theme)
  case .search: SearchScreen(state: state).draw(layout, on: &canvas, theme)
  case .downloads: DownloadsScreen(state: state).draw(layout, on: &canvas, theme)
  case .history: HistoryScreen(state: state).draw(layout, on: &canvas, theme)
  case .radio: RadioScreen(state: state).draw(layout, on: &canvas, theme)
  case .registers: RegistersScreen(state: state).draw(layout, on: &canvas, theme)
  case .outbox: OutboxScreen(state: state).draw(layout, on: &canvas, theme)
  case .changes: ChangesScreen(state: state).draw(layout, on: &canvas, theme)
  case .versions: VersionsScreen(state: state).draw(layout, on: &canvas, theme)
  case .settings: SettingsScreen(state: state).draw(layout, on: &canvas, theme)
  case .help: HelpScreen(state: state).draw(layout, on: &canvas, theme)
  }
}

func drawRule(_ rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
  canvas.fill(rect, style: theme[.border], with: theme[Sign.horizontal])
}

private func drawTooSmall(on canvas: inout Canvas, _ theme: Theme) {
  let minimum = ScreenLayout.minimum
  let sentence = "Please make this window at least \(minimum.columns)×\(minimum.rows)."
  for (row, line) in wrapped(sentence, to: canvas.size.columns).prefix(canvas.size.rows).enumerated() {
    canvas.write(line, at: 0, row, style: theme[.text])
  }
}
