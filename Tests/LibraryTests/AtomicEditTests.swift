import Library
import Music
import SQLite
import Testing

@Suite("An edit of any kind")
struct AtomicEditTests {
  private typealias Make = @Sendable (FilledCatalogue, PlaylistID) throws -> Void

  private static let kinds: [(name: String, make: Make)] = [
    ("star", { filled, _ in try filled.catalogue.star(.track(filled.id("Hunter")), true) }),
    ("unstar", { filled, _ in try filled.catalogue.star(.track(filled.id("Jóga")), false) }),
    ("rate", { filled, _ in try filled.catalogue.rate(.track(filled.id("Hunter")), 4) }),
    ("scrobble", { filled, _ in try filled.catalogue.recordPlay(of: filled.id("Hunter"), at: Timestamp(seconds: 5)) }),
    (
      "create",
      { filled, _ in
        _ = try filled.catalogue.createPlaylist(named: "New", tracks: [filled.id("Hunter")], on: filled.library.origin)
      }
    ),
    ("rename", { filled, list in try filled.catalogue.describePlaylist(list, name: "Other") }),
    ("comment", { filled, list in try filled.catalogue.describePlaylist(list, comment: "by hand") }),
    ("publish", { filled, list in try filled.catalogue.describePlaylist(list, isPublic: true) }),
    ("delete", { filled, list in try filled.catalogue.deletePlaylist(list) }),
    ("add", { filled, list in try filled.catalogue.addTracks([filled.id("XXX 88")], to: list) }),
    ("remove", { filled, list in try filled.catalogue.editTracks(of: list) { $0.removeFirst() } }),
    ("reorder", { filled, list in try filled.catalogue.editTracks(of: list) { $0.reverse() } }),
    ("replace", { filled, list in try filled.catalogue.setTracks(of: list, to: [filled.id("Ночь")]) }),
    (
      "save the queue",
      { filled, _ in
        try filled.catalogue.saveQueue(
          SavedQueue(tracks: [filled.id("Hunter")], current: 0), on: filled.library.origin)
      }
    ),
    ("bookmark", { filled, _ in try filled.catalogue.setBookmark(Bookmark(track: filled.id("Hunter"), position: 7)) }),
    ("no bookmark", { filled, _ in try filled.catalogue.deleteBookmark(of: filled.id("Jóga")) }),
  ]

  @Test("is made with its row in the outbox, or not at all", arguments: kinds.map(\.name))
  func wholeOrNothing(kind: String) throws {
    let filled = try FilledCatalogue()
    let catalogue = filled.catalogue
    let list = try catalogue.createPlaylist(
      named: "Mix", tracks: [filled.id("Hunter"), filled.id("Jóga")], on: filled.library.origin)
    try catalogue.setRemoteID("pl-1", of: list)
    try catalogue.star(.track(filled.id("Jóga")), true)
    try catalogue.setBookmark(Bookmark(track: filled.id("Jóga"), position: 9))
    for row in try catalogue.outbox() { try catalogue.editSent(row.id) }
    let make = try #require(Self.kinds.first { $0.name == kind }).make

    let observer = try Connection(path: filled.path)
    func version() throws -> Int64? { try observer.first("PRAGMA data_version") { $0.int64(0) } }
    try observer.execute(
      "CREATE TRIGGER refuse BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'as if killed here'); END")
    let before = try version()
    #expect(throws: (any Error).self) { try make(filled, list) }
    #expect(try version() == before)
    #expect(try catalogue.outbox().isEmpty)

    try observer.execute("DROP TRIGGER refuse")
    try make(filled, list)
    #expect(try version() != before)
    #expect(try catalogue.outbox().count == 1)
  }
}
