import HTTP
import Library
import Music
import OpenSubsonic

/// Sends the edits that wait, in the order they were made, each until the server has said yes or no.
///
/// What may succeed later stays, with all that follows it; what is refused for good becomes a dead edit, and the rest
/// goes on. Lives on the worker thread.
struct OutboxDrain {
  enum Outcome: Hashable {
    case empty
    /// Something is left for later.
    case postponed(retryAfter: Duration?)
  }

  let client: SubsonicClient
  let catalogue: Catalogue
  let report: (RemoteEvent) -> Void

  /// After so many failures inside an otherwise healthy server an edit is refused for good: it would block all others.
  private static let patience = 8

  func run() throws -> Outcome {
    var sent = 0
    defer { if sent > 0 { report(.editsSent(sent)) } }
    while true {
      let entries = try catalogue.pendingEdits(of: client.account.server, limit: 50)
      if entries.isEmpty { return .empty }
      for (index, entry) in entries.enumerated() {
        if client.interruption.isInterrupted { return .postponed(retryAfter: nil) }
        // The same state is sent later on: once is enough.
        if entry.edit.sendsState, entries[(index + 1)...].contains(where: { $0.edit == entry.edit }) {
          try catalogue.editSent(entry.id)
          continue
        }
        switch try send(entry) {
        case .sent: sent += 1
        case .refused: break
        case .postponed(let retryAfter): return .postponed(retryAfter: retryAfter)
        }
      }
    }
  }

  private enum Fate { case sent, refused, postponed(retryAfter: Duration?) }

  private func send(_ entry: OutboxEntry) throws -> Fate {
    try catalogue.editBegins(entry.id)
    do {
      try EditSender(client: client, catalogue: catalogue, isRetry: entry.attempts > 0).send(entry.edit)
      try catalogue.editSent(entry.id)
      return .sent
    } catch let error as RemoteError {
      if error.isWorthRetrying, !isHopeless(error, entry) {
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

extension Edit {
  /// It carries no value of its own: what is sent is what the catalogue then holds.
  fileprivate var sendsState: Bool {
    switch self {
    case .replacePlaylistTracks, .describePlaylist, .describeStation: true
    default: false
    }
  }
}

extension RemoteError {
  /// For the dead edit's row: the server's words, or the bare fact.
  var reason: String {
    switch self {
    case .server(let code, let message): message.isEmpty ? "error \(code)" : message
    case .serverBroke(let message): message.isEmpty ? "server error" : message
    case .status(let status, _): "HTTP \(status)"
    case .transport, .notSubsonic: "no answer"
    }
  }
}
