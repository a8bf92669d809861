package import Music
import SQLite

// Radio stations. A server's stand here as it told them last; those made here go there through the outbox.

extension Catalogue {
  private static let stationColumns = "s.id, s.origin, s.remote_id, s.name, s.stream_url, s.home_page"

  private func station(_ row: Statement) -> RadioStation {
    RadioStation(
      id: StationID(row.int64(0)), origin: origin(ofRow: row.int64(1)), remoteID: row.optionalText(2),
      name: row.text(3), streamURL: row.text(4), homePage: row.text(5))
  }

  /// By name.
  package func stations() throws -> [RadioStation] {
    try database.rows(
      """
      SELECT \(Self.stationColumns) FROM station s WHERE s.origin IN \(scopeList()) ORDER BY s.sort_key, s.name, s.id
      """, read: station)
  }

  package func station(_ id: StationID) throws -> RadioStation? {
    try database.first("SELECT \(Self.stationColumns) FROM station s WHERE s.id = ?", id.rawValue, read: station)
  }
}

// MARK: Edits. Each is one transaction: the local change and its row in the outbox.

extension Catalogue {
  @discardableResult
  package func createStation(
    named name: String, streamURL: String, homePage: String = "", on origin: Origin
  ) throws -> StationID {
    try database.transaction {
      let row = try madeRow(of: origin)
      try database.run(
        "INSERT INTO station(origin, name, sort_key, stream_url, home_page) VALUES (?, ?, ?, ?, ?)", row, name,
        Folding.sortKey(name), streamURL, homePage)
      let id = StationID(database.lastInsertedRow)
      if row != 1 { try add(.createStation(id), to: row, subject: name) }
      return id
    }
  }

  /// nil leaves a value as it is. Throws `CatalogueError.noSuchStation`.
  package func describeStation(_ id: StationID, name: String? = nil, streamURL: String? = nil) throws {
    try database.transaction {
      let origin = try originRow(of: id)
      try database.run(
        """
        UPDATE station SET name = coalesce(?1, name), sort_key = coalesce(?2, sort_key),
          stream_url = coalesce(?3, stream_url)
        WHERE id = ?4 AND (name, stream_url) IS NOT (coalesce(?1, name), coalesce(?3, stream_url))
        """, name, name.map(Folding.sortKey), streamURL, id.rawValue)
      if database.changes > 0 && origin != 1 {
        try add(.describeStation(id), to: origin, subject: station(id)?.name ?? "")
      }
    }
  }

  /// Of one whose creation is on its way to the server the sender takes care. Throws `CatalogueError.noSuchStation`.
  package func deleteStation(_ id: StationID) throws {
    try database.transaction {
      let origin = try originRow(of: id)
      let station = try station(id)
      try removeStation(id)
      if let station, let remoteID = station.remoteID, origin != 1 {
        try add(.deleteStation(remoteID), to: origin, subject: station.name)
      }
    }
  }

  private func originRow(of id: StationID) throws -> Int64 {
    let origin = try database.first("SELECT origin FROM station WHERE id = ?", id.rawValue) { $0.int64(0) }
    guard let origin else { throw CatalogueError.noSuchStation(id) }
    return origin
  }

  /// The row, and whatever of it is in the outbox.
  private func removeStation(_ id: StationID) throws {
    try database.run("DELETE FROM outbox WHERE item = ? AND item_kind = 'station'", id.rawValue)
    try database.run("DELETE FROM station WHERE id = ?", id.rawValue)
  }
}

// MARK: For the synchroniser.

extension Catalogue {
  /// What the server called the station that was made here. A pull may have met it before: the row made here stays.
  package func setRemoteID(_ remoteID: RemoteID, of station: StationID) throws {
    try database.transaction {
      try database.run(
        """
        DELETE FROM station
        WHERE id <> ?1 AND remote_id = ?2 AND origin = (SELECT origin FROM station WHERE id = ?1)
        """, station.rawValue, remoteID)
      try database.run("UPDATE station SET remote_id = ? WHERE id = ?", remoteID, station.rawValue)
    }
  }

  /// The server does not take it: it stays as one of this computer's.
  package func keepStationHere(_ id: StationID) throws {
    try database.transaction {
      try database.run("DELETE FROM outbox WHERE item = ? AND item_kind = 'station'", id.rawValue)
      try database.run("UPDATE station SET origin = 1 WHERE id = ? AND remote_id IS NULL", id.rawValue)
    }
  }

  /// The server's stations as they are now, all of them. Those with an edit in the outbox are left alone.
  package func ingest(stations: [StationRecord], from origin: Origin) throws {
    try database.transaction {
      let row = try madeRow(of: origin)
      let waiting = try waitingStations(of: row)
      let known = try database.rows(
        "SELECT id, remote_id FROM station WHERE origin = ? AND remote_id IS NOT NULL", row
      ) { (id: $0.int64(0), remoteID: $0.text(1)) }
      let told = Set(stations.map(\.remoteID))
      for station in known where !told.contains(station.remoteID) && !waiting.edited.contains(station.id) {
        try removeStation(StationID(station.id))
      }
      let ids = Dictionary(known.map { ($0.remoteID, $0.id) }, uniquingKeysWith: { first, _ in first })
      var taken: Set<RemoteID> = waiting.deleted
      for station in stations where taken.insert(station.remoteID).inserted {
        if let id = ids[station.remoteID], waiting.edited.contains(id) { continue }
        try write(station, of: row)
      }
    }
  }

  private func write(_ station: StationRecord, of origin: Int64) throws {
    try database.run(
      """
      INSERT INTO station(origin, remote_id, name, sort_key, stream_url, home_page) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      ON CONFLICT(origin, remote_id) DO UPDATE SET (name, sort_key, stream_url, home_page) = (?3, ?4, ?5, ?6)
      WHERE (name, sort_key, stream_url, home_page) IS NOT (?3, ?4, ?5, ?6)
      """, origin, station.remoteID, station.name, Folding.sortKey(station.name), station.streamURL, station.homePage)
  }

  /// Rows with an edit that waits, and the server's names of those that are being deleted there.
  private func waitingStations(of origin: Int64) throws -> (edited: Set<Int64>, deleted: Set<RemoteID>) {
    let edited = try database.rows(
      "SELECT item FROM outbox WHERE origin = ? AND item_kind = 'station' AND refusal IS NULL", origin
    ) { $0.int64(0) }
    let deleted = try database.rows(
      "SELECT remote_id FROM outbox WHERE origin = ? AND kind = 'deleteStation' AND refusal IS NULL", origin
    ) { $0.text(0) }
    return (Set(edited), Set(deleted))
  }
}
