import CCurl
import Glibc

/// The network thread: owns libcurl's multi handle and every transfer, and sleeps until a socket or an order wants it.
///
/// Lives on the network thread from `run` to its end; nothing of it is touched by another.
final class NetworkLoop {
  private let mailbox: Mailbox
  private let userAgent: String
  private var transfers: [UInt64: Transfer] = [:]
  private var isBlocked = false
  private var ids: [UnsafeMutableRawPointer: UInt64] = [:]

  init(mailbox: Mailbox, userAgent: String) {
    self.mailbox = mailbox
    self.userAgent = userAgent
  }

  func run() {
    ignoreBrokenPipes()
    guard dulcet_curl_load() == 0, let multi = dulcet_curl_multi(8) else { return refuseAll() }
    mailbox.setSleeper(multi)
    while obey(mailbox.take(), multi) {
      dulcet_curl_multi_perform(multi)
      reap(multi)
      dulcet_curl_multi_poll(multi)
    }
    for id in Array(transfers.keys) { end(id, .cancelled, multi) }
    for case .start(_, _, let handler) in mailbox.take() { handler.end(.cancelled) }
    mailbox.setSleeper(nil)
    dulcet_curl_multi_free(multi)
  }

  /// - Returns: false once told to stop.
  private func obey(_ orders: [NetworkOrder], _ multi: UnsafeMutableRawPointer) -> Bool {
    var goesOn = true
    for order in orders {
      switch order {
      case .start(let id, let request, let handler):
        let transfer = Transfer(request, handler, userAgent: userAgent)
        transfers[id] = transfer
        if isBlocked {
          end(id, .blocked, multi)
        } else if !goesOn || !begin(id, transfer, multi) {
          end(id, goesOn ? .badURL : .cancelled, multi)
        }
      case .block(let on):
        isBlocked = on
        if on { for id in Array(transfers.keys) { end(id, .blocked, multi) } }
      case .cancel(let id): end(id, .cancelled, multi)
      case .resume(let id): transfers[id]?.resume()
      case .run(let body): body()
      case .stop: goesOn = false
      }
    }
    return goesOn
  }

  private func begin(_ id: UInt64, _ transfer: Transfer, _ multi: UnsafeMutableRawPointer) -> Bool {
    guard let easy = transfer.easy else { return false }
    ids[easy] = id
    return dulcet_curl_multi_add(multi, easy) == 0
  }

  /// Sees to the transfers that have ended: a redirect begins anew, the others are told.
  private func reap(_ multi: UnsafeMutableRawPointer) {
    var code = CURLE_OK
    while let easy = dulcet_curl_multi_next_done(multi, &code) {
      guard let id = ids[easy], let transfer = transfers[id] else { continue }
      switch transfer.outcome(code) {
      case .ended(let error): end(id, error, multi)
      case .redirected:
        dulcet_curl_multi_remove(multi, easy)
        if dulcet_curl_multi_add(multi, easy) != 0 { end(id, .badURL, multi) }
      }
    }
  }

  private func end(_ id: UInt64, _ error: HTTPError?, _ multi: UnsafeMutableRawPointer) {
    guard let transfer = transfers.removeValue(forKey: id) else { return }
    if let easy = transfer.easy {
      ids[easy] = nil
      dulcet_curl_multi_remove(multi, easy)
    }
    transfer.end(error)
  }

  private func refuseAll() {
    while true {
      for order in mailbox.wait() {
        switch order {
        case .start(_, _, let handler): handler.end(.noCurl)
        case .run(let body): body()
        case .stop: return
        case .cancel, .resume, .block: break
        }
      }
    }
  }
}

/// A TLS library writes to sockets without MSG_NOSIGNAL: on this thread a closed connection must be an error, not a signal.
private func ignoreBrokenPipes() {
  var set = sigset_t()
  sigemptyset(&set)
  sigaddset(&set, SIGPIPE)
  pthread_sigmask(SIG_BLOCK, &set, nil)
}
