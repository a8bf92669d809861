import TUI

/// A page of labelled lines over whatever the screen shows: it can be moved up and down, and Escape closes it.
package struct Sheet: Sendable {
  package enum Content: Sendable {
    /// The way of the sound; nil until the first answer.
    case sound(SoundReport?)
    case details(DetailsSubject, TrackFacts?)
    /// Empty until the first answer.
    case cache([SheetRow])
  }

  package internal(set) var content: Content
  /// The first line in sight.
  package internal(set) var top = 0

  init(_ content: Content) { self.content = content }
}

/// A line of a sheet: what, and how it is.
package struct SheetRow: Hashable, Sendable {
  package var label: String
  package var text: String
  /// Stands above a group of lines, with no text.
  package var isHeading = false

  package init(label: String, text: String, isHeading: Bool = false) {
    self.label = label
    self.text = text
    self.isHeading = isHeading
  }
}

extension AppState {
  package var sheetTitle: String {
    switch sheet?.content {
    case .sound: "The way of the sound"
    case .details(let subject, _): subject.title
    case .cache: "What is on this computer"
    case nil: ""
    }
  }

  /// The sheet's rows, as wide as the body: what is longer goes on below.
  package var sheetRows: [SheetRow] {
    let rows = wholeSheetRows
    let room = max(8, layout.body.columns - sheetLabelWidth(rows) - 4)
    return rows.flatMap { row in
      if row.isHeading || row.text.isEmpty { return [row] }
      return broken(row.text, to: room).enumerated().map { line, text in
        SheetRow(label: line == 0 ? row.label : "", text: text)
      }
    }
  }

  var wholeSheetRows: [SheetRow] {
    switch sheet?.content {
    case .sound(let report): report.map(soundRows) ?? []
    case .details(let subject, let facts): detailRows(subject, facts)
    case .cache(let rows): rows
    case nil: []
    }
  }

  /// Columns of the labels and what stands between them and the texts.
  package func sheetLabelWidth(_ rows: [SheetRow]) -> Int {
    let widest = rows.filter { !$0.isHeading }.map(\.label.count).max() ?? 0
    return min(layout.body.columns / 3, widest + 2)
  }

  /// Rows of the sheet that can be seen at once.
  package var sheetHeight: Int { layout.listHeight }

  mutating func scrollSheet(_ motion: Motion) -> [Effect] {
    guard let top = sheet?.top else { return [] }
    let moved = motion.scrolled(from: top, count: sheetRows.count, height: sheetHeight)
    sheet?.top = moved
    return []
  }

  mutating func fitSheet() {
    guard let top = sheet?.top, top > 0 else { return }
    let last = max(0, sheetRows.count - sheetHeight)
    sheet?.top = min(top, last)
  }

  /// The way of the sound is asked for again when the player has told something new: about once a second while it plays.
  func refreshSheet() -> [Effect] {
    if case .sound? = sheet?.content { askSoundPath(nil) } else { [] }
  }

  /// Bytes came or went.
  func refreshDetails() -> [Effect] {
    if case .details(.track(let track), _)? = sheet?.content { [.askFacts(of: track, replyTo: nil)] } else { [] }
  }

  /// As a shell prints them.
  func lines(of rows: [SheetRow]) -> String {
    let width = rows.filter { !$0.isHeading }.map(\.label.count).max() ?? 0
    return rows.map { row in
      if row.isHeading { return row.label.isEmpty ? "" : row.label }
      return row.label + String(repeating: " ", count: width + 2 - row.label.count) + row.text
    }.joined(separator: "\n")
  }
}
