import Library
import Music
import OpenSubsonic

// Stars, ratings and plays.
extension Call {
  func star(_ on: Bool) throws -> Wire.Response {
    let items = try starredItems()
    if on { try marks.star(items, at: now) } else { try marks.unstar(items) }
    return .ours()
  }

  func setRating() throws -> Wire.Response {
    let id = try request.required("id")
    guard let rating = try request.number("rating") else { throw Refusal.missing("rating") }
    guard (0...5).contains(rating) else { throw Refusal(.generic, "A rating is between 0 and 5.") }
    guard let item = try item(id) else { throw Refusal.notFound("Item") }
    try marks.rate(item, rating)
    return .ours()
  }

  /// Every id counts; the times belong to the ids in order, and what has none happened now.
  func scrobble() throws -> Wire.Response {
    let ids = request.values("id")
    guard !ids.isEmpty else { throw Refusal.missing("id") }
    let times = try request.values("time").map { text throws(Refusal) in
      guard let time = Int64(text) else { throw Refusal(.missingParameter, "time is not a number.") }
      return Timestamp(seconds: time / 1000)
    }
    guard try request.flag("submission") ?? true else { return .ours() }
    let plays = try ids.enumerated().compactMap { index, id in
      try catalogue.storedTrack(id, from: .local).map { track in
        (track: id, album: track.albumRemoteID, time: index < times.count ? times[index] : now)
      }
    }
    guard !plays.isEmpty else { throw Refusal.notFound("Song") }
    try marks.recordPlays(plays)
    return .ours()
  }

  /// Those that there are; none at all is an error. Old clients send albums and artists as `id`, too.
  private func starredItems() throws -> [Item] {
    let names = ["id", "albumId", "artistId"].flatMap { request.values($0) }
    guard !names.isEmpty else { throw Refusal.missing("id") }
    let items = try names.compactMap { try item($0) }
    guard !items.isEmpty else { throw Refusal.notFound("Item") }
    return items
  }

  private func item(_ name: RemoteID) throws -> Item? {
    if name.hasPrefix("al-") {
      return try catalogue.albumID(name, from: .local).map { _ in Item(kind: .album, name: name) }
    }
    if name.hasPrefix("ar-") {
      return try catalogue.artistID(name, from: .local).map { _ in Item(kind: .artist, name: name) }
    }
    return try catalogue.trackID(name, from: .local).map { _ in Item(kind: .track, name: name) }
  }
}
