import Library
import Music
import Testing

@testable import Remote

@Suite("What is sent once, and what comes of an answer that was lost")
struct OnceTests {
  private let bench: SynchronizerBench
  private var catalogue: Catalogue { bench.catalogue }
  private var server: MusicServer { bench.server }

  init() throws {
    bench = try SynchronizerBench(.sample(albums: 4))
    try bench.synchronize()
  }

  private func drain(extensions: Set<String> = []) throws -> OutboxDrain.Outcome {
    var account = account(at: server.base, server: bench.id)
    account.extensions = extensions
    let client = SubsonicClient(account: account, http: bench.http)
    return try OutboxDrain(client: client, catalogue: catalogue, report: { _ in }).run()
  }

  private let broken = ScriptedReply.html("", status: "502 Bad Gateway")

  @Test("a listen whose answer was lost is not told twice where the server says what it heard last")
  func scrobble() throws {
    try catalogue.recordPlay(of: bench.track("tr-1"), at: Timestamp(seconds: 1_800_000_000))
    server.change { $0.lostAnswers["scrobble"] = [broken] }
    #expect(try drain() == .postponed(retryAfter: nil))
    #expect(try catalogue.pendingEdits(of: bench.id, limit: 1).first?.isUncertain == true)
    #expect(try drain() == .empty)
    #expect(server.now.scrobbled == ["tr-1@1800000000000"])
  }

  @Test("a listen that did not arrive is told again, with its own time")
  func scrobbleAgain() throws {
    try catalogue.recordPlay(of: bench.track("tr-1"), at: Timestamp(seconds: 1_800_000_000))
    server.change { $0.surprises["scrobble"] = [broken] }
    #expect(try drain() == .postponed(retryAfter: nil))
    #expect(server.now.scrobbled.isEmpty)
    #expect(try drain() == .empty)
    #expect(server.now.scrobbled == ["tr-1@1800000000000"])
  }

  @Test("a server that was surely not reached is not asked what it heard")
  func notReached() throws {
    try catalogue.recordPlay(of: bench.track("tr-1"), at: Timestamp(seconds: 1_800_000_000))
    let busy = ScriptedReply.html("", status: "503 Service Unavailable")
    server.change { $0.surprises["scrobble"] = [busy] }
    #expect(try drain() == .postponed(retryAfter: nil))
    #expect(try catalogue.pendingEdits(of: bench.id, limit: 1).first?.isUncertain == false)
    #expect(try drain() == .empty)
    #expect(server.count("getSong") == 0)
  }

  @Test("every listen is told, in order, and marked as a whole one")
  func order() throws {
    for second in 1...5 {
      try catalogue.recordPlay(
        of: bench.track("tr-\(second % 2 + 1)"), at: Timestamp(seconds: 1_800_000_000 + Int64(second)))
    }
    #expect(try drain() == .empty)
    #expect(server.now.scrobbled.map { $0.suffix(4) } == ["1000", "2000", "3000", "4000", "5000"])
    #expect(server.server.requests.filter { $0.call == "scrobble" }.allSatisfy { $0["submission"] == "true" })
  }

  @Test("the queue is saved as it stands last, by places where the server knows them")
  func queue() throws {
    let (one, two) = (try bench.track("tr-1"), try bench.track("tr-2"))
    try catalogue.saveQueue(SavedQueue(tracks: [two], current: 0), on: .remote(bench.id))
    try catalogue.saveQueue(SavedQueue(tracks: [one, two], current: 1, position: 1500), on: .remote(bench.id))
    #expect(try drain() == .empty)
    #expect(server.now.savedQueue == "tr-1,tr-2 tr-2 1500")
    #expect(server.count("savePlayQueue") == 1)
    server.change { $0.surprises["savePlayQueueByIndex"] = [.json(okay)] }
    try catalogue.saveQueue(SavedQueue(tracks: [one, one], current: 1), on: .remote(bench.id))
    #expect(try drain(extensions: ["indexBasedQueue"]) == .empty)
    #expect(server.server.requests.last?["currentIndex"] == "1")
  }

  private let okay = #"{"subsonic-response":{"status":"ok","version":"1.16.1"}}"#

  @Test("bookmarks are set and taken away; one that is gone already is no matter")
  func bookmarks() throws {
    let (one, two) = (try bench.track("tr-1"), try bench.track("tr-2"))
    try catalogue.setBookmark(Bookmark(track: one, position: 61_000, comment: "é & c"))
    try catalogue.setBookmark(Bookmark(track: two, position: 5))
    #expect(try drain() == .empty)
    #expect(server.now.bookmarks == ["tr-1": "61000 é & c", "tr-2": "5 "])
    server.change { $0.bookmarks["tr-2"] = nil }
    try catalogue.deleteBookmark(of: one)
    try catalogue.deleteBookmark(of: two)
    #expect(try drain() == .empty)
    #expect(server.now.bookmarks.isEmpty)
    #expect(try catalogue.outbox().isEmpty)
  }

  @Test("a server that keeps no queues and bookmarks makes no dead edits of them")
  func unsupported() throws {
    server.change { $0.keepsQueues = false }
    try catalogue.setBookmark(Bookmark(track: bench.track("tr-1"), position: 61_000))
    try catalogue.saveQueue(SavedQueue(tracks: [bench.track("tr-1")], current: 0), on: .remote(bench.id))
    #expect(try drain() == .empty)
    #expect(try catalogue.outbox().isEmpty)
    #expect(try catalogue.bookmarks().count == 1)
  }

  @Test("a deletion whose answer was lost is done once")
  func deletion() throws {
    server.change { $0.addPlaylist("Mix", ["tr-1"]) }
    try bench.synchronize()
    try catalogue.deletePlaylist(try #require(try catalogue.playlists().first).id)
    server.change { $0.lostAnswers["deletePlaylist"] = [broken] }
    #expect(try drain() == .postponed(retryAfter: nil))
    #expect(try drain() == .empty)
    #expect(server.now.playlists.isEmpty)
    #expect(try catalogue.outbox().isEmpty)
  }

  @Test("an edit that brings back what may have been changed meanwhile is sent")
  func uncertainStar() throws {
    let item = ItemID.track(try bench.track("tr-1"))
    try catalogue.star(item, true)
    server.change { $0.lostAnswers["star"] = [broken] }
    #expect(try drain() == .postponed(retryAfter: nil))
    try catalogue.star(item, false)
    #expect(try drain() == .empty)
    #expect(server.now.starred.isEmpty)
  }
}

@Suite("Retry-After")
struct RetryAfterTests {
  private func delay(_ value: String, date: String? = "Sun, 06 Nov 1994 08:49:37 GMT") throws -> Duration? {
    let headers = [("Retry-After", value)] + (date.map { [("Date", $0)] } ?? [])
    let bench = try SynchronizerBench(.sample(albums: 1))
    bench.server.change {
      $0.surprises["ping"] = [ScriptedReply(status: "429 Too Many Requests", headers: headers)]
    }
    do { try bench.client.ping() } catch { return error.retryAfter }
    return nil
  }

  @Test("is told in seconds or as a date by the server's clock, in any of HTTP's three forms")
  func forms() throws {
    #expect(try delay("7") == .seconds(7))
    #expect(try delay("Sun, 06 Nov 1994 08:50:07 GMT") == .seconds(30))
    #expect(try delay("Sunday, 06-Nov-94 08:50:37 GMT") == .seconds(60))
    #expect(try delay("Sun Nov  6 08:49:38 1994") == .seconds(1))
  }

  @Test("in the past means now; more than an hour is an hour; nonsense is none")
  func bad() throws {
    #expect(try delay("Sun, 06 Nov 1994 08:00:00 GMT") == .zero)
    #expect(try delay("-5") == .zero)
    #expect(try delay("999999999999") == .seconds(3600))
    #expect(try delay("Sun, 06 Nov 2094 08:00:00 GMT", date: nil) == .seconds(3600))
    for text in ["soon", "", "Sun, 99 Nov 1994 08:00:00 GMT", "Sun, 06 Xyz 1994 08:00:00 GMT", "a b c d 1:2"] {
      #expect(try delay(text) == nil, "\(text)")
    }
  }
}
