import Music
import Testing

@Suite("A shuffled queue")
struct ShuffleTests {
  @Test("keeps its list, begins with what plays, and plays every entry once")
  func everyEntryOnce() {
    for seed in 1...50 {
      let queue = queue(20, current: 7, shuffled: true, seed: UInt64(seed))
      #expect(queue.list == Array(1...20) && queue.now == 7)
      #expect(queue.heard.first == 7)
      #expect(queue.heard.sorted() == Array(1...20))
      #expect(queue.previous == nil)
    }
  }

  @Test("plays in another order than the list's, another one each time")
  func differs() {
    let orders = Set((1...20).map { queue(20, current: 1, shuffled: true, seed: UInt64($0)).heard })
    #expect(orders.count == 20)
    #expect(!orders.contains(Array(1...20)))
  }

  @Test("gives each order the same chance")
  func uniform() {
    var counts: [[Int]: Int] = [:]
    for seed in 1...6000 { counts[queue(4, current: 1, shuffled: true, seed: UInt64(seed)).heard, default: 0] += 1 }
    #expect(counts.count == 6)
    #expect(counts.values.allSatisfy { (800...1200).contains($0) })
  }

  @Test("goes back the way it came")
  func backwards() {
    var queue = queue(10, current: 4, shuffled: true)
    let heard = queue.heard
    for _ in 1..<10 { queue.select(queue.next()!.id) }
    var back = [queue.now!]
    while queue.previous != nil {
      queue.goBack()
      back.append(queue.now!)
    }
    #expect(back == heard.reversed())
  }

  @Test("turned off goes on in the list from what plays")
  func turnedOff() {
    var dice = Dice(state: 3)
    var queue = queue(5, current: 2, shuffled: true)
    queue.setShuffle(.off, using: &dice)
    #expect(!queue.isShuffled && queue.heard == [2, 3, 4, 5])
    #expect(queue.title(queue.previous) == 1)
  }

  @Test("puts new tracks somewhere after what plays, and does not disturb the order of the others")
  func append() {
    var firsts: Set<Int> = []
    for seed in 1...200 {
      var dice = Dice(state: UInt64(seed))
      var queue = queue(6, current: 1, shuffled: true, seed: 9)
      queue.select(queue.next()!.id)
      let before = queue.heard
      queue.append(tracks(7...8), using: &dice)
      let after = queue.heard
      #expect(after.first == before.first)
      #expect(after.filter { $0 <= 6 } == before)
      #expect(Set(after).isSuperset(of: [7, 8]))
      #expect(queue.list.suffix(2) == [7, 8])
      firsts.insert(after[1])
    }
    #expect(firsts.isSuperset(of: [7, 8]))
  }

  @Test("plays what was asked for next, next, in the order given")
  func insertNext() {
    var queue = queue(6, current: 3, shuffled: true)
    queue.select(queue.next()!.id)
    let before = queue.heard
    queue.insertNext(tracks(11...13))
    #expect(queue.heard == [before[0], 11, 12, 13] + before[1...])
  }

  @Test("keeps its order when entries are taken out or moved in the list")
  func removeAndMove() {
    var queue = queue(8, current: 3, shuffled: true)
    let before = queue.heard
    queue.move(from: 0, to: 7)
    queue.move(from: 5, to: 1)
    #expect(queue.heard == before)
    queue.remove([queue.entry(before[2]), queue.entry(before[5])])
    #expect(queue.heard == before.enumerated().filter { ![2, 5].contains($0.offset) }.map(\.element))
  }

  @Test("stays shuffled when another list takes its place")
  func replace() {
    var dice = Dice(state: 5)
    var queue = queue(3, current: 1, shuffled: true)
    queue.replace(with: tracks(1...30), startingAt: 11, using: &dice)
    #expect(queue.isShuffled && queue.heard.first == 12)
    #expect(queue.heard.sorted() == Array(1...30) && queue.heard != [12] + (1...30).filter { $0 != 12 })
    queue.replace(with: tracks(1...30), using: &dice)
    #expect(queue.now == nil && queue.heard.sorted() == Array(1...30) && queue.heard != Array(1...30))
  }

  @Test("plays an entry chosen from the list at once, and all others that were to come after it")
  func chosen() {
    for title in 1...9 {
      var queue = queue(9, current: nil, shuffled: true)
      queue.select(queue.entry(title))
      #expect(queue.heard.first == title && queue.heard.sorted() == Array(1...9))
      queue.select(queue.next()!.id)
      let before = queue.heard
      queue.select(queue.entry(before[4]))
      #expect(queue.heard == [before[4]] + before[1...].filter { $0 != before[4] })
      #expect(queue.title(queue.previous) == before[0])
    }
  }

  @Test("goes round backwards and comes back to where it was")
  func roundBackwards() {
    var queue = queue(5, current: 2, shuffled: true)
    queue.repeatMode = .all
    let heard = queue.heard
    queue.goBack()
    #expect(queue.now == heard[4] && queue.title(queue.next()) == 2)
  }

  @Test("repeats in the same order")
  func repeatAll() {
    var queue = queue(5, current: 2, shuffled: true)
    queue.repeatMode = .all
    let heard = queue.heard
    var round: [Int] = []
    for _ in 0..<10 {
      round.append(queue.now!)
      queue.select(queue.next()!.id)
    }
    #expect(round == heard + heard)
  }
}
