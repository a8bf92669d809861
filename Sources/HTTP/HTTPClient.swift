import Threading

/// Requests over libcurl, all on one network thread that sleeps while nothing runs.
///
/// It verifies certificates always, shows no query to anybody, and never blocks a caller but in `perform`.
/// libcurl itself is opened by the network thread at the first request.
package final class HTTPClient: Sendable {
  private let mailbox = Mailbox()
  private let thread = Monitor<OSThread?>(nil)
  private let stopped = Monitor(false)
  private let userAgent: String

  package init(userAgent: String = "dulcet") { self.userAgent = userAgent }

  deinit { mailbox.post(.stop) }

  /// Begins a request; its handler is called on the network thread. Returns at once. Any thread.
  package func start(_ request: HTTPRequest, _ handler: any HTTPHandler) -> HTTPTransfer {
    let transfer = HTTPTransfer(id: mailbox.newID(), mailbox: mailbox)
    if stopped.withLock({ $0 }) {
      handler.end(.cancelled)
      return transfer
    }
    thread.withLock { thread in
      if thread == nil { thread = startThread() }
    }
    mailbox.post(.start(transfer.id, request, handler))
    return transfer
  }

  /// Cancels everything and ends the network thread; later requests end with `.cancelled`.
  /// Never from a handler: it waits for the thread.
  package func stop() {
    stopped.withLock { $0 = true }
    mailbox.post(.stop)
    thread.withLock { $0.take() }?.join()
  }

  private func startThread() -> OSThread {
    let (mailbox, userAgent) = (mailbox, userAgent)
    return OSThread("network") {
      NetworkLoop(mailbox: mailbox, userAgent: userAgent).run()
    }
  }
}
