package import HTTP
import Threading

/// One account at work: keeps the catalogue like the server's, sends the outbox, notices when the server goes and comes.
///
/// It has a worker thread of its own, with its own connection to the catalogue. It never plays, draws or decides what
/// the listener sees; when there is nothing to do it makes no traffic and does not wake.
package final class RemoteService: Sendable {
  /// For cover art and for `StreamFetcher`.
  package let client: SubsonicClient
  private let cataloguePath: String
  private let onEvent: @Sendable (RemoteEvent) -> Void
  private let agenda: Monitor<Agenda>
  private let thread = Monitor<OSThread?>(nil)

  package init(
    account: RemoteAccount, cataloguePath: String, http: HTTPClient, onEvent: @escaping @Sendable (RemoteEvent) -> Void
  ) {
    let agenda = Monitor(Agenda())
    let connectivity = Connectivity { change in
      agenda.update { $0.note(change) }
      onEvent(RemoteEvent(change))
    }
    client = SubsonicClient(
      account: account, http: http, connectivity: connectivity, onMove: { onEvent(.moved($0)) },
      onDoubt: { agenda.update { $0.wantProbe() } }, onStranger: { onEvent(.strangerAnswers($0)) })
    self.cataloguePath = cataloguePath
    self.onEvent = onEvent
    self.agenda = agenda
  }

  deinit {
    agenda.update { $0.stop() }
    client.interruption.interrupt()
    thread.withLock { $0.take() }?.detach()
  }

  /// Starts the worker: it sends the outbox and synchronises. Call it once.
  package func start() {
    agenda.withLock { agenda in
      agenda.wantDrain()
      agenda.wantSynchronization(isFull: false)
    }
    let (client, path, agenda, onEvent) = (client, cataloguePath, agenda, onEvent)
    thread.withLock { thread in
      thread = OSThread("remote") { runWorker(client, cataloguePath: path, agenda, onEvent) }
    }
  }

  /// Asks for a synchronisation; `isFull` pulls everything even where the server says that nothing has changed.
  /// While offline it looks at once whether the server is back. Any thread.
  /// - Parameter allowsLoss: the listener agreed that what the server has no more goes, however much it is.
  package func synchronizeNow(isFull: Bool = false, allowsLoss: Bool = false) {
    agenda.update { agenda in
      if allowsLoss { agenda.allowLoss() }
      agenda.wantSynchronization(isFull: isFull)
    }
  }

  /// Ends the synchronisation that runs, at its next step, and forgets one that is wished for; the next goes on from
  /// there. Any thread.
  package func cancelSynchronization() {
    agenda.update { $0.cancelSynchronization() }
  }

  /// There are edits in the outbox. Any thread.
  package func drainSoon() {
    agenda.update { $0.wantDrain() }
  }

  /// Cancels what runs, ends the worker and waits for it; not to be called from an event.
  /// A synchronisation goes on from where it was at the next start.
  package func stop() {
    agenda.update { $0.stop() }
    client.interruption.interrupt()
    thread.withLock { $0.take() }?.join()
  }
}

extension Agenda {
  fileprivate mutating func note(_ change: Connectivity.Change) {
    switch change {
    case .online: cameOnline(at: monotonicNow())
    case .offline: wentOffline(at: monotonicNow(), jitter: .random(in: 0...1))
    case .credentialsRejected: lockOut()
    }
  }
}

extension RemoteEvent {
  fileprivate init(_ change: Connectivity.Change) {
    self =
      switch change {
      case .online: .online
      case .offline(let reason): .offline(reason)
      case .credentialsRejected: .credentialsRejected
      }
  }
}
