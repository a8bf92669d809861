import Cache
import Fixtures
import Foundation
import Music
import Testing

@testable import App

@Suite("Packing for a journey")
struct PackTests {
  private func track(_ id: Int64, size: Int64 = 0, seconds: Int = 0, rate: Int = 0, suffix: String = "mp3") -> Track {
    Track(
      id: TrackID(id), origin: .remote(ServerID("s")), remoteID: "\(id)", title: "t\(id)", duration: seconds,
      size: size,
      bitRate: rate, suffix: suffix)
  }

  @Test("whole tracks in order; what is too large is passed over, and what follows may still fit; each counts once")
  func order() {
    let tracks = [track(1, size: 40), track(2, size: 70), track(1, size: 40), track(3, size: 50), track(4, size: 20)]
    let plan = PackPlan(tracks, budget: 100, bitRate: 0)
    #expect(plan.chosen.map(\.track.id.rawValue) == [1, 3])
    #expect(plan.left.map(\.track.id.rawValue) == [2, 4])
    #expect(plan.size == 90)
    #expect(PackPlan(tracks, budget: 0, bitRate: 0).chosen.isEmpty)
  }

  @Test("with a bit rate a track takes what it comes to, unless the file is that small already")
  func rates() {
    let room: Int64 = 64 << 10
    #expect(PackPlan.size(of: track(1, size: 9_000_000, seconds: 200, rate: 320), bitRate: 128) == 3_200_000 + room)
    #expect(PackPlan.size(of: track(1, size: 2_400_000, seconds: 200, rate: 96), bitRate: 128) == 2_400_000)
    #expect(PackPlan.size(of: track(1, seconds: 100), bitRate: 0) == 4_000_000 + room)
    // What is not decoded here comes as MP3 anyway.
    #expect(PackPlan.size(of: track(1, size: 99, seconds: 100, rate: 128, suffix: "wma"), bitRate: 0) > 1_000_000)
    #expect(track(1, rate: 96).renditionKey(atMost: 128)?.rendition == .raw)
    #expect(track(1, rate: 320).renditionKey(atMost: 128)?.rendition == .mp3(bitRate: 128))
    #expect(track(1).renditionKey(atMost: 128)?.rendition == .mp3(bitRate: 128))
  }

  @Test("any name becomes one that any file system takes, and one name only")
  func names() {
    #expect(safeFileName("AC/DC: Back\\In?") == "AC_DC_ Back_In_")
    #expect(safeFileName("../../etc/passwd") == "_.._etc_passwd")
    #expect(safeFileName("..") == "_" && safeFileName("") == "_" && safeFileName("...hidden. ") == "hidden")
    #expect(safeFileName("con.mp3") == "_con.mp3" && safeFileName("Console") == "Console")
    #expect(safeFileName("a\u{0}b\u{1b}[2J\u{202e}c") == "a_b_[2J_c")
    let long = safeFileName(String(repeating: "庭", count: 200))
    #expect(long.utf8.count <= 120 && long.allSatisfy { $0 == "庭" })
  }

  @Test("nothing is written outside the folder, through no link and no name; two tracks never share a name")
  func inside() throws {
    let directory = TemporaryDirectory()
    let outside = directory.file("outside")
    try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: true)
    let folder = try ExportFolder(path: directory.file("out/deep"))
    try FileManager.default.createSymbolicLink(
      atPath: directory.file("out/deep/Evil"), withDestinationPath: outside)
    var evil = track(1)
    evil.albumArtist = "Evil"
    evil.album = "../../x"
    evil.title = "../y"
    evil.trackNumber = 3
    let name = folder.name(for: evil, ending: "mp3")
    #expect(name == ["Evil", "_.._x", "03 .._y.mp3"])
    #expect(throws: FileError.self) { try folder.write(name) { try $0([1]) } }
    #expect(try FileManager.default.contentsOfDirectory(atPath: outside).isEmpty)

    var plain = track(2)
    plain.artist = "Ann"
    let first = folder.name(for: plain, ending: "flac")
    #expect(first == ["Ann", "Unknown album", "t2.flac"])
    #expect(folder.name(for: plain, ending: "flac") == ["Ann", "Unknown album", "t2 (2).flac"])
    try folder.write(first) { take in try take([1, 2, 3]) }
    #expect(folder.size(of: first) == 3)
    // What breaks off leaves neither a part nor harms what was there.
    struct Broken: Error {}
    #expect(throws: Broken.self) {
      try folder.write(first) { take in
        try take([9])
        throw Broken()
      }
    }
    #expect(folder.size(of: first) == 3)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: directory.file("out/deep/Ann/Unknown album")) == ["t2.flac"])
  }

  @Test("the words of the shell")
  func words() throws {
    #expect(
      try Arguments(parsing: ["pack", "Trip", "--size", "4G", "Other", "--bitrate=128", "--dry-run"]).action
        == .pack(.init(playlists: ["Trip", "Other"], size: 4 << 30, bitRate: 128, isDryRun: true)))
    #expect(try Arguments(parsing: ["export", "Trip", "/mnt"]).action == .exportTracks(["Trip"], folder: "/mnt"))
    #expect(try Arguments(parsing: ["export", "/mnt"]).action == .exportTracks([], folder: "/mnt"))
    #expect(try Arguments(parsing: ["export", "a.xspf"]).action == .command(["export", "a.xspf"], json: false))
    #expect(
      try Arguments(parsing: ["playlist", "new", "x"]).action == .command(["playlist", "new", "x"], json: false))
    for words in [["pack"], ["pack", "x"], ["pack", "--size", "4G"], ["pack", "x", "--size", "0"], ["export"]] {
      #expect(throws: Arguments.UsageError.self) { try Arguments(parsing: words) }
    }
  }
}
