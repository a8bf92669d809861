import Music
import Testing

/// The queue beside a model too simple to be wrong: two lists of titles, and which of them plays.
private struct Model {
  var list: [Int] = []
  var order: [Int] = []
  var current: Int?

  mutating func remove(_ gone: Set<Int>) {
    list.removeAll { gone.contains($0) }
    order.removeAll { gone.contains($0) }
    if let current, gone.contains(current) { self.current = nil }
  }

  mutating func move(from source: Int, to target: Int, isShuffled: Bool) {
    list.insert(list.remove(at: source), at: target)
    if !isShuffled { order = list }
  }

  mutating func insertNext(_ new: [Int], isShuffled: Bool) {
    let index = current.flatMap { list.firstIndex(of: $0) }.map { $0 + 1 } ?? list.count
    let place = current.flatMap { order.firstIndex(of: $0) }.map { $0 + 1 } ?? order.count
    list.insert(contentsOf: new, at: index)
    order.insert(contentsOf: new, at: place)
    if !isShuffled { order = list }
  }
}

@Suite("The queue beside its model")
struct PlayQueueModelTests {
  @Test(
    "after any row of changes, list, order, current entry and every index are those of the model", arguments: 1...40)
  func randomChanges(_ seed: Int) throws {
    var dice = Dice(state: UInt64(seed))
    var queue = PlayQueue()
    var model = Model()
    var nextTitle = 1
    for _ in 0..<150 {
      let fresh = tracks(nextTitle...(nextTitle + Int.random(in: 0...4, using: &dice)))
      change(&queue, &model, fresh, &dice)
      nextTitle += 5
      try compare(queue, model)
    }
  }

  private func change(_ queue: inout PlayQueue, _ model: inout Model, _ fresh: [Track], _ dice: inout Dice) {
    let new = fresh.map { Int($0.title)! }
    switch Int.random(in: 0..<12, using: &dice) {
    case 0...1:
      queue.append(fresh, using: &dice)
      model.list += new
      model.order = playOrder(of: queue)
    case 2...3:
      queue.insertNext(fresh)
      model.insertNext(new, isShuffled: queue.isShuffled)
    case 4...5:
      let gone = Set(model.list.filter { _ in Int.random(in: 0..<4, using: &dice) == 0 })
      queue.remove(Set(gone.map { queue.entry($0) }))
      model.remove(gone)
    case 6...7:
      guard model.list.count > 1 else { return }
      let (source, target) = (
        model.list.indices.randomElement(using: &dice)!, model.list.indices.randomElement(using: &dice)!
      )
      queue.move(from: source, to: target)
      model.move(from: source, to: target, isShuffled: queue.isShuffled)
    case 8...9:
      guard let title = model.list.randomElement(using: &dice) else { return }
      queue.select(queue.entry(title))
      model.current = title
      model.order = playOrder(of: queue)
    case 10:
      queue.setShuffle(ShuffleMode.allCases.randomElement(using: &dice)!, using: &dice)
      model.order = queue.isShuffled ? playOrder(of: queue) : model.list
    default:
      queue.replace(with: fresh, startingAt: 0, using: &dice)
      model = Model(list: new, order: playOrder(of: queue), current: new.first)
    }
  }

  private func compare(_ queue: PlayQueue, _ model: Model) throws {
    #expect(queue.list == model.list)
    #expect(queue.now == model.current)
    try #require(playOrder(of: queue) == model.order)
    for (index, entry) in queue.entries.enumerated() { #expect(queue.index(of: entry.id) == index) }
    #expect(Set(queue.entries.map(\.id)).count == queue.entries.count)
    #expect(model.order.sorted() == model.list.sorted())
  }

  /// The whole order, whatever is current: from the start to the end.
  private func playOrder(of queue: PlayQueue) -> [Int] {
    var queue = queue
    queue.deselect()
    return queue.upcoming(.max).map { Int($0.track.title)! }
  }
}
