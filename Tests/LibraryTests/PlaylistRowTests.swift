import Music
import SQLite
import Testing

@testable import Library

@Suite("A playlist's rows")
struct PlaylistRowTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }

  init() throws { filled = try FilledCatalogue() }

  @Test("hold what was written, after any edits", arguments: [1, 2, 3] as [UInt64])
  func model(seed: UInt64) throws {
    var generator = Shuffling(seed: seed)
    let all = try filled.library.tracks.map { try filled.id($0.title) }
    var list = (0..<40).map { _ in all.randomElement(using: &generator)! }
    let id = try catalogue.createPlaylist(named: "A", tracks: list, on: .local)
    for step in 0..<150 {
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: list.shuffle(using: &generator)
      case 1: list.removeSubrange(0..<min(list.count, Int.random(in: 0...3, using: &generator)))
      case 2: list.insert(all[step % all.count], at: 0)
      case 3 where !list.isEmpty: list.append(list.remove(at: Int.random(in: 0..<list.count, using: &generator)))
      default:
        let place = Int.random(in: 0...list.count, using: &generator)
        list.insert(contentsOf: all.prefix(step % 5), at: place)
      }
      try catalogue.setTracks(of: id, to: list)
      let held = try catalogue.tracks(of: id).map(\.id)
      guard held == list else {
        Issue.record("seed \(seed), step \(step)")
        return
      }
    }
  }

  @Test("have room for a track between any two, and are spread anew when it is used up")
  func crowded() throws {
    let (first, second, last) = (try filled.id("Hunter"), try filled.id("Jóga"), try filled.id("Ночь"))
    var list = [first, last]
    let id = try catalogue.createPlaylist(named: "A", tracks: list, on: .local)
    for _ in 0..<60 {
      list.insert(second, at: 1)
      list.insert(first, at: 1)
      try catalogue.setTracks(of: id, to: list)
    }
    #expect(try catalogue.tracks(of: id).map(\.id) == list)
    let positions = try catalogue.rows(of: id).positions
    #expect(positions == positions.sorted() && Set(positions).count == list.count)
  }

  @Test("of a list that is turned around stand behind the old ones, and at the start again where there is no room")
  func shifted() throws {
    var list = try filled.library.tracks.map { try filled.id($0.title) }
    let id = try catalogue.createPlaylist(named: "A", tracks: list, on: .local)
    let last = try #require(try catalogue.rows(of: id).positions.last)
    list.reverse()
    try catalogue.setTracks(of: id, to: list)
    #expect(try catalogue.tracks(of: id).map(\.id) == list)
    #expect(try catalogue.rows(of: id).positions.first == last + PlaylistRows.spacing)
    try catalogue.database.run(
      "UPDATE playlist_track SET position = position + ? WHERE playlist = ?", (1 << 60) - 2 * last, id.rawValue)
    list.reverse()
    list.removeLast()
    list.insert(list[3], at: 0)
    try catalogue.setTracks(of: id, to: list)
    #expect(try catalogue.tracks(of: id).map(\.id) == list)
    #expect(try catalogue.rows(of: id).positions.first == 0)
  }

  @Test("of a file from before are dense, and take new ones in between")
  func dense() throws {
    let tracks = try filled.library.tracks.map { try filled.id($0.title) }
    let id = try catalogue.createPlaylist(named: "A", tracks: tracks, on: .local)
    try catalogue.database.run("DELETE FROM playlist_track WHERE playlist = ?", id.rawValue)
    for (position, track) in tracks.enumerated() {
      try catalogue.database.run(
        "INSERT INTO playlist_track VALUES (?, ?, ?)", id.rawValue, position, track.rawValue)
    }
    try catalogue.addTracks([tracks[0]], to: id, at: 3)
    #expect(try catalogue.tracks(of: id).map(\.id) == tracks[..<3] + [tracks[0]] + tracks[3...])
  }

  @Test("a change in a long list writes the rows that it touches, and few others")
  func few() throws {
    let pull = try catalogue.beginPull(of: .local)
    try catalogue.ingest(tracks: (0..<2000).map { TrackRecord(remoteID: "\($0)", title: "\($0)") }, in: pull)
    var list = try (0..<2000).map { try #require(try catalogue.trackID("\($0)", from: .local)) }
    let id = try catalogue.createPlaylist(named: "A", tracks: list, on: .local)
    list.append(list.remove(at: 0))
    list.insert(list[7], at: 1000)
    let before = catalogue.database.totalChanges
    try catalogue.setTracks(of: id, to: list)
    #expect(catalogue.database.totalChanges - before < 20)
  }
}

@Suite("Lists as bytes")
struct ListEncodingTests {
  @Test("come back as they were", arguments: [[], [1], [5, 4, 3, 1000, 1000, -7], [.max, .min, 0]] as [[Int64]])
  func tracks(rows: [Int64]) {
    let tracks = rows.map { TrackID($0) }
    #expect(TrackList.decoded(TrackList.encoded(tracks)) == tracks)
  }

  @Test("an album in its order takes a byte a track")
  func small() {
    #expect(TrackList.encoded((1000..<2000).map { TrackID($0) }).count < 1005)
  }

  @Test("names come back as they were, whatever is in them")
  func names() {
    let list = SharedList(
      ["", "tr-1", "Ночь\n\u{0}é", String(repeating: "x", count: 300)].enumerated().map {
        SharedList.Element(remoteID: $1, isShown: $0 % 2 == 0)
      })
    #expect(SharedList(encoded: list.encoded) == list)
    #expect(list.hasHidden && !SharedList().hasHidden)
  }

  @Test("what is damaged is read as far as it goes, and never further")
  func damaged() {
    let bytes = SharedList([.init(remoteID: "tr-1", isShown: true), .init(remoteID: "tr-2", isShown: true)]).encoded
    for count in 0...bytes.count {
      #expect(SharedList(encoded: Array(bytes.prefix(count))).elements.count == (count * 2 / bytes.count))
    }
    #expect(SharedList(encoded: [UInt8](repeating: 0xff, count: 40)).elements.isEmpty)
    #expect(TrackList.decoded([UInt8](repeating: 0x80, count: 40)).isEmpty)
  }
}

/// Random numbers that are the same for the same seed.
struct Shuffling: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }
  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }
}
