import Audio
import Fixtures
import Music
import Threading

@testable import Cache

/// A cache in a temporary directory over a scripted server, with what it told.
final class Rig: Sendable {
  let directory: TemporaryDirectory
  let server: ScriptedServer
  let cache: TrackCache
  let store: ChunkStore
  private let told: Monitor<[CacheEvent]>

  var path: String { directory.file("chunks.db") }
  var events: [CacheEvent] { told.withLock { $0 } }

  /// - Parameter after: an earlier rig, closed by now, whose files and server are used.
  init(
    in directory: TemporaryDirectory? = nil, cap: Int64 = ChunkStore.defaultCap, after earlier: Rig? = nil,
    tuning: Tuning = .quick, patience: Duration = .seconds(5)
  ) {
    let directory = directory ?? earlier?.directory ?? TemporaryDirectory()
    self.directory = directory
    server = earlier?.server ?? ScriptedServer()
    let told = Monitor<[CacheEvent]>([])
    self.told = told
    store = ChunkStore(path: directory.file("chunks.db"), cap: cap, patience: patience)
    cache = TrackCache(store: store, fetcher: server, tuning: tuning) { event in told.update { $0.append(event) } }
  }

  func key(_ name: String, _ rendition: Rendition = .raw) -> RenditionKey {
    RenditionKey(server: ServerID("home"), track: name, rendition: rendition)
  }

  /// A file on the server. Its bytes depend on its name and `salt` only.
  @discardableResult
  func file(_ name: String, size: Int, salt: UInt64 = 0, edit: (inout ScriptedServer.File) -> Void = { _ in })
    -> Blob
  {
    var file = ScriptedServer.File(bytes: noise(size, seed: salt &+ UInt64(name.utf8.reduce(7) { $0 * 31 + Int($1) })))
    edit(&file)
    server.put(key(name), file)
    return Blob(file.bytes)
  }

  func source(_ name: String) -> CachedSource { cache.source(for: key(name), expectedSize: nil) }

  /// Blocks until the event was told. Returns false when it was not within half a minute.
  func heard(_ event: CacheEvent, times: Int = 1) -> Bool {
    told.wait(timeout: .seconds(30)) { $0.count { $0 == event } >= times ? true : nil } ?? false
  }

  /// Looks again and again until it is so. Returns false when it was not within half a minute.
  func eventually(_ condition: () -> Bool) -> Bool {
    let deadline = monotonicNow() + .seconds(30)
    while monotonicNow() < deadline {
      if condition() { return true }
      _ = told.wait(timeout: .milliseconds(5)) { _ -> Bool? in nil }
    }
    return condition()
  }
}

extension Tuning {
  /// As in earnest, but in no hurry to give up a silent server, and soon back after a failure.
  static var quick: Tuning {
    var tuning = Tuning()
    tuning.limits.ending = .seconds(30)
    tuning.limits.firstPause = .milliseconds(5)
    tuning.limits.longestPause = .milliseconds(50)
    tuning.writePause = .milliseconds(50)
    return tuning
  }
}

extension ByteSource {
  /// Everything from `offset` on, at most `count` bytes.
  func bytes(from offset: Int64 = 0, count: Int = .max, step: Int = 40_000) throws(ByteSourceError) -> Blob {
    var bytes = [UInt8]()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: step, alignment: 8)
    defer { buffer.deallocate() }
    while bytes.count < count {
      let target = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(step, count - bytes.count)])
      let got = try read(at: offset + Int64(bytes.count), into: target)
      if got == 0 { break }
      bytes.append(contentsOf: target[..<got])
    }
    return Blob(bytes)
  }
}

/// Many bytes, of which a failed test prints only how many and what they sum to.
struct Blob: Hashable, CustomStringConvertible {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var count: Int { bytes.count }
  var description: String { "\(count) bytes, hash \(bytes.reduce(UInt32(7)) { $0 &* 31 &+ UInt32($1) })" }

  subscript(range: some RangeExpression<Int>) -> Blob { Blob(Array(bytes[range])) }
}
