import Music
import SQLite

/// Writes records as rows, within one transaction of the catalogue, and only those that are new or differ.
///
/// SQLite compares: each record's values are bound beside the row's columns, and only "same" or "not" comes back.
struct Ingest {
  let database: Connection
  let origin: Int64
  let pending: PendingMarks
  private var isLocal: Bool { origin == 1 }
  /// Whether rows that come may have been here before.
  let remembersDeparted: Bool
  /// Tracks only.
  var added = 0
  var changed = 0
  /// Those of the records, in their order.
  var rows: [Int64] = []
  /// Something was found by its name only, or made of what tracks say: with another name elsewhere it may be another.
  var hasInvented = false
  /// The last record had a row, so the next one probably has, too.
  private var expectsKnown = false
  /// What this call has met already; it lives no longer than the call.
  var artistsByRemoteID: [RemoteID: Int64] = [:]
  var artistsByName: [String: Int64] = [:]
  var albumsByRemoteID: [RemoteID: Int64] = [:]

  init(into database: Connection, origin: Int64, pending: PendingMarks) throws {
    self.database = database
    self.origin = origin
    self.pending = pending
    remembersDeparted =
      try origin == 1 && database.first("SELECT 1 FROM departed LIMIT 1", read: { _ in true }) == true
  }
}

/// Rows with a star or a rating that the server has still to hear of: here the local value stands.
struct PendingMarks {
  var stars: Set<ItemID> = []
  var ratings: Set<ItemID> = []
}

/// What a listener does to a row, and what a server tells of it.
struct Marks: Hashable {
  var starred: Timestamp?
  var rating = 0
  var playCount = 0
  var lastPlayed: Timestamp?

  /// The marks a row should have. A play count never falls: plays may be on their way to the server, and some never tell.
  func updated(by told: Marks, keepingStar: Bool, keepingRating: Bool) -> Marks {
    var marks = told
    if keepingStar { marks.starred = starred }
    if keepingRating { marks.rating = rating }
    marks.playCount = max(playCount, told.playCount)
    marks.lastPlayed = [lastPlayed, told.lastPlayed].compactMap(\.self).max()
    return marks
  }
}

/// How a table's rows are compared, changed and made: the SQL for one list of columns.
struct RowText {
  let table: String
  let find: String
  let compare: String
  let update: String
  let insert: String
  let index: String
  let see: String
  /// Which of the columns are searched.
  let indexed: [Int]

  /// - Parameters:
  ///   - columns: what a record tells.
  ///   - marks: what a listener changes, too; read as they are, and written with the columns.
  init(_ table: String, columns: [String], marks: [String]) {
    self.table = table
    let placeholders = Array(repeating: "?", count: columns.count).joined(separator: ", ")
    let all = columns + marks
    find = "SELECT id FROM \(table) WHERE origin = ? AND remote_id = ?"
    compare = """
      SELECT id, (\(columns.joined(separator: ", "))) IS (\(placeholders)), \(marks.joined(separator: ", "))
      FROM \(table) WHERE origin = ? AND remote_id = ?
      """
    index = Schema.indexText(of: table)
    indexed = Schema.textColumns[table, default: []].compactMap { columns.firstIndex(of: $0) }
    see = "INSERT OR IGNORE INTO seen_\(table)(id) VALUES (?)"
    update = "UPDATE \(table) SET \(all.map { $0 + " = ?" }.joined(separator: ", ")) WHERE id = ?"
    insert = """
      INSERT INTO \(table)(\(all.joined(separator: ", ")), origin, remote_id, id)
      VALUES (\(Array(repeating: "?", count: all.count + 3).joined(separator: ", ")))
      """
  }
}

extension Ingest {
  enum Outcome { case added, changed, same }

  /// Brings one row to what a record tells, writing only what differs.
  /// - Parameters:
  ///   - values: one for each of `text`'s columns.
  ///   - markValues: as many of the marks as the table has, in its order.
  mutating func write(
    _ text: RowText, _ remoteID: RemoteID, _ values: [StoredValue], told: Marks, item: (Int64) -> ItemID,
    readMarks: (Statement) -> Marks, markValues: (Marks) -> [StoredValue]
  ) throws -> (row: Int64, outcome: Outcome) {
    // Most of a first pull is not here: that is asked with the name alone. Most of a later one is.
    let found = try expectsKnown || isKnown(text, remoteID) ? compare(text, remoteID, values, readMarks) : nil
    expectsKnown = found != nil
    guard let found else {
      let before = try departed(text.table, remoteID)
      let marks = markValues(before?.marks ?? told)
      return (try insert(text, remoteID, values, marks, as: before?.id), .added)
    }
    let item = item(found.row)
    // A folder's files tell of no stars: those are the listener's.
    let marks = found.marks.updated(
      by: told, keepingStar: isLocal || pending.stars.contains(item),
      keepingRating: isLocal || pending.ratings.contains(item))
    if found.isSame && marks == found.marks { return (found.row, .same) }
    let update = try database.statement(text.update)
    let end = try update.bind(markValues(marks), from: update.bind(values, from: 1))
    try update.bind(found.row, at: end)
    try update.finish()
    return (found.row, .changed)
  }

  private func isKnown(_ text: RowText, _ remoteID: RemoteID) throws -> Bool {
    let find = try database.statement(text.find)
    defer { find.reset() }
    try find.bind(origin, at: 1)
    try find.bind(remoteID, at: 2)
    return try find.step()
  }

  private func compare(
    _ text: RowText, _ remoteID: RemoteID, _ values: [StoredValue], _ readMarks: (Statement) -> Marks
  ) throws -> (row: Int64, isSame: Bool, marks: Marks)? {
    let compare = try database.statement(text.compare)
    defer { compare.reset() }
    let end = try compare.bind(values, from: 1)
    try compare.bind(origin, at: end)
    try compare.bind(remoteID, at: end + 1)
    return try compare.step() ? (compare.int64(0), compare.bool(1), readMarks(compare)) : nil
  }

  private func insert(
    _ text: RowText, _ remoteID: RemoteID, _ values: [StoredValue], _ marks: [StoredValue], as old: Int64?
  ) throws -> Int64 {
    let insert = try database.statement(text.insert)
    let end = try insert.bind(marks, from: insert.bind(values, from: 1))
    try insert.bind(origin, at: end)
    try insert.bind(remoteID, at: end + 1)
    try insert.bind(StoredValue(old), at: end + 2)
    try insert.finish()
    let row = database.lastInsertedRow
    let index = try database.statement(text.index)
    try index.bind(row, at: 1)
    for (place, column) in text.indexed.enumerated() { try index.bind(values[column], at: place + 2) }
    try index.finish()
    if old != nil { try welcomeBack(text.table, remoteID, row) }
    return row
  }

  /// The row was met by this pull.
  func see(_ row: Int64, _ text: RowText) throws {
    let see = try database.statement(text.see)
    try see.bind(row, at: 1)
    try see.finish()
  }
}
