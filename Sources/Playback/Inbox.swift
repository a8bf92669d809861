import Synchronization
import Threading

/// What the player's thread has still to hear, and its bell.
final class Inbox: Sendable {
  enum Item: Sendable {
    case input(PlayerMachine.Input)
    /// The first word of a new stream.
    case stream(SoundStream, PlayerMachine.Input)
    case quit
  }

  let wake = Wake()
  private let items = Mutex<[Item]>([])

  /// Any thread; never blocks for long.
  func post(_ item: Item) {
    items.withLock { $0.append(item) }
    wake.ring()
  }

  func takeAll() -> [Item] {
    items.withLock { items in
      defer { items = [] }
      return items
    }
  }
}
