import Library
import Music
import OpenSubsonic

// What is kept for the next session: bookmarks, and the queue, by the current song's name or by its place.
extension Call {
  private var kept: KeptPlaces { KeptPlaces(connection: store.connection, user: user) }

  func getBookmarks() throws -> Wire.Response {
    let bookmarks = try kept.bookmarks().compactMap { bookmark -> Wire.Bookmark? in
      guard let track = try catalogue.storedTrack(bookmark.track, from: .local) else { return nil }
      var wire = Wire.Bookmark(position: bookmark.position, comment: bookmark.comment, entry: try child(track))
      wire.username = user
      wire.created = WireDate(bookmark.created)
      wire.changed = WireDate(bookmark.changed)
      return wire
    }
    var response = Wire.Response.ours()
    response.bookmarks = .init(bookmark: bookmarks)
    return response
  }

  func createBookmark() throws -> Wire.Response {
    let track = try track(request.required("id"))
    guard let position = try request.number("position") else { throw Refusal.missing("position") }
    try kept.setBookmark(
      in: track.track.remoteID, position: Int64(max(0, position)), comment: request.value("comment") ?? "", at: now)
    return .ours()
  }

  func deleteBookmark() throws -> Wire.Response {
    guard try kept.deleteBookmark(in: request.required("id")) else { throw Refusal.notFound("Bookmark") }
    return .ours()
  }

  /// Nothing was left: no queue is told.
  func getPlayQueue(byIndex: Bool) throws -> Wire.Response {
    var response = Wire.Response.ours()
    guard let queue = try kept.queue() else { return response }
    let (tracks, current) = try present(queue)
    let entries = try tracks.map { try child($0) }
    if byIndex {
      var wire = Wire.PlayQueueByIndex(currentIndex: current, position: queue.position, entry: entries)
      (wire.username, wire.changed, wire.changedBy) = (user, WireDate(queue.changed), queue.changedBy)
      response.playQueueByIndex = wire
    } else {
      let id = current.map { tracks[$0].track.remoteID }
      var wire = Wire.PlayQueue(current: id, position: queue.position, entry: entries)
      (wire.username, wire.changed, wire.changedBy) = (user, WireDate(queue.changed), queue.changedBy)
      response.playQueue = wire
    }
    return response
  }

  /// Those that the catalogue holds now, and where among them the current one is, or the next that there is.
  private func present(_ queue: KeptQueue) throws -> (tracks: [StoredTrack], current: Int?) {
    var tracks: [StoredTrack] = []
    var current: Int?
    for (place, name) in queue.tracks.enumerated() {
      guard let track = try catalogue.storedTrack(name, from: .local) else { continue }
      if current == nil, place >= queue.current { current = tracks.count }
      tracks.append(track)
    }
    return (tracks, current ?? (tracks.isEmpty ? nil : 0))
  }

  /// Without a song it takes the queue away.
  func savePlayQueue(byIndex: Bool) throws -> Wire.Response {
    let names = request.values("id").filter { !$0.isEmpty }
    guard !names.isEmpty else {
      try kept.setQueue(nil)
      return .ours()
    }
    let current = try byIndex ? currentIndex(in: names) : currentPlace(in: names)
    guard try names.contains(where: { try catalogue.trackID($0, from: .local) != nil }) else {
      throw Refusal.notFound("Song")
    }
    let position = try Int64(max(0, request.number("position") ?? 0))
    try kept.setQueue(
      KeptQueue(
        tracks: names, current: current, position: position, changed: now, changedBy: request.value("c") ?? ""))
    return .ours()
  }

  private func currentIndex(in names: [RemoteID]) throws -> Int {
    guard let index = try request.number("currentIndex"), names.indices.contains(index) else {
      throw Refusal(.missingParameter, "currentIndex is a place in the queue, from 0 on.")
    }
    return index
  }

  private func currentPlace(in names: [RemoteID]) throws -> Int {
    let name = try request.required("current")
    guard let place = names.firstIndex(of: name) else {
      throw Refusal(.missingParameter, "current is none of the queue's songs.")
    }
    return place
  }
}
