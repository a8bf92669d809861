import Foundation
import Music
import OpenSubsonic
import Testing

@Suite("Writing what clients expect")
struct EncodingTests {
  private func object(_ response: Wire.Response) throws -> [String: Any] {
    let root = try JSONSerialization.jsonObject(with: Wire.Envelope(response).json()) as? [String: Any]
    return try #require(root?["subsonic-response"] as? [String: Any])
  }

  @Test("the envelope carries OpenSubsonic's three fields, and no payload that was not given")
  func envelope() throws {
    let object = try object(Wire.Response(version: "1.16.1", type: "dulcet", serverVersion: "0.1"))
    #expect(object["status"] as? String == "ok")
    #expect(object["openSubsonic"] as? Bool == true)
    #expect(Set(object.keys) == ["status", "version", "type", "serverVersion", "openSubsonic"])
  }

  @Test("a failure says failed")
  func failure() throws {
    let failure = Wire.Failure(code: 70, message: "not found")
    let object = try object(Wire.Response(version: "1.16.1", type: "dulcet", serverVersion: "0.1", error: failure))
    #expect(object["status"] as? String == "failed")
    #expect((object["error"] as? [String: Any])?["code"] as? Int == 70)
  }

  @Test("an album, its fields and its songs are one object, and come back the same")
  func flattening() throws {
    var album = Wire.AlbumID3(id: "1", name: "A")
    album.created = WireDate(Timestamp(seconds: 1_795_203_897))
    var song = Wire.Child(id: "2", title: "T")
    song.size = 3
    var response = Wire.Response(version: "1.16.1")
    response.album = Wire.AlbumID3WithSongs(album, song: [song])
    let object = try #require(try object(response)["album"] as? [String: Any])
    #expect(object["name"] as? String == "A")
    #expect(object["created"] as? String == "2026-11-20T19:44:57Z")
    #expect((object["song"] as? [[String: Any]])?.first?["isDir"] as? Bool == false)
    let again = try #require(Wire.Response.read(try Wire.Envelope(response).json())?.album)
    #expect(again.album.created == album.created)
    #expect(again.song.first?.size == 3)
  }

  @Test("the required fields of a user are all there")
  func user() throws {
    var response = Wire.Response(version: "1.16.1")
    response.user = Wire.User(username: "bob")
    let user = try #require(try object(response)["user"] as? [String: Any])
    let required = [
      "username", "scrobblingEnabled", "adminRole", "settingsRole", "downloadRole", "uploadRole", "playlistRole",
      "coverArtRole", "commentRole", "podcastRole", "streamRole", "jukeboxRole", "shareRole", "videoConversionRole",
    ]
    #expect(required.allSatisfy { user[$0] != nil })
  }
}
