package import TUI

/// Where the parts of the panel lie: the same answer for those who ask for a cover of that size and for those who draw.
/// Parts that are not shown are empty.
package struct PanelLayout: Hashable, Sendable {
  package private(set) var heading: Rect
  package private(set) var picture: Rect
  /// Title, artist, album: centred below the picture.
  package private(set) var caption: Rect
  package private(set) var lyrics: Rect
  package private(set) var queue: Rect
  package private(set) var spectrum: Rect

  package init(_ rect: Rect, _ content: PanelContent) {
    let nothing = Rect(column: rect.column, row: rect.row, columns: 0, rows: 0)
    (heading, picture, caption, lyrics, queue, spectrum) = (nothing, nothing, nothing, nothing, nothing, nothing)
    var room = rect.inset(columns: rect.columns >= 20 ? 1 : 0)
    switch content {
    case .both: placeBoth(in: room)
    case .cover: placeCover(in: room)
    case .lyrics:
      heading = room.takeTop(1)
      lyrics = room
    case .queue:
      heading = room.takeTop(1)
      queue = room
    case .spectrum: placeSpectrum(in: room)
    }
  }

  private static let captionRows = 3
  private static let leastLyrics = 5
  private static let leastSpectrum = 6

  /// The picture in the middle, as large as fits.
  private mutating func placeCover(in rect: Rect) {
    let captionRows = rect.rows >= 12 ? Self.captionRows : rect.rows >= 6 ? 1 : 0
    let gap = captionRows > 0 ? 1 : 0
    let square = Self.square(columns: rect.columns, rows: rect.rows - captionRows - gap)
    var block = rect.centred(Size(columns: rect.columns, rows: square.rows + gap + captionRows))
    picture = block.takeTop(square.rows).centred(square)
    _ = block.takeTop(gap)
    caption = block
  }

  private mutating func placeBoth(in rect: Rect) {
    if rect.columns >= 3 * rect.rows, rect.columns >= 56 { return placeSideBySide(in: rect) }
    guard let rest = placeAbove(in: rect, leaving: Self.leastLyrics) else { return placeCover(in: rect) }
    lyrics = rest
  }

  /// Below the cover where there is room for both, else alone.
  private mutating func placeSpectrum(in rect: Rect) {
    if rect.columns <= 2 * rect.rows, let rest = placeAbove(in: rect, leaving: Self.leastSpectrum) {
      spectrum = rest
      return
    }
    var rest = rect
    heading = rest.takeTop(1)
    let captionRows = rest.rows >= 8 ? 2 : 0
    caption = rest.takeBottom(captionRows)
    _ = rest.takeBottom(captionRows > 0 ? 1 : 0)
    spectrum = rest
  }

  /// Picture and caption in the upper half.
  /// - Returns: the rest; nil where that would be less than so many rows.
  private mutating func placeAbove(in rect: Rect, leaving least: Int) -> Rect? {
    var rest = rect
    let square = Self.square(columns: rect.columns, rows: rect.rows / 2)
    guard rect.rows - square.rows - Self.captionRows - 2 >= least else { return nil }
    picture = rest.takeTop(square.rows).centred(square)
    _ = rest.takeTop(1)
    caption = rest.takeTop(Self.captionRows)
    _ = rest.takeTop(1)
    return rest
  }

  /// On a wide part of a screen the words stand beside the cover.
  private mutating func placeSideBySide(in rect: Rect) {
    var rest = rect
    let width = min(rect.columns / 2, 2 * max(1, rect.rows - Self.captionRows - 1))
    placeCover(in: rest.takeLeft(width))
    _ = rest.takeLeft(3)
    lyrics = rest
  }

  /// A cell is about twice as high as wide.
  private static func square(columns: Int, rows: Int) -> Size {
    let rows = max(0, min(rows, columns / 2))
    return Size(columns: min(columns, rows * 2), rows: rows)
  }
}
