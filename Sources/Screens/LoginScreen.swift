import Core
import TUI

/// Sign in to a server, or play what is on this computer, or the demo.
struct LoginScreen {
  let login: LoginState

  private enum Line {
    case blank
    case brand
    case heading(String)
    case field(String, TextField, LoginState.Focus)
    case choice(String, String, LoginState.Focus)
    case problem(String)
    case busy
  }

  func draw(on canvas: inout Canvas, _ theme: Theme) {
    let size = canvas.size
    let width = min(64, size.columns - 2)
    let lines = self.lines(width: width, height: size.rows - 1)
    let rect = Rect(column: 0, row: 0, columns: size.columns, rows: size.rows - 1)
      .centred(Size(columns: width, rows: min(lines.count, size.rows - 1)))
    for (index, line) in lines.prefix(rect.rows).enumerated() {
      draw(line, at: rect.row + index, rect, on: &canvas, theme)
    }
    drawKeys(at: size.rows - 1, on: &canvas, theme)
  }

  /// With air between the parts where there is room.
  private func lines(width: Int, height: Int) -> [Line] {
    let server: [Line] = [
      .field("Address", login.address, .address), .field("User", login.user, .user),
      .field("Password", hidden(login.password), .password), .choice("", "Sign in", .signIn),
    ]
    let local: [Line] = [.field("Folder", login.folder, .folder), .choice("", "Hear the demo music", .demo)]
    var end: [Line] = []
    if let problem = login.problem { end = wrapped(problem, to: width - 2).prefix(3).map { .problem($0) } }
    if login.isBusy { end = [.busy] }
    let roomy: [Line] =
      [.brand, .blank, .heading("Your music server (Subsonic, Navidrome, gonic, …)"), .blank] + server
      + [.blank, .heading("or music on this computer"), .blank] + local
    let airy: [Line] =
      [.brand, .blank, .heading("Your music server (Subsonic, Navidrome, gonic, …)"), .blank]
      + server.flatMap { [$0, .blank] } + [.heading("or music on this computer"), .blank]
      + local.flatMap { [$0, .blank] }
    if airy.count + 4 <= height { return airy + (end.isEmpty ? [.blank] : end) }
    if roomy.count + 4 <= height { return roomy + [.blank] + (end.isEmpty ? [.blank] : end) }
    return [.brand] + server + local + end
  }

  private func draw(_ line: Line, at row: Int, _ rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let label = 10
    switch line {
    case .blank: break
    case .brand: canvas.write("dulcet", at: rect.column, row, style: theme[.headingFocused])
    case .heading(let text): canvas.write(text, at: rect.column, row, columns: rect.columns, style: theme[.heading])
    case .field(let name, let field, let focus):
      let isFocused = login.focus == focus
      canvas.write(
        (isFocused ? theme[Sign.collapsed] + " " : "  ") + name, at: rect.column, row,
        style: theme[isFocused ? .headingFocused : .text])
      let place = Rect(column: rect.column + label + 2, row: row, columns: rect.columns - label - 2, rows: 1)
      drawTextField(field, in: place, isFocused: isFocused, on: &canvas, theme)
    case .choice(_, let text, let focus):
      let isFocused = login.focus == focus
      if isFocused { canvas.write(theme[Sign.collapsed], at: rect.column, row, style: theme[.headingFocused]) }
      canvas.write(
        "[ \(text) ]", at: rect.column + label + 2, row, style: theme[isFocused ? .cursor : .text])
    case .problem(let text):
      canvas.write("! \(text)", at: rect.column, row, columns: rect.columns, style: theme[.error])
    case .busy: canvas.write("One moment…", at: rect.column, row, style: theme[.notice])
    }
  }

  private func drawKeys(at row: Int, on canvas: inout Canvas, _ theme: Theme) {
    var column = 1
    let keys = [("Tab", "next"), ("Enter", "choose")] + (login.canClose ? [("Esc", "back")] : []) + [("^c", "quit")]
    for (key, words) in keys {
      column += canvas.write(key, at: column, row, style: theme[.key]) + 1
      column += canvas.write(words, at: column, row, style: theme[.dim]) + 3
    }
  }
}
