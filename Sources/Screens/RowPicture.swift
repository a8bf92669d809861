import Core
import Music
import TUI

/// How one row of a list looks: a sign in the gutter, fields that share the room, and a fixed end on the right.
struct RowPicture {
  struct Field {
    var text: String
    /// Its part of the room that is left over.
    var share = 1
    var role = Role.text
  }

  struct Ending {
    /// Stands before the text.
    var sign: Sign?
    var text: String
    var role = Role.dim

    func text(_ theme: Theme) -> String { (sign.map { theme[$0] } ?? "") + text }
  }

  /// One column: what plays, what is marked.
  var sign: Sign?
  var fields: [Field]
  var endings: [Ending] = []
  /// Replaces the roles of all parts: the track that plays, rows that cannot be played.
  var role: Role?

  /// `emphasis` is the look of the cursor's row or a marked one: it covers the row from end to end.
  func draw(in rect: Rect, on canvas: inout Canvas, _ theme: Theme, over emphasis: Role?) {
    if let emphasis { canvas.fill(rect, style: theme[emphasis]) }
    func style(_ own: Role) -> Style { theme[emphasis ?? role ?? own] }
    let sign = sign ?? (emphasis == .marked ? .marked : nil)
    canvas.write(sign.map { theme[$0] } ?? " ", at: rect.column, rect.row, style: style(.current))

    var end = rect.endColumn - 1
    for ending in endings.reversed() where end - columnWidth(of: ending.text(theme)) > rect.column + 8 {
      let own = role == .disabled ? style(.disabled) : style(ending.role)
      end -= canvas.write(ending.text(theme), endingAt: end, rect.row, style: own)
    }
    drawFields(from: rect.column + 2, to: end - 1, row: rect.row, on: &canvas) { style($0) }
  }

  private func drawFields(
    from start: Int, to end: Int, row: Int, on canvas: inout Canvas, style: (Role) -> Style
  ) {
    let shares = max(1, fields.reduce(0) { $0 + $1.share })
    let room = end - start - 2 * (fields.count - 1)
    var column = start
    var sharesLeft = shares
    var roomLeft = room
    for field in fields {
      let width = roomLeft * field.share / max(1, sharesLeft)
      canvas.write(field.text, at: column, row, columns: width, style: style(field.role))
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

  init(_ album: Album, _ state: AppState, showsArtist: Bool = false) {
    let year = album.year > 0 ? "\(album.year)" : ""
    var fields = [Field(text: album.name, share: 3)]
    if showsArtist { fields.append(Field(text: album.artist, share: 2, role: .dim)) }
    self.init(
      fields: fields,
      endings: [pinEnding(state.isPinned(.album(album.id))), starEnding(state.isStarred(album)), Ending(text: year)])
  }

  init(_ playlist: Playlist, _ state: AppState) {
    self.init(
      sign: playlist.isReadOnly ? .readOnly : nil, fields: [Field(text: playlist.name)],
      endings: [pinEnding(state.isPinned(.playlist(playlist.id))), Ending(text: "\(playlist.trackCount)")])
  }

  /// What a track's row tells besides its title.
  enum TrackDetail { case number, artist, artistAndAlbum, place(Int) }

  init(_ track: Track, _ state: AppState, _ detail: TrackDetail, isCurrent: Bool) {
    var fields = [Field(text: track.title, share: 4)]
    switch detail {
    case .number:
      fields[0].text = (track.trackNumber > 0 ? leftPadded(track.trackNumber, to: 2) + "  " : "    ") + track.title
      if !track.artist.isEmpty, !track.albumArtist.isEmpty, track.artist != track.albumArtist {
        fields.append(Field(text: track.artist, share: 3, role: .dim))
      }
    case .artist: fields.append(Field(text: track.artist, share: 3, role: .dim))
    case .artistAndAlbum:
      fields.append(Field(text: track.artist, share: 3, role: .dim))
      fields.append(Field(text: track.album, share: 3, role: .dim))
    case .place(let place): fields[0].text = "\(place)  " + track.title
    }
    let isPlayable = state.isPlayable(track)
    let time = track.duration > 0 ? clock(.seconds(track.duration)) : ""
    self.init(
      sign: isCurrent ? stateSign(state.player.state) : nil, fields: fields,
      endings: [
        starEnding(state.isStarred(track)), cacheEnding(track, state),
        Ending(text: String(repeating: " ", count: max(0, 5 - time.count)) + time),
      ],
      role: isCurrent ? .current : isPlayable ? nil : .disabled)
  }
}

/// What is kept on this computer, whatever becomes of it.
private func pinEnding(_ isPinned: Bool) -> RowPicture.Ending {
  RowPicture.Ending(sign: isPinned ? .pinned : nil, text: isPinned ? " " : "", role: .cached)
}

private func starEnding(_ isStarred: Bool) -> RowPicture.Ending {
  RowPicture.Ending(sign: isStarred ? .star : nil, text: isStarred ? " " : "  ", role: .star)
}

/// Held whole, held in part, not to be had now; nothing while it can be had from the server.
private func cacheEnding(_ track: Track, _ state: AppState) -> RowPicture.Ending {
  let sign = cacheSign(track, state)
  return RowPicture.Ending(sign: sign, text: sign == nil ? "  " : " ", role: .cached)
}

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

func leftPadded(_ number: Int, to columns: Int) -> String {
  let text = String(number)
  return String(repeating: " ", count: max(0, columns - text.count)) + text
}
