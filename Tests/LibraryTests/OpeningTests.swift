import Fixtures
import Foundation
import Music
import SQLite
import Testing

@testable import Library

@Suite("Opening a catalogue")
struct OpeningTests {
  let directory = TemporaryDirectory()
  var path: String { directory.file("library.db") }

  @Test("makes the file, and finds everything again the next time")
  func again() throws {
    let first = try Catalogue(path: path)
    try first.setValue("{}", for: "session")
    try first.setValue("old", for: "gone")
    try first.setValue(nil, for: "gone")
    let second = try Catalogue(path: path)
    #expect(try second.value("session") == "{}")
    #expect(try second.value("gone") == nil)
    #expect(try second.value("never") == nil)
  }

  @Test("refuses garbage, a directory and a folder that is not there, each as an error of the file")
  func badFiles() throws {
    try Data("this is no database, but long enough to look at".utf8).write(to: URL(fileURLWithPath: path))
    let garbage = #expect(throws: SQLiteError.self) { try Catalogue(path: path) }
    #expect(garbage?.isCorrupt == true)
    let onDirectory = #expect(throws: SQLiteError.self) { try Catalogue(path: directory.path) }
    #expect(onDirectory?.isCannotOpen == true)
    #expect(throws: SQLiteError.self) { try Catalogue(path: directory.file("no/such/library.db")) }
  }

  @Test("refuses a file whose tables are damaged, or says so when they are read")
  func damaged() throws {
    do {
      let filled = try Catalogue(path: path)
      let pull = try filled.beginPull(of: .local)
      try filled.ingest(tracks: (0..<2000).map { TrackRecord(remoteID: "\($0)", title: "title \($0)") }, in: pull)
    }
    do { try Connection(path: path).checkpoint() }
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    for page in stride(from: 4096, to: bytes.count, by: 4096) {
      bytes.replaceSubrange(page..<(page + 100), with: Data(repeating: 0x5A, count: 100))
    }
    try bytes.write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: SQLiteError.self) {
      let catalogue = try Catalogue(path: path)
      _ = try catalogue.search("title", limit: 10)
      _ = try catalogue.trackCount()
    }
    #expect(error?.isCorrupt == true)
  }

  @Test("brings a file from before replay gain up to date, whose servers are then asked for everything once more")
  func replayGain() throws {
    do {
      let old = try Connection(path: path)
      try Migrations(Array(Schema.steps.prefix { $0.name != "replay gain" })).apply(to: old)
      try old.execute(
        """
        INSERT INTO origin(server) VALUES ('home');
        INSERT INTO track(
          origin, remote_id, title, artist, album, album_artist, track_number, disc_number, year, genre, duration, size,
          bit_rate, suffix, content_type, path, stamp, spelled)
        VALUES (2, 'tr-Hunter', 'Hunter', '', '', '', 1, 1, 1997, '', 1, 1, 1, 'mp3', '', '', '', '');
        INSERT INTO track_text(rowid, title, artist, album, album_artist, spelled) VALUES (1, 'Hunter', '', '', '', '');
        INSERT INTO value VALUES ('synchronized:home', 'state');
        """)
    }
    let library = SmallLibrary()
    let catalogue = try Catalogue(path: path)
    #expect(try catalogue.value("synchronized:home") == nil)
    let hunter = try library.id("Hunter", in: catalogue)
    #expect(try catalogue.tracks([hunter]).first?.replayGain == nil)
    var tracks = library.tracks
    tracks[0].replayGain = ReplayGain(trackGain: -7.89, albumPeak: 0.98)
    tracks[0].sampleRate = 96_000
    tracks[0].bitDepth = 24
    tracks[0].channelCount = 6
    let summary = try library.pull(into: catalogue, tracks: tracks)
    #expect(summary.changed == 1 && summary.added == tracks.count - 1)
    #expect(try library.pull(into: catalogue, tracks: tracks) == PullSummary())
    let track = try #require(try catalogue.tracks([hunter]).first)
    #expect(track.replayGain == tracks[0].replayGain)
    #expect(track.sampleRate == 96_000 && track.bitDepth == 24 && track.channelCount == 6)
    let stored = try #require(try catalogue.storedTrack(hunter))
    #expect(stored.track == track && stored.path == tracks[0].path && stored.albumRemoteID == "al-Homogenic")
  }

  @Test("brings a file from before merging up to date: what waited there waits on, and nothing of either side is lost")
  func playlistBase() throws {
    do {
      let old = try Connection(path: path)
      try Migrations(Array(Schema.steps.prefix { $0.name != "playlist base" })).apply(to: old)
      try old.execute(
        """
        INSERT INTO origin(server) VALUES ('home');
        INSERT INTO playlist(origin, remote_id, name, sort_key, known_changed, known_track_count)
        VALUES (2, 'pl-1', 'Mix', 'mix', 7, 2), (2, 'pl-2', 'Other', 'other', 7, 0);
        INSERT INTO outbox(origin, kind, item_kind, item, attempts) VALUES
          (2, 'replacePlaylistTracks', 'playlist', 1, 0), (2, 'describePlaylist', 'playlist', 2, 3);
        """)
    }
    let library = SmallLibrary()
    let catalogue = try Catalogue(path: path)
    catalogue.scope = [library.origin]
    try library.pull(into: catalogue)
    let waiting = try catalogue.pendingEdits(of: library.server, limit: 9)
    #expect(waiting.map(\.edit) == [.replacePlaylistTracks(PlaylistID(1)), .describePlaylist(PlaylistID(2))])
    #expect(waiting.map(\.isUncertain) == [false, true])
    #expect(try catalogue.outbox().map(\.subject) == ["Mix", "Other"])
    #expect(try catalogue.knownPlaylists(from: library.origin)["pl-1"]?.changed == nil)
    try catalogue.setTracks(of: PlaylistID(1), to: [library.id("Hunter", in: catalogue)])
    try catalogue.ingest(
      playlist: PlaylistRecord(remoteID: "pl-1", name: "Mix"), tracks: ["tr-Jóga"], from: library.origin)
    #expect(try catalogue.tracks(of: PlaylistID(1)).map(\.title) == ["Jóga", "Hunter"])
  }

  @Test("refuses a file from a newer program")
  func newer() throws {
    _ = try Catalogue(path: path)
    try Connection(path: path).execute("PRAGMA user_version = 1000")
    #expect(throws: NewerSchemaError.self) { try Catalogue(path: path) }
  }

  @Test("refuses a folder that cannot be written to", .enabled(if: getuid() != 0))
  func readOnlyFolder() throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: directory.path)
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory.path) }
    let error = #expect(throws: SQLiteError.self) { try Catalogue(path: path) }
    #expect(error?.isCannotOpen == true || error?.isReadOnly == true)
  }

  @Test("refuses a folder of a read-only file system, whoever asks")
  func readOnlyFileSystem() {
    let error = #expect(throws: SQLiteError.self) { try Catalogue(path: "/proc/library.db") }
    #expect(error?.isCannotOpen == true)
  }

  @Test("reads on while another connection writes, and notices that it did")
  func twoConnections() throws {
    let reader = try Catalogue(path: path)
    let writer = try Catalogue(path: path)
    let before = try reader.foreignChanges()
    let pull = try writer.beginPull(of: .local)
    try writer.ingest(tracks: [TrackRecord(remoteID: "a", title: "a")], in: pull)
    #expect(try reader.trackCount() == 1)
    #expect(try reader.foreignChanges() != before)
    let after = try reader.foreignChanges()
    try reader.setValue("x", for: "y")
    #expect(try reader.foreignChanges() == after)
  }
}
