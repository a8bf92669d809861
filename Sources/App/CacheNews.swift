import Cache
import Core
import Threading

/// Turns the cache's events into messages, at most one `.cacheChanged` a second: chunks come by the dozen.
final class CacheNews: Sendable {
  private let inbox: Inbox
  private let lastTold = Monitor(Duration.seconds(-1))
  /// How far downloads are, for those who look.
  private let onProgress: @Sendable () -> Void

  init(inbox: Inbox, onProgress: @escaping @Sendable () -> Void) {
    self.inbox = inbox
    self.onProgress = onProgress
  }

  /// Any thread.
  func tell(_ event: CacheEvent) {
    switch event {
    case .progress:
      let isDue = lastTold.withLock { last in
        let now = monotonicNow()
        guard now - last >= .seconds(1) else { return false }
        last = now
        return true
      }
      if isDue {
        inbox.post(.cacheChanged)
        onProgress()
      }
    case .completed(let key):
      inbox.post { $0.keepsakes.completed(key) }
      inbox.post(.cacheChanged)
      onProgress()
    case .evicted, .downloads:
      inbox.post(.cacheChanged)
      onProgress()
    case .diskFull:
      warn("The cache cannot be written: what it holds plays, what comes is not kept. Is the disk full, or read-only?")
    case .damaged: warn("A damaged piece was found in the cache; it is fetched again.")
    case .mended(let count):
      warn(
        "\(counted(count, "damaged piece")) \(count == 1 ? "was" : "were") found in the cache while nothing played. "
          + "What is kept for good is fetched again now, the rest when it is played.")
    case .rebuilt:
      inbox.post { $0.pins.refresh() }
      warn("The cache's file was damaged. It was set aside, and the cache begins anew.")
    }
  }

  func tellFailure(_ error: any Error) {
    warn("The cache could not be opened, so music plays but is not kept. \(sentence(for: error))")
  }

  private func warn(_ text: String) {
    inbox.post(.notice(Notice(.warning, text)))
    inbox.post(.cacheChanged)
  }
}
