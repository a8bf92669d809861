import Fixtures
import Foundation
import Library
import Music
import Scan
import Testing

@Suite struct ScannerTests {
  let music = MusicFolder()
  let data = TemporaryDirectory()

  private func catalogue() throws -> Catalogue { try Catalogue(path: data.file("library.db")) }

  @discardableResult
  private func scan() throws -> ScanReport { try Scanner(root: music.path, catalogue: catalogue()).scan() }

  private func tracks() throws -> [String: StoredTrack] {
    let page = Page(limit: 1000)
    let found = try catalogue().storedSearch("", artists: page, albums: page, tracks: page).tracks
    return Dictionary(uniqueKeysWithValues: found.map { ($0.track.title, $0) })
  }

  private func touch(_ name: String) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_600_000_000)], ofItemAtPath: music.file(name))
  }

  @Test("a scan finds all music, each file once, and passes over what is hidden, damaged or no music")
  func first() throws {
    let report = try scan()
    #expect(report.summary.added == MusicFolder.trackCount)
    #expect(report.progress.seen == MusicFolder.trackCount + 2)
    #expect(report.progress.unusable == 2)
    #expect(Set(report.progress.unusableFiles) == ["Mixed/Evenings/garbage.mp3", "Mixed/Evenings/empty.mp3"])
    #expect(try Set(tracks().keys) == ["Dawn", "Noon", "One", "Two", "Dusk", "Night", "Some Song", "bad\u{FFFD}"])
  }

  @Test("a second scan reads no file that did not change, and changes nothing")
  func second() throws {
    try scan()
    let before = try tracks()
    let report = try scan()
    // Damaged files leave nothing behind to know them by.
    #expect(report.progress.read == 2)
    #expect(report.summary == PullSummary())
    #expect(try tracks() == before)
  }

  @Test("albums are grouped by album artist, folder and disc")
  func grouping() throws {
    try scan()
    let tracks = try tracks()
    let dusk = try #require(tracks["Dusk"]?.track)
    #expect(dusk.artist == "Bob & <Co>")
    #expect(dusk.albumArtist == "Various Artists")
    #expect(dusk.albumID == tracks["Night"]?.track.albumID)
    #expect(tracks["One"]?.track.albumID != nil)
    #expect(tracks["One"]?.track.albumID == tracks["Two"]?.track.albumID)
    #expect(tracks["One"]?.track.discNumber == 1 && tracks["Two"]?.track.discNumber == 2)
    #expect(tracks["Dawn"]?.track.albumArtist == "Ada Quill")
    let names = try catalogue().artists().map(\.name)
    #expect(Set(names) == ["Ada Quill", "Various Artists", "Nameless Band", "Unknown artist"])
  }

  @Test("names of files and folders stand in for missing tags")
  func names() throws {
    try scan()
    let song = try #require(try tracks()["Some Song"]?.track)
    #expect(song.trackNumber == 7 && song.artist == "Nameless Band" && song.album == "Lost Tape")
  }

  @Test("a file's facts arrive: size, duration, kind, path")
  func facts() throws {
    try scan()
    let stored = try #require(try tracks()["Dawn"])
    #expect(stored.path == "Ada Quill/First Light/01 dawn.mp3")
    #expect(stored.track.size == Int64(music.bytes(stored.path).count))
    #expect(stored.track.suffix == "mp3" && stored.track.contentType == "audio/mpeg")
    #expect(stored.track.bitRate > 0 && stored.track.genre == "Ambient" && stored.track.year == 2019)
    #expect(try catalogue().path(of: stored.id) == music.file(stored.path))
  }

  @Test("what was added, changed and removed between two scans is found, and names last")
  func changes() throws {
    try scan()
    let before = try tracks()
    MusicFolder.encode(
      500, ["--tt", "Late", "--ta", "Ada Quill", "--tl", "First Light"],
      to: music.file("Ada Quill/First Light/03 late.mp3"))
    MusicFolder.encode(
      500, ["--tt", "Dusk again", "--ta", "Bob", "--tl", "Evenings"], to: music.file("Mixed/Evenings/a.mp3"))
    try FileManager.default.removeItem(atPath: music.file("Boxed"))
    let summary = try scan().summary
    #expect(summary.added == 1)
    #expect(summary.removed == 2)
    let after = try tracks()
    #expect(after["Late"]?.track.albumID == before["Dawn"]?.track.albumID)
    #expect(after["Dusk again"]?.track.remoteID == before["Dusk"]?.track.remoteID)
    #expect(after["Dawn"] == before["Dawn"])
    #expect(after["One"] == nil)
    #expect(try catalogue().artists().first { $0.name == "Ada Quill" }?.albumCount == 1)
  }

  @Test("a folder is judged anew when one of its files changes")
  func neighbours() throws {
    try scan()
    #expect(try tracks()["Dusk"]?.track.albumArtist == "Various Artists")
    try FileManager.default.removeItem(atPath: music.file("Mixed/Evenings/b.mp3"))
    try scan()
    #expect(try tracks()["Dusk"]?.track.albumArtist == "Bob & <Co>")
  }

  @Test("names do not depend on where the folder is")
  func moved() throws {
    try scan()
    let before = try tracks().mapValues(\.track.remoteID)
    try FileManager.default.moveItem(atPath: music.path, toPath: music.directory.file("elsewhere"))
    let moved = try Scanner(root: music.directory.file("elsewhere"), catalogue: catalogue()).scan()
    #expect(moved.summary.added == 0 && moved.summary.removed == 0)
    #expect(try tracks().mapValues(\.track.remoteID) == before)
  }

  @Test("a new cover in a folder gives its tracks a new cover's name")
  func covers() throws {
    try scan()
    let before = try tracks()
    let folder = try #require(before["Dusk"]?.track.coverID.flatMap { CoverName($0) })
    #expect(folder.place == .folder)
    #expect(before["Night"]?.track.coverID == before["Dusk"]?.track.coverID)
    #expect(CoverName(before["Dawn"]?.track.coverID ?? "")?.place == .embedded)
    #expect(before["Noon"]?.track.coverID == before["Dawn"]?.track.coverID)
    #expect(before["Some Song"]?.track.coverID == nil)
    try touch("Mixed/Evenings/cover.png")
    try scan()
    #expect(try tracks()["Dusk"]?.track.coverID != before["Dusk"]?.track.coverID)
  }

  @Test("a missing or unreadable root is an error, and the catalogue stays as it is")
  func missingRoot() throws {
    try scan()
    #expect(throws: ScanError.self) {
      try Scanner(root: music.file("not there"), catalogue: catalogue()).scan()
    }
    #expect(throws: ScanError.self) {
      try Scanner(root: music.file("Mixed/Evenings/list.txt"), catalogue: catalogue()).scan()
    }
    #expect(try catalogue().trackCount() == MusicFolder.trackCount)
  }

  private func marked() throws -> (track: TrackID, list: PlaylistID) {
    let catalogue = try catalogue()
    let track = try #require(try tracks()["Dawn"]).id
    try catalogue.star(.track(track), true)
    try catalogue.rate(.track(track), 5)
    return (track, try catalogue.createPlaylist(named: "Kept", tracks: [track], on: .local))
  }

  @Test("a folder that holds no music any more is not believed: all stays, until the listener agrees")
  func emptied() throws {
    try scan()
    let (track, list) = try marked()
    let before = try tracks()
    let away = music.directory.file("away")
    try FileManager.default.moveItem(atPath: music.path, toPath: away)
    try FileManager.default.createDirectory(atPath: music.path, withIntermediateDirectories: true)
    let summary = try scan().summary
    #expect(summary.withheld == MusicFolder.trackCount && summary.removed == 0)
    #expect(try tracks() == before && catalogue().tracks(of: list).map(\.id) == [track])
    // Nor is a file that is no music.
    try Data(count: 500).write(to: URL(fileURLWithPath: music.file("garbage.mp3")))
    #expect(try scan().summary.withheld == MusicFolder.trackCount)
    try FileManager.default.removeItem(atPath: music.path)
    try FileManager.default.moveItem(atPath: away, toPath: music.path)
    #expect(try scan().summary == PullSummary())
    #expect(try catalogue().tracks([track]).first.map { $0.isStarred && $0.rating == 5 } == true)
    try FileManager.default.removeItem(atPath: music.path)
    try FileManager.default.createDirectory(atPath: music.path, withIntermediateDirectories: true)
    let agreed = try Scanner(root: music.path, catalogue: catalogue(), allowsLoss: true).scan().summary
    #expect(agreed.withheld == 0 && agreed.removed == MusicFolder.trackCount)
  }

  @Test("another folder without music takes nothing away, and the music is where it was")
  func emptyElsewhere() throws {
    try scan()
    let dawn = try #require(try tracks()["Dawn"])
    let empty = TemporaryDirectory()
    let summary = try Scanner(root: empty.file("."), catalogue: catalogue()).scan().summary
    #expect(summary.withheld == MusicFolder.trackCount && summary.removed == 0)
    #expect(try catalogue().path(of: dawn.id) == music.file(dawn.path))
  }

  @Test("a great loss in the same folder is withheld until the listener agrees; another folder's music takes its place")
  func greatLoss() throws {
    try FileManager.default.createDirectory(atPath: music.file("Disk"), withIntermediateDirectories: true)
    for number in 0..<20 {
      try FileManager.default.copyItem(
        atPath: music.file("Boxed/CD1/one.mp3"), toPath: music.file("Disk/\(number).mp3"))
    }
    try scan()
    let away = music.directory.file("away")
    try FileManager.default.moveItem(atPath: music.file("Disk"), toPath: away)
    let summary = try scan().summary
    #expect(summary.withheld == 20 && summary.removed == 0)
    #expect(try scan().summary.withheld == 20)
    #expect(try catalogue().trackCount() == MusicFolder.trackCount + 20)
    let elsewhere = try Scanner(root: away, catalogue: catalogue()).scan().summary
    #expect(elsewhere.withheld == 0)
    #expect(elsewhere.renamed.count + elsewhere.removed == MusicFolder.trackCount + 20)
    #expect(try catalogue().trackCount() == 20)
  }

  @Test("what is gone and found again is what it was: stars, ratings, plays, places in playlists and their versions")
  func comesBack() throws {
    try scan()
    let (track, list) = try marked()
    let catalogue = try catalogue()
    let others = try ["Dusk", "Noon", "One"].map { try #require(try tracks()[$0]).id }
    try catalogue.addTracks([others[0]], to: list, at: 0)
    try catalogue.addTracks([others[1], others[2], track], to: list)
    let before = try catalogue.tracks(of: list).map(\.id)
    let version = try #require(try catalogue.versions(of: list).first?.id)
    try catalogue.recordPlay(of: track, at: Timestamp(seconds: 1_700_000_000))
    let album = try #require(try catalogue.tracks([track])[0].albumID)
    try catalogue.star(.album(album), true)
    let away = music.directory.file("away")
    try FileManager.default.moveItem(atPath: music.file("Ada Quill"), toPath: away)
    #expect(try scan().summary.removed == 2)
    #expect(try catalogue.tracks(of: list).map(\.id) == [others[0], others[2]])
    #expect(try catalogue.missingTracks(ofVersion: version) == 3)
    try FileManager.default.moveItem(atPath: away, toPath: music.file("Ada Quill"))
    #expect(try scan().summary.added == 2)
    #expect(try catalogue.tracks(of: list).map(\.id) == before)
    let after = try #require(try catalogue.tracks([track]).first)
    #expect(after.isStarred && after.rating == 5 && after.title == "Dawn")
    #expect(try tracks()["Dawn"]?.lastPlayed == Timestamp(seconds: 1_700_000_000))
    #expect(try catalogue.album(album)?.isStarred == true && after.albumID == album)
    #expect(try catalogue.tracks(ofVersion: version).map(\.id) == before)
    #expect(try catalogue.search("dawn", limit: 5).tracks.map(\.id) == [track])
    // In a list that was changed meanwhile it stands as near to its place as may be.
    try FileManager.default.moveItem(atPath: music.file("Ada Quill"), toPath: away)
    try scan()
    try catalogue.setTracks(of: list, to: [])
    try catalogue.setTracks(of: list, to: others.reversed())
    try FileManager.default.moveItem(atPath: away, toPath: music.file("Ada Quill"))
    try scan()
    #expect(try catalogue.tracks(of: list).count == 5)
  }

  @Test("a file that is moved within the folder keeps its number, its star and its place in playlists")
  func movedWithin() throws {
    try scan()
    let (track, list) = try marked()
    try FileManager.default.moveItem(atPath: music.file("Ada Quill"), toPath: music.file("Quill, Ada"))
    let summary = try scan().summary
    #expect(summary.removed == 0 && summary.added == 0 && summary.renamed.count == 2)
    let after = try #require(try catalogue().tracks([track]).first)
    #expect(after.isStarred && after.rating == 5)
    #expect(try catalogue().path(of: track) == music.file("Quill, Ada/First Light/01 dawn.mp3"))
    #expect(try catalogue().tracks(of: list).map(\.id) == [track])
    #expect(try catalogue().trackCount() == MusicFolder.trackCount)
    #expect(try scan().summary == PullSummary())
  }

  @Test("what the listener marked stays when its file, or one beside it, changes")
  func marksOfChanged() throws {
    try scan()
    let (track, list) = try marked()
    let album = try #require(try catalogue().tracks([track])[0].albumID)
    try catalogue().star(.album(album), true)
    MusicFolder.encode(
      500, ["--tt", "Late", "--ta", "Ada Quill", "--tl", "First Light", "--tg", "Pop"],
      to: music.file("Ada Quill/First Light/03 late.mp3"))
    MusicFolder.encode(
      500, ["--tt", "Dawn again", "--ta", "Ada Quill", "--tl", "First Light"],
      to: music.file("Ada Quill/First Light/01 dawn.mp3"))
    #expect(try scan().summary.changed > 0)
    let after = try #require(try catalogue().tracks([track]).first)
    #expect(after.title == "Dawn again" && after.isStarred && after.rating == 5)
    #expect(try catalogue().album(album)?.isStarred == true)
    #expect(try catalogue().tracks(of: list).map(\.id) == [track])
  }

  @Test("a scan that was given up deletes nothing, and the next one completes it")
  func cancelled() throws {
    try scan()
    var asked = 0
    let scanner = Scanner(
      root: music.path, catalogue: try catalogue(),
      isCancelled: {
        asked += 1
        return asked > 3
      })
    #expect(throws: ScanError.cancelled) { try scanner.scan() }
    #expect(try catalogue().trackCount() == MusicFolder.trackCount)
    try FileManager.default.removeItem(atPath: music.file("Ada Quill"))
    #expect(try scan().summary.removed == 2)
  }

  @Test("links that lead round in circles end, and links to folders elsewhere are followed")
  func links() throws {
    let elsewhere = MusicFolder()
    try FileManager.default.createSymbolicLink(
      atPath: music.file("linked"), withDestinationPath: elsewhere.file("Ada Quill"))
    try FileManager.default.createSymbolicLink(atPath: music.file("a"), withDestinationPath: "b")
    try FileManager.default.createSymbolicLink(atPath: music.file("b"), withDestinationPath: "a")
    #expect(try scan().summary.added == MusicFolder.trackCount + 2)
  }

  @Test("a heap of files in one folder is read in parts")
  func heap() throws {
    let source = music.file("Boxed/CD1/one.mp3")
    try FileManager.default.createDirectory(atPath: music.file("heap"), withIntermediateDirectories: true)
    for number in 0..<620 { try FileManager.default.linkItem(atPath: source, toPath: music.file("heap/\(number).mp3")) }
    #expect(try scan().summary.added == MusicFolder.trackCount + 620)
    MusicFolder.encode(500, ["--tt", "New"], to: music.file("heap/new.mp3"))
    let report = try scan()
    #expect(report.progress.read == 3)
    #expect(report.summary.added == 1)
  }

  @Test("progress grows and names the folder")
  func progress() throws {
    var seen: [Int] = []
    let scanner = Scanner(root: music.path, catalogue: try catalogue(), report: { seen.append($0.seen) })
    _ = try scanner.scan()
    #expect(seen == seen.sorted() && seen.last == MusicFolder.trackCount + 2)
  }
}
