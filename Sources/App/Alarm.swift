import CLinux
import Core
import Glibc
import Threading

/// Moments at which the loop is to be woken, one for each name: one timer that costs nothing while it is not set
/// (timerfd_create(2)). Belongs to the loop's thread.
final class Alarm {
  /// For `poll`: readable once a time has come. -1 where there are no timers.
  let descriptor = dulcet_timer()
  /// By the monotonic clock.
  private var times: [AlarmName: Duration] = [:]

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Takes the place of an alarm of that name that was set before.
  func set(_ name: AlarmName, after time: Duration) {
    let now = monotonicNow()
    times[name] = now + time
    setTimer(now)
  }

  /// The alarms whose time has come since the last call.
  func rung() -> [AlarmName] {
    var count: UInt64 = 0
    guard !times.isEmpty, read(descriptor, &count, 8) == 8 else { return [] }
    let now = monotonicNow()
    // The timer counts whole milliseconds.
    let rung = times.filter { $0.value <= now + .milliseconds(1) }.sorted { $0.value < $1.value }.map(\.key)
    for name in rung { times[name] = nil }
    setTimer(now)
    return rung
  }

  private func setTimer(_ now: Duration) {
    guard let first = times.values.min() else { return }
    dulcet_set_timer(descriptor, max(1, Int64(((first - now).inSeconds * 1000).rounded(.up))))
  }
}
