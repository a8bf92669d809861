import Fixtures
import Foundation
import OpenSubsonic
import Testing

@testable import Server

@Suite("Bookmarks and queues of the server")
struct KeptPlaceTests {
  @Test("a bookmark is kept, replaced and taken away; each user has their own")
  func bookmarks() throws {
    let server = try RunningServer()
    let dawn = try server.song("Dawn").id
    #expect(try server.call("getBookmarks").bookmarks?.bookmark.isEmpty == true)
    try server.call("createBookmark", "id=\(dawn)&position=12000&comment=here%20%26%20now")
    try server.call("createBookmark", "id=\(dawn)&position=13000")
    let kept = try #require(try server.call("getBookmarks").bookmarks?.bookmark)
    #expect(kept.map(\.position) == [13000] && kept[0].comment == "" && kept[0].entry.title == "Dawn")
    #expect(kept[0].username == "ada" && kept[0].created != nil && kept[0].changed != nil)
    #expect(try server.call("getBookmarks", user: "ben", password: "other").bookmarks?.bookmark.isEmpty == true)
    #expect(try server.failure("deleteBookmark", "id=\(dawn)", user: "ben", password: "other") == 70)
    try server.call("deleteBookmark", "id=\(dawn)")
    #expect(try server.call("getBookmarks").bookmarks?.bookmark.isEmpty == true)
  }

  @Test("a queue is left by one player and found by the next, by name and by place")
  func queue() throws {
    let server = try RunningServer()
    let (dawn, noon) = (try server.song("Dawn").id, try server.song("Noon").id)
    #expect(try server.call("getPlayQueue").playQueue == nil)
    try server.call("savePlayQueue", "id=\(dawn)&id=\(noon)&current=\(noon)&position=4000")
    let queue = try #require(try server.call("getPlayQueue").playQueue)
    #expect(queue.entry.map(\.title) == ["Dawn", "Noon"] && queue.current == noon && queue.position == 4000)
    #expect(queue.username == "ada" && queue.changedBy == "test" && queue.changed != nil)
    // A song that stands in it twice is known by its place.
    try server.call("savePlayQueueByIndex", "id=\(dawn)&id=\(noon)&id=\(dawn)&currentIndex=2&position=5000")
    let byIndex = try #require(try server.call("getPlayQueueByIndex").playQueueByIndex)
    #expect(byIndex.currentIndex == 2 && byIndex.entry.count == 3 && byIndex.position == 5000)
    #expect(try server.call("getPlayQueue").playQueue?.current == dawn)
    #expect(try server.call("getPlayQueue", user: "ben", password: "other").playQueue == nil)
    try server.call("savePlayQueue")
    #expect(try server.call("getPlayQueue").playQueue == nil)
  }

  @Test(
    "what makes no sense is refused",
    arguments: [
      ("createBookmark", "id=nope&position=1", 70), ("createBookmark", "position=1", 10),
      ("createBookmark", "id=DAWN", 10), ("createBookmark", "id=DAWN&position=soon", 10),
      ("deleteBookmark", "id=DAWN", 70), ("savePlayQueue", "id=DAWN", 10), ("savePlayQueue", "id=DAWN&current=x", 10),
      ("savePlayQueueByIndex", "id=DAWN&currentIndex=1", 10), ("savePlayQueueByIndex", "id=DAWN&currentIndex=-1", 10),
      ("savePlayQueue", "id=x&current=x", 70),
    ])
  func refusals(call: String, parameters: String, code: Int) throws {
    let server = try RunningServer()
    let dawn = try server.song("Dawn").id
    #expect(try server.failure(call, parameters.replacingOccurrences(of: "DAWN", with: dawn)) == code)
  }

  @Test("they last, are told as XML, and outlive songs that are gone for now")
  func lasting() throws {
    let music = MusicFolder()
    let data = music.directory.file("data")
    let configure: (inout ServerConfiguration) -> Void = { $0.data = data }
    var dawn = ""
    do {
      let server = try RunningServer(music: music, configure)
      dawn = try server.song("Dawn").id
      let noon = try server.song("Noon").id
      try server.call("createBookmark", "id=\(dawn)&position=9")
      try server.call("savePlayQueueByIndex", "id=\(dawn)&id=\(noon)&currentIndex=0&position=7")
      let target = server.target("getPlayQueueByIndex").replacingOccurrences(of: "f=json", with: "f=xml")
      let text = String(decoding: server.http.get(target).body, as: UTF8.self)
      #expect(text.contains("<playQueueByIndex ") && text.contains("currentIndex=\"0\"") && text.contains("<entry "))
    }
    let file = "Ada Quill/First Light/01 dawn.mp3"
    try FileManager.default.moveItem(atPath: music.file(file), toPath: music.directory.file("away.mp3"))
    do {
      let server = try RunningServer(music: music, configure)
      #expect(try server.call("getBookmarks").bookmarks?.bookmark.isEmpty == true)
      let queue = try #require(try server.call("getPlayQueueByIndex").playQueueByIndex)
      #expect(queue.entry.map(\.title) == ["Noon"] && queue.currentIndex == 0)
    }
    try FileManager.default.moveItem(atPath: music.directory.file("away.mp3"), toPath: music.file(file))
    let server = try RunningServer(music: music, configure)
    #expect(try server.call("getBookmarks").bookmarks?.bookmark.map(\.entry.id) == [dawn])
    #expect(try server.call("getPlayQueueByIndex").playQueueByIndex?.entry.count == 2)
  }
}

@Suite("What a server is known by")
struct IdentityTests {
  @Test("is the same after a restart and at whichever address, another for other data, and told to everybody")
  func identity() throws {
    let music = MusicFolder()
    let data = music.directory.file("data")
    func identity(_ data: String) throws -> (announced: Bool, id: String?) {
      let server = try RunningServer(music: music) { $0.data = data }
      let names = try server.call("getOpenSubsonicExtensions").openSubsonicExtensions?.map(\.name) ?? []
      // Without a user.
      let body = server.http.get("/rest/getServerIdentity?v=1.16.1&c=test&f=json").body
      let response = try JSONDecoder().decode(Wire.Envelope.self, from: Data(body)).response
      #expect(response.status == "ok" && response.openSubsonic == true)
      return (names.contains("serverIdentity"), response.serverIdentity?.id)
    }
    let first = try identity(data)
    #expect(first.announced && (first.id?.count ?? 0) == 32)
    #expect(try identity(data) == first)
    #expect(try identity(music.directory.file("other")).id != first.id)
  }

  @Test("does not exist where nothing is kept")
  func transient() throws {
    let server = try RunningServer()
    let names = try server.call("getOpenSubsonicExtensions").openSubsonicExtensions?.map(\.name) ?? []
    #expect(!names.isEmpty && !names.contains("serverIdentity"))
    #expect(try server.failure("getServerIdentity") == 0)
  }
}

@Suite("The date of a playlist")
struct PlaylistDateTests {
  @Test("is another after each edit, however soon, and the same where nothing was changed")
  func dates() throws {
    let server = try RunningServer()
    let (dawn, noon) = (try server.song("Dawn").id, try server.song("Noon").id)
    let list = try #require(try server.call("createPlaylist", "name=x&songId=\(dawn)&songId=\(noon)").playlist)
    var dates = [try #require(list.playlist.changed)]
    for (first, second) in [(noon, dawn), (dawn, noon), (noon, dawn)] {
      let parameters = "playlistId=\(list.playlist.id)&songId=\(first)&songId=\(second)"
      dates.append(try #require(try server.call("createPlaylist", parameters).playlist?.playlist.changed))
    }
    #expect(Set(dates.map(\.timestamp)).count == 4)
    try server.call("updatePlaylist", "playlistId=\(list.playlist.id)&name=x")
    let now = try #require(try server.call("getPlaylists").playlists?.playlist.first?.changed)
    #expect(now.timestamp == dates.last?.timestamp)
  }
}
