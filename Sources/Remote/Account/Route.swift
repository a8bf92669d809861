import Synchronization

/// By which of its addresses a server is reached: the first that answered. Any thread.
///
/// A player at home and on the road reaches one server in two ways; what is cached of it is one thing.
package final class Route: Sendable {
  /// In the order of preference.
  package let addresses: [ServerAddress]
  private let index = Mutex(0)

  /// - Parameter addresses: at least one.
  package init(_ addresses: [ServerAddress]) { self.addresses = addresses }

  package var current: ServerAddress { addresses[index.withLock { $0 }] }

  /// There is another way to try.
  package var hasOthers: Bool { addresses.count > 1 }

  func use(_ address: ServerAddress) {
    if let place = addresses.firstIndex(of: address) { index.withLock { $0 = place } }
  }
}
