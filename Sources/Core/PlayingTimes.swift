import Music
package import TUI

/// What stands right of the progress: what is left of the track, or how long it is.
package enum TimeDisplay: String, Hashable, Sendable, CaseIterable { case remaining, total }

extension AppState {
  /// Left and right of the progress; empty while nothing is loaded, the right one where nobody knows the end.
  package var playingTimes: (left: String, right: String) {
    guard queue.current != nil else { return ("", "") }
    let left = clock(player.position)
    guard player.duration > .zero else { return (left, "") }
    switch timeDisplay {
    case .total: return (left, clock(player.duration))
    case .remaining: return (left, "-" + clock(max(.zero, player.wholeSeconds)))
    }
  }

  /// The track from its start to its end, between the two times: a click seeks there. Empty while nothing is loaded.
  package var trough: Rect {
    var rest = layout.progress.inset(columns: 1)
    guard queue.current != nil else { return rest.takeLeft(0) }
    let widest = max(4, clock(player.duration).count, player.duration > .zero ? 0 : playingTimes.left.count)
    _ = rest.takeLeft(widest + 1)
    if player.duration > .zero { _ = rest.takeRight(widest + (timeDisplay == .remaining ? 2 : 1)) }
    return rest
  }
}

extension PlayerState {
  /// What is left, so that it and what was heard make up the whole, each in whole seconds.
  fileprivate var wholeSeconds: Duration {
    .seconds(duration.components.seconds - min(duration.components.seconds, position.components.seconds))
  }
}
