import Core
import TUI

/// A list with its heading: draws the rows that are in sight and asks for no others.
struct ListPane {
  /// A word above a column, right of the list's title.
  struct ColumnHeading {
    var text: String
    /// From the row's left end.
    var offset: Int
    var columns: Int
    var isRightAligned = false
    /// The column by which the list is sorted.
    var isSorted = false
  }

  /// One text right after another, each with a direction of its own.
  var title: [String]
  var count: Int
  var list: ListCursor
  var isFocused: Bool
  /// Said in place of rows when there are none.
  var whenEmpty = ""
  /// Not nil where some rows are hidden, or stand elsewhere.
  var arrangement: Arrangement?
  var headings: [ColumnHeading] = []
  /// The numbers of rows that the cursor passes over, ascending: positions do not count them.
  var skippedRows: [Int] = []
  /// How many rows there will be, of which these are the first: told at once, so that nothing moves when they come.
  var expected: Int?

  private var shownCount: Int { arrangement?.shown.count ?? count }
  private var wholeCount: Int { arrangement == nil ? max(count, expected ?? 0) : shownCount }

  /// `row` gives a row's picture; it is called for visible rows only.
  func draw(in rect: Rect, on canvas: inout Canvas, _ theme: Theme, row picture: (Int) -> RowPicture) {
    var body = rect
    drawHeading(in: body.takeTop(1), on: &canvas, theme)
    if shownCount == 0 { return drawEmpty(in: body, on: &canvas, theme) }
    drawRows(in: body, on: &canvas, theme, row: picture)
  }

  /// The rows alone, for lists with a heading of another kind.
  func drawRows(in rect: Rect, on canvas: inout Canvas, _ theme: Theme, row picture: (Int) -> RowPicture) {
    var body = rect
    if shownCount > body.rows { canvas.lists.append(ShownList(rect: rect, top: list.top)) }
    let bar = body.takeRight(1)
    for place in 0..<min(body.rows, max(0, shownCount - list.top)) {
      let index = arrangement?.shown[list.top + place] ?? list.top + place
      let line = Rect(column: body.column, row: body.row + place, columns: body.columns, rows: 1)
      picture(index).draw(
        in: line, on: &canvas, theme, over: emphasis(of: index), isMarked: list.marked.contains(index))
    }
    drawScrollbar(in: bar, on: &canvas, theme)
  }

  private func emphasis(of index: Int) -> Role? {
    if index == list.cursor { return isFocused ? .cursor : .cursorUnfocused }
    return list.marked.contains(index) ? .marked : nil
  }

  /// The title and the place in the list; above the columns their names, if there are any.
  private func drawHeading(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let style = theme[isFocused ? .headingFocused : .heading]
    let end = headings.first.map { rect.column + $0.offset - 1 } ?? rect.endColumn - 2
    let start = rect.column + 2
    let (words, place) = words(in: end - start, theme)
    // How many rows the next command is about, or are left, is told before the whole title.
    let isWhole = list.marked.isEmpty && !isNarrowed
    let room = end - start - (isWhole ? 0 : columnWidth(of: place) + 2)
    let used = canvas.write(words, at: start, rect.row, columns: max(0, room), style: style)
    for heading in headings { draw(heading, in: rect, on: &canvas, theme) }
    let gap = used > 0 ? 2 : 0
    guard start + used + columnWidth(of: place) + gap <= end else { return }
    if headings.isEmpty {
      canvas.write(place, endingAt: end, rect.row, style: theme[.heading])
    } else {
      canvas.write(place, at: start + used + gap, rect.row, style: theme[.heading])
    }
  }

  private var isNarrowed: Bool { arrangement.map { !$0.filter.isEmpty } ?? false }

  /// The title and the place in the list. Where they do not fit, what a list is narrowed to is told before what it is.
  private func words(in columns: Int, _ theme: Theme) -> (title: [String], place: String) {
    if !list.marked.isEmpty { return (title + remark(theme), "\(list.marked.count) marked") }
    guard isNarrowed, count > 0 else { return (title + remark(theme), count == 0 ? "" : position(ofAll: true)) }
    func fits(_ texts: [String], _ place: String) -> Bool {
      texts.reduce(columnWidth(of: place) + 2) { $0 + columnWidth(of: $1) } <= columns
    }
    let (whole, short) = (position(ofAll: true), position(ofAll: false))
    let texts = title + remark(theme)
    if fits(texts, whole) { return (texts, whole) }
    return (fits(texts, short) ? texts : ["& \(arrangement?.filter ?? "")"], short)
  }

  private func draw(_ heading: ColumnHeading, in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let style = theme[heading.isSorted ? .headingFocused : .heading]
    let column = rect.column + heading.offset
    if heading.isRightAligned {
      canvas.write(heading.text, endingAt: column + heading.columns, rect.row, style: style)
    } else {
      canvas.write(heading.text, at: column, rect.row, columns: heading.columns, style: style)
    }
  }

  /// What the rows are narrowed to, and what sorts them where no column's heading says it.
  private func remark(_ theme: Theme) -> [String] {
    guard let arrangement else { return [] }
    let filter = arrangement.filter.isEmpty ? nil : "& \(arrangement.filter)"
    let isTold = arrangement.orders.count == 1 && headings.contains(where: \.isSorted)
    let order = arrangement.orders.isEmpty || isTold ? nil : "by \(arrangement.orders.text)"
    return [filter, order].compactMap(\.self).map { " \(theme[Sign.separator]) \($0)" }
  }

  /// - Parameter ofAll: whether to say of how many a narrowed list shows some.
  private func position(ofAll: Bool) -> String {
    guard let arrangement else {
      let place = min(list.cursor, count - 1)
      return "\(place + 1 - skippedRows.prefix { $0 < place }.count)/\(wholeCount - skippedRows.count)"
    }
    let place = arrangement.place(of: list.cursor)
    // Mostly there are none, and the list may be long.
    let skipped = skippedRows.isEmpty ? [] : placesSkipped(in: arrangement)
    let number = place.map { place in place + 1 - skipped.prefix { $0 < place }.count } ?? 0
    let (shown, all) = counts
    return "\(number)/\(shown)" + (ofAll && shown < all ? " of \(all)" : "")
  }

  /// How many rows of a narrowed list are left, and how many it has.
  var counts: (shown: Int, all: Int) {
    let skipped = skippedRows.isEmpty ? 0 : arrangement.map { placesSkipped(in: $0).count } ?? skippedRows.count
    return (shownCount - skipped, count - skippedRows.count)
  }

  /// Ascending.
  private func placesSkipped(in arrangement: Arrangement) -> [Int] {
    let rows = Set(skippedRows)
    return arrangement.shown.indices.filter { rows.contains(arrangement.shown[$0]) }
  }

  private func drawEmpty(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let words = count > 0 && arrangement != nil ? "Nothing here holds “\(arrangement!.filter)”." : whenEmpty
    let lines = wrapped(words, to: min(60, rect.columns - 4))
    let top = rect.rows >= 6 ? 1 : 0
    for (row, line) in lines.prefix(max(0, rect.rows - top)).enumerated() {
      canvas.write(line, at: rect.column + 2, rect.row + top + row, style: theme[.dim])
    }
  }

  /// A thumb as long as the part in sight, at least one row.
  private func drawScrollbar(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    guard !rect.isEmpty, wholeCount > rect.rows else { return }
    let length = max(1, rect.rows * rect.rows / wholeCount)
    let start = (rect.rows - length) * list.top / max(1, wholeCount - rect.rows)
    let thumb = Rect(column: rect.column, row: rect.row + start, columns: 1, rows: length)
    canvas.fill(thumb, style: theme[.scrollbar], with: theme[Sign.scrollThumb])
  }
}

extension ListPane {
  /// The list of that place as the state has it: count, cursor, focus, filter and order.
  init(title: String, place: ListPlace, _ state: AppState, whenEmpty: String = "") {
    self.init(title: [title], place: place, state, whenEmpty: whenEmpty)
  }

  init(title: [String], place: ListPlace, _ state: AppState, whenEmpty: String = "") {
    self.init(
      title: title, count: state.count(of: place), list: state[place], isFocused: state.placeInHand == place,
      whenEmpty: state.trouble(of: place) ?? whenEmpty, arrangement: state.arrangement(of: place),
      skippedRows: state.headings(of: place), expected: state.expectedCount(of: place))
  }

  /// The names of the columns right of the title, with what the list is sorted by.
  mutating func setHeadings(_ table: TrackTable, _ theme: Theme) {
    let order = arrangement?.orders.first
    let column = order.flatMap { TrackColumn($0.column) }
    setHeadings(table, sort: column.map { ($0, order!.isDescending) }, theme)
  }

  /// The names of the columns right of the title. `sort` is by what the list is ordered, if it is by a column.
  mutating func setHeadings(_ table: TrackTable, sort: (column: TrackColumn, isDescending: Bool)?, _ theme: Theme) {
    guard table.hasHeadings else { return }
    headings = table.places.compactMap { place in
      if place.column == .number || place.column == .title { return nil }
      let isSorted = sort?.column == place.column
      let mark = !isSorted ? "" : theme[sort!.isDescending ? Sign.down : .up]
      return ColumnHeading(
        text: place.column.heading + mark, offset: place.offset, columns: place.columns,
        isRightAligned: place.isRightAligned, isSorted: isSorted)
    }
  }
}

extension TrackColumn {
  /// nil for what no list has a column of.
  init?(_ column: TrackOrder.Column) {
    switch column {
    case .length: self = .time
    default: self.init(rawValue: column.rawValue)
    }
  }
}
