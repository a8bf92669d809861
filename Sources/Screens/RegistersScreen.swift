import Core
import Music
import TUI

/// What was yanked and cut: register by register, with its tracks.
struct RegistersScreen {
  let state: AppState

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    let rows = state.registerRows
    let (yank, cut, put) = (
      state.key(for: .editing(.yank(.unnamed)), in: .library), state.key(for: .editing(.cut(.unnamed)), in: .queue),
      state.keyToPut
    )
    let list = ListPane(
      title: ["Registers \(theme[Sign.separator]) put them with \(put), or with :put NAME"], count: rows.count,
      list: state.registersList,
      isFocused: true,
      whenEmpty: "Nothing was yanked or cut yet. \(yank) notes rows, \(cut) cuts them, \(put) puts them elsewhere.")
    list.draw(in: layout.body, on: &canvas, theme) { index in
      let row = rows[index]
      return RowPicture(
        fields: [RowPicture.Field(text: row.name + "  ", more: theme.separated(row.titles), share: 3)],
        endings: [.init(text: counted(row.count, "track"))])
    }
  }
}
