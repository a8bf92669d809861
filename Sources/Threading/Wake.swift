import CLinux
import Glibc

/// A bell that one thread rings and another hears in `poll`: an eventfd (eventfd(2)).
package final class Wake: Sendable {
  /// For `poll(2)`: readable once rung.
  package let descriptor: Int32

  package init() {
    descriptor = dulcet_eventfd()
    precondition(descriptor >= 0, "eventfd: \(errno)")
  }

  deinit { close(descriptor) }

  /// Rings. Any thread; never blocks.
  package func ring() {
    var one: UInt64 = 1
    _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
  }

  /// Silences the bell; the hearing thread calls it before it looks for work.
  package func clear() {
    var count: UInt64 = 0
    _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
  }
}
