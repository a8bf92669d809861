import Music
import SQLite

/// What a user said of a track, an album or an artist.
struct Mark: Hashable {
  var starred: Timestamp?
  /// 1…5; 0 when not rated.
  var rating = 0
  var playCount = 0
  var lastPlayed: Timestamp?
}

/// A track, album or artist by its lasting name.
struct Item: Hashable {
  enum Kind: String { case track, album, artist }

  let kind: Kind
  let name: RemoteID
}

/// The users' stars, ratings and plays. On the connection's thread.
struct Marks {
  let connection: Connection
  let user: String

  func mark(of item: Item) throws -> Mark {
    try connection.first(
      "SELECT starred, rating, play_count, last_played FROM mark WHERE user = ? AND kind = ? AND item = ?", user,
      item.kind.rawValue, item.name
    ) { row in
      Mark(
        starred: row.optionalInt64(0).map(Timestamp.init(seconds:)), rating: row.int(1), playCount: row.int(2),
        lastPlayed: row.optionalInt64(3).map(Timestamp.init(seconds:)))
    } ?? Mark()
  }

  /// All or none. What is starred already keeps its moment.
  func star(_ items: [Item], at time: Timestamp) throws {
    try connection.transaction {
      for item in items {
        try insert(item)
        try connection.run(
          "UPDATE mark SET starred = coalesce(starred, ?) WHERE user = ? AND kind = ? AND item = ?", time.seconds,
          user, item.kind.rawValue, item.name)
      }
    }
  }

  func unstar(_ items: [Item]) throws {
    try connection.transaction {
      for item in items {
        try connection.run(
          "UPDATE mark SET starred = NULL WHERE user = ? AND kind = ? AND item = ?", user, item.kind.rawValue,
          item.name)
      }
    }
  }

  func rate(_ item: Item, _ rating: Int) throws {
    try connection.transaction {
      try insert(item)
      try connection.run(
        "UPDATE mark SET rating = ? WHERE user = ? AND kind = ? AND item = ?", rating, user, item.kind.rawValue,
        item.name)
    }
  }

  /// Counts for the track and its album. The same play told again is not counted again.
  func recordPlays(_ plays: [(track: RemoteID, album: RemoteID?, time: Timestamp)]) throws {
    try connection.transaction {
      for play in plays {
        try connection.run(
          "INSERT OR IGNORE INTO play(user, track, time) VALUES (?, ?, ?)", user, play.track, play.time.seconds)
        guard connection.changes == 1 else { continue }
        try count(Item(kind: .track, name: play.track), at: play.time)
        if let album = play.album { try count(Item(kind: .album, name: album), at: play.time) }
      }
    }
  }

  /// The last starred first.
  func starred(_ kind: Item.Kind) throws -> [RemoteID] { try names(kind, "starred IS NOT NULL", "starred DESC") }
  func mostPlayed(_ kind: Item.Kind) throws -> [RemoteID] { try names(kind, "play_count > 0", "play_count DESC") }
  func lastPlayed(_ kind: Item.Kind) throws -> [RemoteID] { try names(kind, "play_count > 0", "last_played DESC") }
  func bestRated(_ kind: Item.Kind) throws -> [RemoteID] { try names(kind, "rating > 0", "rating DESC") }

  private func names(_ kind: Item.Kind, _ condition: String, _ order: String) throws -> [RemoteID] {
    try connection.rows(
      "SELECT item FROM mark WHERE user = ? AND kind = ? AND \(condition) ORDER BY \(order), item", user,
      kind.rawValue
    ) { $0.text(0) }
  }

  private func insert(_ item: Item) throws {
    try connection.run(
      "INSERT OR IGNORE INTO mark(user, kind, item) VALUES (?, ?, ?)", user, item.kind.rawValue, item.name)
  }

  private func count(_ item: Item, at time: Timestamp) throws {
    try insert(item)
    try connection.run(
      """
      UPDATE mark SET play_count = play_count + 1, last_played = max(coalesce(last_played, 0), ?)
      WHERE user = ? AND kind = ? AND item = ?
      """, time.seconds, user, item.kind.rawValue, item.name)
  }
}
