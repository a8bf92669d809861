/// Rows that the terminal moves by itself.
struct RowMove {
  let rows: Range<Int>
  /// Upwards; negative downwards.
  let count: Int
  let words: [UInt8]
}

// Lists that stand at another row than before.
extension ScreenWriter {
  /// The whole width moves: what stands beside a list is written anew there, if that pays.
  func moves(from old: Canvas, to new: Canvas) -> [RowMove] {
    new.lists.compactMap { list in
      guard let before = old.lists.first(where: { $0.rect == list.rect }), before.top != list.top else { return nil }
      let (rows, count) = (list.rect.row..<list.rect.endRow, list.top - before.top)
      guard abs(count) < rows.count, rows.lowerBound >= 0, rows.upperBound <= new.size.rows,
        !(old.pictures + new.pictures).contains(where: {
          $0.rect.row < rows.upperBound && rows.lowerBound < $0.rect.endRow
        }),
        let words = language.scroll(rows, by: count)
      else { return nil }
      return RowMove(rows: rows, count: count, words: words)
    }
  }
}
