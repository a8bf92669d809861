import Core
import TUI

/// The accounts, and what can be set: its name, how it is, what it means.
struct SettingsScreen {
  let state: AppState

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    var body = layout.body
    if !state.settingsHaveMeanings { drawMeaning(in: body.takeBottom(1), on: &canvas, theme) }
    let rows = state.settingsRows
    let list = ListPane(
      title: ["Settings"], count: rows.count, list: state.settingsList, isFocused: true,
      skippedRows: state.headings(of: .settings))
    list.draw(in: body, on: &canvas, theme) { index in
      picture(of: rows[index], columns: body.columns, isChosen: index == state.settingsList.cursor)
    }
    drawSwatches(rows, in: body, on: &canvas, theme)
  }

  private func picture(of row: SettingsRow, columns: Int, isChosen: Bool) -> RowPicture {
    let names = columns >= 72 ? 18 : 14
    switch row {
    case .heading(let text): return RowPicture(fields: [.init(text: text, role: .headingFocused)])
    case .signIn:
      return RowPicture(placed: [.init(text: "Sign in to a server, or open a folder", offset: 4, columns: columns - 6)])
    case .account(let account): return picture(of: account, columns: columns)
    case .setting(let setting):
      let value = isChosen ? "< \(setting.value) >" : setting.value
      let room = columns >= 72 ? 21 : max(0, columns - names - 6)
      var placed: [RowPicture.Placed] = [
        .init(text: setting.name, offset: 4, columns: names - 2),
        .init(text: value, offset: names + 4 - (isChosen ? 2 : 0), columns: room, role: .key),
      ]
      if state.settingsHaveMeanings {
        placed.append(
          .init(text: setting.meaning, offset: names + 26, columns: max(0, columns - names - 28), role: .dim))
      }
      return RowPicture(placed: placed)
    }
  }

  private func picture(of account: AccountSummary, columns: Int) -> RowPicture {
    let isCurrent = account.id == state.accounts.current
    var placed: [RowPicture.Placed] = [.init(text: account.name, offset: 4, columns: min(columns - 6, 38))]
    if columns >= 72 {
      placed.append(.init(text: account.address, offset: 44, columns: columns - 46, role: .dim))
    }
    return RowPicture(sign: isCurrent ? .chosen : nil, placed: placed, role: isCurrent ? .current : nil)
  }

  /// The colours of the theme, behind its name.
  private func drawSwatches(_ rows: [SettingsRow], in body: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let place = rows.firstIndex { if case .setting(let setting) = $0 { setting.choice == .theme } else { false } }
    guard state.settingsHaveMeanings, let place, body.columns >= 100 else { return }
    let line = place - state.settingsList.top
    guard line >= 0, line < body.rows - 1 else { return }
    Swatches(theme: theme).draw(endingAt: body.endColumn - 2, body.row + 1 + line, on: &canvas)
  }

  private func drawMeaning(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let text: String =
      switch state.selectedSettingsRow {
      case .setting(let setting)?: setting.meaning
      case .account(let account)?: account.id == state.accounts.current ? "in use: d signs out" : "Enter uses it"
      case .signIn?, .heading?, nil: ""
      }
    canvas.write(text, at: rect.column + 4, rect.row, columns: rect.columns - 5, style: theme[.dim])
  }
}

/// A few cells of a theme's colours.
struct Swatches {
  static let roles: [Role] = [.text, .headingFocused, .key, .current, .star, .cached, .warning, .error]
  static let columns = roles.count * 2

  let theme: Theme

  func draw(endingAt end: Int, _ row: Int, on canvas: inout Canvas) {
    var column = end - Swatches.columns
    for role in Swatches.roles {
      column += canvas.write(theme[Sign.level8] + theme[Sign.level8], at: column, row, style: theme[role])
    }
  }
}
