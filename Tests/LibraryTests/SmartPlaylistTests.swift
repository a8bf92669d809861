import Foundation
import Library
import Music
import Testing

@Suite("What smart playlists hold")
struct SmartPlaylistFollowingTests {
  private let filled: FilledCatalogue
  private var catalogue: Catalogue { filled.catalogue }

  init() throws { filled = try FilledCatalogue() }

  private func titles(_ id: SmartPlaylistID) throws -> [String] { try catalogue.tracks(of: id).map(\.title) }

  @Test("hold what their search finds now: they follow what is pulled, starred, rated, heard and gone")
  func follow() throws {
    let pop = try catalogue.createSmartPlaylist(named: "Pop", query: "genre:pop sort:year limit:3")
    #expect(try titles(pop) == ["Human Behaviour", "東京の夜", "XXX 88"])
    var records = filled.library.tracks
    records[4].genre = "Pop"
    try filled.library.pull(into: catalogue, tracks: records)
    #expect(try titles(pop) == ["Come Together", "Human Behaviour", "東京の夜"])
    records.remove(at: 3)
    try filled.library.pull(into: catalogue, tracks: records)
    #expect(try titles(pop) == ["Come Together", "東京の夜", "XXX 88"])

    let good = try catalogue.createSmartPlaylist(named: "Good", query: "is:starred rating:>3")
    #expect(try titles(good).isEmpty)
    let hunter = try filled.id("Hunter")
    try catalogue.star(.track(hunter), true)
    try catalogue.rate(.track(hunter), 5)
    #expect(try titles(good) == ["Hunter"])
    try catalogue.star(.track(hunter), false)
    #expect(try titles(good).isEmpty)
    let heard = try catalogue.createSmartPlaylist(named: "Heard", query: "plays:>0 sort:plays-")
    try catalogue.recordPlay(of: hunter, at: Timestamp(seconds: 5))
    #expect(try titles(heard) == ["Hunter"])
  }

  @Test("know what is in the cache: what leaves it leaves the list")
  func cached() throws {
    let list = try catalogue.createSmartPlaylist(named: "Here", query: "is:cached artist:björk")
    let name = try #require(try catalogue.remoteID(of: .track(filled.id("Jóga"))))
    let server = filled.library.server
    catalogue.heldTracks = { [(server: server, track: name)] }
    #expect(try titles(list) == ["Jóga"])
    catalogue.heldTracks = { [] }
    #expect(try titles(list).isEmpty)
  }

  @Test("what is frozen stays as it was, and goes to the server as an ordinary list")
  func frozen() throws {
    let smart = try catalogue.createSmartPlaylist(named: "Björk", query: "artist:björk sort:title")
    let tracks = try catalogue.tracks(of: smart).map(\.id)
    let list = try catalogue.createPlaylist(named: "Björk", tracks: tracks, on: filled.library.origin)
    var records = filled.library.tracks
    records.removeAll { $0.title == "Jóga" }
    var fresh = records[0]
    fresh.remoteID = "tr-Bachelorette"
    fresh.title = "Bachelorette"
    try filled.library.pull(into: catalogue, tracks: records + [fresh])
    #expect(try titles(smart) == ["Bachelorette", "Human Behaviour", "Hunter", "Unravel"])
    // A track that is gone from the library is gone from every list, no other came.
    #expect(try catalogue.tracks(of: list).map(\.title) == ["Human Behaviour", "Hunter", "Unravel"])
    #expect(try catalogue.outbox().map(\.edit) == [.createPlaylist(list)])
  }

  @Test("dates are told by the clock: what came in the last days stays that also when the clock is set back")
  func dates() throws {
    let now = Int64(Date().timeIntervalSince1970)
    var records = filled.library.tracks
    let day: Int64 = 86_400
    for (index, age) in [-400 * day, -2 * day, 3 * day, 40 * day].enumerated() {
      records[index].created = Timestamp(seconds: now - age)
    }
    try filled.library.pull(into: catalogue, tracks: records)
    let fresh = try catalogue.createSmartPlaylist(named: "New", query: "added:<30d artist:björk sort:added-")
    // Two came "in the future": the clock was ahead when they came.
    #expect(try titles(fresh) == ["Hunter", "Jóga", "Unravel"])
    let old = try catalogue.createSmartPlaylist(named: "Old", query: "added:>30d artist:björk")
    #expect(try titles(old) == ["Human Behaviour"])
  }
}
