import Core
import TUI

/// Sign in to a server, or play what is on this computer, or the demo.
struct LoginScreen {
  let login: LoginState

  func draw(on canvas: inout Canvas, _ theme: Theme) {
    let layout = LoginLayout(login, canvas.size)
    for line in layout.lines { draw(line.part, in: line.rect, on: &canvas, theme) }
    drawKeys(at: layout.keys.row, on: &canvas, theme)
  }

  private func draw(_ part: LoginLayout.Part, in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let label = LoginLayout.label
    switch part {
    case .brand: canvas.write("dulcet", at: rect.column, rect.row, style: theme[.headingFocused])
    case .heading(let text):
      canvas.write(text, at: rect.column, rect.row, columns: rect.columns, style: theme[.heading])
    case .field(let name, let focus):
      let isFocused = login.focus == focus
      canvas.write(
        (isFocused ? theme[Sign.collapsed] + " " : "  ") + name, at: rect.column, rect.row,
        style: theme[isFocused ? .headingFocused : .text])
      let place = Rect(column: rect.column + label, row: rect.row, columns: rect.columns - label, rows: 1)
      drawTextField(field(focus), in: place, isFocused: isFocused, on: &canvas, theme)
    case .choice(let text, let focus):
      let isFocused = login.focus == focus
      if isFocused { canvas.write(theme[Sign.collapsed], at: rect.column, rect.row, style: theme[.headingFocused]) }
      canvas.write("[ \(text) ]", at: rect.column + label, rect.row, style: theme[isFocused ? .cursor : .text])
    case .problem(let text):
      canvas.write("! \(text)", at: rect.column, rect.row, columns: rect.columns, style: theme[.error])
    case .busy: canvas.write("One moment…", at: rect.column, rect.row, style: theme[.notice])
    }
  }

  private func field(_ focus: LoginState.Focus) -> TextField {
    switch focus {
    case .address: login.address
    case .user: login.user
    case .password: hidden(login.password)
    case .folder: login.folder
    case .signIn, .demo: TextField()
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
