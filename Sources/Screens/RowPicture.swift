import Core
import Music
import TUI

/// How one row of a list looks: a sign in the gutter, fields that share the room, and a fixed end on the right.
struct RowPicture {
  struct Field {
    var text: String
    /// Right after it, each with a direction of its own.
    var more: [String] = []
    /// Its part of the room that is left over.
    var share = 1
    var role = Role.text
  }

  struct Ending {
    /// Stands before the text.
    var sign: Sign?
    var text: String
    var role = Role.dim
    /// Few rows have it: the last field alone makes room for it, and all stand where they stand in the other rows.
    var isRare = false

    func text(_ theme: Theme) -> String { (sign.map { theme[$0] } ?? "") + text }
  }

  /// A text that stands at the same place in every row.
  struct Placed {
    var text: String
    /// From the row's left end.
    var offset: Int
    var columns: Int
    var isRightAligned = false
    var role = Role.text
  }

  /// One column: what plays. The sign of a mark stands there, or beside it.
  var sign: Sign?
  var fields: [Field] = []
  var endings: [Ending] = []
  /// In place of fields and endings, in lists with columns.
  var placed: [Placed] = []
  /// Replaces the roles of all parts: the track that plays, rows that cannot be played.
  var role: Role?

  /// `emphasis` is the look of the cursor's row or a marked one. It covers a short row from end to end; where several
  /// texts stand in columns, up to the end of the name: a step of the cursor does not write again what is right of that.
  /// A marked row tells so by a sign too, also under the cursor and where it plays.
  func draw(in rect: Rect, on canvas: inout Canvas, _ theme: Theme, over emphasis: Role?, isMarked: Bool = false) {
    let widths = endings.map { columnWidth(of: $0.text(theme)) }
    let rare = zip(endings, widths).reduce(0) { $0 + ($1.0.isRare ? $1.1 : 0) }
    let room = rect.columns - 4 - widths.reduce(0, +) + rare
    let lit = emphasis == nil ? 0 : litColumns(room: room, of: rect.columns)
    if let emphasis {
      canvas.fill(Rect(column: rect.column, row: rect.row, columns: lit, rows: 1), style: theme[emphasis])
    }
    func style(_ own: Role, _ column: Int) -> Style {
      theme[column < rect.column + lit ? emphasis ?? role ?? own : role ?? own]
    }
    var end = rect.endColumn - 1
    for (ending, width) in zip(endings, widths).reversed() where end - width > rect.column + 8 {
      let own = style(role == .disabled ? .disabled : ending.role, end - width)
      end -= canvas.write(ending.text(theme), endingAt: end, rect.row, style: own)
    }
    let signs = [sign, isMarked ? .marked : nil].compactMap(\.self)
    canvas.write(
      signs.isEmpty ? " " : signs.map { theme[$0] }.joined(), at: rect.column, rect.row, columns: 2,
      style: style(.current, rect.column))
    for text in placed { draw(text, in: rect, on: &canvas) { style($0, rect.column + text.offset) } }
    drawFields(from: rect.column + 2, to: end - 1, rare: rare, row: rect.row, on: &canvas, style: style)
  }

  /// As far as the name goes: the first text that is no number.
  /// - Parameter room: what the fields share.
  private func litColumns(room: Int, of columns: Int) -> Int {
    if let name = placed.first(where: { !$0.isRightAligned }) { return min(columns, name.offset + name.columns + 1) }
    guard fields.count > 1 else { return columns }
    let shares = max(1, fields.reduce(0) { $0 + $1.share })
    return min(columns, 3 + (room - 2 * (fields.count - 1)) * fields[0].share / shares)
  }

  /// Puts the first two fields where a list of tracks has title and artist.
  mutating func alignFields(with table: TrackTable) {
    guard fields.count == 2, let title = table[.title], let artist = table[.artist] else { return }
    let last = table[.album] ?? artist
    for (field, place, columns) in [
      (fields[0], title, title.columns), (fields[1], artist, last.offset + last.columns - artist.offset),
    ] {
      placed.append(Placed(text: field.text, offset: place.offset, columns: columns, role: field.role))
    }
    fields = []
  }

  /// What is too long for a column on the right goes over its left edge: figures are not cut.
  private func draw(_ text: Placed, in rect: Rect, on canvas: inout Canvas, style: (Role) -> Style) {
    let column = rect.column + text.offset
    if text.isRightAligned {
      canvas.write(
        text.text, endingAt: column + text.columns, rect.row, columns: text.columns + 2, style: style(text.role))
    } else {
      canvas.write(text.text, at: column, rect.row, columns: text.columns, style: style(text.role))
    }
  }

  private func drawFields(
    from start: Int, to end: Int, rare: Int, row: Int, on canvas: inout Canvas, style: (Role, Int) -> Style
  ) {
    let shares = max(1, fields.reduce(0) { $0 + $1.share })
    let room = end + rare - start - 2 * (fields.count - 1)
    var column = start
    var sharesLeft = shares
    var roomLeft = room
    for field in fields {
      let width = roomLeft * field.share / max(1, sharesLeft)
      canvas.write(
        [field.text] + field.more, at: column, row, columns: min(width, end - column), style: style(field.role, column))
      column += width + 2
      roomLeft -= width
      sharesLeft -= field.share
    }
  }
}

extension RowPicture {
  init(_ artist: Artist, _ state: AppState) {
    let count = artist.albumCount > 0 ? "\(artist.albumCount)" : ""
    self.init(
      fields: [Field(text: artist.name)],
      endings: [
        pinEnding(state.isPinned(.artist(artist.id))), starEnding(state.isStarred(artist)), Ending(text: count),
      ])
  }

  /// - Parameter columns: of the list. In a narrow one a long name takes the year's room.
  init(_ album: Album, _ state: AppState, showsArtist: Bool = false, columns: Int = .max) {
    // Where artists stand below one another, what is missing right of them leaves its room free.
    let hasYear = album.year > 0 && (columns >= 30 || columnWidth(of: album.name) <= columns - 11)
    let year = hasYear ? "\(album.year)" : showsArtist ? "    " : ""
    var fields = [Field(text: album.name, share: 3)]
    if showsArtist { fields.append(Field(text: album.artist, share: 2, role: .dim)) }
    self.init(
      fields: fields,
      endings: [
        pinEnding(state.isPinned(.album(album.id))), starEnding(state.isStarred(album)),
        Ending(text: year),
      ])
  }

  init(_ playlist: Playlist, _ state: AppState) {
    self.init(
      sign: playlist.smart != nil ? .smart : playlist.isReadOnly ? .readOnly : nil,
      fields: [Field(text: playlist.name)],
      endings: [
        pinEnding(state.isPinned(.playlist(playlist.id))),
        Ending(text: playlist.smart != nil ? "" : "\(playlist.trackCount)"),
      ])
  }

  /// A track in the columns of a list.
  init(_ track: Track, _ state: AppState, _ table: TrackTable, isCurrent: Bool, _ theme: Theme) {
    let isPlayable = state.isPlayable(track)
    self.init(
      sign: isCurrent ? stateSign(state.player.state) : nil,
      placed: table.places.map { place in
        Placed(
          text: text(place.column, of: track, state, theme), offset: place.offset, columns: place.columns,
          isRightAligned: place.isRightAligned, role: place.column.role)
      },
      role: isCurrent ? .current : isPlayable ? nil : .disabled)
    if state.isStarred(track) {
      placed.append(Placed(text: theme[Sign.star], offset: table.starOffset, columns: 1, role: .star))
    }
    if let sign = cacheSign(track, state) {
      placed.append(Placed(text: theme[sign], offset: table.cacheOffset, columns: 1, role: .cached))
    }
  }
}

/// What a column says of a track.
private func text(_ column: TrackColumn, of track: Track, _ state: AppState, _ theme: Theme) -> String {
  switch column {
  case .number: track.trackNumber > 0 ? "\(track.trackNumber)" : ""
  case .title: track.title
  case .artist: track.artist
  case .album: track.album
  case .year: track.year > 0 ? "\(track.year)" : ""
  case .plays: track.playCount > 0 ? "\(track.playCount)" : ""
  case .rating: String(repeating: theme[Sign.ratingOn], count: max(0, min(5, state.rating(of: track))))
  case .time: track.duration > 0 ? clock(.seconds(track.duration)) : ""
  }
}

extension TrackColumn {
  fileprivate var role: Role {
    switch self {
    case .title: .text
    case .number, .plays, .year: .number
    case .artist: .artist
    case .album: .album
    case .rating: .star
    case .time: .time
    }
  }
}

/// What is kept on this computer, whatever becomes of it.
private func pinEnding(_ isPinned: Bool) -> RowPicture.Ending {
  RowPicture.Ending(sign: isPinned ? .pinned : nil, text: isPinned ? " " : "", role: .cached, isRare: true)
}

private func starEnding(_ isStarred: Bool) -> RowPicture.Ending {
  RowPicture.Ending(sign: isStarred ? .star : nil, text: isStarred ? " " : "  ", role: .star)
}

/// Held whole, held in part, not to be had now; nothing while it can be had from the server.
private func cacheSign(_ track: Track, _ state: AppState) -> Sign? {
  if track.origin == .local || track.isRadio { return nil }
  switch state.marks[track.id] {
  case .kept: return .pinned
  case .whole: return .whole
  case .partial: return .partial
  case .absent: return state.isOffline ? .absent : nil
  case nil: return nil
  }
}

func stateSign(_ state: PlayState) -> Sign {
  switch state {
  case .playing: .playing
  case .paused: .paused
  case .stopped: .stopped
  }
}
