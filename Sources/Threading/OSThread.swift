import CLinux
import Glibc

/// An operating-system thread with a name: for work that blocks or must not be late.
///
/// Never a task of Swift's cooperative pool: a blocking C call there delays everybody else.
/// Signals meant for the loop are blocked on it, so that they always interrupt the first thread.
package struct OSThread: Sendable {
  private let id: pthread_t

  /// Starts `body` on a thread of its own.
  /// - Parameters:
  ///   - name: at most 15 bytes, shown by `top -H` and debuggers.
  ///   - stackSize: in bytes.
  ///   - realtime: asks for round-robin scheduling; silently ordinary where that is refused (pthread_setschedparam(3)).
  package init(
    _ name: String, stackSize: Int = 512 * 1024, realtime: Bool = false, body: @escaping @Sendable () -> Void
  ) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, stackSize)
    defer { pthread_attr_destroy(&attributes) }
    let start = ThreadStart(name: name, realtime: realtime, body: body)
    var thread = pthread_t()
    let code = pthread_create(&thread, &attributes, threadMain, Unmanaged.passRetained(start).toOpaque())
    precondition(code == 0, "pthread_create: \(code)")
    id = thread
  }

  /// Waits until the thread's body has returned. Call it once, or `detach`.
  package func join() { pthread_join(id, nil) }

  /// Nobody will wait: the system frees the thread when its body has returned.
  package func detach() { pthread_detach(id) }
}

private final class ThreadStart: Sendable {
  let name: String
  let realtime: Bool
  let body: @Sendable () -> Void

  init(name: String, realtime: Bool, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.realtime = realtime
    self.body = body
  }
}

// At file scope: a closure written in an isolated context would trap when C calls it on another thread.
private func threadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  let start = Unmanaged<ThreadStart>.fromOpaque(argument!).takeRetainedValue()
  dulcet_block_signals()
  // Longer names are refused, not cut, by the system (pthread_setname_np(3)); it counts bytes.
  dulcet_name_thread(String(decoding: start.name.utf8.prefix(15), as: UTF8.self))
  if start.realtime { _ = dulcet_realtime(10) }
  start.body()
  return nil
}

/// The calling thread reads disks within `body` only when nobody else does. The processor it gets as ever: a thread that
/// waits for it there would keep everybody waiting who needs a lock that it holds.
package func readingWhenIdle<Answer>(_ body: () throws -> Answer) rethrows -> Answer {
  dulcet_idle_disk(1)
  defer { dulcet_idle_disk(0) }
  return try body()
}
