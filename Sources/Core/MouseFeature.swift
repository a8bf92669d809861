import Music
import TUI

// The mouse: each thing it does, keys do too.

struct MouseState: Sendable {
  var isOn = true
  /// What the left button went down on and still holds.
  var held: Held?
  /// The row that was clicked on last: the columns may slide before the second click of two comes.
  var clicked: (point: Point, place: ListPlace, row: Int)?

  enum Held: Sendable {
    case progress
    /// A row that can be put elsewhere, and where it was.
    case row(ListPlace, Int)
  }

  /// Rows that one step of the wheel goes.
  static let wheelRows = 3
}

extension AppState {
  mutating func handle(_ event: Mouse) -> [Effect] {
    guard mouse.isOn else { return [] }
    if login != nil, prompt == nil { return loginMouse(event) }
    // What was clicked on is not what the next rows have there.
    if case .row(let place, _) = target(at: event.point), event.action.isPress, isBehind(place) { return followHeld() }
    switch event.action {
    case .press: return press(at: event.point)
    case .doublePress: return doublePress(at: event.point)
    case .rightPress: return rightPress(at: event.point)
    case .drag: return drag(to: event.point)
    case .release: return release(at: event.point)
    case .wheelUp, .wheelDown: return turnWheel(at: event.point, event.action == .wheelUp ? .up : .down)
    }
  }

  private mutating func press(at point: Point) -> [Effect] {
    (mouse.held, mouse.clicked) = (nil, nil)
    switch target(at: point) {
    case .tab(let name): return perform(.view(name), replyTo: nil)
    case .row(let place, let row):
      let canMove = place == .queue || place == .playlistTracks
      if canMove, arrangement(of: place) == nil { mouse.held = .row(place, row) }
      mouse.clicked = (point, place, row)
      return go(to: place, row: row)
    case .list(let place): return give(focusTo: place)
    case .helpRow(let row): help.list.cursor = row
    case .searchField: search.isTyping = true
    case .progress(let part):
      mouse.held = .progress
      return seek(toPart: part)
    case .popupRow(let row): return choose(palette?.rows[row])
    case .option(let index):
      prompt?.cursor = index
      return promptKey(prompt?.kind == .choice ? .named(.enter) : .named(.tab))
    case .nothing:
      // Beside the list that lies over the screen.
      if palette != nil, !popup.box.contains(point) { palette = nil }
    case .sheet, .panel, .bar: break
    }
    return []
  }

  private mutating func doublePress(at point: Point) -> [Effect] {
    if let clicked = mouse.clicked.take(), clicked.point == point {
      return go(to: clicked.place, row: clicked.row) + perform(.activate, replyTo: nil)
    }
    switch target(at: point) {
    case .row(let place, let row): return go(to: place, row: row) + perform(.activate, replyTo: nil)
    case .helpRow(let row):
      help.list.cursor = row
      return activateHelp()
    case .bar: return perform(.jump, replyTo: nil)
    default: return press(at: point)
    }
  }

  private mutating func rightPress(at point: Point) -> [Effect] {
    guard case .row(let place, let row) = target(at: point) else { return [] }
    return go(to: place, row: row) + openMenu()
  }

  // MARK: Dragging

  private mutating func drag(to point: Point) -> [Effect] {
    switch mouse.held {
    case .progress?: return seek(toPart: part(of: trough, at: point))
    case .row(let place, _)?:
      guard let row = row(of: place, near: point) else { return [] }
      return goToRow(.to(row + 1))
    case nil: return []
    }
  }

  /// Escape: the row that is dragged stays where it was. nil: none is.
  mutating func putBackDragged() -> [Effect]? {
    guard case .row(let place, let source)? = mouse.held, placeInHand == place, self[place].cursor != source else {
      return nil
    }
    mouse.held = nil
    return goToRow(.to(source + 1))
  }

  private mutating func release(at point: Point) -> [Effect] {
    defer { mouse.held = nil }
    guard case .row(let place, let source)? = mouse.held, placeInHand == place,
      let target = row(of: place, near: point),
      target != source, source < count(of: place), !isAttached
    else { return [] }
    return moveRow(of: place, from: source, to: target)
  }

  /// The row that the mouse is beside, also above and below the list: so a row can be dragged beyond what is in sight.
  private func row(of place: ListPlace, near point: Point) -> Int? {
    guard let rect = lists(layout).first(where: { $0.place == place })?.rect, shownCount(of: place) > 0 else {
      return nil
    }
    return max(0, min(shownCount(of: place) - 1, self[place].top + point.row - rect.row - 1))
  }

  /// One change, however far the row goes.
  private mutating func moveRow(of place: ListPlace, from source: Int, to target: Int) -> [Effect] {
    if refuseWhileArranged(place) { return [] }
    self[place].marked = []
    if place == .queue {
      beginStep(.move, about: [queue.entries[source].track])
      queue.move(from: source, to: target)
      return []
    }
    var rows = playlists.tracks.rows
    rows.insert(rows.remove(at: source), at: target)
    let effects = setPlaylistRows(rows)
    if !effects.isEmpty { playlists.tracks.list.cursor = target }
    return effects
  }

  private mutating func seek(toPart part: Double) -> [Effect] {
    let seconds = Double(player.duration.components.seconds) * part
    return player.duration > .zero ? perform(.seek(.to(Int(seconds))), replyTo: nil) : []
  }

  // MARK: The wheel

  /// The list under the mouse moves; the one that has the focus keeps it.
  private mutating func turnWheel(at point: Point, _ direction: Direction) -> [Effect] {
    let step = direction == .up ? -MouseState.wheelRows : MouseState.wheelRows
    switch target(at: point) {
    case .row(let place, _), .list(let place): return scroll(place, by: step)
    case .searchField: return scroll(.found, by: step)
    case .popupRow: palette?.list.cursor += step
    case .option: return promptKey(.named(direction == .up ? .up : .down))
    case .progress: return perform(.seek(.by(direction == .up ? 5 : -5)), replyTo: nil)
    case .bar: return perform(.volume(.by(direction == .up ? 5 : -5)), replyTo: nil)
    case .panel: return perform(.panel(.scroll(direction)), replyTo: nil)
    case .sheet, .helpRow:
      return (0..<MouseState.wheelRows).reduce(into: []) { all, _ in all += move(direction.motion) }
    case .tab, .nothing:
      if screen == .help {
        return (0..<MouseState.wheelRows).reduce(into: []) { all, _ in all += move(direction.motion) }
      }
    }
    return []
  }

  /// The rows move and the cursor stays where it is, as long as it can be seen there.
  private mutating func scroll(_ place: ListPlace, by step: Int) -> [Effect] {
    moveCursor(of: place) { list, count, height in
      let last = max(0, count - height)
      let margin = height >= 8 ? 2 : 0
      list.top = max(0, min(list.top + step, last))
      let highest = list.top == 0 ? 0 : list.top + margin
      let lowest = list.top + height - 1 - (list.top == last ? 0 : margin)
      list.cursor = max(highest, min(list.cursor, lowest))
      list.fit(count: count, height: height)
    }
  }

  // MARK: Rows

  private mutating func go(to place: ListPlace, row: Int) -> [Effect] {
    let effects = give(focusTo: place)
    guard placeInHand == place else { return effects }
    return effects + goToRow(.to(row + 1)) + followHeld()
  }

  /// Gives a column the keyboard's attention.
  private mutating func give(focusTo place: ListPlace) -> [Effect] {
    switch place {
    case .views: library.focus = .views
    case .groups: library.focus = .groups
    case .artists: library.focus = .artists
    case .albums: library.focus = .albums
    case .tracks: library.focus = .tracks
    case .playlists: playlists.focus = .lists
    case .playlistTracks: playlists.focus = .tracks
    case .versions: versions.focus = .lists
    case .versionTracks: versions.focus = .tracks
    case .found: search.isTyping = false
    default: break
    }
    return follow(place)
  }
}

extension Direction {
  fileprivate var motion: Motion { self == .up ? .up : .down }
}

extension Mouse.Action {
  fileprivate var isPress: Bool { self == .press || self == .doublePress || self == .rightPress }
}
