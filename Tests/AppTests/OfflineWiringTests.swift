import Cache
import Fixtures
import Foundation
import Library
import Music
import OpenSubsonic
import Testing

@testable import App
@testable import Core
@testable import Remote

@Suite("The wiring of what is done with no network", .timeLimit(.minutes(40)))
struct OfflineWiringTests {
  private let directory = TemporaryDirectory()

  /// A player that has the library and looks at its playlists.
  private func player(_ server: WiredServer?) throws -> WiredPlayer {
    let player = try WiredPlayer(in: directory.path, account: server?.account)
    try player.say("view playlists")
    return player
  }

  /// What the player keeps, as the account's screens see it.
  private func catalogue(of player: WiredPlayer) throws -> Catalogue {
    let catalogue = try Catalogue(path: player.paths.catalogueFile)
    catalogue.scope = [.remote(ServerID("home"))]
    return catalogue
  }

  private func tracks(_ titles: String..., in player: WiredPlayer) throws -> [TrackID] {
    let catalogue = try catalogue(of: player)
    return try titles.map { title in
      try #require(catalogue.tracks(matching: Query(parsing: "title:\"\(title)\""), limit: 1).first).id
    }
  }

  private func synchronized(_ player: WiredPlayer, count: Int = 10) throws {
    try player.wait("the library is here") {
      try catalogue(of: $0).trackCount() == count && $0.wasTold("up to date")
    }
  }

  @Test("stars, ratings and playlists are undone and done again after restarts, in the order they were made")
  func undo() throws {
    let server = try WiredServer()
    var list = PlaylistID(0)
    do {
      let player = try player(server)
      try synchronized(player)
      let ids = try tracks("Ebb", "Flow", in: player)
      player.services.perform(.edit(.createPlaylist(name: "Road", tracks: [ids[0]])))
      try player.wait("the list is here") { $0.playlist("Road") != nil }
      list = try #require(player.playlist("Road")).id
      player.services.perform(.edit(.addTracks(list, [ids[1]], at: nil)))
      player.services.perform(.edit(.star(.track(ids[0]), true)))
      player.services.perform(.edit(.rate(.track(ids[1]), 4)))
      player.services.perform(.edit(.describePlaylist(list, comment: "for the car", isPublic: true)))
      try player.wait("all is sent") { _ in
        let catalogue = try catalogue(of: player)
        return try catalogue.history(limit: 9).count == 5 && catalogue.outbox().isEmpty
      }
    }
    func held(_ catalogue: Catalogue) throws -> (tracks: Int, comment: String, star: Bool, rating: Int) {
      let road = try #require(catalogue.playlists().first { $0.id == list })
      let both =
        try catalogue.tracks(matching: Query(parsing: "title:Ebb"), limit: 1)
        + catalogue.tracks(matching: Query(parsing: "title:Flow"), limit: 1)
      return (road.trackCount, road.comment, both[0].isStarred, both[1].rating)
    }
    // A step for each life.
    let expected: [(Int, String, Bool, Int)] = [
      (2, "", true, 4), (2, "", true, 0), (2, "", false, 0), (1, "", false, 0),
    ]
    for (tracks, comment, star, rating) in expected {
      let player = try player(nil)
      try player.press("u")
      try player.wait("\(tracks) \(star) \(rating)") { _ in
        try held(catalogue(of: player)) == (tracks, comment, star, rating)
      }
    }
    let player = try player(nil)
    for _ in 0..<4 { try player.press("^r") }
    try player.wait("everything is done again, and sent") { _ in
      let catalogue = try catalogue(of: player)
      return try held(catalogue) == (2, "for the car", true, 4) && catalogue.outbox().isEmpty
    }
    try player.wait("it is told") { $0.wasTold("Again: ") }
  }

  @Test(":outbox lists what waits and what was refused; it is sent again, or given up here too")
  func outbox() throws {
    let server = try WiredServer()
    let player = try player(server)
    try synchronized(player)
    let ids = try tracks("Ebb", "Flow", in: player)
    try player.say("offline on")
    player.services.perform(.edit(.star(.track(ids[0]), true)))
    player.services.perform(.edit(.rate(.track(ids[1]), 3)))
    try player.say("outbox")
    try player.wait("both wait") { $0.state.outbox.rows.rows.count == 2 }
    #expect(player.state.outbox.rows.rows.map(\.words) == ["a star for “Ebb”", "3 of 5 for “Flow”"])
    try player.wait("the bar says so") { $0.state.outboxWord == "2 to send" }

    // The server said no to both.
    let catalogue = try catalogue(of: player)
    for row in try catalogue.outbox() { try catalogue.editRefused(row.id, reason: "not today") }
    player.send(.outboxChanged)
    try player.wait("both are refused") { $0.state.outboxWord == "2 refused" }
    try player.wait("the rows say why") { player in
      player.state.outbox.rows.rows.allSatisfy { $0.state == .refused("not today") }
    }
    try player.press("g", "g", "d", "y")
    try player.wait("the first is given up, here too") { _ in
      try catalogue.outbox().count == 1 && !catalogue.tracks([ids[0]])[0].isStarred
    }
    try player.wait("one row is left") { $0.state.outbox.rows.rows.count == 1 }
    try player.say("outbox retry-all")
    try player.say("offline off")
    try player.wait("the other is sent") { try $0.state.outbox.rows.rows.isEmpty && catalogue.outbox().isEmpty }
    let client = SubsonicClient(account: server.account.remote, http: player.services.http)
    let flow = try #require(try client.search3("Flow", songs: Window(count: 5, offset: 0)).song.first)
    #expect(flow.userRating == 3)
    #expect(try client.starred2().song.isEmpty)
  }

  @Test("a track that is added to a pinned playlist is fetched; one that leaves it is kept no longer")
  func pins() throws {
    let server = try WiredServer()
    let player = try player(server)
    try synchronized(player)
    let ids = try tracks("Ebb", "Flow", "Снег над рекой", in: player)
    player.services.perform(.edit(.createPlaylist(name: "Road", tracks: [ids[0]])))
    try player.wait("the list is here") { $0.playlist("Road") != nil }
    let list = try #require(player.playlist("Road")).id
    player.services.perform(.pin([.playlist(list)], on: true))
    try player.wait("it is fetched") { $0.state.downloads.report.whole == 1 && $0.state.downloads.report.count == 1 }
    player.services.perform(.edit(.addTracks(list, [ids[1]], at: nil)))
    try player.wait("what was added is fetched") { $0.state.downloads.report.whole == 2 }

    // Added elsewhere, by another player.
    let client = SubsonicClient(account: server.account.remote, http: player.services.http)
    try player.wait("the server has both") { _ in
      try client.playlists().contains { $0.name == "Road" && $0.songCount == 2 }
    }
    let catalogue = try catalogue(of: player)
    let remote = try #require(try client.playlists().first { $0.name == "Road" }).id
    let names = try ids.map { try #require(try catalogue.remoteID(of: .track($0))) }
    _ = try client.replacePlaylist(remote, tracks: [names[1], names[2]])
    try player.say("sync")
    try player.wait("what came is fetched, what left is not counted") { player in
      let report = player.state.downloads.report
      return report.count == 2 && report.whole == 2
        && player.services.cache.withTracks { cache in
          let keys = [names[1], names[2]].map { RenditionKey(server: server.account.id, track: $0, rendition: .raw) }
          return cache.status(of: keys).allSatisfy { $0 == .whole }
        }
    }
  }

  @Test("starred music that is kept follows the stars; a smart playlist that is kept follows its search")
  func following() throws {
    let server = try WiredServer()
    let player = try player(server)
    try synchronized(player)
    let ids = try tracks("Ebb", "Flow", in: player)
    player.services.perform(.pin([.starred], on: true))
    try player.wait("the pin is known") { $0.state.isPinned(.starred) }
    player.services.perform(.edit(.star(.track(ids[0]), true)))
    try player.wait("what is starred is fetched") { $0.state.downloads.report.whole == 1 }
    let smart = try catalogue(of: player).createSmartPlaylist(named: "Good", query: "rating:>3")
    player.services.perform(.pin([.playlist(PlaylistID(-smart.rawValue))], on: true))
    player.services.perform(.edit(.rate(.track(ids[1]), 5)))
    try player.wait("what is rated so is fetched") { $0.state.downloads.report.whole == 2 }
    player.services.perform(.edit(.star(.track(ids[0]), false)))
    try player.wait("what is not starred any more is not kept") { $0.state.downloads.report.count == 1 }
  }

  @Test("bookmarks and the queue come from the server that keeps them, also at the first synchronisation")
  func kept() throws {
    let data = directory.file("server")
    let server = try WiredServer(data: data)
    let first = try player(server)
    try synchronized(first)
    let ids = try tracks("Ebb", "Flow", "Ebb", in: first)
    first.services.perform(.edit(.bookmark(ids[1], Bookmark(track: ids[1], position: 5000, comment: "here"))))
    first.services.perform(.edit(.saveQueue(SavedQueue(tracks: ids, current: 2, position: 7000))))
    let here = try catalogue(of: first)
    try first.wait("both are sent") { _ in try here.outbox().isEmpty && here.bookmarks().count == 1 }

    // Another computer.
    let elsewhere = TemporaryDirectory()
    let second = try WiredPlayer(in: elsewhere.path, account: server.account)
    try second.wait("the queue is offered") { $0.wasTold("Another player left a queue of 3 tracks on the server.") }
    let there = try catalogue(of: second)
    try second.wait("the bookmark is here") { _ in try there.bookmarks().map(\.position) == [5000] }
    try second.say("queue fetch")
    try second.wait("it is asked") { $0.state.prompt != nil }
    try second.press("y")
    try second.wait("the queue is taken over") { $0.state.queue.entries.map(\.track.title) == ["Ebb", "Flow", "Ebb"] }
    // The third entry, not the first one of the same name.
    #expect(second.state.queue.currentIndex == 2)
  }

  @Test("downloads first means the rendition that the pin asks for")
  func first() throws {
    let server = try WiredServer()
    let player = try player(server)
    try synchronized(player)
    let ids = try tracks("Ebb", "Flow", "Снег над рекой", in: player)
    player.services.perform(.downloads(.pause))
    player.services.perform(.pinRendition(ids.map { .track($0) }, bitRate: 32))
    let catalogue = try catalogue(of: player)
    let last = try #require(try catalogue.tracks([ids[2]]).first)
    func waiting() -> [RenditionKey] { player.services.cache.withTracks { $0.downloads().waiting } }
    try player.wait("all three wait") { _ in waiting().count == 3 }
    #expect(waiting().allSatisfy { $0.rendition == .mp3(bitRate: 32) } && waiting().first?.track != last.remoteID)
    player.services.perform(.downloadFirst([ids[2]]))
    try player.wait("the chosen one is the first") { _ in waiting().first?.track == last.remoteID }
    #expect(waiting().count == 3 && waiting().first?.rendition == .mp3(bitRate: 32))
  }
}
