package import TUI

/// How much a terminal of this size can hold. The greater holds all that the smaller does.
package enum SizeTier: Int, Hashable, Sendable, Comparable, CaseIterable {
  /// One sentence.
  case tooSmall
  /// One list and a bar of two lines.
  case tiny
  case narrow
  case normal
  /// Room for a panel beside the lists, and for a bar of three lines.
  case wide

  /// The least size of the tier.
  package var minimum: Size {
    switch self {
    case .tooSmall: Size(columns: 0, rows: 0)
    case .tiny: Size(columns: 40, rows: 10)
    case .narrow: Size(columns: 56, rows: 16)
    case .normal: Size(columns: 80, rows: 24)
    case .wide: Size(columns: 100, rows: 28)
    }
  }

  package init(_ size: Size) {
    self = .wide
    while size.columns < minimum.columns || size.rows < minimum.rows, let smaller = SizeTier(rawValue: rawValue - 1) {
      self = smaller
    }
  }

  package static func < (one: SizeTier, other: SizeTier) -> Bool { one.rawValue < other.rawValue }
}

/// Where the parts of the screen lie: the same answer for `update`, which moves cursors, and for `Screens`, which draws.
package struct ScreenLayout: Hashable, Sendable {
  package static let minimum = SizeTier.tiny.minimum

  package let tier: SizeTier
  package let header: Rect
  /// A line between header and body; empty on low terminals, as is the one above the bar.
  package let headerRule: Rect
  /// The lists.
  package let body: Rect
  /// The side panel. Beside the body where the terminal is wide; below that it lies on the body and hides it. Empty while
  /// it is not shown.
  package let panel: Rect
  /// The line between body and panel; empty where there is none.
  package let panelRule: Rect
  package let barRule: Rect
  /// What plays: two rows, three where the terminal is wide. The last one is the progress.
  package let bar: Rect
  /// Notices, hints and prompts. On tiny terminals they lie on the bar's last row, while there are any.
  package let line: Rect

  package init(_ size: Size, isPanelShown: Bool = false) {
    tier = SizeTier(size)
    var rest = Rect(size)
    header = rest.takeTop(1)
    headerRule = rest.takeTop(tier >= .normal ? 1 : 0)
    if tier > .tiny {
      line = rest.takeBottom(1)
      bar = rest.takeBottom(tier == .wide ? 3 : 2)
    } else {
      bar = rest.takeBottom(2)
      line = Rect(column: 0, row: max(0, bar.endRow - 1), columns: size.columns, rows: min(1, size.rows))
    }
    barRule = rest.takeBottom(tier >= .narrow ? 1 : 0)
    if isPanelShown, tier == .wide {
      panel = rest.takeRight(max(32, min(40, size.columns * 30 / 100)))
      panelRule = rest.takeRight(1)
    } else {
      panel = isPanelShown ? rest : Rect(column: rest.endColumn, row: rest.row, columns: 0, rows: 0)
      panelRule = Rect(column: rest.endColumn, row: rest.row, columns: 0, rows: 0)
    }
    body = rest
  }

  /// Whether the panel hides the lists.
  package var isBodyHidden: Bool { !panel.isEmpty && panel.column == body.column }

  /// The last row of the bar.
  package var progress: Rect {
    Rect(column: bar.column, row: max(bar.row, bar.endRow - 1), columns: bar.columns, rows: min(1, bar.rows))
  }

  /// Rows of a list: the body without its heading.
  package var listHeight: Int { max(1, body.rows - 1) }

  /// Those of `count` columns of the library that are shown: their number, and where.
  package func libraryColumns(focus: Int, count: Int) -> [(column: Int, rect: Rect)] {
    var rest = body
    if count == 1 { return [(0, body)] }
    if body.columns >= 100, count == 2 {
      let left = rest.takeLeft(min(56, body.columns * 42 / 100))
      _ = rest.takeLeft(1)
      return [(0, left), (1, rest)]
    }
    if body.columns >= 100 {
      let artists = rest.takeLeft(min(36, body.columns * 24 / 100))
      _ = rest.takeLeft(1)
      let albums = rest.takeLeft(min(48, body.columns * 32 / 100))
      _ = rest.takeLeft(1)
      let first = min(max(0, focus - 2), count - 3)
      return [(first, artists), (first + 1, albums), (first + 2, rest)]
    }
    guard body.columns >= 56 else { return [(focus, body)] }
    let first = max(0, min(focus == 0 ? 0 : max(focus - 1, 1), count - 2))
    let isTight = body.columns < 64 && first == count - 2
    let left = rest.takeLeft(body.columns * (isTight ? 46 : 42) / 100)
    _ = rest.takeLeft(1)
    return [(first, left), (first + 1, rest)]
  }

  /// The columns of the playlists' screen: 0 the playlists, 1 the tracks of one.
  package func playlistColumns(focus: Int) -> [(column: Int, rect: Rect)] {
    guard body.columns >= 56 else { return [(focus, body)] }
    var rest = body
    let left = rest.takeLeft(max(20, min(36, body.columns * 28 / 100)))
    _ = rest.takeLeft(1)
    return [(0, left), (1, rest)]
  }
}
