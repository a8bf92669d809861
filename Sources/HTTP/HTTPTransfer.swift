/// What a handler says to the bytes it was given.
package enum HTTPFlow: Sendable {
  /// They are taken.
  case more
  /// They are not taken; the same bytes come again after `HTTPTransfer.resume`. Meanwhile the server is held back by TCP.
  case pause
  /// No more: `end(.cancelled)` follows.
  case stop
}

/// Takes an answer as it arrives. Called on the network thread and may not block it:
/// `receive(head:)` at most once, then `receive(body:)` any number of times, then `end` exactly once.
package protocol HTTPHandler: AnyObject, Sendable {
  func receive(head: HTTPHead)
  /// The bytes are libcurl's and valid only during the call.
  func receive(body: UnsafeRawBufferPointer) -> HTTPFlow
  /// nil when every byte has come.
  func end(_ error: HTTPError?)
}

/// A request under way: the handle by which any thread may stop it.
package final class HTTPTransfer: Sendable {
  let id: UInt64
  private let mailbox: Mailbox

  init(id: UInt64, mailbox: Mailbox) {
    self.id = id
    self.mailbox = mailbox
  }

  /// Ends it with `.cancelled`, unless it has ended. The handler still hears `end`. Any thread.
  package func cancel() { mailbox.post(.cancel(id)) }

  /// Lets a paused transfer go on. Any thread.
  package func resume() { mailbox.post(.resume(id)) }
}
