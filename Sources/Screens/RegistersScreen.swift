import Core
import Music
import TUI

/// What was yanked and cut: register by register, with its tracks.
struct RegistersScreen {
  let state: AppState

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    let rows = state.registerRows
    let list = ListPane(
      title: ["Registers \(theme[Sign.separator]) put them with p, or with :put NAME"], count: rows.count,
      list: state.registersList,
      isFocused: true, whenEmpty: "Nothing was yanked or cut yet. y notes rows, x cuts them, p puts them elsewhere.")
    list.draw(in: layout.body, on: &canvas, theme) { index in
      let row = rows[index]
      return RowPicture(
        fields: [RowPicture.Field(text: row.name + "  ", more: theme.separated(row.titles), share: 3)],
        endings: [.init(text: counted(row.count, "track"))])
    }
  }
}
