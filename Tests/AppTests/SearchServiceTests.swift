import Core
import Fixtures
import Glibc
import Library
import Music
import Testing
import Threading

@testable import App

@Suite("Searches as they are typed")
struct SearchServiceTests {
  @Test("however fast the letters come, the newest search is answered whole, and old ones in nothing that is wrong")
  func newest() throws {
    let directory = TemporaryDirectory()
    let path = directory.file("library.sqlite")
    let catalogue = try Catalogue(path: path)
    let pull = try catalogue.beginPull(of: .local)
    let records = (0..<3000).map { number in
      var record = TrackRecord(remoteID: RemoteID("t\(number)"), title: "Number \(number)")
      (record.artist, record.album, record.year) = ("Artist \(number % 9)", "Album \(number / 10)", 1990 + number % 30)
      return record
    }
    try catalogue.ingest(tracks: records, in: pull)
    _ = try catalogue.finishPull(pull)
    let inbox = Inbox()
    let service = LibraryService(path: path, inbox: inbox) {}
    defer { service.stop() }
    service.expectSearch()
    let texts = ["a", "al", "-album", "sort:title", "year:1990..1999", "number 2", "is:c", "album 77", "n", "year:>1"]
    for number in 1...400 { service.ask(Ticket(number), .search(texts[number % texts.count])) }
    for (round, text) in texts.enumerated() {
      let ticket = Ticket(1000 + round)
      service.ask(ticket, .search(text))
      let found = try answer(to: ticket, in: inbox)
      let query = Query(parsing: text)
      let expected =
        query.isAboutTracks
        ? try catalogue.tracks(matching: query, limit: 1000)
        : try catalogue.search(query.words.map(\.text).joined(separator: " "), limit: 200).tracks
      #expect(found.map(\.id) == expected.map(\.id), "\(text)")
    }
  }

  private func answer(to ticket: Ticket, in inbox: Inbox) throws -> [Track] {
    let deadline = monotonicNow() + .seconds(60)
    while monotonicNow() < deadline {
      for case .message(.answer(ticket, .found(_, _, let tracks))) in inbox.take() { return tracks }
      usleep(1000)
    }
    throw TimedOut("an answer", after: .seconds(60), seen: "none")
  }
}
