import Foundation
import Synchronization

/// A directory that is there for one test and gone after it; one that is kept for all tests is gone with the process.
package final class TemporaryDirectory: Sendable {
  package let path: String

  package init() {
    path = NSTemporaryDirectory() + "/dulcet-test-" + UUID().uuidString
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    _ = removal
    _ = present.withLock { $0.insert(path) }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
    _ = present.withLock { $0.remove(path) }
  }

  package func file(_ name: String) -> String { path + "/" + name }
}

private let present = Mutex<Set<String>>([])

private let removal: Void = {
  atexit {
    for path in present.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
  }
}()
