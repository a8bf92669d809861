package import HTTP

/// One account at work: keeps the catalogue like the server's, sends the outbox, notices when the server goes and comes.
///
/// It has a worker thread of its own, with its own connection to the catalogue. It never plays, draws or decides what
/// the listener sees; when there is nothing to do it makes no traffic and does not wake.
package final class RemoteService: Sendable {
  /// For cover art and for `StreamFetcher`.
  package let client: SubsonicClient

  package init(
    account: RemoteAccount, cataloguePath: String, http: HTTPClient, onEvent: @escaping @Sendable (RemoteEvent) -> Void
  ) {
    client = SubsonicClient(account: account, http: http)
  }

  /// Starts the worker: it sends the outbox and synchronises. Call it once.
  package func start() {}
  /// Asks for a synchronisation; `isFull` pulls everything even where the server says that nothing has changed.
  package func synchronizeNow(isFull: Bool = false) {}
  /// There are edits in the outbox.
  package func drainSoon() {}
  /// Cancels what runs, ends the worker and waits for it. A synchronisation goes on from there at the next start.
  package func stop() {}
}
