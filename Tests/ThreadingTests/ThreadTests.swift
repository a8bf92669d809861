import Foundation
import Testing
import Threading

@Suite("A thread of its own")
struct ThreadTests {
  @Test("runs its body elsewhere, and join waits for its end")
  func join() {
    let seen = Monitor<pthread_t?>(nil)
    OSThread("here") { seen.update { $0 = pthread_self() } }.join()
    let id = seen.withLock { $0 }
    #expect(id != nil && id != pthread_self())
  }

  @Test(
    "carries its name, cut to what the system takes",
    arguments: [("cache", "cache"), ("a name of more than fifteen", "a name of more "), ("音楽スレッド", "音楽スレッ")])
  func name(given: String, shown: String) {
    let name = Monitor("")
    OSThread(given) {
      let file = fopen("/proc/thread-self/comm", "r")
      defer { fclose(file) }
      var line = [CChar](repeating: 0, count: 64)
      guard fgets(&line, 64, file) != nil else { return }
      name.update {
        $0 = String(decoding: line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      }
    }.join()
    #expect(name.withLock { $0 } == shown)
  }

  @Test("leaves the loop's signals to the loop")
  func signals() {
    let blocked = Monitor<[Bool]>([])
    OSThread("blocked") {
      var set = sigset_t()
      pthread_sigmask(SIG_BLOCK, nil, &set)
      let answers = [SIGINT, SIGTERM, SIGHUP, SIGWINCH].map { sigismember(&set, $0) == 1 }
      blocked.update { $0 = answers }
    }.join()
    #expect(blocked.withLock { $0 } == [true, true, true, true])
  }

  @Test("runs also where real-time scheduling is refused")
  func realtime() {
    let ran = Monitor(false)
    OSThread("rt", realtime: true) { ran.update { $0 = true } }.join()
    #expect(ran.withLock { $0 })
  }
}

@Suite("A serial thread")
struct SerialThreadTests {
  @Test("what can wait begins when nothing else is asked for, in order, and all of it is done before the thread stops")
  func behind() {
    let seen = Monitor<[String]>([])
    let gate = Monitor(false)
    let thread = SerialThread("serial")
    thread.async { _ = gate.wait { $0 ? true : nil } }
    for name in ["c", "d", "e"] { thread.asyncBehind { seen.withLock { $0.append(name) } } }
    for name in ["a", "b"] { thread.async { seen.withLock { $0.append(name) } } }
    // What comes while the first of those is under way goes before the others.
    thread.asyncBehind {
      seen.withLock { $0.append("f") }
      thread.asyncBehind { seen.withLock { $0.append("i") } }
      thread.async { seen.withLock { $0.append("g") } }
    }
    thread.asyncBehind { seen.withLock { $0.append("h") } }
    gate.update { $0 = true }
    while seen.withLock({ $0.count < 9 }) { sched_yield() }
    thread.stop()
    #expect(seen.withLock { $0 }.joined() == "abcdefghi")
  }

  @Test("runs what it is given in order, and all of it before it stops")
  func order() {
    let seen = Monitor<[Int]>([])
    let thread = SerialThread("serial")
    for number in 0..<1000 { thread.async { seen.withLock { $0.append(number) } } }
    thread.stop()
    #expect(seen.withLock { $0 } == Array(0..<1000))
  }

  @Test("is none before it has work, and can be stopped without any")
  func unborn() throws {
    @Sendable func isRunning() throws -> Bool {
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").contains {
        (try? String(contentsOfFile: "/proc/self/task/\($0)/comm", encoding: .utf8)) == "unborn\n"
      }
    }
    let thread = SerialThread("unborn")
    #expect(try !isRunning())
    let wasRunning = Monitor<Bool?>(nil)
    thread.async { wasRunning.update { $0 = try? isRunning() } }
    thread.stop()
    #expect(wasRunning.withLock { $0 } == true)
    SerialThread("unborn").stop()
  }

  @Test("takes work from its own work")
  func nested() {
    let seen = Monitor<[Int]>([])
    let thread = SerialThread("serial")
    thread.async {
      seen.withLock { $0.append(1) }
      thread.async { seen.update { $0.append(2) } }
    }
    #expect(seen.wait(timeout: .seconds(30)) { $0 == [1, 2] ? true : nil } == true)
    thread.stop()
  }

  @Test("ends after its work when it is let go of")
  func letGo() {
    let seen = Monitor(0)
    let canary = Monitor<Canary?>(Canary { seen.update { $0 += 10 } })
    do {
      let thread = SerialThread("serial")
      let held = canary.withLock { $0.take() }
      thread.async {
        withExtendedLifetime(held) {}
        seen.update { $0 += 1 }
      }
    }
    #expect(seen.wait(timeout: .seconds(30)) { $0 == 11 ? true : nil } == true)
  }
}

/// Tells when it dies.
private final class Canary: Sendable {
  private let onDeath: @Sendable () -> Void
  init(onDeath: @escaping @Sendable () -> Void) { self.onDeath = onDeath }
  deinit { onDeath() }
}

@Suite("A bell")
struct WakeTests {
  private func isReadable(_ wake: Wake) -> Bool {
    var descriptor = pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, 0) == 1
  }

  @Test("is heard in poll until it is cleared, however often it was rung")
  func ring() {
    let wake = Wake()
    #expect(!isReadable(wake))
    wake.ring()
    wake.ring()
    #expect(isReadable(wake))
    #expect(isReadable(wake))
    wake.clear()
    #expect(!isReadable(wake))
    wake.clear()
    #expect(!isReadable(wake))
  }

  @Test("frees a poll on another thread")
  func acrossThreads() {
    let wake = Wake()
    let thread = OSThread("ringer") { wake.ring() }
    var descriptor = pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0)
    #expect(poll(&descriptor, 1, 30_000) == 1)
    thread.join()
  }

  @Test("the monotonic clock never goes back")
  func clock() {
    var last = monotonicNow()
    for _ in 0..<1000 {
      let now = monotonicNow()
      #expect(now >= last)
      last = now
    }
  }
}
