import Fixtures
import Foundation
import OpenSubsonic
import Server
import Testing

@Suite struct MediaTests {
  let server: RunningServer
  let dawn: Wire.Child
  let bytes: [UInt8]

  init() throws {
    server = try RunningServer()
    dawn = try server.song("Dawn")
    bytes = server.music.bytes("Ada Quill/First Light/01 dawn.mp3")
  }

  private func stream(_ headers: [String: String] = [:], method: String = "GET", _ extra: String = "") -> RawResponse {
    server.http.request(method, server.target("stream", "id=\(dawn.id)" + extra), headers)
  }

  @Test(
    "a track comes as it is, with its length, kind and validators", arguments: ["stream", "stream.view", "download"])
  func whole(call: String) {
    let response = server.http.get(server.target(call, "id=\(dawn.id)"))
    #expect(response.status == 200 && response.body == bytes)
    #expect(response.headers["content-type"] == "audio/mpeg")
    #expect(response.headers["content-length"] == String(bytes.count))
    #expect(response.headers["accept-ranges"] == "bytes")
    #expect(response.headers["etag"]?.hasPrefix("\"") == true)
    #expect(response.headers["last-modified"]?.hasSuffix("GMT") == true)
  }

  @Test("a range brings exactly its bytes")
  func ranges() {
    let count = bytes.count
    for (header, range) in [
      ("bytes=0-0", 0..<1), ("bytes=100-199", 100..<200), ("bytes=1000-", 1000..<count),
      ("bytes=-500", (count - 500)..<count), ("bytes=0-\(count * 2)", 0..<count), ("bytes=-\(count * 2)", 0..<count),
    ] {
      let response = stream(["Range": header])
      #expect(response.status == 206, "\(header)")
      #expect(response.body == Array(bytes[range]), "\(header)")
      #expect(response.headers["content-range"] == "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(count)")
      #expect(response.headers["content-length"] == String(range.count))
    }
  }

  @Test("a range beyond the end is 416 and names the size; several ranges and nonsense bring the whole")
  func oddRanges() {
    for header in ["bytes=\(bytes.count)-", "bytes=-0", "bytes=999999999-"] {
      let response = stream(["Range": header])
      #expect(response.status == 416 && response.headers["content-range"] == "bytes */\(bytes.count)")
      #expect(response.body.isEmpty)
    }
    for header in ["bytes=0-1,5-6", "bytes=5-1", "items=0-1", "bytes=x"] {
      let response = stream(["Range": header])
      #expect(response.status == 200 && response.body == bytes, "\(header)")
    }
  }

  @Test("a range of another version of the file is not answered with a part of this one")
  func ifRange() throws {
    let head = stream(method: "HEAD")
    let tag = try #require(head.headers["etag"])
    let date = try #require(head.headers["last-modified"])
    for condition in [tag, date] {
      #expect(stream(["Range": "bytes=5-9", "If-Range": condition]).body == Array(bytes[5...9]))
    }
    for condition in ["\"other\"", "W/" + tag, "Sun, 06 Nov 1994 08:49:37 GMT"] {
      let response = stream(["Range": "bytes=5-9", "If-Range": condition])
      #expect(response.status == 200 && response.body == bytes, "\(condition)")
    }
    #expect(stream(["Range": "bytes=999999999-", "If-Range": "\"other\""]).status == 200)
  }

  @Test("what the client has already is not sent again")
  func notModified() throws {
    let head = stream(method: "HEAD")
    let tag = try #require(head.headers["etag"])
    for headers in [
      ["If-None-Match": tag], ["If-None-Match": "\"x\", W/" + tag],
      ["If-Modified-Since": head.headers["last-modified"]!],
    ] {
      let response = stream(headers)
      #expect(response.status == 304 && response.body.isEmpty, "\(headers)")
      #expect(response.headers["etag"] == tag)
    }
    #expect(stream(["If-None-Match": "\"x\"", "If-Modified-Since": head.headers["last-modified"]!]).status == 200)
  }

  @Test("HEAD says what GET would, without the bytes")
  func head() {
    let response = stream(["Range": "bytes=0-9"], method: "HEAD")
    #expect(response.status == 200 && response.body.isEmpty)
    #expect(response.headers["content-length"] == String(bytes.count))
    #expect(server.http.request("HEAD", server.target("ping")).status == 200)
  }

  @Test("a file that changed has another tag, and one that vanished is error 70")
  func changed() throws {
    let tag = stream(method: "HEAD").headers["etag"]
    let path = server.music.file("Ada Quill/First Light/01 dawn.mp3")
    try Data(bytes + [0]).write(to: URL(fileURLWithPath: path))
    #expect(stream(method: "HEAD").headers["etag"] != tag)
    try FileManager.default.removeItem(atPath: path)
    #expect(try server.failure("stream", "id=\(dawn.id)") == 70)
  }

  @Test("another format is refused, never answered with the wrong bytes")
  func transcoding() throws {
    for format in ["raw", "mp3", "MP3", ""] { #expect(stream([:], "&format=" + format).body == bytes) }
    #expect(stream([:], "&maxBitRate=32").body == bytes)
    for format in ["opus", "zzz"] { #expect(try server.failure("stream", "id=\(dawn.id)&format=" + format) == 0) }
  }

  @Test("a file whose name is not UTF-8 is found again")
  func oddName() throws {
    let song = try server.song("bad\u{FFFD}")
    let response = server.http.get(server.target("stream", "id=\(song.id)"))
    #expect(response.status == 200 && Int64(response.body.count) == song.size)
  }

  @Test(
    "nothing outside the folder can be named",
    arguments: [
      "../../../../etc/passwd", "%2Fetc%2Fpasswd", "..%2F..%2Fetc%2Fpasswd", "tr-..%2F..%2Fx", "cf-..%2F..-x", "%00",
      "ce-%2Fetc-1",
    ])
  func traversal(id: String) throws {
    for call in ["stream", "download", "getCoverArt", "getSong"] {
      #expect(try server.failure(call, "id=" + id) != nil)
    }
    #expect(server.http.get("/rest/../../../etc/passwd").status == 404)
    #expect(server.http.get("/x" + id).status == 404)
  }

  @Test("covers come from the file or its folder, with a tag, and are not sent twice")
  func covers() throws {
    for title in ["Dawn", "Dusk"] {
      let cover = try #require(try server.song(title).coverArt)
      let response = server.http.get(server.target("getCoverArt", "id=\(cover)&size=300"))
      #expect(response.status == 200 && response.body == [UInt8](MusicFolder.picture))
      #expect(response.headers["content-type"] == "image/png")
      let tag = try #require(response.headers["etag"])
      #expect(server.http.get(server.target("getCoverArt", "id=\(cover)"), ["If-None-Match": tag]).status == 304)
    }
    let album = try #require(dawn.albumId)
    for id in [album, dawn.id] { #expect(server.http.get(server.target("getCoverArt", "id=\(id)")).status == 200) }
    let plain = try server.song("Some Song")
    #expect(plain.coverArt == nil)
    #expect(try server.failure("getCoverArt", "id=\(plain.id)") == 70)
  }

  @Test("an error of a binary call is an envelope in the format that was asked")
  func errors() {
    let json = server.http.get(server.target("stream", "id=x"))
    #expect(json.status == 200 && json.headers["content-type"] == "application/json")
    let xml = server.http.get(server.target("stream", "id=x").replacing("&f=json", with: ""))
    #expect(xml.headers["content-type"]?.hasPrefix("application/xml") == true)
  }

  @Test("the log names each range that was served, and no secret")
  func log() throws {
    let music = MusicFolder()
    let log = music.directory.file("access.log")
    do {
      let server = try RunningServer(music: music) { $0.log = log }
      let dawn = try server.song("Dawn")
      _ = server.http.get(server.target("stream", "id=\(dawn.id)"), ["Range": "bytes=10-19"])
      _ = server.http.get(server.target("ping", password: "hushhush"))
      server.server.stop()
      let lines = String(decoding: FileManager.default.contents(atPath: log)!, as: UTF8.self).split(separator: "\n")
      let line = try #require(lines.first { $0.contains("stream") })
      #expect(line.contains("GET stream id=\(dawn.id) user=ada status=206 range=10-19/\(bytes.count) sent=10 whole"))
      #expect(!lines.contains { $0.contains("secret") || $0.contains("hushhush") })
    }
  }
}
