import Foundation
import Glibc
import OpenSubsonic
import Testing

@testable import Server

@Suite struct RobustnessTests {
  @Test("eight clients at once are all served, byte for byte")
  func parallel() async throws {
    let server = try RunningServer()
    let http = server.http
    let songs = try server.songs().values.map { (target: server.target("stream", "id=\($0.id)"), size: Int($0.size!)) }
    let search = server.target("search3", "query=&songCount=500")
    await withTaskGroup(of: Bool.self) { group in
      for client in 0..<8 {
        group.addTask {
          for turn in 0..<10 {
            let song = songs[(client + turn) % songs.count]
            guard http.get(song.target).body.count == song.size, http.get(search).status == 200 else { return false }
          }
          return true
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }

  @Test("one connection carries many requests")
  func keepAlive() throws {
    let server = try RunningServer()
    let socket = server.http.open()
    defer { close(socket) }
    for _ in 0..<20 {
      server.http.send(Array("GET \(server.target("ping")) HTTP/1.1\r\nHost: x\r\n\r\n".utf8), on: socket)
      var text = ""
      while !text.contains("\"ok\""), !text.hasSuffix("}}") {
        let bytes = server.http.receive(until: 1, on: socket)
        guard !bytes.isEmpty else { break }
        text += String(decoding: bytes, as: UTF8.self)
      }
      #expect(text.hasPrefix("HTTP/1.1 200"))
      while !text.hasSuffix("}}") {
        let bytes = server.http.receive(until: 1, on: socket)
        guard !bytes.isEmpty else { break }
        text += String(decoding: bytes, as: UTF8.self)
      }
    }
  }

  @Test("clients that leave in the middle disturb nobody")
  func leaving() throws {
    let server = try RunningServer()
    let target = server.target("stream", "id=\(try server.song("Dawn").id)")
    for request in [
      "GET \(target) HTTP/1.1\r\nHost: x\r\n\r\n", "GET \(target) HTTP/1.1\r\nHost",
      "POST /rest/ping HTTP/1.1\r\nContent-Length: 99\r\n\r\nu=",
      "\u{0}\u{1}\u{2}\r\n\r\n", "GET /rest/ping?u=%zz&p=%&=&&& HTTP/1.1\r\n\r\n",
    ] {
      let socket = server.http.open()
      server.http.send(Array(request.utf8), on: socket)
      close(socket)
    }
    #expect(server.http.get(server.target("ping")).text.contains("ok"))
  }

  @Test("forms are read with the query; both encodings, and up to ten megabytes")
  func forms() throws {
    let server = try RunningServer()
    let form = String(server.target("ping").split(separator: "?")[1])
    #expect(server.http.post("/rest/ping", form: form).text.contains("\"ok\""))
    #expect(server.http.post("/rest/ping?u=ada&f=json", form: "p=secret").text.contains("\"ok\""))
    #expect(server.http.post("/rest/ping?f=json", form: "u=ada&p=%73ecret&x=a+b").text.contains("\"ok\""))
    let part =
      "--border\r\nContent-Disposition: form-data; name=\"u\"\r\n\r\nada\r\n--border\r\nContent-Disposition: form-data; name=\"p\"\r\n\r\nsecret\r\n--border--\r\n"
    let multipart = server.http.request(
      "POST", "/rest/ping?f=json", ["Content-Type": "multipart/form-data; boundary=border"], body: Array(part.utf8))
    #expect(multipart.text.contains("\"ok\""))
    let large = server.http.post("/rest/ping?f=json", form: form + "&x=" + String(repeating: "y", count: 4 << 20))
    #expect(large.text.contains("\"ok\""))
    let excessive = server.http.post("/rest/ping?f=json", form: form + "&x=" + String(repeating: "y", count: 11 << 20))
    #expect(excessive.status == 413 || excessive.status == 0)
    let crumbs = server.http.post("/rest/ping?f=json", form: form + String(repeating: "&y", count: 200_000))
    #expect(crumbs.status == 413)
    #expect(server.http.get(server.target("ping")).status == 200)
  }

  @Test(
    "a request whose length can be read in two ways is refused, and nothing after it is heard",
    arguments: [
      "Content-Length: 5\r\nTransfer-Encoding: chunked", "Content-Length: 0\r\nContent-Length: 40",
      "Content-Length: 0\r\nTransfer-Encoding : chunked",
    ])
  func ambiguousLength(headers: String) throws {
    let server = try RunningServer()
    let socket = server.http.open()
    defer { close(socket) }
    let hidden = "GET \(server.target("ping")) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    server.http.send(
      Array("POST /rest/ping HTTP/1.1\r\nHost: a\r\n\(headers)\r\n\r\n0\r\n\r\n\(hidden)".utf8), on: socket)
    let answer = String(decoding: server.http.receive(until: .max, on: socket), as: UTF8.self)
    #expect(answer.hasPrefix("HTTP/1.1 400"))
    #expect(answer.components(separatedBy: "HTTP/1.1 ").count == 2)
    #expect(server.http.get(server.target("ping")).status == 200)
  }

  @Test("other methods, paths and calls have their status")
  func statuses() throws {
    let server = try RunningServer()
    #expect(server.http.request("DELETE", server.target("ping")).status == 405)
    #expect(server.http.get("/").status == 200)
    #expect(server.http.get("/index.html").status == 404)
    #expect(try server.failure("getVideos") == 0)
    #expect(
      server.http.get(server.target("ping", "f=jsonp&callback=x").replacing("f=json&", with: "")).text.hasPrefix("x({"))
    #expect(server.http.get(server.target("ping").replacing("f=json", with: "f=yaml")).text.contains("code=\"0\""))
  }

  @Test("a scan while serving brings new music, and takes away what is gone")
  func rescan() throws {
    let server = try RunningServer()
    MusicFolder.encode(700, ["--tt", "Fresh"], to: server.music.file("fresh.mp3"))
    try FileManager.default.removeItem(atPath: server.music.file("Boxed"))
    try server.call("startScan")
    #expect(server.server.waitUntilScanned())
    #expect(try Set(server.songs().keys).isSuperset(of: ["Fresh", "Dawn"]))
    #expect(try server.songs()["One"] == nil)
    let status = try #require(try server.call("getScanStatus").scanStatus)
    #expect(!status.scanning && status.count == MusicFolder.trackCount - 1 && status.lastScan != nil)
  }

  @Test("a taken port, a missing folder and a bad data directory are errors")
  func cannotStart() throws {
    let music = MusicFolder()
    let server = try RunningServer(music: music)
    #expect(throws: ServerError.self) {
      try RunningServer(music: music) { $0.listen = .init(port: server.http.port) }
    }
    #expect(throws: (any Error).self) { try RunningServer(music: music) { $0.music = "/nowhere" } }
    #expect(throws: ServerError.self) {
      try RunningServer(music: music) { $0.data = music.file("Mixed/Evenings/a.mp3") }
    }
  }

  @Test("a server without a data directory leaves nothing behind")
  func nothingLeft() throws {
    let music = MusicFolder()
    var configuration = ServerConfiguration(music: music.path)
    configuration.data = nil
    let server = try EmbeddedServer(configuration)
    try server.start()
    let path = server.dataPath
    #expect(FileManager.default.fileExists(atPath: path))
    server.stop()
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("a limited rate slows files down, not other answers, and stopping does not wait for them")
  func limitedRate() throws {
    let music = MusicFolder()
    try Data(count: 8 << 20).write(to: URL(fileURLWithPath: music.file("Mixed/Evenings/cover.png")))
    let server = try RunningServer(music: music) { $0.bytesPerSecond = 100_000 }
    let cover = try #require(try server.song("Dusk").coverArt)
    let socket = server.http.open()
    defer { close(socket) }
    let get = "GET \(server.target("getCoverArt", "id=\(cover)")) HTTP/1.1\r\nHost: x\r\n\r\n"
    server.http.send(Array(get.utf8), on: socket)
    #expect(server.http.receive(until: 100_000, on: socket).count == 100_000)
    #expect(server.http.get(server.target("ping")).status == 200)
    server.server.stop()
    #expect(server.http.receive(until: 8 << 20, on: socket).count < 4 << 20)
  }

  @Test("what may go out grows with time from a first burst")
  func pacing() {
    let delays = Delays()
    defer { delays.stop() }
    let pacing = Pacing(bytesPerSecond: 100_000, delays: delays)
    #expect(pacing.allowance(position: 0, elapsed: .zero).bytes == Pacing.burst)
    #expect(pacing.allowance(position: Int64(Pacing.burst), elapsed: .seconds(1)).bytes == 100_000)
    let early = pacing.allowance(position: Int64(Pacing.burst) + 100_000, elapsed: .seconds(1))
    #expect(early.bytes == 0 && early.wait > .zero && early.wait < .milliseconds(100))
  }
}
