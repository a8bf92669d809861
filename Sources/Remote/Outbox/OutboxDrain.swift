import HTTP
package import Library
import Music
import OpenSubsonic

/// Sends the edits that wait, in the order they were made, each until the server has said yes or no.
///
/// What may succeed later stays, with all that follows it; what is refused for good becomes a dead edit, and what only the
/// listener can decide waits for that: the rest goes on. Lives on the worker thread. The process may be killed at any
/// moment: each step can be taken again.
package struct OutboxDrain {
  package enum Outcome: Hashable {
    case empty
    /// Something is left for later.
    case postponed(retryAfter: Duration?)
  }

  package let client: SubsonicClient
  package let catalogue: Catalogue
  package let report: (RemoteEvent) -> Void
  /// Called between any two steps: a test ends the process there.
  package let passed: () -> Void

  /// After so many failures inside an otherwise healthy server an edit is refused for good: it would block all others.
  private static let patience = 8

  package init(
    client: SubsonicClient, catalogue: Catalogue, report: @escaping (RemoteEvent) -> Void,
    passed: @escaping () -> Void = {}
  ) {
    self.client = client
    self.catalogue = catalogue
    self.report = report
    self.passed = passed
  }

  package func run() throws -> Outcome {
    var sent = 0
    var last: Int64?
    defer { if sent > 0 { report(.editsSent(sent)) } }
    // One at a time: what is sent may take others out of the outbox, or bring some.
    while let entry = try catalogue.pendingEdits(of: client.account.server, limit: 1).first {
      if client.interruption.isInterrupted || entry.id == last { return .postponed(retryAfter: nil) }
      last = entry.id
      passed()
      switch try send(entry) {
      case .sent: sent += 1
      case .refused, .asks: break
      case .postponed(let retryAfter): return .postponed(retryAfter: retryAfter)
      }
      passed()
    }
    return .empty
  }

  private enum Fate { case sent, refused, asks, postponed(retryAfter: Duration?) }

  private func send(_ entry: OutboxEntry) throws -> Fate {
    try catalogue.editBegins(entry.id)
    passed()
    do {
      switch try EditSender(client: client, catalogue: catalogue, passed: passed, tell: report).send(entry) {
      case .sent: return .sent
      case .asks(let question):
        try catalogue.editPostponed(entry.id, isUncertain: entry.isUncertain)
        if let question { report(.playlistAsks(question)) }
        return .asks
      }
    } catch let error as RemoteError {
      if error.isWorthRetrying, !isHopeless(error, entry) {
        try catalogue.editPostponed(entry.id, isUncertain: entry.isUncertain || error.mayHaveArrived)
        return .postponed(retryAfter: error.retryAfter)
      }
      try catalogue.editRefused(entry.id, reason: error.reason)
      if case .createStation(let id) = entry.edit { try catalogue.keepStationHere(id) }
      report(.editRefused(entry.edit, error))
      return .refused
    }
  }

  private func isHopeless(_ error: RemoteError, _ entry: OutboxEntry) -> Bool {
    let isTheirs =
      switch error {
      case .serverBroke: true
      case .status(let status, _): status >= 500
      default: false
      }
    guard isTheirs, entry.attempts >= Self.patience else { return false }
    return (try? client.ping()) != nil
  }
}

extension RemoteError {
  /// For the dead edit's row: the server's words, or the bare fact.
  var reason: String {
    switch self {
    case .server(let code, let message): message.isEmpty ? "error \(code)" : message
    case .serverBroke(let message): message.isEmpty ? "server error" : message
    case .status(let status, _): "HTTP \(status)"
    case .transport, .notSubsonic, .anotherServer: "no answer"
    }
  }
}
