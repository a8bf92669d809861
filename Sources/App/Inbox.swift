import Core
import Threading

/// Where every thread leaves news for the loop.
///
/// One lock, one bell. Posting never waits for the loop; the loop takes everything at once.
final class Inbox: Sendable {
  enum Item: Sendable {
    case message(Message)
    /// For what only the loop may touch outside of the state: accounts, services.
    case task(@Sendable (Services) -> Void)
  }

  private let items = Monitor<[Item]>([])
  private let wake = Wake()

  init() {}

  /// For the loop's `poll`.
  var descriptor: Int32 { wake.descriptor }

  /// Any thread.
  func post(_ message: Message) { add(.message(message)) }

  /// Any thread. The loop runs it, between messages.
  func post(_ task: @escaping @Sendable (Services) -> Void) { add(.task(task)) }

  /// The loop only: everything that waits, oldest first.
  func take() -> [Item] {
    wake.clear()
    return items.withLock { items in
      defer { items = [] }
      return items
    }
  }

  private func add(_ item: Item) {
    items.withLock { $0.append(item) }
    wake.ring()
  }
}
