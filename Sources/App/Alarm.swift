import CLinux
import Glibc

/// One moment at which the loop is to be woken: a timer that costs nothing while it is not set (timerfd_create(2)).
/// Belongs to the loop's thread.
final class Alarm {
  /// For `poll`: readable once the time has come. -1 where there are no timers.
  let descriptor = dulcet_timer()

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Takes the place of an alarm that was set before.
  func set(after time: Duration) {
    dulcet_set_timer(descriptor, max(1, Int64(time.inSeconds * 1000)))
  }

  /// Whether the time has come since the last call.
  func hasRung() -> Bool {
    var count: UInt64 = 0
    return read(descriptor, &count, 8) == 8
  }
}
