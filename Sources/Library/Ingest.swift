import Music
import SQLite

/// Writes records as rows, within one transaction of the catalogue, and only those that are new or differ.
///
/// SQLite compares: each record's values are bound beside the row's columns, and only "same" or "not" comes back.
struct Ingest {
  let database: Connection
  let origin: Int64
  let pending: PendingMarks
  /// Tracks only.
  var added = 0
  var changed = 0
  /// Those of the records, in their order.
  var rows: [Int64] = []
  /// Something was found by its name only, or made of what tracks say: with another name elsewhere it may be another.
  var hasInvented = false
  /// What this call has met already; it lives no longer than the call.
  var artistsByRemoteID: [RemoteID: Int64] = [:]
  var artistsByName: [String: Int64] = [:]
  var albumsByRemoteID: [RemoteID: Int64] = [:]

  init(into database: Connection, origin: Int64, pending: PendingMarks) {
    self.database = database
    self.origin = origin
    self.pending = pending
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
  let find: String
  let compare: String
  let update: String
  let insert: String
  let index: String
  /// Which of the columns are searched.
  let indexed: [Int]

  /// - Parameters:
  ///   - columns: what a record tells.
  ///   - marks: what a listener changes, too; read as they are, and written with the columns.
  init(_ table: String, columns: [String], marks: [String]) {
    let placeholders = Array(repeating: "?", count: columns.count).joined(separator: ", ")
    let all = columns + marks
    find = "SELECT id FROM \(table) WHERE origin = ? AND remote_id = ?"
    compare = """
      SELECT id, (\(columns.joined(separator: ", "))) IS (\(placeholders)), \(marks.joined(separator: ", "))
      FROM \(table) WHERE id = ?
      """
    index = Schema.indexText(of: table)
    indexed = Schema.textColumns[table, default: []].compactMap { columns.firstIndex(of: $0) }
    update = "UPDATE \(table) SET \(all.map { $0 + " = ?" }.joined(separator: ", ")) WHERE id = ?"
    insert = """
      INSERT INTO \(table)(\(all.joined(separator: ", ")), origin, remote_id)
      VALUES (\(Array(repeating: "?", count: all.count + 2).joined(separator: ", ")))
      """
  }
}

extension Ingest {
  enum Outcome { case added, changed, same }

  /// Brings one row to what a record tells, writing only what differs.
  /// - Parameters:
  ///   - values: one for each of `text`'s columns.
  ///   - markValues: as many of the marks as the table has, in its order.
  func write(
    _ text: RowText, _ remoteID: RemoteID, _ values: [(any Bindable)?], told: Marks, item: (Int64) -> ItemID,
    readMarks: (Statement) -> Marks, markValues: (Marks) -> [(any Bindable)?]
  ) throws -> (row: Int64, outcome: Outcome) {
    // Asked for alone, since most of a first pull is not here.
    let known = try database.first(text.find, origin, remoteID) { $0.int64(0) }
    let found = try known.flatMap { known in
      try database.first(text.compare, values: values + [known]) { row in
        (row: row.int64(0), isSame: row.bool(1), marks: readMarks(row))
      }
    }
    guard let found else {
      try database.run(text.insert, values: values + markValues(told) + [origin, remoteID])
      let row = database.lastInsertedRow
      try database.run(text.index, values: [row] + text.indexed.map { values[$0] })
      return (row, .added)
    }
    let item = item(found.row)
    let marks = found.marks.updated(
      by: told, keepingStar: pending.stars.contains(item), keepingRating: pending.ratings.contains(item))
    if found.isSame && marks == found.marks { return (found.row, .same) }
    try database.run(text.update, values: values + markValues(marks) + [found.row])
    return (found.row, .changed)
  }
}
