import Glibc
import Testing
import Threading

@Suite("A monitor")
struct MonitorTests {
  @Test("lets one thread at a time touch its value")
  func exclusion() {
    let monitor = Monitor(0)
    let threads = (0..<4).map { _ in
      OSThread("counter") { for _ in 0..<10_000 { monitor.withLock { $0 += 1 } } }
    }
    for thread in threads { thread.join() }
    #expect(monitor.withLock { $0 } == 40_000)
  }

  @Test("wakes every thread that waits for what an update brought")
  func wakes() {
    let monitor = Monitor(0)
    let woken = Monitor(0)
    let threads = (0..<3).map { _ in
      OSThread("waiter") {
        _ = monitor.wait { $0 == 7 ? true : nil }
        woken.update { $0 += 1 }
      }
    }
    monitor.update { $0 = 3 }
    monitor.update { $0 = 7 }
    #expect(woken.wait(timeout: .seconds(30)) { $0 == 3 ? true : nil } == true)
    for thread in threads { thread.join() }
  }

  @Test("gives up waiting when the time has passed, not before")
  func timeout() {
    let monitor = Monitor(0)
    let start = monotonicNow()
    #expect(monitor.wait(timeout: .milliseconds(30)) { $0 == 1 ? true : nil } == nil)
    #expect(monotonicNow() - start >= .milliseconds(30))
    #expect(monitor.wait(timeout: .zero) { $0 == 0 ? "at once" : nil } == "at once")
  }

  @Test("passes errors on and is unlocked after them")
  func errors() {
    struct Refused: Error, Equatable {}
    let monitor = Monitor(1)
    #expect(throws: Refused()) { try monitor.withLock { (_: inout Int) throws(Refused) -> Void in throw Refused() } }
    #expect(throws: Refused()) { try monitor.update { (_: inout Int) throws(Refused) -> Void in throw Refused() } }
    #expect(monitor.withLock { $0 } == 1)
  }
}
