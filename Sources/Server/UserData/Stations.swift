import Music
import OpenSubsonic
import SQLite

/// The radio stations that the server lists, the same for all users. On the connection's thread.
struct Stations {
  let connection: Connection

  func all() throws -> [Wire.InternetRadioStation] {
    try connection.rows("SELECT id, name, stream_url, home_page FROM station ORDER BY lower(name), id") { row in
      Wire.InternetRadioStation(
        id: row.text(0), name: row.text(1), streamUrl: row.text(2),
        homePageUrl: row.text(3).isEmpty ? nil : row.text(3))
    }
  }

  func add(_ name: String, streamURL: String, homePage: String) throws {
    try connection.run(
      "INSERT INTO station(id, name, stream_url, home_page) VALUES (?, ?, ?, ?)",
      "ra-" + hexadecimal(Sodium.random(10)), name, streamURL, homePage)
  }

  /// - Parameter homePage: nil leaves it as it is.
  /// - Returns: whether there is such a station.
  func change(_ id: RemoteID, name: String, streamURL: String, homePage: String?) throws -> Bool {
    try connection.run(
      "UPDATE station SET name = ?, stream_url = ?, home_page = coalesce(?, home_page) WHERE id = ?", name, streamURL,
      homePage, id)
    return connection.changes > 0
  }

  func delete(_ id: RemoteID) throws -> Bool {
    try connection.run("DELETE FROM station WHERE id = ?", id)
    return connection.changes > 0
  }
}
