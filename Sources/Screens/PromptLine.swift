import Core
import TUI

/// A question on the last line; what can be chosen stands above it.
struct PromptLine {
  let prompt: PromptState
  /// Those that can be chosen, as far as they are known, by name.
  var themes: [String: Theme] = [:]

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    let line = layout.line
    canvas.fill(line, style: theme[.prompt])
    let used = canvas.write(
      label(in: line.columns), at: line.column + 1, line.row, columns: line.columns - 10, style: theme[.prompt])
    let field = Rect(column: line.column + 1 + used, row: line.row, columns: line.columns - used - 2, rows: 1)
    switch prompt.kind {
    case .yesOrNo: canvas.cursor = Point(column: min(field.column, line.endColumn - 1), row: line.row)
    case .text, .choice:
      drawTextField(prompt.field, in: field, isFocused: true, role: .prompt, on: &canvas, theme)
    case .hidden: drawTextField(hidden(prompt.field), in: field, isFocused: true, role: .prompt, on: &canvas, theme)
    }
    if prompt.kind == .choice || prompt.options.count > 1 { drawOptions(layout, on: &canvas, theme) }
  }

  /// Where there is no room for all of it, the longest of what stands in quotes becomes shorter: the words around it say
  /// what is asked.
  private func label(in columns: Int) -> String {
    let room = columns - (prompt.kind == .yesOrNo ? 10 : min(24, columns / 3))
    let label = prompt.label
    let width = columnWidth(of: label)
    guard width > room,
      let name = quoted(in: label).max(by: { columnWidth(of: String($0)) < columnWidth(of: String($1)) })
    else { return label }
    let left = columnWidth(of: String(name)) - (width - room)
    return label[..<name.startIndex] + truncated(String(name), to: max(4, left)) + label[name.endIndex...]
  }

  private func quoted(in label: String) -> [Substring] {
    label.split(separator: "“", omittingEmptySubsequences: false).dropFirst().compactMap { rest in
      rest.firstIndex(of: "”").map { rest[..<$0] }
    }
  }

  private func drawOptions(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    let options = prompt.options.isEmpty ? [prompt.whenNoneFits] : prompt.options
    let (rect, top) = prompt.optionsLayout(layout)
    let (height, width) = (rect.rows, rect.columns)
    for place in 0..<height {
      let index = top + place
      let row = rect.row + place
      let isCursor = index == prompt.cursor && !prompt.options.isEmpty
      let style = theme[isCursor ? .cursor : .field]
      canvas.fill(Rect(column: 0, row: row, columns: width, rows: 1), style: style)
      canvas.write(
        (isCursor ? theme[Sign.collapsed] + " " : "  ") + options[index], at: 1, row, columns: width - 2, style: style)
      // The one under the cursor is worn already.
      if prompt.isOfThemes, width >= 40, let shown = isCursor ? theme : themes[options[index]] {
        Swatches(theme: shown).draw(endingAt: width - 2, row, on: &canvas)
      }
    }
  }
}

/// As many dots as there are characters.
func hidden(_ field: TextField) -> TextField { TextField(String(repeating: "•", count: field.characters.count)) }

/// A line of text being typed: the part around the cursor, where it is too long to be shown whole.
func drawTextField(
  _ field: TextField, in rect: Rect, isFocused: Bool, isChosen: Bool = false, role: Role? = nil,
  on canvas: inout Canvas, _ theme: Theme
) {
  guard rect.columns > 1 else { return }
  let style = theme[role ?? (isFocused ? .fieldFocused : .field)]
  canvas.fill(rect, style: style)
  // From the cursor back as far as fits, one column kept for the cursor itself.
  var start = field.cursor
  var width = 0
  while start > 0 {
    let next = columnWidth(of: String(field.characters[start - 1]))
    if width + next > rect.columns - 1 { break }
    width += next
    start -= 1
  }
  let text = String(field.characters[start...])
  canvas.write(
    text, at: rect.column, rect.row, columns: rect.columns, style: isFocused && isChosen ? theme[.cursor] : style)
  if isFocused { canvas.cursor = Point(column: rect.column + width, row: rect.row) }
}
