import Threading

extension HTTPClient {
  /// Asks and waits for the whole answer. For threads that may block; never the loop, never a handler.
  /// - Parameters:
  ///   - maximumBody: in bytes; a longer body is `.tooLarge`.
  ///   - interruption: ends the wait early, with `.cancelled`.
  package func perform(
    _ request: HTTPRequest, maximumBody: Int = 64 << 20, interruption: Interruption? = nil
  ) throws(HTTPError) -> HTTPResponse {
    let collector = Collector(maximumBody: maximumBody)
    let transfer = start(request, collector)
    interruption?.began(transfer)
    defer { interruption?.ended(transfer) }
    return try collector.answer()
  }
}

/// Gathers an answer for a thread that waits for it.
private final class Collector: HTTPHandler {
  private struct State: Sendable {
    var head: HTTPHead?
    var body: [UInt8] = []
    var isTooLarge = false
    var isEnded = false
    var error: HTTPError?
  }

  private let state = Monitor(State())
  private let maximumBody: Int

  init(maximumBody: Int) { self.maximumBody = maximumBody }

  func receive(head: HTTPHead) {
    state.withLock { state in
      state.head = head
      // What a server claims is believed up to here.
      state.body.reserveCapacity(Int(min(max(0, head.contentLength ?? 0), 1 << 20)))
    }
  }

  func receive(body: UnsafeRawBufferPointer) -> HTTPFlow {
    state.withLock { state in
      state.isTooLarge = state.body.count + body.count > maximumBody
      if state.isTooLarge { return .stop }
      state.body.append(contentsOf: body)
      return .more
    }
  }

  func end(_ error: HTTPError?) {
    state.update { state in
      state.error = state.isTooLarge ? .tooLarge : error
      state.isEnded = true
    }
  }

  func answer() throws(HTTPError) -> HTTPResponse {
    let state = state.wait { $0.isEnded ? $0 : nil }
    guard let state else { throw .cancelled }
    if let error = state.error { throw error }
    return HTTPResponse(head: state.head ?? HTTPHead(status: 0), body: state.body)
  }
}
