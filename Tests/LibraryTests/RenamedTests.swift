import Library
import Music
import Testing

@Suite("A server that was set up anew")
struct RenamedTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }
  var origin: Origin { filled.library.origin }

  init() throws {
    filled = try FilledCatalogue()
    try filled.library.pull(into: catalogue, tracks: tracks { $0 })
  }

  /// The small library's tracks with paths; every name of the server's changed by `rename`.
  private func tracks(_ rename: (String) -> String) -> [TrackRecord] {
    filled.library.tracks.map { track in
      var track = track
      track.path = "\(track.artist)/\(track.album)/\(track.title).mp3"
      track.remoteID = rename(track.remoteID)
      track.artistRemoteID = track.artistRemoteID.map(rename)
      track.albumRemoteID = track.albumRemoteID.map(rename)
      return track
    }
  }

  private func renew(_ change: (inout [TrackRecord]) -> Void = { _ in }, allowsLoss: Bool = false) throws -> PullSummary
  {
    func rename(_ name: String) -> String { "new:" + name }
    var fresh = tracks(rename)
    change(&fresh)
    let albums = filled.library.albums.map { album in
      var album = album
      album.remoteID = rename(album.remoteID)
      album.artistRemoteID = album.artistRemoteID.map(rename)
      return album
    }
    let artists = filled.library.artists.map { artist in
      var artist = artist
      artist.remoteID = rename(artist.remoteID)
      return artist
    }
    let pull = try catalogue.beginPull(of: origin)
    try catalogue.ingest(tracks: fresh, in: pull)
    try catalogue.ingest(albums: albums, in: pull)
    try catalogue.ingest(artists: artists, in: pull)
    return try catalogue.finishPull(pull, allowsLoss: allowsLoss)
  }

  @Test(
    "its tracks, albums and artists keep their rows, with playlists, pins and stars; what it lost is told to it again")
  func allRenamed() throws {
    let hunter = try filled.id("Hunter")
    let before = try catalogue.tracks(filled.library.tracks.map { try filled.id($0.title) })
    let album = try #require(before[0].albumID)
    let artist = try #require(before[0].artistID)
    let list = try catalogue.createPlaylist(named: "Mine", tracks: [hunter, filled.id("Ночь")], on: origin)
    try catalogue.pin(.album(album))
    try catalogue.star(.track(hunter), true)
    try catalogue.rate(.track(hunter), 4)
    try catalogue.star(.album(album), true)
    // The server had heard of all that.
    for entry in try catalogue.pendingEdits(of: filled.library.server, limit: 100) { try catalogue.editSent(entry.id) }
    let summary = try renew()
    #expect(summary.renamed.count == before.count && summary.removed == 0 && summary.withheld == 0)
    let after = try catalogue.tracks(before.map(\.id))
    #expect(after.map(\.id) == before.map(\.id))
    #expect(after.allSatisfy { $0.remoteID.hasPrefix("new:tr-") })
    #expect(after.map(\.albumID) == before.map(\.albumID) && after.map(\.artistID) == before.map(\.artistID))
    #expect(try catalogue.trackCount() == before.count)
    #expect(try catalogue.album(album)?.remoteID == "new:al-Homogenic")
    #expect(try catalogue.artist(artist)?.remoteID == "new:ar-Björk")
    #expect(try catalogue.tracks(of: list).map(\.title) == ["Hunter", "Ночь"])
    #expect(try catalogue.pinnedTracks().map(\.track.remoteID) == ["new:tr-Hunter", "new:tr-Jóga", "new:tr-Unravel"])
    #expect(after[0].isStarred && after[0].rating == 4)
    let waiting = try catalogue.pendingEdits(of: filled.library.server, limit: 100).map(\.edit)
    #expect(Set(waiting) == [.star(.track(hunter), true), .rate(.track(hunter), 4), .star(.album(album), true)])
    // Found by its words as ever, once.
    #expect(try catalogue.search("hunter", limit: 10).tracks.map(\.id) == [hunter])
    // The next pull finds all as it is.
    let again = try renew()
    #expect(again.added == 0 && again.changed == 0 && again.renamed.isEmpty)
  }

  @Test("a track that is really gone goes, one that is really new is new")
  func someGone() throws {
    let summary = try renew { fresh in
      fresh.removeAll { $0.title == "Unravel" }
      var other = TrackRecord(remoteID: "new:tr-other", title: "Something else")
      other.artist = "Björk"
      fresh.append(other)
    }
    #expect(summary.renamed.count == 7 && summary.removed == 1)
    #expect(try catalogue.trackID("tr-Unravel", from: origin) == nil)
    #expect(try catalogue.trackID("new:tr-other", from: origin) != nil)
  }

  @Test("most of a library gone at once is withheld until the listener agrees")
  func greatLoss() throws {
    let many = (0..<60).map { number in
      var track = TrackRecord(remoteID: "m\(number)", title: "Many \(number)")
      track.path = "Many/x/\(number).mp3"
      return track
    }
    try filled.library.pull(into: catalogue, tracks: many, albums: [], artists: [])
    let list = try catalogue.createPlaylist(
      named: "Kept", tracks: [#require(try catalogue.trackID("m50", from: origin))], on: origin)
    func pull(_ tracks: [TrackRecord], allowsLoss: Bool) throws -> PullSummary {
      let pull = try catalogue.beginPull(of: origin)
      try catalogue.ingest(tracks: tracks, in: pull)
      return try catalogue.finishPull(pull, allowsLoss: allowsLoss)
    }
    // An old backup: the first ten only.
    let restored = try pull(Array(many.prefix(10)), allowsLoss: false)
    #expect(restored.withheld == 50 && restored.removed == 0)
    #expect(try catalogue.trackCount() == 60)
    #expect(try catalogue.tracks(of: list).count == 1)
    // A few that go are no matter.
    #expect(try pull(Array(many.prefix(55)), allowsLoss: false).removed == 5)
    let agreed = try pull(Array(many.prefix(10)), allowsLoss: true)
    #expect(agreed.removed == 45 && agreed.withheld == 0)
    #expect(try catalogue.trackCount() == 10)
  }
}
