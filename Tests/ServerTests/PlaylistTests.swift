import Fixtures
import Foundation
import OpenSubsonic
import Server
import Testing

@Suite struct PlaylistTests {
  let server: RunningServer
  let songs: [String: Wire.Child]

  init() throws {
    server = try RunningServer()
    songs = try server.songs()
  }

  private func id(_ title: String) -> String { songs[title]!.id }
  private func ids(_ titles: [String], as name: String) -> String {
    titles.map { "&\(name)=\(id($0))" }.joined()
  }

  private func make(_ titles: [String], name: String = "List", user: String = "ada", password: String = "secret") throws
    -> String
  {
    let made = try server.call(
      "createPlaylist", "name=\(name)" + ids(titles, as: "songId"), user: user, password: password)
    return made.playlist!.playlist.id
  }

  private func titles(_ list: String) throws -> [String] {
    try server.call("getPlaylist", "id=\(list)").playlist!.entry.map(\.title)
  }

  @Test("a list is made, read, listed and deleted")
  func life() throws {
    let list = try make(["Dawn", "Noon", "Dawn"])
    let read = try #require(try server.call("getPlaylist", "id=\(list)").playlist)
    #expect(read.entry.map(\.title) == ["Dawn", "Noon", "Dawn"])
    #expect(read.playlist.songCount == 3 && read.playlist.owner == "ada" && read.playlist.public == false)
    #expect(read.playlist.created != nil && read.playlist.changed != nil && read.playlist.readonly == false)
    #expect(try server.call("getPlaylists").playlists?.playlist == [read.playlist])
    try server.call("deletePlaylist", "id=\(list)")
    #expect(try server.call("getPlaylists").playlists?.playlist.isEmpty == true)
    #expect(try server.failure("getPlaylist", "id=\(list)") == 70)
  }

  @Test(
    "indices mean the list before the call; twice is once, and beyond the end is nothing",
    arguments: [
      ("&songIndexToRemove=0", ["Noon", "One", "Two"]), ("&songIndexToRemove=0&songIndexToRemove=1", ["One", "Two"]),
      ("&songIndexToRemove=1&songIndexToRemove=0&songIndexToRemove=1", ["One", "Two"]),
      ("&songIndexToRemove=3&songIndexToRemove=99&songIndexToRemove=-1", ["Dawn", "Noon", "One"]),
      ("", ["Dawn", "Noon", "One", "Two"]),
    ])
  func removal(extra: String, expected: [String]) throws {
    let list = try make(["Dawn", "Noon", "One", "Two"])
    try server.call("updatePlaylist", "playlistId=\(list)" + extra)
    #expect(try titles(list) == expected)
  }

  @Test("removing and adding in one call removes first")
  func both() throws {
    let list = try make(["Dawn", "Noon"])
    try server.call(
      "updatePlaylist",
      "playlistId=\(list)&songIndexToRemove=1&songIndexToRemove=2" + ids(["One", "One"], as: "songIdToAdd"))
    #expect(try titles(list) == ["Dawn", "One", "One"])
  }

  @Test("name, comment and visibility change alone; an empty comment clears")
  func description() throws {
    let list = try make(["Dawn"])
    let read = { try server.call("getPlaylist", "id=\(list)").playlist!.playlist }
    try server.call("updatePlaylist", "playlistId=\(list)&name=N%C3%A4u&comment=c&public=true")
    #expect(try read().name == "Näu" && read().comment == "c" && read().public == true)
    try server.call("updatePlaylist", "playlistId=\(list)&name=&comment=")
    #expect(try read().name == "Näu" && read().comment == "" && read().public == true)
    try server.call("updatePlaylist", "playlistId=\(list)&public=false")
    #expect(try read().public == false)
    #expect(try read().songCount == 1)
  }

  @Test("a call that cannot be done wholly changes nothing")
  func atomic() throws {
    let list = try make(["Dawn", "Noon"])
    #expect(
      try server.failure("updatePlaylist", "playlistId=\(list)&name=X&songIndexToRemove=0&songIndexToRemove=zwei") == 10
    )
    #expect(try server.failure("updatePlaylist", "playlistId=\(list)&name=X&public=perhaps") == 10)
    #expect(
      try server.failure("updatePlaylist", "playlistId=\(list)&name=X&songIndexToRemove=0&songIdToAdd=nope") == 70)
    let read = try #require(try server.call("getPlaylist", "id=\(list)").playlist)
    #expect(read.playlist.name == "List" && read.entry.count == 2)
  }

  @Test("createPlaylist with an id writes the whole list anew, also to nothing")
  func replace() throws {
    let list = try make(["Dawn", "Noon"])
    let answer = try server.call("createPlaylist", "playlistId=\(list)&name=New" + ids(["Two", "One"], as: "songId"))
    #expect(answer.playlist?.playlist.id == list && answer.playlist?.playlist.name == "New")
    #expect(try titles(list) == ["Two", "One"])
    try server.call("createPlaylist", "playlistId=\(list)")
    #expect(try titles(list).isEmpty)
    #expect(try server.call("getPlaylists").playlists?.playlist.count == 1)
  }

  @Test("a list of thousands goes through a form")
  func long() throws {
    let form =
      String(server.target("createPlaylist").split(separator: "?")[1]) + "&name=Long"
      + String(repeating: "&songId=" + id("Dawn"), count: 5000)
    let response = server.http.post("/rest/createPlaylist.view", form: form)
    let list = try JSONDecoder().decode(Wire.Envelope.self, from: Data(response.body)).response.playlist
    #expect(list?.entry.count == 5000)
  }

  @Test("another's private list is not there, a public one can only be read")
  func owners() throws {
    let list = try make(["Dawn"])
    let ben = { (call: String, extra: String) in try server.failure(call, extra, user: "ben", password: "other") }
    for (call, extra) in [
      ("getPlaylist", "id=\(list)"), ("deletePlaylist", "id=\(list)"), ("updatePlaylist", "playlistId=\(list)&name=x"),
      ("createPlaylist", "playlistId=\(list)"),
    ] { #expect(try ben(call, extra) == 70, "\(call)") }
    try server.call("updatePlaylist", "playlistId=\(list)&public=true")
    #expect(try ben("getPlaylist", "id=\(list)") == nil)
    let seen = try server.call("getPlaylists", user: "ben", password: "other").playlists?.playlist.first
    #expect(seen?.readonly == true && seen?.owner == "ada")
    for (call, extra) in [
      ("deletePlaylist", "id=\(list)"), ("updatePlaylist", "playlistId=\(list)&name=x"),
      ("createPlaylist", "playlistId=\(list)"),
    ] { #expect(try ben(call, extra) == 50, "\(call)") }
    #expect(try titles(list) == ["Dawn"])
  }

  @Test("a track that went away is passed over, keeps its place, and indices count what is seen")
  func vanished() throws {
    let list = try make(["Dawn", "Dusk", "Noon", "Night"])
    let path = server.music.file("Ada Quill/First Light/01 dawn.mp3")
    try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
    try rescan()
    #expect(try titles(list) == ["Dusk", "Noon", "Night"])
    try server.call("updatePlaylist", "playlistId=\(list)&songIndexToRemove=1")
    #expect(try titles(list) == ["Dusk", "Night"])
    try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
    try rescan()
    #expect(try titles(list) == ["Dawn", "Dusk", "Night"])
    #expect(try server.failure("createPlaylist", "name=x&songId=gone") == 70)
  }

  private func rescan() throws {
    try server.call("startScan")
    #expect(server.server.waitUntilScanned())
  }
}

@Suite struct AnnotationTests {
  let server: RunningServer
  init() throws { server = try RunningServer() }

  private var starred: Wire.Starred2 { get throws { try server.call("getStarred2").starred2! } }

  @Test("stars go to tracks, albums and artists, twice as well as once, and belong to their user")
  func stars() throws {
    let dawn = try server.song("Dawn")
    for _ in 0..<2 { try server.call("star", "id=\(dawn.id)&albumId=\(dawn.albumId!)&artistId=\(dawn.artistId!)") }
    let first = try starred
    #expect(first.song.map(\.id) == [dawn.id] && first.album.map(\.id) == [dawn.albumId] && first.artist.count == 1)
    #expect(first.song[0].starred != nil)
    #expect(try server.song("Dawn").starred == first.song[0].starred)
    #expect(try server.call("getAlbumList2", "type=starred").albumList2?.album.map(\.name) == ["First Light"])
    #expect(try server.call("getStarred2", user: "ben", password: "other").starred2?.song.isEmpty == true)
    try server.call("unstar", "id=\(dawn.id)&id=\(dawn.albumId!)&id=nope")
    try server.call("unstar", "id=\(dawn.id)")
    #expect(try starred.song.isEmpty && starred.album.isEmpty && starred.artist.count == 1)
  }

  @Test("ratings are given and taken back")
  func ratings() throws {
    let dawn = try server.song("Dawn")
    try server.call("setRating", "id=\(dawn.id)&rating=4")
    #expect(try server.song("Dawn").userRating == 4)
    try server.call("setRating", "id=\(dawn.id)&rating=0")
    #expect(try server.song("Dawn").userRating == nil)
    #expect(try server.failure("setRating", "id=\(dawn.id)&rating=6") == 0)
    try server.call("setRating", "id=\(dawn.albumId!)&rating=5")
    #expect(try server.call("getAlbumList2", "type=highest").albumList2?.album.map(\.name) == ["First Light"])
  }

  @Test("every play of a scrobble counts once, with its time; playing now and streaming count nothing")
  func plays() throws {
    let (dawn, dusk) = (try server.song("Dawn"), try server.song("Dusk"))
    let both = "id=\(dawn.id)&id=\(dusk.id)&time=1600000000000&time=1700000000000"
    try server.call("scrobble", both)
    try server.call("scrobble", both)
    #expect(try server.song("Dawn").playCount == 1)
    #expect(try server.song("Dawn").played == WireDate("2020-09-13T12:26:40Z"))
    try server.call("scrobble", "id=\(dawn.id)&time=1500000000000")
    try server.call("scrobble", "id=\(dawn.id)&submission=false")
    _ = server.http.get(server.target("stream", "id=\(dawn.id)"))
    #expect(try server.song("Dawn").playCount == 2)
    #expect(try server.song("Dawn").played == WireDate("2020-09-13T12:26:40Z"))
    #expect(
      try server.call("getAlbumList2", "type=frequent").albumList2?.album.map(\.name) == ["First Light", "Evenings"])
    #expect(
      try server.call("getAlbumList2", "type=recent").albumList2?.album.map(\.name) == ["Evenings", "First Light"])
    #expect(try server.failure("scrobble", "id=\(dawn.id)&time=soon") == 10)
  }

  @Test("the marks are there after a restart, also for a catalogue made anew")
  func kept() throws {
    let music = MusicFolder()
    let data = music.directory.file("data")
    let dawn: String
    do {
      let server = try RunningServer(music: music) { $0.data = data }
      dawn = try server.song("Dawn").id
      try server.call("star", "id=\(dawn)")
      try server.call("createPlaylist", "name=Kept&songId=\(dawn)")
    }
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: data + "/catalogue.db" + suffix) }
    let server = try RunningServer(music: music) { $0.data = data }
    #expect(try server.call("getStarred2").starred2?.song.map(\.id) == [dawn])
    #expect(try server.call("getPlaylists").playlists?.playlist.map(\.songCount) == [1])
  }
}
