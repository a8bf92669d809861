/// What the worker of a `RemoteService` has to do next: a pure machine; threads only feed it and obey it.
///
/// Online: waiting edits first, then a synchronisation. Offline: nothing but a probe now and then. Without valid
/// credentials: nothing. All times are of one monotonic clock.
struct Agenda: Hashable, Sendable {
  enum Step: Hashable, Sendable {
    case drain
    case synchronize(isFull: Bool)
    case probe
    /// nil: until something is asked.
    case wait(until: Duration?)
    case stop
  }

  private enum Wish: Hashable, Sendable { case none, light, full }

  private var wish = Wish.none
  private var hasEdits = false
  private var allowsLoss = false
  /// Something broke off: is the server still there?
  private var isInDoubt = false
  private var isStopping = false
  /// The synchronisation that runs shall end.
  private var isCancelled = false
  private var isLockedOut = false
  private var isOnline = true
  /// nil until the server was away for the first time.
  private var onlineSince: Duration?
  private var drainAt = Duration.zero
  /// The server asked for it (Retry-After): that it answers a probe does not make it earlier.
  private var drainNotBefore = Duration.zero
  private var synchronizeAt = Duration.zero
  private var probeAt = Duration.zero
  private var drainBackoff = Backoff.outbox
  private var probeBackoff = Backoff.probe
  /// A server that has been there for so long is trusted again.
  private static let steady = Duration.seconds(60)

  // MARK: What is asked and noticed, from any thread

  mutating func wantSynchronization(isFull: Bool) {
    isCancelled = false
    wish = isFull || wish == .full ? .full : .light
    synchronizeAt = .zero
    // Somebody is waiting: look at once whether the server is back.
    probeAt = .zero
  }

  mutating func cancelSynchronization() {
    wish = .none
    isCancelled = true
  }

  /// The next synchronisation may let go of whatever the server has no more.
  mutating func allowLoss() { allowsLoss = true }

  mutating func takeAllowance() -> Bool {
    defer { allowsLoss = false }
    return allowsLoss
  }

  /// Look whether the server is there, also where it is thought to be.
  mutating func wantProbe() { isInDoubt = true }

  mutating func wantDrain() { hasEdits = true }
  mutating func stop() { isStopping = true }
  mutating func lockOut() { isLockedOut = true }

  mutating func wentOffline(at now: Duration, jitter: Double) {
    guard isOnline else { return }
    isOnline = false
    // A server that comes and goes is asked ever less often, as one that stays away is.
    if onlineSince.map({ now - $0 >= Self.steady }) ?? true { probeBackoff.reset() }
    probeAt = now + probeBackoff.next(jitter: jitter)
  }

  mutating func cameOnline(at now: Duration) {
    if !isOnline { onlineSince = now }
    isOnline = true
    drainBackoff.reset()
    drainAt = drainNotBefore
  }

  // MARK: What came of a step, from the worker

  mutating func probed(at now: Duration, jitter: Double) {
    if !isOnline { probeAt = now + probeBackoff.next(jitter: jitter) }
  }

  mutating func drained() {
    drainBackoff.reset()
    drainAt = .zero
  }

  /// - Parameter retryAfter: what the server asked for, if it did.
  mutating func drainPostponed(at now: Duration, retryAfter: Duration?, jitter: Double) {
    hasEdits = true
    if let retryAfter { drainNotBefore = now + retryAfter }
    drainAt = max(now + drainBackoff.next(jitter: jitter), drainNotBefore)
  }

  /// - Parameter retryAfter: nil when trying again by itself would bring the same.
  mutating func synchronizationFailed(isFull: Bool, at now: Duration, retryAfter: Duration?) {
    guard let retryAfter else { return }
    wish = isFull || wish == .full ? .full : .light
    synchronizeAt = now + retryAfter
  }

  /// The server was still reading its folders. It is asked again soon, but most of the time left in peace.
  mutating func synchronizedProvisionally(at now: Duration, took: Duration) {
    guard wish == .none else { return }
    wish = .light
    synchronizeAt = now + max(.seconds(2), took * 10)
  }

  // MARK: The next step

  /// Takes the next step; what it was is no longer asked for.
  mutating func next(at now: Duration) -> Step {
    if isStopping { return .stop }
    if isLockedOut { return .wait(until: nil) }
    if isInDoubt {
      isInDoubt = false
      return .probe
    }
    if !isOnline { return now >= probeAt ? .probe : .wait(until: probeAt) }
    if takeDrain(at: now) { return .drain }
    if wish != .none, now >= synchronizeAt {
      defer { wish = .none }
      isCancelled = false
      return .synchronize(isFull: wish == .full)
    }
    let times = [hasEdits ? drainAt : nil, wish != .none ? synchronizeAt : nil].compactMap { $0 }
    return .wait(until: times.min())
  }

  /// Whether waiting edits should be sent now, also in the middle of a long synchronisation.
  mutating func takeDrain(at now: Duration) -> Bool {
    guard hasEdits, now >= drainAt, isOnline, !isLockedOut, !isStopping else { return false }
    hasEdits = false
    return true
  }

  var isToStop: Bool { isStopping || isLockedOut || isCancelled }
}
