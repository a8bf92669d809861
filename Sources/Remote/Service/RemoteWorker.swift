import Library
import Threading

/// The body of a service's worker thread: opens its catalogue, then takes step after step until told to stop.
func runWorker(
  _ client: SubsonicClient, cataloguePath: String, _ agenda: Monitor<Agenda>,
  _ onEvent: @escaping @Sendable (RemoteEvent) -> Void
) {
  do {
    let catalogue = try Catalogue(path: cataloguePath)
    RemoteWorker(client: client, catalogue: catalogue, agenda: agenda, onEvent: onEvent).run()
  } catch {
    onEvent(.syncFailed(.catalogue(CatalogueFailure(error))))
  }
}

/// Does what the agenda says. Lives on the worker thread, which owns the catalogue's connection.
private final class RemoteWorker {
  private let client: SubsonicClient
  private let catalogue: Catalogue
  private let agenda: Monitor<Agenda>
  private let onEvent: @Sendable (RemoteEvent) -> Void
  private var lastLibraryChange = Duration.zero

  init(
    client: SubsonicClient, catalogue: Catalogue, agenda: Monitor<Agenda>,
    onEvent: @escaping @Sendable (RemoteEvent) -> Void
  ) {
    self.client = client
    self.catalogue = catalogue
    self.agenda = agenda
    self.onEvent = onEvent
  }

  func run() {
    while true {
      switch nextStep() {
      case .stop: return
      case .wait: break
      case .probe: probe()
      case .drain: drain()
      case .synchronize(let isFull): synchronize(isFull: isFull)
      }
    }
  }

  /// Sleeps while there is nothing to do.
  private func nextStep() -> Agenda.Step {
    let step = agenda.withLock { $0.next(at: monotonicNow()) }
    guard case .wait(let deadline) = step else { return step }
    let timeout = deadline.map { max($0 - monotonicNow(), .zero) }
    return agenda.wait(timeout: timeout) { agenda in
      let now = agenda.next(at: monotonicNow())
      return now == step ? nil : now
    } ?? step
  }

  private func probe() {
    try? client.ping()
    agenda.withLock { $0.probed(at: monotonicNow(), jitter: .random(in: 0...1)) }
  }

  private func drain() {
    do {
      switch try OutboxDrain(client: client, catalogue: catalogue, report: onEvent).run() {
      case .empty: agenda.withLock { $0.drained() }
      case .postponed(let retryAfter): postponeDrain(retryAfter)
      }
    } catch {
      onEvent(.syncFailed(.catalogue(CatalogueFailure(error))))
      postponeDrain(nil)
    }
  }

  private func postponeDrain(_ retryAfter: Duration?) {
    agenda.withLock { $0.drainPostponed(at: monotonicNow(), retryAfter: retryAfter, jitter: .random(in: 0...1)) }
  }

  private func synchronize(isFull: Bool) {
    // Since the last time this computer may have come to another network.
    client.proof.lapse()
    client.preferFirst()
    var synchronizer = Synchronizer(
      client: client, catalogue: catalogue,
      report: { self.report($0) }, checkpoint: { () throws(SyncFailure) in try self.checkpoint() },
      ask: { self.onEvent(.playlistAsks($0)) })
    synchronizer.tell = { self.onEvent($0) }
    synchronizer.allowsLoss = agenda.withLock { $0.takeAllowance() }
    let start = monotonicNow()
    do {
      let outcome = try synchronizer.run(isFull: isFull)
      let now = monotonicNow()
      if outcome.isProvisional { agenda.withLock { $0.synchronizedProvisionally(at: now, took: now - start) } }
      onEvent(.libraryChanged)
      if let identity = client.learnIdentity() { onEvent(.identified(identity)) }
      onEvent(.syncFinished(outcome.summary))
    } catch {
      let wait = retryDelay(after: error)
      agenda.withLock { $0.synchronizationFailed(isFull: isFull, at: monotonicNow(), retryAfter: wait) }
      onEvent(.syncFailed(error))
    }
  }

  /// nil when it is of no use to try again unasked.
  private func retryDelay(after failure: SyncFailure) -> Duration? {
    guard case .remote(let error) = failure, error.isWorthRetrying else { return nil }
    return error.retryAfter ?? (error.meansOffline ? .zero : .seconds(60))
  }

  /// Between two requests of a synchronisation: stops it, or lets waiting edits go first.
  private func checkpoint() throws(SyncFailure) {
    let (isToStop, isToDrain) = agenda.withLock { ($0.isToStop, $0.takeDrain(at: monotonicNow())) }
    if isToStop { throw .interrupted }
    if isToDrain { drain() }
  }

  /// The screens look anew at most twice a second.
  private func report(_ progress: SyncProgress) {
    onEvent(.syncProgress(progress))
    let now = monotonicNow()
    guard now - lastLibraryChange > .milliseconds(500) else { return }
    lastLibraryChange = now
    onEvent(.libraryChanged)
  }
}
