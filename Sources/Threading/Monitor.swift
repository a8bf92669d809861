import Glibc

/// A value guarded by a lock, with a condition to wait on.
///
/// `Synchronization.Mutex` has no condition variable; this is pthread's, on the monotonic clock.
/// The state is only ever touched inside `withLock` and the predicates of `wait`, hence `@unchecked Sendable`.
package final class Monitor<State>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var state: State

  package init(_ state: sending State) {
    self.state = state
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
    condition = .allocate(capacity: 1)
    condition.initialize(to: pthread_cond_t())
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Runs `body` with the lock held. Wakes nobody: see `update`.
  package func withLock<Result, Failure: Error>(_ body: (inout State) throws(Failure) -> Result) throws(Failure)
    -> Result
  {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&state)
  }

  /// Runs `body` with the lock held, then wakes every thread in `wait`.
  package func update<Result, Failure: Error>(_ body: (inout State) throws(Failure) -> Result) throws(Failure) -> Result
  {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(condition)
      pthread_mutex_unlock(mutex)
    }
    return try body(&state)
  }

  /// Blocks until `body` returns a value, looking again after each `update`; nil once `timeout` has passed.
  package func wait<Result>(timeout: Duration? = nil, _ body: (inout State) -> Result?) -> Result? {
    var deadline = timeout.map { monotonicDeadline(after: $0) }
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if let result = body(&state) { return result }
      if deadline != nil {
        if pthread_cond_timedwait(condition, mutex, &deadline!) == ETIMEDOUT { return body(&state) }
      } else {
        pthread_cond_wait(condition, mutex)
      }
    }
  }
}

private func monotonicDeadline(after duration: Duration) -> timespec {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  let (seconds, attoseconds) = duration.components
  var nanoseconds = now.tv_nsec + Int(attoseconds / 1_000_000_000)
  var whole = now.tv_sec + Int(seconds)
  if nanoseconds >= 1_000_000_000 {
    nanoseconds -= 1_000_000_000
    whole += 1
  }
  return timespec(tv_sec: whole, tv_nsec: nanoseconds)
}
