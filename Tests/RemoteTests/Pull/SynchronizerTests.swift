import Fixtures
import HTTP
import Library
import Music
import OpenSubsonic
import Testing

@testable import Remote

/// A catalogue beside a server, and a synchroniser between them.
struct SynchronizerBench {
  let http = HTTPClient()
  let directory = TemporaryDirectory()
  let server: MusicServer
  let catalogue: Catalogue
  let client: SubsonicClient
  let id = ServerID("home")

  init(_ contents: MusicServer.Contents) throws { try self.init(beside: MusicServer(contents)) }

  init(beside server: MusicServer) throws {
    self.server = server
    catalogue = try Catalogue(path: directory.file("library.db"))
    catalogue.scope = [.remote(id)]
    client = SubsonicClient(account: account(at: server.base, server: id), http: http)
  }

  @discardableResult
  func synchronize(
    isFull: Bool = false, report: @escaping (SyncProgress) -> Void = { _ in },
    checkpoint: @escaping () throws(SyncFailure) -> Void = {}
  ) throws(SyncFailure) -> PullSummary? {
    try Synchronizer(client: client, catalogue: catalogue, report: report, checkpoint: checkpoint).run(isFull: isFull)
      .summary
  }

  func trackNames() throws -> [String] {
    try catalogue.albums(by: .name, limit: 10_000, offset: 0).flatMap { try catalogue.tracks(of: $0.id) }.map(\.title)
  }

  func track(_ remoteID: RemoteID) throws -> TrackID {
    try #require(try catalogue.trackID(remoteID, from: .remote(id)))
  }
}

@Suite("Synchronising")
struct SynchronizerTests {
  @Test("the first time brings everything")
  func first() throws {
    let bench = try SynchronizerBench(.sample(albums: 6))
    let summary = try #require(try bench.synchronize())
    #expect(summary.removed == 0)
    #expect(try bench.catalogue.artists().map(\.name) == ["Artist 0", "Artist 1", "Artist 2"])
    #expect(try Set(bench.trackNames()) == Set((1...12).map { "Track \($0)" }))
    #expect(try bench.catalogue.trackCount() == 12)
  }

  @Test("how loud a track is comes with it; what no track can have does not")
  func loudness() throws {
    var contents = MusicServer.Contents.sample(albums: 2)
    contents.songs[0].replayGain = gain {
      $0.trackGain = -7.5; $0.albumGain = -6; $0.trackPeak = 0.98
    }
    contents.songs[0].samplingRate = 96_000
    contents.songs[0].bitDepth = 24
    contents.songs[0].channelCount = 2
    contents.songs[1].replayGain = gain {
      $0.fallbackGain = -5; $0.albumGain = 1e9; $0.baseGain = 3
    }
    contents.songs[1].samplingRate = -44_100
    contents.songs[1].bitDepth = .max
    contents.songs[2].replayGain = gain {
      $0.trackGain = 0; $0.albumGain = 0; $0.trackPeak = 0; $0.albumPeak = 0
    }
    let bench = try SynchronizerBench(contents)
    try bench.synchronize()
    let tracks = try bench.catalogue.tracks((1...4).map { try bench.track("tr-\($0)") })
    #expect(tracks[0].replayGain == ReplayGain(trackGain: -7.5, albumGain: -6, trackPeak: 0.98))
    #expect(tracks[0].sampleRate == 96_000 && tracks[0].bitDepth == 24 && tracks[0].channelCount == 2)
    #expect(tracks[1].replayGain == ReplayGain(trackGain: -5))
    #expect(tracks[1].sampleRate == 0 && tracks[1].bitDepth == 0)
    #expect(tracks[2].replayGain == nil && tracks[3].replayGain == nil)
  }

  private func gain(_ fill: (inout Wire.ReplayGain) -> Void) -> Wire.ReplayGain {
    var gain = Wire.ReplayGain()
    fill(&gain)
    return gain
  }

  @Test("pages are asked for until one is empty, however short the server makes them")
  func shortPages() throws {
    var contents = MusicServer.Contents.sample(albums: 10)
    contents.largestPage = 3
    let bench = try SynchronizerBench(contents)
    try bench.synchronize()
    #expect(try bench.trackNames().count == 20)
    let offsets = bench.server.server.requests.filter { $0["songCount"] == "500" }.compactMap { $0["songOffset"] }
    #expect(offsets == ["0", "3", "6", "9", "12", "15", "18", "20"])
  }

  @Test("what a server tells while it reads its folders is taken, and is not the last word")
  func scanning() throws {
    var contents = MusicServer.Contents.sample(albums: 2)
    contents.lastScan = 1_700_000_000
    contents.isScanning = true
    let bench = try SynchronizerBench(contents)
    func run() throws -> Synchronizer.Outcome {
      try Synchronizer(client: bench.client, catalogue: bench.catalogue, report: { _ in }, checkpoint: {})
        .run(isFull: false)
    }
    #expect(try run().isProvisional)
    #expect(try bench.catalogue.trackCount() == 4)
    // It says the same date while it scans and after: what was pulled meanwhile is pulled again.
    bench.server.change { $0.isScanning = false }
    let settled = try run()
    #expect(!settled.isProvisional && settled.summary != nil)
    #expect(try run().summary == nil)
  }

  @Test("a server that looks at no offset does not keep it for ever")
  func ignoredOffsets() throws {
    var contents = MusicServer.Contents.sample(albums: 4)
    contents.ignoresOffsets = true
    let bench = try SynchronizerBench(contents)
    try bench.synchronize()
    #expect(try bench.trackNames().count == 8)
  }

  @Test("later only differences: what is new comes, what changed changes, what is gone goes")
  func differences() throws {
    let bench = try SynchronizerBench(.sample(albums: 4))
    try bench.synchronize()
    let kept = try bench.track("tr-1")
    bench.server.change { contents in
      contents.albums.removeLast()
      contents.songs.removeLast(2)
      contents.songs[0].title = "Renamed"
      var song = contents.songs[1]
      song.id = "tr-99"
      song.title = "New"
      contents.songs.append(song)
    }
    let summary = try #require(try bench.synchronize())
    #expect(summary.removed >= 2)
    let names = try bench.trackNames()
    #expect(names.contains("Renamed") && names.contains("New") && !names.contains("Track 8"))
    #expect(try bench.track("tr-1") == kept)
  }

  @Test("a server that says that nothing has changed is not asked for everything again, unless that is wanted")
  func unchanged() throws {
    var contents = MusicServer.Contents.sample(albums: 2)
    contents.lastScan = 1_800_000_000
    let bench = try SynchronizerBench(contents)
    #expect(try bench.synchronize() != nil)
    let searches = bench.server.count("search3")
    #expect(try bench.synchronize() == nil)
    #expect(bench.server.count("search3") == searches)
    #expect(try bench.synchronize(isFull: true) != nil)
    bench.server.change { $0.lastScan = 1_800_000_100 }
    #expect(try bench.synchronize() != nil)
  }

  @Test("an interrupted pull goes on where it was")
  func interrupted() throws {
    var contents = MusicServer.Contents.sample(albums: 20)
    contents.largestPage = 5
    let bench = try SynchronizerBench(contents)
    var allowed = 12
    #expect(throws: SyncFailure.interrupted) {
      try bench.synchronize(checkpoint: { () throws(SyncFailure) in
        allowed -= 1
        if allowed < 0 { throw .interrupted }
      })
    }
    #expect(try bench.catalogue.trackCount() > 0)
    let before = bench.server.server.requests.count
    try bench.synchronize()
    #expect(try bench.catalogue.trackCount() == 40)
    let again = bench.server.server.requests.dropFirst(before).filter { $0["artistCount"] == "500" }
    #expect(again.isEmpty)
  }

  @Test("a server that fails half-way fails the synchronisation, and nothing is deleted")
  func failing() throws {
    let bench = try SynchronizerBench(.sample(albums: 4))
    try bench.synchronize()
    bench.server.change { contents in
      contents.songs = []
      contents.surprises["search3"] = [.html("", status: "500 Internal Server Error")]
    }
    #expect(throws: SyncFailure.remote(.status(500, retryAfter: nil))) { try bench.synchronize() }
    #expect(try bench.catalogue.trackCount() == 8)
  }

  @Test("where nothing means nothing, two quotation marks may mean everything")
  func quoted() throws {
    var contents = MusicServer.Contents.sample(albums: 3)
    contents.queriesForAll = ["\"\""]
    let bench = try SynchronizerBench(contents)
    try bench.synchronize()
    #expect(try bench.trackNames().count == 6)
    #expect(bench.server.count("getAlbum") == 0)
  }

  @Test("where searching helps not at all, every album is asked for")
  func albumByAlbum() throws {
    var contents = MusicServer.Contents.sample(albums: 7)
    contents.queriesForAll = []
    contents.largestPage = 3
    let bench = try SynchronizerBench(contents)
    var allowed = 6
    #expect(throws: SyncFailure.interrupted) {
      try bench.synchronize(checkpoint: { () throws(SyncFailure) in
        allowed -= 1
        if allowed < 0 { throw .interrupted }
      })
    }
    let half = bench.server.count("getAlbum")
    #expect(half > 0)
    try bench.synchronize()
    #expect(try bench.trackNames().count == 14)
    #expect(bench.server.count("getAlbum") == 7)
    #expect(try bench.catalogue.artists().count == 4)
  }

  @Test("a server with no music is an empty library")
  func empty() throws {
    let bench = try SynchronizerBench(MusicServer.Contents())
    try bench.synchronize()
    #expect(try bench.catalogue.trackCount() == 0)
  }

  @Test("progress counts up to what was announced")
  func progress() throws {
    var contents = MusicServer.Contents.sample(albums: 6)
    contents.largestPage = 4
    let bench = try SynchronizerBench(contents)
    var steps: [SyncProgress] = []
    try bench.synchronize(report: { steps.append($0) })
    let albums = steps.filter { $0.section == .albums }
    #expect(albums.map(\.done) == [4, 6, 6])
    #expect(albums.allSatisfy { $0.total == 6 })
    let tracks = steps.filter { $0.section == .tracks }
    #expect(tracks.last == SyncProgress(section: .tracks, done: 12, total: 12))
    let sections = steps.map(\.section)
    #expect(
      sections
        == sections.sorted {
          SyncProgress.Section.allCases.firstIndex(of: $0)! < SyncProgress.Section.allCases.firstIndex(of: $1)!
        })
  }

  @Test("stars follow the server, also when nothing else changed")
  func stars() throws {
    var contents = MusicServer.Contents.sample(albums: 2)
    contents.lastScan = 1_800_000_000
    contents.starred = ["tr-1", "al-0", "ar-0"]
    let bench = try SynchronizerBench(contents)
    try bench.synchronize()
    #expect(try bench.catalogue.starredTracks().map(\.title) == ["Track 1"])
    bench.server.change { $0.starred = ["tr-2"] }
    #expect(try bench.synchronize() == nil)
    #expect(try bench.catalogue.starredTracks().map(\.title) == ["Track 2"])
  }

  @Test("playlists come with their tracks; only those that changed are asked for again; those that are gone go")
  func playlists() throws {
    var contents = MusicServer.Contents.sample(albums: 2)
    contents.addPlaylist("One", ["tr-1", "tr-2", "tr-1"])
    contents.addPlaylist("Two", ["tr-3"])
    let bench = try SynchronizerBench(contents)
    try bench.synchronize()
    let lists = try bench.catalogue.playlists()
    #expect(lists.map(\.name) == ["One", "Two"])
    #expect(try bench.catalogue.tracks(of: lists[0].id).map(\.title) == ["Track 1", "Track 2", "Track 1"])
    #expect(bench.server.count("getPlaylist") == 2)
    bench.server.change { contents in
      contents.playlists.removeFirst()
      contents.addPlaylist("Three", [])
    }
    try bench.synchronize()
    #expect(try bench.catalogue.playlists().map(\.name) == ["Three", "Two"])
    #expect(bench.server.count("getPlaylist") == 3)
  }

  @Test("a playlist that is sent while the server's are pulled stays")
  func playlistSentMeanwhile() throws {
    var contents = MusicServer.Contents.sample(albums: 2)
    contents.addPlaylist("One", ["tr-1"])
    let bench = try SynchronizerBench(contents)
    try bench.synchronize(checkpoint: { () throws(SyncFailure) in
      guard bench.server.count("getPlaylists") == 1, bench.server.count("createPlaylist") == 0 else { return }
      try stored {
        _ = try bench.catalogue.createPlaylist(named: "New", tracks: [bench.track("tr-2")], on: .remote(bench.id))
        _ = try OutboxDrain(client: bench.client, catalogue: bench.catalogue, report: { _ in }).run()
      }
    })
    #expect(bench.server.count("createPlaylist") == 1)
    #expect(try bench.catalogue.playlists().map(\.name) == ["New", "One"])
  }

  @Test("numbers that no library has do no harm")
  func absurdNumbers() throws {
    var contents = MusicServer.Contents.sample(albums: 4)
    for index in contents.artists.indices { contents.artists[index].albumCount = .max }
    for index in contents.albums.indices {
      contents.albums[index].songCount = .max
      contents.albums[index].userRating = .min
    }
    for index in contents.songs.indices {
      contents.songs[index].duration = .max
      contents.songs[index].size = .max
      contents.songs[index].bitRate = .max
      contents.songs[index].playCount = .max
    }
    for queries in [[""], []] as [Set<String>] {
      contents.queriesForAll = queries
      let bench = try SynchronizerBench(contents)
      try bench.synchronize()
      #expect(try bench.trackNames().count == 8)
      #expect(try bench.catalogue.albums(by: .mostPlayed, limit: 9, offset: 0).count == 4)
    }
  }

  @Test("where no list tells when it changed, all are asked for each time")
  func undatedPlaylists() throws {
    var contents = MusicServer.Contents.sample(albums: 2)
    contents.tellsChanges = false
    contents.addPlaylist("One", ["tr-1"])
    let bench = try SynchronizerBench(contents)
    try bench.synchronize()
    try bench.synchronize()
    #expect(bench.server.count("getPlaylist") == 2)
  }
}
