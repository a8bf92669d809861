import Music

/// Stars and ratings that the rows on the screen do not have yet: set here a moment ago, or changed elsewhere on tracks
/// that stand in the queue, which is not read again.
struct OverridesState: Sendable {
  var stars: [ItemID: Bool] = [:]
  var ratings: [ItemID: Int] = [:]
  /// Edits that are under way, by what they are about: until the catalogue has them its answers are older.
  fileprivate var unconfirmed: [ItemID: Int] = [:]
  fileprivate var asked: (ticket: Ticket, items: Set<ItemID>)?
  /// Tracks of the queue on either side of its cursor that are looked at anew when the catalogue changed.
  fileprivate static let window = 100
}

extension AppState {
  mutating func setStar(_ item: ItemID, _ on: Bool) {
    overrides.stars[item] = on
    overrides.unconfirmed[item, default: 0] += 1
  }

  mutating func setRating(_ item: ItemID, _ rating: Int) {
    overrides.ratings[item] = rating
    overrides.unconfirmed[item, default: 0] += 1
  }

  /// The catalogue has the edit, or will never have it.
  mutating func confirm(_ item: ItemID) {
    let count = overrides.unconfirmed[item] ?? 0
    overrides.unconfirmed[item] = count > 1 ? count - 1 : nil
  }

  /// Call it after whatever else is asked: its answer then says what the rows say by then.
  mutating func refreshOverrides() -> [Effect] {
    let items = Set(overrides.stars.keys).union(overrides.ratings.keys)
    let near = max(0, queueList.cursor - OverridesState.window)..<(queueList.cursor + OverridesState.window)
    let queued =
      queue.entries[near.clamped(to: queue.entries.indices)].map(\.track) + [queue.current?.track].compactMap(\.self)
    let tracks = Set(queued.filter { !$0.isRadio }.map(\.id)).union(items.compactMap(\.track))
    guard !items.isEmpty || !tracks.isEmpty else { return [] }
    let ticket = tickets.next()
    overrides.asked = (ticket, items.union(tracks.map { .track($0) }))
    return [.ask(ticket, .tracks(tracks.sorted()))]
  }

  /// The catalogue's word; nil when the answer is another question's.
  mutating func takeOverrides(_ answer: CatalogueAnswer, _ ticket: Ticket) -> [Effect]? {
    guard let asked = overrides.asked, asked.ticket == ticket else { return nil }
    overrides.asked = nil
    guard case .tracks(let tracks) = answer else { return [] }
    // Albums and artists stand in rows that were read again by now.
    for item in asked.items where overrides.unconfirmed[item] == nil {
      overrides.stars[item] = nil
      overrides.ratings[item] = nil
    }
    let rows = Dictionary(queue.entries.map { ($0.track.id, $0.track) }, uniquingKeysWith: { first, _ in first })
    for track in tracks where overrides.unconfirmed[.track(track.id)] == nil {
      guard let row = rows[track.id] else { continue }
      if row.isStarred != track.isStarred { overrides.stars[.track(track.id)] = track.isStarred }
      if row.rating != track.rating { overrides.ratings[.track(track.id)] = track.rating }
    }
    return []
  }
}

extension ItemID {
  fileprivate var track: TrackID? { if case .track(let id) = self { id } else { nil } }
}
