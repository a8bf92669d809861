package import Music
import SQLite

// Scanning a folder again: files that did not change are not read, only said to be still there.

extension Catalogue {
  /// Names the value that holds the absolute path of the scanned folder: local tracks' paths are relative to it.
  package static let localRoot = "local.root"

  /// Begins a pull from nothing, also where one was interrupted: what that one met may be gone since, and a scan that
  /// begins anew reads no file twice.
  package func beginPullAnew(of origin: Origin) throws -> Pull {
    try database.transaction {
      try endPull(of: madeRow(of: origin))
      return try beginPull(of: origin)
    }
  }

  /// The stamps (`TrackRecord.stamp`) of those of the names that the catalogue holds.
  package func stamps(of tracks: [RemoteID], from origin: Origin) throws -> [RemoteID: String] {
    guard let row = try row(of: origin) else { return [:] }
    var stamps: [RemoteID: String] = [:]
    for track in tracks {
      stamps[track] = try database.first("SELECT stamp FROM track WHERE origin = ? AND remote_id = ?", row, track) {
        $0.text(0)
      }
    }
    return stamps
  }

  /// Keeps tracks as they are through this pull, with their albums and artists, as if they had been ingested again.
  package func markSeen(_ tracks: [RemoteID], in pull: Pull) throws {
    try database.transaction {
      let row = try row(of: pull)
      for track in tracks {
        try database.run(
          "INSERT OR IGNORE INTO seen_track(id) SELECT id FROM track WHERE origin = ? AND remote_id = ?", row, track)
      }
    }
  }

  /// The same for every track whose path begins with `directory` and a slash ("" for all): a folder that could not be
  /// read is not a folder whose music is gone.
  package func markSeen(under directory: String, in pull: Pull) throws {
    let start = directory.isEmpty ? "" : directory + "/"
    try database.transaction {
      try database.run(
        """
        INSERT OR IGNORE INTO seen_track(id)
        SELECT id FROM track WHERE origin = ? AND substr(path, 1, length(?2)) = ?2
        """, row(of: pull), start)
    }
  }

  /// Ends a pull that is not believed: all that is here stays as it is.
  package func dismissPull(_ pull: Pull) throws -> PullSummary {
    try database.transaction {
      try markSeen(under: "", in: pull)
      var summary = try finishPull(pull)
      summary.withheld = try trackCount(of: pull.origin)
      return summary
    }
  }
}
