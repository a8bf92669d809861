import Audio
import Fixtures
import Foundation
import HTTP
import Music
import OpenSubsonic
import Remote
import Testing
import Threading

@testable import Cache

/// A track on a server whose transport misbehaves, read through client and cache as the decoder does.
private final class Faulty: Sendable {
  let file: [UInt8]
  let station: Station
  let http = HTTPClient()
  let directory = TemporaryDirectory()
  let store: ChunkStore
  let cache: TrackCache
  let key = RenditionKey(server: ServerID("home"), track: "tr-1", rendition: .raw)

  /// - Parameter answer: what is sent for a request from this offset on.
  init(size: Int = 700_000, _ answer: @escaping @Sendable (Station.Listener, [UInt8], Int) -> Void) {
    let file = noise(size, seed: 11)
    self.file = file
    station = Station { listener in
      let range = listener.request.split(separator: "\r\n").first { $0.lowercased().hasPrefix("range: bytes=") }
      let offset = range.flatMap { Int($0.dropFirst(13).prefix { $0 != "-" }) } ?? 0
      answer(listener, file, offset)
    }
    let client = SubsonicClient(
      account: account(at: "http://127.0.0.1:\(station.port)", server: ServerID("home")), http: http)
    store = ChunkStore(path: directory.file("chunks.db"), cap: 1 << 30)
    cache = TrackCache(store: store, fetcher: StreamFetcher(http: http) { _ in client }) { _ in }
  }

  deinit {
    cache.close()
    http.stop()
  }

  static func head(_ offset: Int, of file: [UInt8], length: Int? = nil) -> String {
    "HTTP/1.1 206 Partial Content\r\nContent-Type: audio/mpeg\r\nAccept-Ranges: bytes\r\nETag: \"v1\"\r\n"
      + "Content-Range: bytes \(offset)-\(file.count - 1)/\(file.count)\r\nContent-Length: \(length ?? file.count - offset)\r\n"
      + "Connection: close\r\n\r\n"
  }

  /// Everything that can be had, and why there is no more.
  func readAll() -> (bytes: [UInt8], error: ByteSourceError?) {
    let source = cache.source(for: key, expectedSize: nil)
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 32_768, alignment: 1)
    defer { buffer.deallocate() }
    while true {
      do throws(ByteSourceError) {
        let count = try source.read(at: Int64(bytes.count), into: buffer)
        if count == 0 { return (bytes, nil) }
        bytes += buffer[..<count]
      } catch { return (bytes, error) }
    }
  }
}

@Suite("A track over a bad transport")
struct FaultTests {
  @Test("that breaks every 64 KiB comes whole, each byte as it is", .timeLimit(.minutes(40)))
  func drops() {
    let faulty = Faulty { listener, file, offset in
      listener.send(Faulty.head(offset, of: file))
      listener.send(file[offset..<min(offset + 65_536, file.count)])
    }
    let result = faulty.readAll()
    #expect(result.bytes == faulty.file && result.error == nil)
  }

  @Test("whose answers promise less than there is comes whole", .timeLimit(.minutes(40)))
  func shortLengths() {
    let faulty = Faulty { listener, file, offset in
      listener.send(Faulty.head(offset, of: file, length: min(100_000, file.count - offset)))
      listener.send(file[offset...])
    }
    let result = faulty.readAll()
    #expect(result.bytes == faulty.file && result.error == nil)
  }

  @Test("whose answers promise more than there is gives no wrong byte", .timeLimit(.minutes(40)))
  func longLengths() {
    let faulty = Faulty(size: 200_000) { listener, file, offset in
      guard offset < file.count else {
        listener.send("HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        return
      }
      listener.send(Faulty.head(offset, of: file, length: file.count - offset + 50_000))
      listener.send(file[offset...])
    }
    let result = faulty.readAll()
    #expect(result.bytes == Array(faulty.file.prefix(result.bytes.count)))
    #expect(result.bytes.count == faulty.file.count || result.error != nil)
  }

  @Test("that brings another range than it says, or one of another file, gives no wrong byte", .timeLimit(.minutes(40)))
  func wrongRanges() {
    let faulty = Faulty(size: 200_000) { listener, file, offset in
      let lie = offset == 0 ? 0 : offset - 1000
      listener.send(Faulty.head(lie, of: file))
      listener.send(file[lie..<min(lie + 65_536, file.count)])
    }
    let result = faulty.readAll()
    #expect(result.bytes == Array(faulty.file.prefix(result.bytes.count)))
    #expect(result.error != nil)
  }

  @Test("that brings a byte at a time is read as it comes, and lets go of its reader at once", .timeLimit(.minutes(40)))
  func trickle() throws {
    let faulty = Faulty { listener, file, offset in
      listener.send(Faulty.head(offset, of: file))
      for byte in file[offset...] where listener.send([byte]) { usleep(20_000) }
    }
    let source = faulty.cache.source(for: faulty.key, expectedSize: nil)
    let read = Monitor<[UInt8]>([])
    let reader = OSThread("reader") {
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 1)
      defer { buffer.deallocate() }
      while let count = try? source.read(at: Int64(read.withLock { $0.count }), into: buffer), count > 0 {
        nonisolated(unsafe) let buffer = buffer
        read.update { $0 += buffer[..<count] }
      }
    }
    let some = read.wait(timeout: .seconds(60)) { $0.count >= 10 ? $0 : nil }
    source.cancel()
    reader.join()
    #expect(try #require(some) == Array(faulty.file.prefix(some!.count)))
  }
}
