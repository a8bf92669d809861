import Fixtures
import Foundation
import Library
import Music
import OpenSubsonic
import Testing

@testable import Remote

@Suite("An outbox whose process is killed")
struct CrashTests {
  /// A catalogue and a server, and one edit of every kind that waits between them:
  ///
  ///     Mix     on both sides; a track was added there, another added and one removed here, and it has a new name
  ///     Old     on both sides; deleted here
  ///     New     made here; another list of that name has been there all along
  ///     Order   on both sides; put into another order and published here
  private struct Scene {
    let bench: SynchronizerBench

    init() throws {
      var contents = MusicServer.Contents.sample(albums: 4)
      contents.addPlaylist("Mix", ["tr-1", "tr-2", "tr-3"])
      contents.addPlaylist("Old", ["tr-4"])
      contents.addPlaylist("New", ["tr-6"])
      contents.addPlaylist("Order", ["tr-1", "tr-2", "tr-3"])
      contents.starred = ["tr-4", "al-2"]
      contents.bookmarks = ["tr-2": "5 "]
      bench = try SynchronizerBench(contents)
      try bench.synchronize()
      let catalogue = bench.catalogue
      let lists = try catalogue.playlists()
      let mix = try #require(lists.first { $0.name == "Mix" }).id
      try catalogue.recordPlay(of: bench.track("tr-1"), at: Timestamp(seconds: 1_800_000_001))
      _ = try catalogue.createPlaylist(
        named: "New", tracks: [bench.track("tr-6"), bench.track("tr-7"), bench.track("tr-6")], on: .remote(bench.id))
      try catalogue.star(.track(bench.track("tr-1")), true)
      try catalogue.setTracks(of: mix, to: ["tr-1", "tr-3", "tr-5"].map { try bench.track($0) })
      try catalogue.describePlaylist(mix, name: "Mixed", comment: "by hand")
      try catalogue.recordPlay(of: bench.track("tr-1"), at: Timestamp(seconds: 1_800_000_002))
      try catalogue.rate(.track(bench.track("tr-2")), 4)
      try catalogue.deletePlaylist(try #require(lists.first { $0.name == "Old" }).id)
      try catalogue.setBookmark(Bookmark(track: bench.track("tr-3"), position: 61_000))
      try catalogue.saveQueue(SavedQueue(tracks: [bench.track("tr-8")], current: 0), on: .remote(bench.id))
      let order = try #require(lists.first { $0.name == "Order" }).id
      try catalogue.setTracks(of: order, to: ["tr-3", "tr-1", "tr-2"].map { try bench.track($0) })
      try catalogue.describePlaylist(order, isPublic: true)
      try catalogue.star(.track(bench.track("tr-4")), false)
      let album = try #require(try catalogue.tracks([bench.track("tr-1")]).first?.albumID)
      try catalogue.star(.album(album), true)
      try catalogue.setBookmark(Bookmark(track: bench.track("tr-2"), position: 9))
      try catalogue.deleteBookmark(of: bench.track("tr-2"))
      bench.server.change { $0.setEntries(0, ["tr-1", "tr-2", "tr-8", "tr-3"]) }
    }

    /// - Returns: whether it came to its end.
    func runProbe(dyingAt step: Int) async throws -> Bool {
      let path = try #require(Repository.product("OutboxCrashProbe"))
      let probe = try Program(path, [bench.directory.file("library.db"), bench.server.base, "\(step)"])
      let status = try await probe.finish()
      guard status == 0 || status == 128 + SIGKILL else {
        throw Program.Failed(description: "step \(step): \(status) \(probe.errors)")
      }
      return status == 0
    }

    /// Everything is there, and once.
    func complaint() throws -> String? {
      let now = bench.server.now
      let names = now.playlists.map(\.name).sorted()
      if names != ["Mixed", "New", "New", "Order"] { return "lists \(names)" }
      let mix = now.playlists[0]
      if now.entries[mix.id] != ["tr-1", "tr-8", "tr-3", "tr-5"] { return "Mix \(now.entries[mix.id] ?? [])" }
      if mix.comment != "by hand" { return "comment \(mix.comment ?? "none")" }
      let new = try #require(now.playlists.last)
      if now.entries[new.id] != ["tr-6", "tr-7", "tr-6"] { return "New \(now.entries[new.id] ?? [])" }
      if now.scrobbled != ["tr-1@1800000001000", "tr-1@1800000002000"] { return "listens \(now.scrobbled)" }
      let order = try #require(now.playlists.first { $0.name == "Order" })
      if now.entries[order.id] != ["tr-3", "tr-1", "tr-2"] || order.public != true { return "Order \(order)" }
      if now.starred != ["tr-1", "al-0", "al-2"] || now.ratings != ["tr-2": 4] {
        return "stars \(now.starred) \(now.ratings)"
      }
      if now.bookmarks != ["tr-3": "61000 "] { return "bookmarks \(now.bookmarks)" }
      if now.savedQueue != "tr-8 tr-8 0" { return "queue \(now.savedQueue ?? "none")" }
      let left = try bench.catalogue.outbox()
      if !left.isEmpty { return "left in the outbox: \(left)" }
      try bench.synchronize()
      let here = try bench.catalogue.playlists().map(\.name)
      if here.sorted() != names { return "here \(here)" }
      for list in now.playlists {
        let id = try #require(try bench.catalogue.playlistID(list.id, from: .remote(bench.id)))
        if try bench.catalogue.tracks(of: id).map(\.remoteID) != now.entries[list.id] { return "\(list.name) differs" }
      }
      return nil
    }
  }

  @Test("between any two steps leaves neither loss nor double effect", .timeLimit(.minutes(40)))
  func everyStep() async throws {
    var step = 1
    while true {
      let scene = try Scene()
      let isWhole = try await scene.runProbe(dyingAt: step)
      if !isWhole { #expect(try await scene.runProbe(dyingAt: 0)) }
      if let complaint = try scene.complaint() { Issue.record("killed at step \(step): \(complaint)") }
      if isWhole { break }
      step += 1
    }
    #expect(step > 40)
  }

  @Test("again and again comes to its end", .timeLimit(.minutes(40)), arguments: [3, 5, 7])
  func repeatedly(steps: Int) async throws {
    let scene = try Scene()
    var deaths = 0
    while try await !scene.runProbe(dyingAt: steps) {
      deaths += 1
      try #require(deaths < 200, "no progress")
      // Killed each time so soon that it hardly gets anywhere, it needs a life now and then.
      if deaths.isMultiple(of: 3), try await scene.runProbe(dyingAt: steps + 12) { break }
    }
    #expect(try scene.complaint() == nil)
  }
}
