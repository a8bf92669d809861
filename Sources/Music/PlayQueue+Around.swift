extension PlayQueue {
  /// The current entry with what is before and after it in the order in which it sounds: at most `count`, the current one
  /// in the middle where there is enough on both sides. With nothing current, what comes.
  /// - Returns: the entries, and the place of the current one among them.
  package func around(_ count: Int) -> (entries: [QueueEntry], current: Int?) {
    guard let current, let currentIndex, count > 0 else { return (upcoming(max(0, count)), nil) }
    let after = upcoming(count - 1)
    let before = before(currentIndex, max((count - 1) / 2, count - 1 - after.count))
    return (before + [current] + after.prefix(count - 1 - before.count), before.count)
  }

  /// A shuffled queue was heard in an order of its own.
  private func before(_ index: Int, _ count: Int) -> [QueueEntry] {
    if isShuffled { return heard.suffix(count).compactMap { self.index(of: $0) }.map { entries[$0] } }
    return order[..<lookup.places[index]].suffix(count).map { entries[$0] }
  }
}
