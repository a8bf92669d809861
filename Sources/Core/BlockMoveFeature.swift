import Music

// Moving rows up and down: the marked ones together, or the one under the cursor.

extension AppState {
  /// `J` and `K`.
  mutating func reorder(_ direction: Direction) -> [Effect] {
    guard let place = placeInHand, place == .queue || place == .playlistTracks else { return [] }
    let count = count(of: place)
    let marks = self[place].marks(of: count)
    if marks.isEmpty { return place == .queue ? reorderQueue(direction) : reorderPlaylist(direction) }
    if refuseWhileArranged(place) { return [] }
    let (order, moved) = shifted(marks, direction, count: count)
    let cursor = zip(marks, moved).first { $0.0 == self[place].cursor }?.1
    let effects = setList(place, order.map { .old($0) }, .move)
    guard place == .queue || !effects.isEmpty else { return [] }
    setMarks(Set(moved), on: place)
    if let cursor { self[place].cursor = cursor }
    return effects
  }

  /// The list with these positions (ascending) one further up or down, where there is room, and where they then stand.
  private func shifted(_ marks: [Int], _ direction: Direction, count: Int) -> (order: [Int], moved: [Int]) {
    var order = Array(0..<count)
    var moved: [Int] = []
    var edge = direction == .up ? 0 : count - 1
    for mark in direction == .up ? marks : marks.reversed() {
      let target = mark == edge ? mark : mark + (direction == .up ? -1 : 1)
      order.swapAt(mark, target)
      moved.append(target)
      edge = target + (direction == .up ? 1 : -1)
    }
    return (order, direction == .up ? moved : moved.reversed())
  }
}
