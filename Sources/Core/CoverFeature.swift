package import Music
package import TUI

/// Whose cover is wanted, and how large it may be.
package struct CoverRequest: Hashable, Sendable {
  /// A track's, an album's or an artist's `coverID`, and where it is from.
  package var coverID: String
  package var origin: Origin
  /// For music of this computer: a track whose file has the cover, or stands beside it.
  package var track: TrackID?
  /// In cells.
  package var room: Size
  /// What is behind it.
  package var ground: Colour

  package init(coverID: String, origin: Origin, track: TrackID? = nil, room: Size, ground: Colour = .standard) {
    self.coverID = coverID
    self.origin = origin
    self.track = track
    self.room = room
    self.ground = ground
  }
}

/// A cover, ready to be drawn, with the colours that a theme may take from it.
package struct Cover: Hashable, Sendable {
  package var picture: CellPicture
  package var palette: CoverPalette?

  package init(picture: CellPicture, palette: CoverPalette?) {
    self.picture = picture
    self.palette = palette
  }
}

package enum CoverAnswer: Hashable, Sendable {
  case found(Cover)
  /// Nobody has one that can be drawn.
  case none
  /// It is not here, and there is no network.
  case offline
}

/// The cover of what plays; while nothing does, of the album under the cursor.
package struct CoverState: Sendable {
  package enum Phase: Hashable, Sendable { case nothing, loading, shown, none, offline }

  /// The old one stays until the new one comes, unless that takes long.
  package internal(set) var shown: Cover?
  package internal(set) var phase = Phase.nothing
  var wanted: CoverRequest?
  var asked: CoverRequest?
  private var sawOutage = false

  /// How long a cursor has to rest, or a track to be current, before anything is asked.
  static let rest = Duration.milliseconds(120)
  /// How long another's cover may stand in for the one that is on its way.
  static let patience = Duration.milliseconds(500)

  /// What could not be had without a network is asked for once more when that is back.
  mutating func isDueAgain(isOffline: Bool) -> Bool {
    guard phase == .offline else {
      sawOutage = false
      return false
    }
    if isOffline { sawOutage = true }
    return sawOutage && !isOffline
  }
}

extension AppState {
  /// The track that is current; while there is none, the first of the album under the cursor, or of the one whose tracks
  /// stand there while the cursor is on its way.
  package var panelTrack: Track? {
    if let track = currentTrack { return track }
    guard screen == .library, let track = library.tracks.rows.first, library.focus != .artists,
      track.albumID == library.albums.selected?.id || neighbours.held != nil
    else { return nil }
    return track
  }

  mutating func followCover() -> [Effect] {
    let wanted = wantedCover
    // Two tracks after one another may both have none: no question tells them apart.
    if wanted == nil { panel.cover.phase = panelTrack == nil ? .nothing : .none }
    guard wanted != panel.cover.wanted || panel.cover.isDueAgain(isOffline: isOffline) else { return [] }
    panel.cover.wanted = wanted
    panel.cover.asked = nil
    guard wanted != nil else {
      panel.cover.shown = nil
      tint(by: nil)
      return []
    }
    panel.cover.phase = .loading
    return [.alarm(.panel, after: CoverState.rest)]
  }

  private var wantedCover: CoverRequest? {
    guard let track = panelTrack, let coverID = track.coverID, !track.isRadio else { return nil }
    var room =
      panel.pictures == .off ? Size(columns: 0, rows: 0) : panelLayout?.picture.size ?? Size(columns: 0, rows: 0)
    if room.columns < 2 || room.rows < 1 {
      // Its colours alone.
      guard theme.followsCover, login == nil else { return nil }
      room = Size(columns: 2, rows: 1)
    }
    let ground = theme.followsCover ? .standard : theme[.panel].background
    return CoverRequest(
      coverID: coverID, origin: track.origin, track: track.origin == .local ? track.id : nil, room: room, ground: ground
    )
  }

  mutating func askCover() -> [Effect] {
    guard let wanted = panel.cover.wanted else { return [] }
    guard panel.cover.asked != wanted else {
      if panel.cover.phase == .loading { panel.cover.shown = nil }
      return []
    }
    panel.cover.asked = wanted
    return [.askCover(wanted), .alarm(.panel, after: CoverState.patience)]
  }

  mutating func take(_ answer: CoverAnswer, to request: CoverRequest) -> [Effect] {
    guard request == panel.cover.asked else { return [] }
    switch answer {
    case .found(let cover):
      panel.cover.shown = cover
      panel.cover.phase = .shown
      tint(by: cover.palette)
    case .none, .offline:
      panel.cover.shown = nil
      panel.cover.phase = answer == .none ? .none : .offline
      tint(by: nil)
    }
    return []
  }

  /// The terminal has told more of itself: covers are made anew.
  mutating func picturesChanged() {
    panel.cover.wanted = nil
    panel.cover.asked = nil
  }

  /// Another theme is here.
  mutating func dress(in loaded: Theme) {
    theme = loaded
    untintedTheme = nil
    tint(by: panel.cover.shown?.palette)
  }

  /// A theme that follows covers takes the colours of this one, or its own where there is none.
  private mutating func tint(by palette: CoverPalette?) {
    guard theme.followsCover else { return }
    let plain = untintedTheme ?? theme
    untintedTheme = plain
    theme = palette.map { plain.tinted(by: $0) } ?? plain
  }
}

extension Rect {
  fileprivate var size: Size { Size(columns: columns, rows: rows) }
}
