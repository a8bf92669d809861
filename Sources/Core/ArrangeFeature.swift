import Music

// Changes of a list as a whole: the queue's, or a playlist's. Each is one step.

extension AppState {
  /// The list in hand, where its tracks can be changed.
  mutating func editablePlace() -> ListPlace? {
    switch placeInHand {
    case .queue: return .queue
    case .playlistTracks: return isShownPlaylistEditable() ? .playlistTracks : nil
    case .playlists:
      // What is said of a playlist is meant for its tracks.
      guard playlists.tracks.isLoaded else { return nil }
      return isShownPlaylistEditable() ? .playlistTracks : nil
    default:
      post(
        Notice(
          .information,
          "Go to the queue (\(key(for: .view(.queue)))) or to a playlist (\(key(for: .view(.playlists)))) first."))
      return nil
    }
  }

  /// The queue, or the playlist that is shown, by its name.
  func listName(_ place: ListPlace) -> String {
    place == .queue ? "The queue" : "“\(playlists.lists.selected?.name ?? "Playlist")”"
  }

  func tracks(of place: ListPlace) -> [Track] {
    place == .queue ? queue.entries.map(\.track) : playlists.tracks.rows
  }

  /// The list becomes this. The music goes on where what plays stays in the queue.
  mutating func setList(_ place: ListPlace, _ slots: [ListSlot], _ change: QueueChange) -> [Effect] {
    if place == .queue { return rebuildQueue(slots, change) }
    let old = playlists.tracks.rows
    let rows = slots.compactMap { slot -> Track? in
      switch slot {
      case .old(let position): old.indices.contains(position) ? old[position] : nil
      case .new(let track): track
      }
    }
    return rows == old ? [] : setPlaylistRows(rows)
  }

  private mutating func rebuildQueue(_ slots: [ListSlot], _ change: QueueChange) -> [Effect] {
    guard slots != queue.entries.indices.map({ .old($0) }) else { return [] }
    let kept = Set(slots.compactMap { if case .old(let position) = $0 { position } else { nil } })
    let goes = queue.currentIndex.map { !kept.contains($0) } ?? false
    let follower =
      goes ? queue.upcoming(queue.entries.count).first { queue.index(of: $0.id).map(kept.contains) ?? false } : nil
    beginStep(change)
    changeQueue { queue, random in queue.rebuild(slots, using: &random) }
    return goes ? goOn(with: follower) : []
  }
}

// MARK: Order and contents

extension AppState {
  mutating func perform(_ arrangement: Rearrangement) -> [Effect] {
    guard let place = editablePlace() else { return [] }
    let tracks = tracks(of: place)
    guard !tracks.isEmpty else {
      post(Notice(.information, "The list is empty."))
      return []
    }
    switch arrangement {
    case .sort(let keys): return permute(place) { positions, _ in positions.sorted(by: keys, tracks) }
    case .reverse: return permute(place) { positions, _ in positions.reversed() }
    case .shuffle: return permute(place) { $0.shuffled(using: &$1) }
    case .dedupe: return dedupe(place, tracks)
    case .split(let count): return split(tracks, into: count)
    case .merge(let name): return merge(name, into: place)
    }
  }

  /// Another order of the marked rows, or of all, among themselves.
  private mutating func permute(_ place: ListPlace, _ order: ([Int], inout SplitMix) -> [Int]) -> [Effect] {
    let count = count(of: place)
    let marks = self[place].marks(of: count)
    let positions = marks.isEmpty ? Array(0..<count) : marks
    var random = random
    var slots = (0..<count).map { ListSlot.old($0) }
    for (position, origin) in zip(positions, order(positions, &random)) { slots[position] = .old(origin) }
    self.random = random
    let effects = setList(place, slots, .sort)
    setMarks(Set(marks), on: place)
    let isOther = slots != (0..<count).map { .old($0) }
    if isOther, effects.isEmpty, place != .queue { return [] }
    postUnseen("\(listName(place)) is in \(isOther ? "another" : "that") order \(isOther ? "now" : "already").")
    return effects
  }

  private mutating func dedupe(_ place: ListPlace, _ tracks: [Track]) -> [Effect] {
    var seen: Set<TrackID> = []
    // What plays is the one of its kind that stays.
    let current = place == .queue ? queue.currentIndex : nil
    if let current { seen.insert(tracks[current].id) }
    let slots = tracks.indices.filter { $0 == current || seen.insert(tracks[$0].id).inserted }.map { ListSlot.old($0) }
    let count = tracks.count - slots.count
    post(
      Notice(
        .information, count == 0 ? "No track stood there twice." : "\(counted(count, "track")) stood there twice."))
    return setList(place, slots, .edit)
  }

  private mutating func split(_ tracks: [Track], into size: Int) -> [Effect] {
    let name = screen == .queue ? "Queue" : playlists.lists.selected?.name ?? "Playlist"
    let own = tracks.filter { !$0.isRadio }.map(\.id)
    let parts = stride(from: 0, to: own.count, by: size).map { Array(own[$0..<min($0 + size, own.count)]) }
    guard parts.count > 1, parts.count <= 1000 else {
      post(
        Notice(
          .information, parts.count > 1 ? "These would be too many playlists." : "It has no more tracks than that."))
      return []
    }
    let edits = parts.enumerated().map {
      LibraryEdit.createPlaylist(name: "\(name) \($0.offset + 1)", tracks: $0.element)
    }
    post(Notice(.information, "“\(name)” is split into \(parts.count) playlists."))
    return [.edit(.together(edits))]
  }

  private mutating func merge(_ name: String, into place: ListPlace) -> [Effect] {
    guard let other = playlists.lists.rows.first(where: { $0.name == name }) else {
      post(Notice(.warning, "There is no playlist “\(name)”."))
      return []
    }
    return begin(Errand(purpose: .merge(place, name), questions: [.tracksOfPlaylist(other.id)]))
  }

  /// What the other list holds is known.
  mutating func merge(_ name: String, _ tracks: [Track], into place: ListPlace) -> [Effect] {
    guard editablePlace() == place else { return [] }
    var known = Set(self.tracks(of: place).map(\.id))
    let fresh = tracks.filter { known.insert($0.id).inserted }
    guard !fresh.isEmpty else {
      post(Notice(.information, "“\(name)” holds nothing besides."))
      return []
    }
    post(Notice(.information, "\(counted(fresh.count, "track")) of “\(name)” came in."))
    return setList(place, (0..<count(of: place)).map { .old($0) } + fresh.map { .new($0) }, .add)
  }
}

extension [Int] {
  /// Positions in the order of what stands there; equal ones stay as they are.
  fileprivate func sorted(by keys: [ListOrder], _ tracks: [Track]) -> [Int] {
    let rows = map { position in (position: position, values: keys.map { $0.value(of: tracks[position]) }) }
    return rows.sorted { a, b in
      for (place, key) in keys.enumerated() where a.values[place] != b.values[place] {
        return (a.values[place] < b.values[place]) != key.isDescending
      }
      return a.position < b.position
    }.map(\.position)
  }
}

/// What a track is put in order by.
private enum SortValue: Comparable {
  case number(Int)
  case text(String)
}

extension ListOrder {
  fileprivate func value(of track: Track) -> SortValue {
    switch field {
    case .artist: .text((track.albumArtist.isEmpty ? track.artist : track.albumArtist).lowercased())
    case .album: .text(track.album.lowercased())
    case .track: .number(track.discNumber * 10_000 + track.trackNumber)
    case .title: .text(track.title.lowercased())
    case .year: .number(track.year)
    case .genre: .text(track.genre.lowercased())
    case .time: .number(track.duration)
    case .rating: .number(track.rating)
    case .plays: .number(track.playCount)
    case .starred: .number(track.isStarred ? 1 : 0)
    }
  }
}
