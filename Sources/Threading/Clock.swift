import Glibc

/// Time since an arbitrary moment, never set back: CLOCK_MONOTONIC (clock_gettime(2)).
package func monotonicNow() -> Duration {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return .seconds(now.tv_sec) + .nanoseconds(now.tv_nsec)
}
