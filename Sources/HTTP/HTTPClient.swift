import Threading

/// Requests over libcurl, all on one network thread that sleeps while nothing runs.
///
/// It verifies certificates always, shows no query to anybody, and never blocks a caller but in `perform`.
/// libcurl itself is opened by the network thread at the first request.
package final class HTTPClient: Sendable {
  private enum NetworkThread: Sendable { case none, running(OSThread), stopped }

  private let mailbox = Mailbox()
  private let thread = Monitor(NetworkThread.none)
  private let userAgent: String

  package init(userAgent: String = "dulcet") { self.userAgent = userAgent }

  deinit {
    mailbox.post(.stop)
    // Not waited for: this may be the network thread itself, letting go of a handler that held the client.
    if case .running(let thread) = thread.withLock({ $0 }) { thread.detach() }
  }

  /// Begins a request; its handler is called on the network thread. Returns at once. Any thread.
  ///
  /// After `stop` the handler hears `end(.cancelled)` at once, on the calling thread.
  package func start(_ request: HTTPRequest, _ handler: any HTTPHandler) -> HTTPTransfer {
    let transfer = HTTPTransfer(id: mailbox.newID(), mailbox: mailbox)
    if !post(.start(transfer.id, request, handler)) { handler.end(.cancelled) }
    return transfer
  }

  /// Blocked: no request leaves; what runs and what is begun ends with `.blocked`. Any thread; in the order of `start`.
  package func setBlocked(_ on: Bool) { _ = post(.block(on)) }

  /// Calls `body` on the network thread, after what was asked before; not at all after `stop`. Any thread.
  package func run(_ body: @escaping @Sendable () -> Void) { _ = post(.run(body)) }

  /// - Returns: false after `stop`.
  private func post(_ order: NetworkOrder) -> Bool {
    thread.withLock { thread in
      switch thread {
      case .none: thread = .running(startThread())
      case .stopped: return false
      case .running: break
      }
      mailbox.post(order)
      return true
    }
  }

  /// Cancels everything and ends the network thread; later requests end with `.cancelled`.
  /// Never from a handler: it waits for the thread.
  package func stop() {
    let running = thread.withLock { thread in
      defer { thread = .stopped }
      return thread
    }
    guard case .running(let thread) = running else { return }
    mailbox.post(.stop)
    thread.join()
  }

  private func startThread() -> OSThread {
    let (mailbox, userAgent) = (mailbox, userAgent)
    return OSThread("network") {
      NetworkLoop(mailbox: mailbox, userAgent: userAgent).run()
    }
  }
}
