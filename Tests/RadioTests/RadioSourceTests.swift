import Audio
import Fixtures
import Foundation
import HTTP
import Testing
import Threading

@testable import Radio

/// A source on a station, and what it told.
final class Ear: Sendable {
  let http = HTTPClient()
  let source: RadioSource
  private let told = Monitor<[RadioEvent]>([])
  private let place = Monitor<Int64>(0)

  init(_ url: String, _ tune: (inout RadioTiming) -> Void = { _ in }) {
    var timing = RadioTiming()
    timing.firstRetry = .milliseconds(20)
    timing.longestRetry = .milliseconds(200)
    tune(&timing)
    let told = told
    source = RadioSource(url: url, http: http, timing: timing) { event in told.update { $0.append(event) } }
  }

  deinit {
    source.cancel()
    http.stop()
  }

  var events: [RadioEvent] { told.withLock { $0 } }
  var titles: [String?] { events.compactMap { if case .title(let title) = $0 { .some(title) } else { nil } } }
  var losses: [RadioLoss] { events.compactMap { if case .lost(let loss, _) = $0 { loss } else { nil } } }

  /// Reads on, at most so many bytes at a time.
  func hear(_ count: Int, piece: Int = 4096) throws(ByteSourceError) -> [UInt8] {
    var heard: [UInt8] = []
    while heard.count < count {
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: min(piece, count - heard.count), alignment: 1)
      defer { buffer.deallocate() }
      let read = try source.read(at: place.withLock { $0 }, into: buffer)
      place.withLock { $0 += Int64(read) }
      heard += buffer[..<read]
    }
    return heard
  }

  /// Sound can be heard a moment before it is told that the station is back.
  func waitForReturn() { _ = told.wait { $0.last == .back ? true : nil } }

  func failure() -> ByteSourceError? {
    do { _ = try hear(1) } catch { return error }
    return nil
  }
}

@Suite("A radio station", .timeLimit(.minutes(40)))
struct RadioSourceTests {
  @Test(
    "is asked for its titles; its sound comes without them, however the bytes are cut", arguments: [1, 7, 100, 5000])
  func titles(piece: Int) throws {
    let station = Station { listener in
      listener.send(Air.head("icy-metaint: 100"))
      var bytes: [UInt8] = []
      for (number, title) in ["One", "", "It's '; here", "Zwölf"].enumerated() {
        bytes += Air.sound(100, from: number * 100) + (title.isEmpty ? [0] : Air.title(title))
      }
      for start in stride(from: 0, to: bytes.count, by: piece) {
        listener.send(bytes[start..<min(start + piece, bytes.count)])
      }
      listener.stall()
    }
    let ear = Ear(station.url())
    #expect(try ear.hear(400) == Air.sound(400))
    #expect(holds { ear.titles == ["One", "It's '; here", "Zwölf"] })
    #expect(station.requests.first?.contains("Icy-MetaData: 1") == true)
    #expect(ear.losses.isEmpty)
  }

  @Test("of the first kind answers “ICY 200 OK”")
  func shoutcast() throws {
    let station = Station { listener in
      listener.send("ICY 200 OK\r\nicy-name: Old\r\ncontent-type: audio/mpeg\r\nicy-metaint: 50\r\n\r\n")
      listener.send(Air.sound(50) + Air.title("Old song") + Air.sound(50, from: 50))
      listener.stall()
    }
    let ear = Ear(station.url())
    #expect(try ear.hear(100) == Air.sound(100))
    #expect(holds { ear.titles == ["Old song"] })
  }

  @Test("that counts its titles otherwise than it says is asked for the bare sound")
  func lyingInterval() throws {
    let station = Station(
      { listener in
        listener.send(Air.head("icy-metaint: 64"))
        listener.sendForever([UInt8](repeating: 0x11, count: 4096))
      },
      { listener in
        listener.send(Air.head())
        listener.send(Array(repeating: 0xAA, count: 100_000))
        listener.stall()
      })
    let ear = Ear(station.url())
    while try ear.hear(1) != [0xAA] {}
    #expect(station.requests.count == 2 && station.requests[1].contains("Icy-MetaData") == false)
    #expect(ear.losses.isEmpty && ear.titles.isEmpty)
  }

  @Test(
    "whose count of bytes makes no sense is taken as bare sound",
    arguments: ["0", "-5", "lots", "99999999999999999999", ""])
  func nonsenseInterval(text: String) throws {
    let station = Station { listener in
      listener.send(Air.head("icy-metaint: \(text)"))
      listener.send(Air.sound(1000))
      listener.stall()
    }
    #expect(try Ear(station.url()).hear(1000) == Air.sound(1000))
  }

  @Test("that is lost is connected anew with growing delays, says so, and the sound goes on")
  func reconnects() throws {
    let station = Station(
      { listener in
        listener.send(Air.head())
        listener.send(Air.sound(5000))
      },
      { _ in },
      { listener in listener.send("HTTP/1.0 503 Busy\r\n\r\n") },
      { listener in
        listener.send(Air.head())
        listener.send(Air.sound(5000, from: 5000))
        listener.stall()
      })
    let ear = Ear(station.url())
    #expect(try ear.hear(10_000) == Air.sound(10_000))
    let delays = ear.events.compactMap { if case .lost(_, let delay) = $0 { delay } else { nil } }
    #expect(delays == [.milliseconds(20), .milliseconds(40), .milliseconds(80)])
    #expect(ear.losses == [.ended, .transport(.connectionLost), .status(503)])
    ear.waitForReturn()
  }

  @Test("that says nothing any more is lost after a while, and heard again")
  func stalls() throws {
    let station = Station(
      { listener in
        listener.send(Air.head())
        listener.send(Air.sound(1000))
        listener.stall()
      },
      { listener in
        listener.send(Air.head())
        listener.send(Air.sound(1000, from: 1000))
        listener.sendForever(Air.sound(1000, from: 2000))
      })
    let ear = Ear(station.url()) { $0.stall = .seconds(5) }
    #expect(try ear.hear(2000) == Air.sound(2000))
    #expect(ear.losses == [.transport(.timedOut)])
  }

  @Test("that is not there, or sends something else, is a clear failure")
  func failures() throws {
    func failure(_ answer: String) -> ByteSourceError? {
      let station = Station { listener in
        listener.send(answer)
      }
      return Ear(station.url()).failure()
    }
    #expect(failure("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html>") == .refused("HTTP 404"))
    #expect(failure(Air.head(type: "text/html") + "<html>Sign in</html>") == .refused("what it sends is no sound"))
    #expect(failure(Air.head(type: "application/x") + "<html>") == .refused("what it sends is no sound"))
    #expect(failure(Air.head(type: "audio/aacp") + "abc") == .unsupported("AAC"))
    #expect(failure(Air.head(type: "application/ogg") + "OggS") == .unsupported("Ogg"))
    #expect(
      failure(Air.head(type: "application/vnd.apple.mpegurl") + "#EXTM3U\n#EXT-X-VERSION:3\nx.ts")
        == .unsupported("HLS"))
    #expect(
      failure(Air.head(type: "audio/x-scpls") + "[playlist]\nNumberOfEntries=0\n")
        == .refused("its playlist names no stream"))
    #expect(Ear("ftp://127.0.0.1/x").failure() == .refused("its address is not one of the web"))
    #expect(Ear("http://127.0.0.1:1/x").failure() == .offline)
  }

  @Test("that stood and is gone for good is given up")
  func gone() throws {
    let station = Station(
      { listener in
        listener.send(Air.head())
        listener.send(Air.sound(100))
      },
      { listener in listener.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n") })
    let ear = Ear(station.url()) { $0.firstRetry = .milliseconds(1) }
    #expect(try ear.hear(100) == Air.sound(100))
    #expect(ear.failure() == .refused("HTTP 404"))
    #expect(station.requests.count == 6)
  }

  @Test("is found through redirects and playlists, and at the next address where the first is dead")
  func playlists() throws {
    let sound = Station { listener in
      listener.send(Air.head())
      listener.send(Air.sound(500))
      listener.stall()
    }
    let target = sound.url()
    for body in [
      "#EXTM3U\r\n#EXTINF:-1,Radio\r\nhttp://127.0.0.1:1/dead\r\n\(target)\r\n",
      "[playlist]\nFile1=\(target)\nTitle1=x\n",
    ] {
      let list = Station(
        { listener in listener.send("HTTP/1.1 302 Found\r\nLocation: /list.m3u\r\nContent-Length: 0\r\n\r\n") },
        { listener in
          listener.send(
            "HTTP/1.1 200 OK\r\nContent-Type: audio/x-mpegurl\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body)
        })
      #expect(try Ear(list.url("/x.m3u")).hear(500) == Air.sound(500))
    }
  }

  @Test("whose playlist names itself is given up")
  func circle() {
    let list = Station { listener in
      let own = listener.request.split(separator: "\r\n").first { $0.hasPrefix("Host:") }!.dropFirst(6)
      listener.send(Air.head(type: "audio/x-mpegurl") + "http://\(own)/again.m3u\n")
    }
    #expect(Ear(list.url()).failure() == .refused("its playlist names no stream"))
    #expect(list.requests.count == 4)
  }

  @Test("nobody listens to is held back, then let go; it is heard again as it then is")
  func pause() throws {
    let isLetGo = Monitor(false)
    let station = Station(
      { listener in
        listener.send(Air.head())
        listener.sendForever(Array(repeating: 1, count: 10_000))
        isLetGo.update { $0 = true }
      },
      { listener in
        listener.send(Air.head())
        listener.sendForever(Array(repeating: 2, count: 10_000))
      })
    let ear = Ear(station.url()) { $0.patience = .milliseconds(100) }
    #expect(try ear.hear(100) == Array(repeating: 1, count: 100))
    var last: UInt8 = 1
    // The pause: nothing is read until the connection has been let go.
    #expect(isLetGo.wait(timeout: .seconds(30)) { $0 ? true : nil } == true)
    for _ in 0..<2000 where last == 1 { last = try ear.hear(1)[0] }
    #expect(last == 2)
    #expect(ear.losses.isEmpty && station.requests.count == 2)
  }

  @Test("frees a reader that waits when it is cancelled, and says nothing to a reader after it")
  func cancel() throws {
    let station = Station { listener in
      listener.send(Air.head())
      listener.stall()
    }
    let ear = Ear(station.url())
    let result = Monitor<ByteSourceError?>(nil)
    let reader = OSThread("reader") { [ear] in
      let error = ear.failure()
      result.update { $0 = error }
    }
    #expect(holds { station.requests.count == 1 })
    ear.source.cancel()
    reader.join()
    #expect(result.withLock { $0 } == .cancelled)
    #expect(ear.failure() == .cancelled)
  }
}
