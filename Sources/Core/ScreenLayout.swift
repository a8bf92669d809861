package import TUI

/// Where the parts of the screen lie: the same answer for `update`, which moves cursors, and for `Screens`, which draws.
package struct ScreenLayout: Hashable, Sendable {
  package static let minimum = Size(columns: 40, rows: 10)

  package let header: Rect
  /// A line between header and body; empty on low terminals, as is the one above the bar.
  package let headerRule: Rect
  package let body: Rect
  package let barRule: Rect
  /// Two rows: what plays, and its progress.
  package let bar: Rect
  /// Notices, hints and prompts.
  package let line: Rect

  package init(_ size: Size) {
    var rest = Rect(size)
    header = rest.takeTop(1)
    headerRule = rest.takeTop(size.rows >= 20 ? 1 : 0)
    line = rest.takeBottom(1)
    bar = rest.takeBottom(2)
    barRule = rest.takeBottom(size.rows >= 14 ? 1 : 0)
    body = rest
  }

  /// Rows of a list: the body without its heading.
  package var listHeight: Int { max(1, body.rows - 1) }

  /// The columns of the library that are shown: their number (0 artists, 1 albums, 2 tracks) and place.
  package func libraryColumns(focus: Int) -> [(column: Int, rect: Rect)] {
    var rest = body
    if body.columns >= 100 {
      let artists = rest.takeLeft(body.columns * 26 / 100)
      _ = rest.takeLeft(1)
      let albums = rest.takeLeft(body.columns * 32 / 100)
      _ = rest.takeLeft(1)
      return [(0, artists), (1, albums), (2, rest)]
    }
    guard body.columns >= 60 else { return [(focus, body)] }
    let left = rest.takeLeft(body.columns * 42 / 100)
    _ = rest.takeLeft(1)
    return focus == 0 ? [(0, left), (1, rest)] : [(1, left), (2, rest)]
  }

  /// The columns of the playlists' screen: 0 the playlists, 1 the tracks of one.
  package func playlistColumns(focus: Int) -> [(column: Int, rect: Rect)] {
    guard body.columns >= 60 else { return [(focus, body)] }
    var rest = body
    let left = rest.takeLeft(body.columns * 30 / 100)
    _ = rest.takeLeft(1)
    return [(0, left), (1, rest)]
  }
}
