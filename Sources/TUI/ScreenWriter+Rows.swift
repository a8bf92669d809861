// What differs of rows, and the order in which it is written.
extension ScreenWriter {
  enum Order {
    /// From left to right and from top to bottom.
    case byRow
    /// Everything of one look, then everything of the next: a step of the cursor is shorter than a change of the pen.
    case byPen
  }

  /// Cells beside each other that are written with one pen.
  struct Run {
    let row: Int
    let columns: Range<Int>
    var look: Look
    /// Nothing but blanks, for which every pen of this ground will do.
    var isBlank: Bool
    /// What empties them, where that is shorter than blanks.
    var eraser: [UInt8]?
  }

  /// A row that differs.
  struct Difference {
    let row: Int
    var runs: [Run]
    /// How far its unsure glyphs reach is known to nobody: it is written whole, from left to right, but for what lies beneath
    /// pictures that stay.
    let isUnsure: Bool

    /// About as many bytes as it takes to write them, each with a way to it and a pen.
    var length: Int { runs.reduce(0) { $0 + 8 + ($1.eraser?.count ?? $1.columns.count) } }
  }

  mutating func differences(of canvas: Canvas, from old: Canvas, unveiled: [Rect]) -> [Difference] {
    var result: [Difference] = []
    for row in 0..<canvas.size.rows {
      let isUnveiled = unveiled.contains { $0.hasRow(row) }
      let columns = isUnveiled ? 0...max(0, canvas.size.columns - 1) : canvas.differingColumns(row, from: old)
      guard let columns else { continue }
      result.append(difference(canvas, isUnveiled ? nil : old, row, columns))
    }
    return result
  }

  /// - Parameters:
  ///   - old: what is shown; nil where nobody knows.
  ///   - columns: all that differ are among them.
  private mutating func difference(
    _ canvas: Canvas, _ old: Canvas?, _ row: Int, _ columns: ClosedRange<Int>
  ) -> Difference {
    let new = Array(canvas.row(row))
    let isLast = row == canvas.size.rows - 1
    let width = isLast && !language.hasLastCorner ? new.count - 1 : new.count
    let isUnsure = hasUnsure(new[...]) || old.map { hasUnsure($0.row(row)) } ?? false
    let kept = keptColumns(row)
    var before = isUnsure || old == nil ? Array(repeating: Cell.unknown, count: new.count) : Array(old!.row(row))
    for columns in kept { before.replaceSubrange(columns, with: new[columns]) }
    var runs: [Run] = []
    var column = isUnsure ? 0 : columns.lowerBound
    while column < (isUnsure ? width : min(width, columns.upperBound + 1)) {
      guard !looksAlike(new[column], before[column]) else {
        column += 1
        continue
      }
      let end = kept.reduce(width) { $1.lowerBound > column ? min($0, $1.lowerBound) : $0 }
      if var run = blanks(new, over: before, from: column, to: end, row) {
        // Right after letters it is emptied with their pen.
        if let last = runs.last, last.columns.upperBound == column, last.look.ground == run.look.ground {
          run.look = last.look
          run.isBlank = last.isBlank
        }
        runs.append(run)
        column = run.columns.upperBound
        continue
      }
      let cell = new[column]
      let next = column + max(1, cell.width)
      // The right half of a wide one whose left half stands already.
      if cell.width > 0 { add(cell, column..<next, row, to: &runs) }
      column = next
    }
    bindBlanks(of: &runs)
    return Difference(row: row, runs: runs, isUnsure: isUnsure)
  }

  /// Blanks are written with the letters before them, or after them: whoever writes those is near. With the first pen that
  /// will do each would need a way of its own.
  private func bindBlanks(of runs: inout [Run]) {
    for index in runs.indices where runs[index].isBlank {
      let ground = runs[index].look.ground
      func hasPen(_ run: Run) -> Bool { !run.isBlank && run.look.hasPlainGround && run.look.ground == ground }
      guard let near = runs[..<index].last(where: hasPen) ?? runs[index...].first(where: hasPen) else { continue }
      runs[index].look = near.look
      runs[index].isBlank = false
    }
  }

  private mutating func add(_ cell: Cell, _ columns: Range<Int>, _ row: Int, to runs: inout [Run]) {
    let look = look(cell)
    if let last = runs.last, last.columns.upperBound == columns.lowerBound, last.eraser == nil,
      last.isBlank ? look.ground == last.look.ground && look.hasPlainGround : suits(last.look, look, cell.isBlank)
    {
      let whole = last.columns.lowerBound..<columns.upperBound
      runs[runs.count - 1] = Run(
        row: row, columns: whole, look: last.isBlank ? look : last.look, isBlank: last.isBlank && cell.isBlank)
    } else {
      runs.append(Run(row: row, columns: columns, look: look, isBlank: cell.isBlank))
    }
  }

  /// The blanks of one background that begin here, up to the last that is not there yet; nil where writing them is shorter
  /// than to have them emptied, or the only way.
  private mutating func blanks(_ new: [Cell], over old: [Cell], from start: Int, to end: Int, _ row: Int) -> Run? {
    guard new[start].isBlank else { return nil }
    let style = look(new[start])
    guard style.hasPlainGround else { return nil }
    var count = 0
    var column = start
    while column < end, new[column].isBlank, case let next = look(new[column]), next.hasPlainGround,
      next.ground == style.ground
    {
      if !looksAlike(new[column], old[column]) { count = column - start + 1 }
      column += 1
    }
    // To the end of the row it does not matter how many.
    let isEnd = column == new.count
    if isEnd { count = column - start }
    // What follows at once has to be gone to.
    let isFollowed = !isEnd && start + count == column && column < end && !looksAlike(new[column], old[column])
    guard let word = isEnd ? language.eraseLine : language.erase(count), word.count + (isFollowed ? 4 : 0) < count
    else { return nil }
    return Run(row: row, columns: start..<start + count, look: style, isBlank: true, eraser: word)
  }

  /// Whether a terminal would show the same: the colour of letters does not show where there are none.
  private mutating func looksAlike(_ a: Cell, _ b: Cell) -> Bool {
    if a == b { return true }
    return a.isBlank && b.isBlank && look(a).ground == look(b).ground
  }

  func hasUnsure(_ cells: ArraySlice<Cell>) -> Bool {
    doubtsAmbiguous ? cells.contains(where: isUnsure) : Cell.hasUnsure(cells)
  }

  func isUnsure(_ cell: Cell) -> Bool {
    if !cell.isSure { return true }
    guard doubtsAmbiguous, let base = cell.base else { return false }
    return isAmbiguous(base)
  }
}

// Writing them.
extension ScreenWriter {
  mutating func write(_ rows: [Difference], of canvas: Canvas, _ order: Order) {
    guard order == .byPen else {
      for row in rows { for run in row.runs { write(run, of: canvas) } }
      return
    }
    for row in rows where row.isUnsure { for run in row.runs { write(run, of: canvas) } }
    var runs = rows.filter { !$0.isUnsure }.flatMap(\.runs)
    while let first = runs.first {
      // What can be written as the pen is comes first.
      let style = pen.flatMap { pen in runs.contains { suits(pen, $0.look, $0.isBlank) } ? pen : nil } ?? first.look
      setPen(style, forBlank: first.isBlank)
      let current = pen!
      runs.removeAll { run in
        guard suits(current, run.look, run.isBlank) else { return false }
        write(run, of: canvas)
        return true
      }
    }
  }

  private mutating func write(_ run: Run, of canvas: Canvas) {
    let cells = canvas.row(run.row)
    if let eraser = run.eraser {
      go(to: run.columns.lowerBound, run.row, in: cells)
      setPen(run.look, forBlank: true)
      output += eraser
      return
    }
    for column in run.columns {
      let cell = cells[cells.startIndex + column]
      guard cell.width > 0 else { continue }
      go(to: column, run.row, in: cells)
      put(cell, at: Point(column: column, row: run.row))
    }
  }

  private mutating func put(_ cell: Cell, at start: Point) {
    setPen(look(cell), forBlank: cell.isBlank)
    let isUnsure = isUnsure(cell)
    if isUnsure {
      // It may be narrower than its room.
      output += Array(repeating: 0x20, count: cell.width)
      output += language.move(to: start)
    }
    append(cell)
    let column = start.column + cell.width
    // Where terminals disagree about a width, or would wrap, nobody knows.
    place = !isUnsure && column < columns ? Point(column: column, row: start.row) : nil
  }

  private mutating func append(_ cell: Cell) {
    cell.appendText(to: &output)
    // A left-to-right mark ends the direction, lest a terminal that reorders draws the row's rest elsewhere.
    if cell.endsRightToLeft, language.keepsDirection { output.append(contentsOf: "\u{200E}".utf8) }
  }
}

// Getting there.
extension ScreenWriter {
  /// By the shortest way: a word, or what stands between once again.
  private mutating func go(to column: Int, _ row: Int, in cells: ArraySlice<Cell>) {
    let target = Point(column: column, row: row)
    guard place != target else { return }
    if let place, place.row == row {
      goAlong(from: place.column, to: column, row, in: cells)
    } else {
      goDown(to: target, in: cells)
    }
    place = target
  }

  private mutating func goAlong(from start: Int, to column: Int, _ row: Int, in cells: ArraySlice<Cell>) {
    if start < column {
      // Never longer than the word for the column itself.
      if let way = onward(from: start, to: column, row, in: cells) { return output += way }
    }
    let way = language.move(toColumn: column) ?? language.move(to: Point(column: column, row: row))
    if column < start, let back = language.back, start - column < way.count {
      for _ in column..<start { output.append(back) }
    } else {
      output += way
    }
  }

  private mutating func goDown(to target: Point, in cells: ArraySlice<Cell>) {
    guard let place, place.row + 1 == target.row, let start = language.nextRow else {
      return output += language.move(to: target)
    }
    // Only right after a return to the first column: then it does not matter what a line feed does to the column.
    if target.column == 0 { return output += start }
    var way = language.move(to: target)
    if let rest = onward(from: 0, to: target.column, target.row, in: cells), start.count + rest.count < way.count {
      way = start + rest
    }
    if let down = language.down, let word = language.move(toColumn: target.column), word.count + 1 < way.count {
      way = [down] + word
    }
    output += way
  }

  /// Further along the row: a word, or the cells that stand between as they stand.
  private mutating func onward(from start: Int, to end: Int, _ row: Int, in cells: ArraySlice<Cell>) -> [UInt8]? {
    // No word is shorter.
    if end - start > 2, let word = language.forward(end - start), word.count <= end - start { return word }
    let between = cells[(cells.startIndex + start)..<(cells.startIndex + end)]
    return (isKept(start..<end, row) ? nil : again(between)) ?? language.forward(end - start)
  }

  /// The cells as they stand, where that takes one byte each and no other pen.
  private mutating func again(_ cells: ArraySlice<Cell>) -> [UInt8]? {
    guard let pen, cells.count < 8 else { return nil }
    var bytes: [UInt8] = []
    for cell in cells {
      guard let byte = cell.byte, !isUnsure(cell), suits(pen, look(cell), cell.isBlank) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }
}
