import Fixtures
import Foundation
import Library
import Music
import OpenSubsonic
import SQLite
import Testing

@testable import Remote

@Suite("A page that comes as the last time")
struct PageTests {
  private let bench: SynchronizerBench

  /// Seven pages of tracks.
  init() throws {
    var contents = MusicServer.Contents.sample(albums: 10)
    contents.largestPage = 3
    bench = try SynchronizerBench(contents)
    try bench.synchronize()
  }

  private func run(_ sql: String) throws {
    try Connection(path: bench.directory.file("library.db")).execute(sql)
  }

  private var titles: Set<String> { get throws { Set(try bench.trackNames()) } }

  @Test("is not read, unless everything is wanted; the others are")
  func known() throws {
    try run("UPDATE track SET title = 'touched' WHERE remote_id IN ('tr-1', 'tr-20')")
    bench.server.change { $0.songs[18].title = "New" }
    let summary = try #require(try bench.synchronize())
    // Of the first page nothing was compared; of the last everything.
    #expect(try titles.contains("touched") && titles.contains("New") && titles.contains("Track 20"))
    #expect(summary.removed == 0 && summary.added == 0 && summary.changed == 2)
    #expect(try bench.catalogue.trackCount() == 20)
    #expect(try bench.catalogue.artists().count == 5)
    try bench.synchronize(isFull: true)
    #expect(try !titles.contains("touched"))
  }

  @Test("is read where its rows are not here any more")
  func missingRows() throws {
    try run("DELETE FROM track WHERE remote_id = 'tr-2'")
    #expect(try bench.synchronize()?.added == 1)
    #expect(try titles.contains("Track 2"))
  }

  @Test("keeps what it tells; what stood on a page that changed and is told no more goes")
  func removal() throws {
    bench.server.change { $0.songs.removeLast() }
    let summary = try #require(try bench.synchronize())
    #expect(summary.removed == 1 && summary.added == 0)
    bench.server.change { $0.songs.removeFirst() }
    #expect(try bench.synchronize()?.removed == 1)
    #expect(try bench.catalogue.trackCount() == 18)
  }

  @Test("is not looked for where the names of things have changed")
  func renamed() throws {
    bench.server.change { contents in
      for index in contents.songs.indices {
        contents.songs[index].path = "\(index).mp3"
      }
    }
    try bench.synchronize()
    bench.server.change { contents in
      for index in contents.songs.indices { contents.songs[index].id = "other-\(index)" }
    }
    let summary = try #require(try bench.synchronize())
    #expect(summary.renamed.count == 20 && summary.removed == 0)
    for _ in 0..<2 {
      #expect(try bench.synchronize() == PullSummary())
      #expect(try bench.catalogue.trackCount() == 20)
    }
  }

  @Test("ends the walk where the server looks at no offset, each time anew")
  func noOffsets() throws {
    bench.server.change { $0.ignoresOffsets = true }
    for _ in 0..<3 {
      try bench.synchronize()
      #expect(try bench.catalogue.trackCount() == 3)
      let asked = bench.server.count("search3")
      #expect(asked < 60)
    }
  }

  @Test("counts in a pull that was interrupted, too")
  func interrupted() throws {
    var pages = 0
    #expect(throws: SyncFailure.interrupted) {
      try bench.synchronize(checkpoint: { () throws(SyncFailure) in
        pages += 1
        if pages > 8 { throw .interrupted }
      })
    }
    bench.server.change { $0.songs[19].title = "Late" }
    let summary = try #require(try bench.synchronize())
    #expect(summary.removed == 0)
    #expect(try titles.contains("Late"))
    #expect(try bench.catalogue.trackCount() == 20)
  }

  @Test("or otherwise, but before an edit was sent, is asked for again")
  func sentMeanwhile() throws {
    bench.server.change { contents in
      for index in contents.songs.indices { contents.songs[index].year = 1999 }
    }
    let track = try #require(try bench.catalogue.trackID("tr-5", from: .remote(bench.id)))
    var isSent = false
    let earlier = bench.server.server.requests.count
    func isAskedFor(_ offset: String) -> Bool {
      bench.server.server.requests.dropFirst(earlier).contains {
        $0["songOffset"] == offset && $0["songCount"] == "500"
      }
    }
    try bench.synchronize(checkpoint: { () throws(SyncFailure) in
      // The second page of tracks is on its way or here, and not taken in yet.
      guard !isSent, isAskedFor("0") else { return }
      isSent = true
      let deadline = ContinuousClock.now + .seconds(30)
      while !isAskedFor("3"), ContinuousClock.now < deadline { usleep(5000) }
      try stored {
        try bench.catalogue.rate(.track(track), 4)
        _ = try OutboxDrain(client: bench.client, catalogue: bench.catalogue, report: { _ in }).run()
      }
      bench.server.change { $0.songs[4].userRating = $0.ratings["tr-5"] }
    })
    #expect(isSent)
    #expect(bench.server.count("setRating") == 1)
    #expect(try bench.catalogue.pendingEdits(of: bench.id, limit: 9).isEmpty)
    #expect(try bench.catalogue.storedTrack(track)?.track.rating == 4)
  }

  @Test("whose tracks were found by names only is read each time")
  func invented() throws {
    bench.server.change { contents in
      for index in contents.songs.indices { contents.songs[index].artistId = nil }
    }
    try bench.synchronize()
    try run("UPDATE track SET title = 'touched' WHERE remote_id = 'tr-1'")
    try bench.synchronize()
    #expect(try !titles.contains("touched"))
  }
}
