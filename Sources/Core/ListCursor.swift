/// Where a list stands: the highlighted row, the first row shown, the marked rows. It does not hold the rows.
package struct ListCursor: Hashable, Sendable {
  package internal(set) var cursor = 0
  package internal(set) var top = 0
  /// Positions.
  package internal(set) var marked: Set<Int> = []
  /// How it stood when the cursor moved last, and the height that it was fitted to last: a window that becomes small and
  /// large again shows the same rows.
  private var settled = Standing()
  private var fittedHeight = 0

  private struct Standing: Hashable, Sendable {
    var cursor = 0
    var top = 0
  }
  /// The row where a range was begun: it goes to the cursor, and its rows are marked.
  package internal(set) var anchor: Int?
  /// What was marked before that.
  var kept: Set<Int> = []

  package init() {}

  /// Moves as far as there are rows. `height` is how many rows the list shows.
  mutating func move(_ motion: Motion, count: Int, height: Int) {
    let page = max(1, height - 1)
    let half = max(1, height / 2)
    switch motion {
    case .down: cursor += 1
    case .up: cursor -= 1
    case .top: cursor = 0
    case .bottom: cursor = count - 1
    case .halfDown: cursor += half
    case .halfUp: cursor -= half
    case .pageDown: cursor += page
    case .pageUp: cursor -= page
    }
    fit(count: count, height: height)
  }

  /// Stays on the row that it stood on, or the next that is left, when those of `places` go.
  mutating func follow(_ row: Int, without places: Set<Int>, count: Int) {
    cursor = max(0, min(row - places.count { $0 < row }, count - 1))
  }

  /// Keeps the cursor on a row and the row on the screen, with a row of context where there is room.
  mutating func fit(count: Int, height: Int) {
    cursor = max(0, min(cursor, count - 1))
    if height != fittedHeight, cursor == settled.cursor { top = settled.top }
    fittedHeight = height
    defer { if cursor != settled.cursor { settled = Standing(cursor: cursor, top: top) } }
    let margin = height >= 8 ? 2 : 0
    if cursor < top + margin { top = cursor - margin }
    if cursor >= top + height - margin { top = cursor - height + 1 + margin }
    top = max(0, min(top, count - height))
  }

  mutating func toggleMark() {
    if marked.remove(cursor) == nil { marked.insert(cursor) }
  }

  package func isMarked(_ index: Int) -> Bool { marked.contains(index) }
  package var markedCount: Int { marked.count }

  /// The marked rows, ascending.
  func marks(of count: Int) -> [Int] { marked.filter { $0 >= 0 && $0 < count }.sorted() }

  /// The range's rows are marked as if one by one.
  mutating func keepRange() {
    anchor = nil
    kept = []
  }

  /// The range's rows are not marked any more, but for those that were before.
  mutating func dropRange() {
    if anchor != nil { marked = kept }
    keepRange()
  }

  mutating func unmark() {
    marked = []
    keepRange()
  }

  /// The marked rows, or the one under the cursor; ascending.
  func chosen(of count: Int) -> [Int] {
    let valid = marks(of: count)
    if !valid.isEmpty { return valid }
    return count > 0 ? [min(cursor, count - 1)] : []
  }
}

extension Motion {
  /// For text without a cursor: the first line shown after the motion.
  func scrolled(from top: Int, count: Int, height: Int) -> Int {
    let moved =
      switch self {
      case .down: top + 1
      case .up: top - 1
      case .top: 0
      case .bottom: count
      case .halfDown: top + height / 2
      case .halfUp: top - height / 2
      case .pageDown: top + height
      case .pageUp: top - height
      }
    return max(0, min(moved, count - height))
  }
}
