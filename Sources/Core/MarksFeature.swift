import Music

// Marks: single rows, a range that grows with the cursor, all, the others. A mark belongs to its row and stays with it
// when the list changes.

extension AppState {
  /// Begins a range at the cursor, or drops the one that was begun.
  mutating func toggleRange() -> [Effect] {
    guard let place = placeInHand, isMarkable(place) else { return [] }
    if self[place].anchor != nil {
      self[place].dropRange()
    } else {
      self[place].kept = self[place].marked
      self[place].anchor = self[place].cursor
    }
    return []
  }

  /// After every message: the range goes to where the cursor is now, over the rows that are shown.
  mutating func extendRange() {
    guard let place = placeInHand, let anchor = self[place].anchor else { return }
    let list = self[place]
    let arrangement = arrangement(of: place)
    let rows: [Int]
    if let arrangement, let start = arrangement.place(of: anchor), let end = arrangement.place(of: list.cursor) {
      rows = Array(arrangement.shown[min(start, end)...max(start, end)])
    } else {
      rows = Array(min(anchor, list.cursor)...max(anchor, list.cursor))
    }
    self[place].marked = list.kept.union(rows.filter { $0 < count(of: place) && !isHeading($0, of: place) })
  }

  private func isMarkable(_ place: ListPlace) -> Bool { ![.playlists, .views, .settings].contains(place) }

  /// Marks a row, or takes its mark away; of a range, all of it.
  mutating func mark() -> [Effect] {
    guard let place = placeInHand, isMarkable(place) else { return [] }
    if self[place].anchor != nil {
      self[place].keepRange()
      return []
    }
    self[place].toggleMark()
    return move(.down)
  }

  mutating func markAll() -> [Effect] {
    guard let place = placeInHand, isMarkable(place) else { return [] }
    setMarks(Set(shownIndices(of: place)), on: place)
    return []
  }

  mutating func markOthers() -> [Effect] {
    guard let place = placeInHand, isMarkable(place) else { return [] }
    self[place].keepRange()
    setMarks(Set(shownIndices(of: place)).subtracting(self[place].marked), on: place)
    return []
  }

  /// Headings are no rows to act on.
  mutating func setMarks(_ marks: Set<Int>, on place: ListPlace) {
    self[place].unmark()
    self[place].marked = marks.filter { !isHeading($0, of: place) }
  }

  /// False when there was none to drop.
  mutating func dropRange() -> Bool {
    guard let place = placeInHand, self[place].anchor != nil else { return false }
    self[place].dropRange()
    return true
  }
}

/// Which entries of the queue are marked, so that the marks stay with them whatever becomes of the list.
struct QueueMarks: Sendable {
  private var marked: Set<Int> = []
  private var entries: [EntryID] = []
  private var anchor: EntryID?
  private var revision = -1

  /// After every message.
  mutating func follow(_ queue: PlayQueue, _ list: inout ListCursor) {
    if list.marked.isEmpty, list.anchor == nil {
      (marked, entries, anchor) = ([], [], nil)
    } else if queue.revision == revision {
      if list.marked != marked {
        entries = list.marked.filter { $0 < queue.entries.count }.map { queue.entries[$0].id }
      }
      anchor = list.anchor.flatMap { queue.entries.indices.contains($0) ? queue.entries[$0].id : nil }
      marked = list.marked
    } else if list.marked == marked {
      // The code that changed the list did not say which rows are marked now.
      list.marked = Set(entries.compactMap { queue.index(of: $0) })
      if let row = anchor.flatMap({ queue.index(of: $0) }) { list.anchor = row } else { list.keepRange() }
      marked = list.marked
    } else {
      marked = list.marked
      entries = list.marked.filter { $0 < queue.entries.count }.map { queue.entries[$0].id }
    }
    revision = queue.revision
  }
}
