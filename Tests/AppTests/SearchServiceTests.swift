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
    let filled = try Filled()
    let (catalogue, service, inbox) = (filled.catalogue, filled.service, filled.inbox)
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

  @Test("the first search finds the middle of words too, and so does one for words that came since")
  func unread() throws {
    let filled = try Filled()
    defer { filled.service.stop() }
    filled.service.ask(Ticket(1), .search("umber 2499"))
    #expect(try answer(to: Ticket(1), in: filled.inbox).map(\.title) == ["Number 2499"])
    try filled.ingest(["Lanternfish", "Lantern"])
    filled.service.ask(Ticket(2), .search("fish"))
    #expect(try answer(to: Ticket(2), in: filled.inbox).map(\.title) == ["Lanternfish"])
    filled.service.ask(Ticket(3), .search("lantarn"))
    #expect(try answer(to: Ticket(3), in: filled.inbox).map(\.title) == ["Lanternfish", "Lantern"])
    filled.service.ask(Ticket(4), .search("..."))
    #expect(try answer(to: Ticket(4), in: filled.inbox).isEmpty)
  }

  @Test("what is to be played is found by the middle of its name before anybody searched")
  func played() throws {
    let filled = try Filled()
    defer { filled.service.stop() }
    filled.service.ask(Ticket(1), .find("umber 2499"))
    #expect(try answer(to: Ticket(1), in: filled.inbox).map(\.title) == ["Number 2499"])
  }

  /// A library, and the service that answers for it.
  private final class Filled {
    let directory = TemporaryDirectory()
    let catalogue: Catalogue
    let inbox = Inbox()
    let service: LibraryService

    init() throws {
      let path = directory.file("library.sqlite")
      catalogue = try Catalogue(path: path)
      service = LibraryService(path: path, inbox: inbox) {}
      let pull = try catalogue.beginPull(of: .local)
      let records = (0..<3000).map { number in
        var record = TrackRecord(remoteID: RemoteID("t\(number)"), title: "Number \(number)")
        (record.artist, record.album) = ("Artist \(number % 9)", "Album \(number / 10)")
        record.year = 1990 + number % 30
        return record
      }
      try catalogue.ingest(tracks: records, in: pull)
      _ = try catalogue.finishPull(pull)
    }

    func ingest(_ titles: [String]) throws {
      let pull = try catalogue.beginPull(of: .local)
      try catalogue.ingest(tracks: titles.map { TrackRecord(remoteID: RemoteID($0), title: $0) }, in: pull)
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
