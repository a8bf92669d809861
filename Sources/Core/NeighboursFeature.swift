import Music

// What stands beside a list follows its cursor: at once when the cursor had rested, and while a key is held down once it
// rests again. So a move costs what it shows itself, and what follows comes once.

/// The lists beside a cursor that moves on.
struct NeighboursState: Sendable {
  /// How long the cursor has to rest before what is beside it follows the next move at once.
  static let pause = Duration.milliseconds(80)

  /// The cursor moved a moment ago.
  var isUnderWay = false
  /// Whose neighbours are those of a row that the cursor has left.
  var held: ListPlace?
}

/// What the headings of the neighbours say while these wait: whose rows they still are.
struct HeldNames: Hashable, Sendable {
  var parent: String?
  var tracksParent: String?
}

extension AppState {
  /// The cursor of a list stands on another row.
  mutating func followSoon(_ place: ListPlace) -> [Effect] {
    guard place.hasNeighbours else { return follow(place) }
    if neighbours.held != nil, neighbours.held != place { return followHeld() + hold(place) }
    if neighbours.isUnderWay { return hold(place) }
    let effects = follow(place)
    guard leaveSpot() || !effects.isEmpty else { return [] }
    neighbours.isUnderWay = true
    return effects + [.alarm(.follow, after: NeighboursState.pause)]
  }

  /// The cursor has rested.
  mutating func cursorRested() -> [Effect] {
    neighbours.isUnderWay = false
    let effects = followHeld()
    return effects + readAhead()
  }

  /// Also before anything is done with rows: what is beside the cursor is asked for now.
  mutating func followHeld() -> [Effect] {
    guard let place = neighbours.held else { return [] }
    neighbours.held = nil
    library.heldNames = nil
    playlists.heldName = nil
    return follow(place)
  }

  private mutating func hold(_ place: ListPlace) -> [Effect] {
    if neighbours.held == nil {
      library.heldNames = library.namesOfRows
      playlists.heldName = playlists.nameOfTracks
    }
    neighbours.held = place
    return [.alarm(.follow, after: NeighboursState.pause)]
  }
}

extension LibraryState {
  /// Whose albums and tracks were asked for last.
  fileprivate var namesOfRows: HeldNames {
    let parent: String? =
      switch view.columns[0] {
      case .artists: artists.rows.first { .albums(of: $0.id) == albums.question }?.name
      case .groups: groups.rows.first { $0.albumsQuestion != nil && $0.albumsQuestion == albums.question }?.name
      case .albums, .tracks, .views: nil
      }
    let album = albums.rows.first { .tracksOfAlbum($0.id) == tracks.question }?.name
    return HeldNames(parent: parent ?? parentName, tracksParent: album ?? tracksParentName)
  }
}

extension PlaylistsState {
  fileprivate var nameOfTracks: String? {
    lists.rows.first { .tracksOfPlaylist($0.id) == tracks.question }?.name ?? lists.selected?.name
  }
}

extension ListPlace {
  /// Whether another list shows what belongs to the row under its cursor.
  var hasNeighbours: Bool { [.groups, .artists, .albums, .playlists, .versions].contains(self) }
}
