import Core
import Fixtures
import Glibc
import Library
import Music
import Testing
import Threading

@testable import App

@Suite("Long answers of the library")
struct LibraryPartsTests {
  private let directory = TemporaryDirectory()
  private let catalogue: Catalogue
  private var path: String { directory.file("library.sqlite") }

  init() throws {
    catalogue = try Catalogue(path: directory.file("library.sqlite"))
    let pull = try catalogue.beginPull(of: .local)
    let records = (0..<2000).map { number in
      var record = TrackRecord(remoteID: RemoteID("t\(number)"), title: "Number \(number)")
      (record.artist, record.album, record.year) = ("Artist \(number % 300)", "Album \(number / 4)", 1990 + number % 5)
      (record.genre, record.albumArtist) = ("Rock", record.artist)
      record.path = "\(number % 311)/\(number % 17)/\(number).mp3"
      (record.playCount, record.lastPlayed) = (number % 3, Timestamp(seconds: Int64(number)))
      return record
    }
    try catalogue.ingest(tracks: records, in: pull)
    _ = try catalogue.finishPull(pull)
    for number in stride(from: 0, to: 2000, by: 5) {
      try catalogue.star(.track(try #require(try catalogue.trackID(RemoteID("t\(number)"), from: .local))), true)
    }
  }

  private static let questions: [CatalogueQuestion] = [
    .artists, .allAlbums(.name), .allAlbums(.newest), .starred, .library(.mostPlayed), .library(.lastPlayed),
    .library(.albumsOfGenre("Rock")), .library(.albumsOfYears(1990...1999)), .library(.randomAlbums(seed: 9)),
    .library(.folders(in: "")), .library(.folders(in: "7")), .library(.tracksInFolder("", .shown)),
    .library(.tracksInFolder("", .whole)), .library(.tracksInFolder("7", .direct)),
  ]

  @Test("begin with a screenful, and the parts join without a gap or anything twice", arguments: questions)
  func join(question: CatalogueQuestion) throws {
    let inbox = Inbox()
    let service = LibraryService(path: path, inbox: inbox) {}
    defer { service.stop() }
    service.ask(Ticket(1), question)
    let (parts, answer) = try whole(Ticket(1), in: inbox)
    let expected = try catalogue.answer(question)
    #expect(ids(answer) == ids(expected))
    #expect(Set(ids(answer)).count == ids(answer).count)
    #expect(parts.count == (ids(expected).count > 64 ? 1 : 0))
    for part in parts { #expect(ids(part) == Array(ids(expected).prefix(64))) }
  }

  @Test("the folders of the whole are read for later, as they would be when they are asked for")
  func learned() throws {
    let learning = try FolderLearning(for: catalogue, at: path)
    #expect(try catalogue.knownContents(of: "") == nil)
    var pieces = 1
    while try !learning.readSome(for: catalogue), pieces < 100 { pieces += 1 }
    #expect(try catalogue.knownContents(of: "") == catalogue.contents(ofFolder: "") && pieces > 1)
  }

  @Test("let whatever else is asked go first")
  func before() throws {
    let inbox = Inbox()
    let service = LibraryService(path: path, inbox: inbox) {}
    defer { service.stop() }
    // All of it is asked before any of it is answered.
    let isAsked = Monitor(false)
    service.thread.async { _ = isAsked.wait { $0 ? true : nil } }
    for (number, question) in Self.questions.enumerated() { service.ask(Ticket(number), question) }
    service.ask(Ticket(99), .genres)
    isAsked.update { $0 = true }
    var order: [Int] = []
    let deadline = monotonicNow() + .seconds(60)
    while order.count < Self.questions.count + 1, monotonicNow() < deadline {
      for case .message(.answer(let ticket, _)) in inbox.take() { order.append(ticket.number) }
      usleep(1000)
    }
    #expect(Set(order).count == Self.questions.count + 1)
    // Before it are those that were whole at once, and albums that later ones have overtaken.
    let place = try #require(order.firstIndex(of: 99))
    #expect(order[..<place].allSatisfy { ![0, 3, 4, 5, 8, 9, 11, 12].contains($0) })
  }

  private func whole(
    _ ticket: Ticket, in inbox: Inbox
  ) throws -> (parts: [CatalogueAnswer], answer: CatalogueAnswer) {
    var parts: [CatalogueAnswer] = []
    let deadline = monotonicNow() + .seconds(60)
    while monotonicNow() < deadline {
      for item in inbox.take() {
        if case .message(.part(ticket, let answer, _)) = item { parts.append(answer) }
        if case .message(.answer(ticket, let answer)) = item { return (parts, answer) }
      }
      usleep(1000)
    }
    throw TimedOut("an answer", after: .seconds(60), seen: "\(parts.count) parts")
  }

  private func ids(_ answer: CatalogueAnswer) -> [String] {
    switch answer {
    case .artists(let rows): rows.map { "\($0.id)" }
    case .albums(let rows): rows.map { "\($0.id)" }
    case .tracks(let rows): rows.map { "\($0.id)" }
    case .groups(let rows): rows.map { "\($0.id)" }
    default: []
    }
  }
}
