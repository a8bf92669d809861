import CMicroHTTPD
import Glibc
import Threading

/// HTTP/1.1 over libmicrohttpd: one thread with epoll moves all bytes; requests are answered by whoever was given.
///
/// It never answers by itself but for bodies that are too large and while it stops. A connection waits suspended for
/// its answer, so a slow one holds up no other. `start` and `stop` are called once each, by one owner.
final class HTTPListener: Sendable {
  /// Called on libmicrohttpd's thread; must not block. `answer` is called once, on any thread.
  typealias Handler = @Sendable (_ request: Request, _ answer: @escaping @Sendable (Reply) -> Void) -> Void

  private struct State {
    var isStopping = false
    var suspended = 0
    nonisolated(unsafe) var daemon: OpaquePointer?
  }

  private let state = Monitor(State())
  private let handler: Handler
  private let pacing: Pacing?
  private let completed: @Sendable (CompletedRequest) -> Void

  /// - Parameters:
  ///   - pacing: nil: as fast as it goes.
  ///   - completed: called on libmicrohttpd's thread when a reply has gone out, wholly or not.
  init(
    pacing: Pacing?, handler: @escaping Handler, completed: @escaping @Sendable (CompletedRequest) -> Void
  ) {
    self.pacing = pacing
    self.handler = handler
    self.completed = completed
  }

  /// Takes the socket over. Throws `ServerError.libraryFailed`.
  func start(on socket: ListenSocket) throws(ServerError) {
    signal(SIGPIPE, SIG_IGN)
    let flags = MHD_USE_EPOLL_INTERNAL_THREAD.rawValue | MHD_ALLOW_SUSPEND_RESUME.rawValue
    let daemon = dulcet_mhd_start(
      flags, socket.descriptor, 512, 256, 120, 128 * 1024, handleRequest, Unmanaged.passUnretained(self).toOpaque(),
      requestCompleted)
    guard let daemon else {
      close(socket.descriptor)
      throw .libraryFailed("libmicrohttpd")
    }
    let address = UInt(bitPattern: daemon)
    state.withLock { $0.daemon = OpaquePointer(bitPattern: address) }
  }

  /// Lets pending answers finish, closes all connections, and returns when the thread has ended.
  func stop() {
    state.update { $0.isStopping = true }
    _ = state.wait { $0.suspended == 0 ? true : nil }
    let daemon = state.withLock { state in
      defer { state.daemon = nil }
      return UInt(bitPattern: state.daemon)
    }
    MHD_stop_daemon(OpaquePointer(bitPattern: daemon))
  }

  /// Answers before the body is read, which closes the connection: nobody knows where the next request begins.
  fileprivate func refuse(_ exchange: Exchange) -> MHD_Result {
    var reply = Reply.text(400, "The request's length is ambiguous.")
    reply.headers.append(("Connection", "close"))
    return send(reply, for: exchange)
  }

  fileprivate func handle(_ exchange: Exchange) -> MHD_Result {
    if exchange.isTooLarge { return send(.text(413, "The form is too large."), for: exchange) }
    if let reply = exchange.reply { return send(reply, for: exchange) }
    if exchange.isDispatched { return .NO }
    let mayWait = beginWaiting()
    guard mayWait else { return send(.text(503, "The server is stopping."), for: exchange) }
    exchange.isDispatched = true
    let request = exchange.request()
    MHD_suspend_connection(exchange.connection)
    let state = state
    handler(request) { reply in
      exchange.reply = reply
      MHD_resume_connection(exchange.connection)
      state.update { $0.suspended -= 1 }
    }
    return .YES
  }

  /// Counts a connection that is about to be suspended; false while stopping, when none may be.
  private func beginWaiting() -> Bool {
    state.withLock { state in
      if !state.isStopping { state.suspended += 1 }
      return !state.isStopping
    }
  }

  private func pause(_ connection: Connection, for delay: Duration) -> Bool {
    guard let pacing, beginWaiting() else { return false }
    MHD_suspend_connection(connection.handle)
    let state = state
    pacing.delays.after(delay) {
      MHD_resume_connection(connection.handle)
      state.update { $0.suspended -= 1 }
    }
    return true
  }

  private func send(_ reply: Reply, for exchange: Exchange) -> MHD_Result {
    exchange.reply = reply
    guard let response = makeResponse(reply.body, for: exchange) else { return .NO }
    defer { MHD_destroy_response(response) }
    for header in reply.headers { MHD_add_response_header(response, header.name, header.value) }
    return MHD_queue_response(exchange.connection, reply.status, response)
  }

  private func makeResponse(_ body: Reply.Body, for exchange: Exchange) -> OpaquePointer? {
    switch body {
    case .bytes(var bytes):
      return bytes.withUnsafeMutableBytes {
        MHD_create_response_from_buffer($0.count, $0.baseAddress, .RESPMEM_MUST_COPY)
      }
    case .file(let slice):
      let connection = Connection(handle: exchange.connection)
      let transfer = Transfer(slice, pacing: pacing) { [self] delay in pause(connection, for: delay) }
      let context = Unmanaged.passRetained(transfer).toOpaque()
      let response = MHD_create_response_from_callback(
        UInt64(slice.count), 64 * 1024, readTransfer, context, releaseTransfer)
      if response == nil { releaseTransfer(context) }
      return response
    }
  }

  fileprivate func complete(_ exchange: Exchange, isWhole: Bool) {
    guard let reply = exchange.reply else { return }
    completed(CompletedRequest(method: exchange.method, path: exchange.path, reply: reply, isWhole: isWhole))
  }
}

/// libmicrohttpd's handle of a connection that is suspended: it stays valid until it was resumed, which only the one
/// that holds this does; hence `@unchecked Sendable`.
private struct Connection: @unchecked Sendable { let handle: OpaquePointer }

/// A request that is over.
struct CompletedRequest: Sendable {
  let method: String
  let path: String
  let reply: Reply
  /// Whether the reply went out completely.
  let isWhole: Bool
}

// C callbacks stand at file scope: a closure written in an isolated context would trap on another thread.

/// libmicrohttpd calls this when the headers are there, then for each piece of the body, then once more, and again when
/// the connection was resumed. Answering in the first call would close the connection.
private func handleRequest(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ url: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ data: UnsafePointer<CChar>?,
  _ dataSize: UnsafeMutablePointer<Int>?, _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let context, let connection, let url, let method, let dataSize, let slot else { return .NO }
  guard let known = slot.pointee else {
    let exchange = Exchange(connection: connection, method: String(cString: method), path: String(cString: url))
    slot.pointee = Unmanaged.passRetained(exchange).toOpaque()
    let listener = Unmanaged<HTTPListener>.fromOpaque(context).takeUnretainedValue()
    return exchange.hasAmbiguousLength ? listener.refuse(exchange) : .YES
  }
  let exchange = Unmanaged<Exchange>.fromOpaque(known).takeUnretainedValue()
  if dataSize.pointee > 0 {
    if let data { exchange.receive(data, dataSize.pointee) }
    dataSize.pointee = 0
    return .YES
  }
  return Unmanaged<HTTPListener>.fromOpaque(context).takeUnretainedValue().handle(exchange)
}

private func requestCompleted(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ end: MHD_RequestTerminationCode
) {
  guard let context, let known = slot?.pointee else { return }
  slot?.pointee = nil
  let exchange = Unmanaged<Exchange>.fromOpaque(known).takeRetainedValue()
  let listener = Unmanaged<HTTPListener>.fromOpaque(context).takeUnretainedValue()
  listener.complete(exchange, isWhole: end == .REQUEST_TERMINATED_COMPLETED_OK)
}

private func readTransfer(
  _ context: UnsafeMutableRawPointer?, _ position: UInt64, _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int
) -> Int {
  let transfer = Unmanaged<Transfer>.fromOpaque(context!).takeUnretainedValue()
  let buffer = UnsafeMutableRawBufferPointer(start: buffer, count: size)
  return transfer.read(at: Int64(position), into: buffer) ?? Int(DULCET_MHD_END_WITH_ERROR)
}

private func releaseTransfer(_ context: UnsafeMutableRawPointer?) {
  Unmanaged<Transfer>.fromOpaque(context!).release()
}
