import Foundation
import OpenSubsonic
import Server
import Testing

@Suite struct BrowsingTests {
  let server: RunningServer
  init() throws { server = try RunningServer() }

  @Test("artists lead to albums, albums to songs, and back by id")
  func descent() throws {
    let index = try #require(try server.call("getArtists").artists?.index)
    #expect(index.map(\.name) == ["A", "N", "U", "V"])
    let ada = try #require(index.first?.artist.first)
    #expect(ada.name == "Ada Quill" && ada.albumCount == 2)
    let artist = try #require(try server.call("getArtist", "id=\(ada.id)").artist)
    #expect(artist.album.map(\.name) == ["Box Set", "First Light"])
    let light = try #require(artist.album.last)
    #expect(light.songCount == 2 && light.year == 2019 && light.artistId == ada.id && light.coverArt != nil)
    let album = try #require(try server.call("getAlbum", "id=\(light.id)").album)
    #expect(album.song.map(\.title) == ["Dawn", "Noon"])
    let dawn = try #require(album.song.first)
    #expect(dawn.albumId == light.id && dawn.artistId == ada.id && dawn.track == 1 && dawn.suffix == "mp3")
    #expect(dawn.isDir == false && dawn.duration ?? 0 >= 0 && dawn.size ?? 0 > 0 && dawn.created != nil)
    #expect(try server.call("getSong", "id=\(dawn.id)").song == dawn)
  }

  @Test("folders of old clients are artists and albums")
  func folders() throws {
    let ada = try #require(try server.call("getIndexes").indexes?.index.first?.artist.first)
    let albums = try #require(try server.call("getMusicDirectory", "id=\(ada.id)").directory?.child)
    #expect(albums.count == 2 && albums.allSatisfy { $0.isDir })
    let songs = try #require(try server.call("getMusicDirectory", "id=\(albums[1].id)").directory?.child)
    #expect(songs.map(\.title) == ["Dawn", "Noon"])
    #expect(try server.call("getMusicFolders").musicFolders?.musicFolder.map(\.name) == ["music"])
    #expect(try server.call("getIndexes", "ifModifiedSince=99999999999999").indexes?.index.isEmpty == true)
  }

  @Test(
    "what is not there is error 70, a missing parameter 10",
    arguments: [
      ("getArtist", 10), ("getArtist&id=", 10), ("getArtist&id=nope", 70), ("getAlbum&id=ar-1", 70),
      ("getSong&id=al-1", 70),
      ("getMusicDirectory&id=x", 70), ("getAlbumList2", 10), ("getAlbumList2&type=nope", 0),
      ("getAlbumList2&type=newest&size=abc", 10), ("getAlbumList2&type=byYear", 10),
      ("getAlbumList2&type=byYear&fromYear=1", 10),
      ("getAlbumList2&type=byGenre", 10), ("getSongsByGenre", 10), ("search3", 10), ("stream", 10), ("stream&id=x", 70),
      ("getCoverArt&id=x", 70), ("getCoverArt&id=cf-x-y", 70), ("getCoverArt", 10), ("setRating&id=x", 10),
      ("setRating&id=x&rating=1", 70),
      ("star", 10), ("star&id=x", 70), ("scrobble", 10), ("scrobble&id=x", 70), ("getPlaylist&id=x", 70),
      ("deletePlaylist&id=x", 70),
      ("createPlaylist", 10), ("updatePlaylist", 10), ("updatePlaylist&playlistId=x", 70),
      ("createPlaylist&playlistId=x", 70),
    ])
  func refusals(call: String, code: Int) throws {
    let parts = call.split(separator: "&", maxSplits: 1).map(String.init)
    #expect(try server.failure(parts[0], parts.count == 2 ? parts[1] : "") == code)
  }

  @Test("album lists of each type are sorted, paged and bounded")
  func lists() throws {
    let names = { (extra: String) throws in try server.call("getAlbumList2", extra).albumList2?.album.map(\.name) ?? []
    }
    let byName = try names("type=alphabeticalByName&size=500")
    #expect(byName == ["Box Set", "Evenings", "First Light", "Lost Tape", "music"])
    #expect(try names("type=alphabeticalByName&size=2&offset=2") == ["First Light", "Lost Tape"])
    #expect(try names("type=alphabeticalByName&offset=5").isEmpty)
    #expect(try names("type=alphabeticalByName&size=0").isEmpty)
    #expect(try names("type=alphabeticalByName&size=-1").isEmpty)
    #expect(try Set(names("type=newest")) == Set(byName))
    #expect(try Set(names("type=random&size=500")) == Set(byName))
    #expect(try names("type=alphabeticalByArtist").prefix(2) == ["Box Set", "First Light"])
    #expect(try names("type=byYear&fromYear=2000&toYear=2020") == ["Box Set", "First Light"])
    #expect(try names("type=byYear&fromYear=2020&toYear=2000") == ["First Light", "Box Set"])
    #expect(try names("type=byGenre&genre=Ambient") == ["First Light"])
    for type in ["starred", "frequent", "recent", "highest"] { #expect(try names("type=" + type).isEmpty) }
  }

  @Test("genres are counted and lead to songs")
  func genres() throws {
    #expect(try server.call("getGenres").genres?.genre == [.init(value: "Ambient", songCount: 2, albumCount: 1)])
    #expect(try server.call("getSongsByGenre", "genre=Ambient").songsByGenre?.song.count == 2)
    #expect(try server.call("getRandomSongs", "size=500").randomSongs?.song.count == MusicFolder.trackCount)
    #expect(try server.call("getRandomSongs", "genre=Ambient").randomSongs?.song.count == 2)
    #expect(try server.call("getRandomSongs", "fromYear=2001&toYear=2001").randomSongs?.song.count == 2)
  }

  @Test("an empty search finds everything, page by page, each thing once", arguments: ["", "%22%22"])
  func everything(query: String) throws {
    var ids: [String] = []
    while true {
      let page = try server.call(
        "search3", "query=\(query)&songCount=3&songOffset=\(ids.count)&artistCount=0&albumCount=0"
      ).searchResult3
      #expect(page?.artist.isEmpty == true && page?.album.isEmpty == true)
      guard let songs = page?.song, !songs.isEmpty else { break }
      ids += songs.map(\.id)
    }
    #expect(ids.count == MusicFolder.trackCount && Set(ids).count == ids.count)
    let others = try #require(
      try server.call("search3", "query=\(query)&songCount=0&albumCount=99&artistCount=99").searchResult3)
    #expect(others.album.count == 5 && others.song.isEmpty)
  }

  @Test("a search finds by the beginnings of words")
  func search() throws {
    let result = try #require(try server.call("search3", "query=firs+lig").searchResult3)
    #expect(result.album.map(\.name) == ["First Light"])
    #expect(try server.call("search3", "query=zzz").searchResult3?.song.isEmpty == true)
    for odd in ["%22", "*", "AND", "a%00b", "(", "%F0%9F%8E%B5", "'%3B--"] {
      #expect(try server.call("search3", "query=" + odd).status == "ok")
    }
  }

  @Test("no number is too large", arguments: [Int.max, .min])
  func extremes(number: Int) throws {
    for call in [
      "search3&query=firs&songOffset=\(number)&albumOffset=\(number)&artistOffset=\(number)",
      "search3&query=&songCount=\(number)&songOffset=\(number)", "getAlbumList2&type=newest&offset=\(number)",
      "getAlbumList2&type=starred&size=\(number)&offset=\(number)", "getRandomSongs&fromYear=\(number)&size=2",
      "getAlbumList2&type=byYear&fromYear=\(number)&toYear=0", "getIndexes&ifModifiedSince=\(number)",
      "getSongsByGenre&genre=Ambient&offset=\(number)", "scrobble&id=\(try server.song("Dawn").id)&time=\(number)",
      "getAlbumList2&type=recent",
    ] {
      let parts = call.split(separator: "&", maxSplits: 1).map(String.init)
      #expect(try server.call(parts[0], parts[1]).status == "ok")
    }
  }

  @Test("each answer says the same in XML as in JSON")
  func bothFormats() throws {
    let dawn = try server.song("Dawn")
    try server.call("createPlaylist", "name=List&songId=\(dawn.id)")
    try server.call("star", "id=\(dawn.id)")
    let list = try #require(try server.call("getPlaylists").playlists?.playlist.first)
    for call in [
      "ping", "getLicense", "getOpenSubsonicExtensions", "getMusicFolders", "getIndexes", "getArtists", "getGenres",
      "getArtist&id=\(dawn.artistId!)", "getAlbum&id=\(dawn.albumId!)", "getSong&id=\(dawn.id)", "getStarred2",
      "getAlbumList2&type=alphabeticalByName", "search3&query=", "getPlaylists", "getPlaylist&id=\(list.id)",
      "getUser&username=ada", "getScanStatus", "getSong&id=nope", "getSongsByGenre&genre=Ambient",
    ] {
      let parts = call.split(separator: "&", maxSplits: 1).map(String.init)
      let target = server.target(parts[0], parts.count == 2 ? parts[1] : "")
      let json = server.http.get(target)
      let xml = server.http.get(target.replacing("f=json", with: "f=xml"))
      #expect(json.headers["content-type"] == "application/json")
      #expect(xml.headers["content-type"] == "application/xml; charset=utf-8")
      let element = try #require(XMLElement.parse(Data(xml.body)), "\(call)")
      #expect(element.name == "subsonic-response" && element.attributes["xmlns"] == "http://subsonic.org/restapi")
      let facts = element.facts().filter { !$0.hasPrefix("/xmlns=") }.sorted()
      #expect(try facts == JSONFacts(json.body).lines.sorted(), "\(call)")
    }
  }

}
