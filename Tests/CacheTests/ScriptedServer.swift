import Cache
import Music
import Threading

/// A remote host in memory: it serves files of known bytes as told, and counts every byte it hands over.
final class ScriptedServer: RangeFetcher {
  /// What happens to one request, instead of a plain answer.
  enum Script: Sendable {
    /// So many bytes, then the connection breaks.
    case cut(after: Int)
    /// So many bytes, then an end as if that were all.
    case short(after: Int)
    /// All that was asked, then so many bytes of nonsense.
    case long(by: Int)
    /// A 206 with bytes from elsewhere.
    case misplaced(by: Int64)
    /// A 200: the whole file, whatever was asked.
    case whole
    /// So many bytes, then silence until cancelled.
    case stall(after: Int)
    case refuse(String?)
    case down
  }

  struct Request: Hashable, Sendable {
    var key: RenditionKey
    var offset: Int64
    var end: Int64?
    var validator: String?
  }

  struct File: Sendable {
    var bytes: [UInt8]
    var validator: String? = "v1"
    var acceptsRanges = true
    var tellsSize = true
    /// A length that is not the true one.
    var claimedSize: Int64?
    /// Which bytes were handed over at all, and which more than once.
    var served = RangeSet<Int>()
    var servedAgain = RangeSet<Int>()
  }

  struct State: Sendable {
    var files: [RenditionKey: File] = [:]
    var scripts: [RenditionKey: [Script]] = [:]
    var requests: [Request] = []
    var running = 0
    var mostRunning = 0
    var pieceSize = 16 << 10
    /// Bytes that may still be handed over; nil: any number. A test opens the tap as it goes on.
    var tap: Int?
    var isDown = false
  }

  let state = Monitor(State())

  func fetch(_ key: RenditionKey, from offset: Int64, to end: Int64?, validator: String?, sink: any FetchSink)
    -> any Fetch
  {
    let request = Request(key: key, offset: offset, end: end, validator: validator)
    let script = state.update { state -> Script? in
      state.requests.append(request)
      state.running += 1
      state.mostRunning = max(state.mostRunning, state.running)
      if state.isDown { return .down }
      guard state.scripts[key]?.isEmpty == false else { return nil }
      return state.scripts[key]!.removeFirst()
    }
    let transfer = Transfer(server: self, request: request, script: script, sink: sink)
    let thread = OSThread("server") {
      let outcome = transfer.run()
      self.state.update { $0.running -= 1 }
      sink.end(outcome)
    }
    thread.detach()
    return transfer
  }

  // MARK: What tests set and ask.

  func put(_ key: RenditionKey, _ file: File) { state.update { $0.files[key] = file } }

  func script(_ key: RenditionKey, _ scripts: [Script]) { state.update { $0.scripts[key] = scripts } }

  var requests: [Request] { state.withLock { $0.requests } }

  func requests(for key: RenditionKey) -> [Request] { requests.filter { $0.key == key } }

  /// Bytes handed over more than once, and those handed over at all.
  func served(_ key: RenditionKey) -> (twice: Int, once: Int) {
    state.withLock { state in
      func count(_ set: RangeSet<Int>?) -> Int { set?.ranges.reduce(0) { $0 + $1.count } ?? 0 }
      return (count(state.files[key]?.servedAgain), count(state.files[key]?.served))
    }
  }
}

private final class Transfer: Fetch {
  private let server: ScriptedServer
  private let request: ScriptedServer.Request
  private let script: ScriptedServer.Script?
  private let sink: any FetchSink
  private let isCancelled = Monitor(false)

  init(
    server: ScriptedServer, request: ScriptedServer.Request, script: ScriptedServer.Script?, sink: any FetchSink
  ) {
    self.server = server
    self.request = request
    self.script = script
    self.sink = sink
  }

  func cancel() {
    isCancelled.update { $0 = true }
    server.state.update { _ in }
  }

  private var cancelled: Bool { isCancelled.withLock { $0 } }

  func run() -> FetchOutcome {
    switch script {
    case .refuse(let reason): return .refused(reason)
    case .down: return .retryLater
    default: break
    }
    guard let file = server.state.withLock({ $0.files[request.key] }) else { return .refused("no such track") }
    if let validator = request.validator, validator != file.validator { return .changed }
    var offset = file.acceptsRanges ? request.offset : 0
    if case .whole = script { offset = 0 }
    if case .misplaced(let shift) = script { offset += offset + shift <= file.bytes.count ? shift : -shift }
    guard offset <= file.bytes.count else { return .changed }
    let end = offset == request.offset ? min(request.end ?? .max, Int64(file.bytes.count)) : Int64(file.bytes.count)
    sink.begin(
      FetchHead(
        offset: offset, totalSize: file.tellsSize ? file.claimedSize ?? Int64(file.bytes.count) : nil,
        validator: file.validator, acceptsRanges: file.acceptsRanges))
    return send(Array(file.bytes[Int(offset)..<Int(max(offset, end))]), from: Int(offset))
  }

  private func send(_ bytes: [UInt8], from offset: Int) -> FetchOutcome {
    var bytes = bytes
    var outcome = FetchOutcome.finished
    switch script {
    case .cut(let count):
      bytes = Array(bytes.prefix(count))
      outcome = .retryLater
    case .short(let count): bytes = Array(bytes.prefix(count))
    case .long(let count): bytes += repeatElement(0xEE, count: count)
    case .stall(let count): bytes = Array(bytes.prefix(count))
    default: break
    }
    guard deliver(bytes, from: offset) else { return .cancelled }
    if case .stall = script {
      _ = isCancelled.wait { $0 ? true : nil }
      return .cancelled
    }
    return outcome
  }

  private func deliver(_ bytes: [UInt8], from offset: Int) -> Bool {
    var position = 0
    while position < bytes.count {
      let pieceSize = server.state.withLock { $0.pieceSize }
      let count = min(pieceSize, bytes.count - position)
      guard takeFromTap(count) else { return false }
      server.state.withLock { $0.files[request.key]?.count(offset + position..<offset + position + count) }
      let goesOn = bytes.withUnsafeBytes {
        sink.receive(UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
      }
      guard goesOn else { return false }
      position += count
    }
    return !cancelled
  }

  private func takeFromTap(_ count: Int) -> Bool {
    server.state.wait { state -> Bool? in
      if self.cancelled { return false }
      guard let left = state.tap else { return true }
      guard left >= count else { return nil }
      state.tap = left - count
      return true
    } ?? false
  }
}

extension ScriptedServer.File {
  fileprivate mutating func count(_ range: Range<Int>) {
    let range = RangeSet(range.clamped(to: 0..<bytes.count))
    servedAgain.formUnion(served.intersection(range))
    served.formUnion(range)
  }
}
