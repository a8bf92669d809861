import Music
import Testing

@Suite("The queue")
struct PlayQueueTests {
  @Test("that is empty has nothing before, after or now, and takes every question")
  func empty() {
    var queue = PlayQueue()
    var dice = Dice(state: 1)
    for mode in RepeatMode.allCases {
      queue.repeatMode = mode
      #expect(queue.current == nil && queue.next() == nil && queue.next(skipping: true) == nil)
      #expect(queue.previous == nil && queue.upcoming(5).isEmpty)
    }
    let isSelected = queue.select(EntryID(1))
    #expect(!isSelected)
    queue.remove([EntryID(1)])
    queue.move(from: 0, to: 1)
    queue.removeAll()
    queue.setShuffle(.tracks, using: &dice)
    queue.append([], using: &dice)
    queue.insertNext([])
    queue.replace(with: [], startingAt: 3, using: &dice)
    #expect(queue.entries.isEmpty && queue.currentIndex == nil)
  }

  @Test("begins at its start when nothing is current")
  func start() {
    let queue = queue(3)
    #expect(queue.title(queue.next()) == 1)
    #expect(queue.title(queue.next(skipping: true)) == 1)
    #expect(queue.previous == nil)
    #expect(queue.upcoming(2).map(\.track.title) == ["1", "2"])
  }

  @Test(
    "goes on, repeats all or repeats one",
    arguments: [
      (RepeatMode.off, 2, 3, 3, 1), (.off, 3, nil, nil, 2), (.off, 1, 2, 2, nil),
      (.all, 2, 3, 3, 1), (.all, 3, 1, 1, 2), (.all, 1, 2, 2, 3),
      (.one, 2, 2, 3, 1), (.one, 3, 3, 1, 2), (.one, 1, 1, 2, nil),
    ] as [(RepeatMode, Int, Int?, Int?, Int?)])
  func neighbours(_ mode: RepeatMode, _ current: Int, _ atEnd: Int?, _ skipping: Int?, _ previous: Int?) {
    var queue = queue(3, current: current)
    queue.repeatMode = mode
    #expect(queue.title(queue.next()) == atEnd)
    #expect(queue.title(queue.next(skipping: true)) == skipping)
    #expect(queue.title(queue.previous) == previous)
  }

  @Test("of one entry repeats it")
  func single() {
    var queue = queue(1, current: 1)
    #expect(queue.next() == nil && queue.previous == nil)
    queue.repeatMode = .all
    #expect(queue.title(queue.next()) == 1 && queue.title(queue.previous) == 1)
    queue.repeatMode = .one
    #expect(queue.title(queue.next(skipping: true)) == 1)
  }

  @Test("names each entry anew, also the same track twice and after a replacement")
  func ids() {
    var queue = queue(3, current: 2)
    var dice = Dice(state: 1)
    let before = Set(queue.entries.map(\.id))
    queue.append(tracks(1...3), using: &dice)
    #expect(Set(queue.entries.map(\.id)).count == 6)
    queue.replace(with: tracks(1...3), using: &dice)
    #expect(before.isDisjoint(with: queue.entries.map(\.id)))
    #expect(queue.currentIndex == nil)
    for id in before {
      let isSelected = queue.select(id)
      #expect(queue.index(of: id) == nil && !isSelected)
    }
  }

  @Test("starts at the place asked, and nowhere when there is no such place")
  func startingAt() {
    var dice = Dice(state: 1)
    var queue = PlayQueue()
    queue.replace(with: tracks(1...3), startingAt: 2, using: &dice)
    #expect(queue.now == 3)
    queue.replace(with: tracks(1...3), startingAt: 3, using: &dice)
    #expect(queue.now == nil)
    queue.replace(with: tracks(1...3), startingAt: -1, using: &dice)
    #expect(queue.now == nil)
  }

  @Test("tells what is worth fetching ahead, never more than there is")
  func upcoming() {
    let queue = queue(4, current: 2)
    #expect(queue.upcoming(9).map(\.track.title) == ["3", "4"])
    #expect(queue.upcoming(1).map(\.track.title) == ["3"])
    #expect(queue.upcoming(0).isEmpty && queue.upcoming(-1).isEmpty)
  }

  @Test("takes tracks at the end and after the current entry")
  func adding() {
    var queue = queue(3, current: 2)
    var dice = Dice(state: 1)
    queue.append(tracks(4...5), using: &dice)
    queue.insertNext(tracks(8...9))
    #expect(queue.list == [1, 2, 8, 9, 3, 4, 5] && queue.now == 2)
    #expect(queue.heard == [2, 8, 9, 3, 4, 5])
    queue.insertNext(tracks(7...7))
    #expect(queue.list == [1, 2, 7, 8, 9, 3, 4, 5])
    queue.deselect()
    queue.insertNext(tracks(6...6))
    #expect(queue.list.last == 6 && queue.now == nil)
  }

  @Test("keeps what plays when others are taken out, and plays nothing when that goes")
  func removing() {
    var queue = queue(5, current: 3)
    queue.remove([queue.entry(1), queue.entry(5), EntryID(999)])
    #expect(queue.list == [2, 3, 4] && queue.now == 3 && queue.currentIndex == 1)
    #expect(queue.title(queue.previous) == 2 && queue.title(queue.next()) == 4)
    queue.remove([queue.entry(3)])
    #expect(queue.list == [2, 4] && queue.currentIndex == nil)
    queue.removeAll()
    #expect(queue.entries.isEmpty && queue.next() == nil)
  }

  @Test(
    "moves an entry to any place and keeps what plays",
    arguments: [(0, 4), (4, 0), (1, 2), (2, 1), (3, 3), (0, 1), (2, 4), (2, 0)])
  func moving(_ source: Int, _ target: Int) {
    var queue = queue(5, current: 3)
    var expected = [1, 2, 3, 4, 5]
    expected.insert(expected.remove(at: source), at: target)
    queue.move(from: source, to: target)
    #expect(queue.list == expected && queue.now == 3)
    #expect(queue.heard == Array(expected[queue.currentIndex!...]))
  }

  @Test("leaves a move from or to nowhere undone")
  func movingNowhere() {
    var queue = queue(3, current: 1)
    let before = queue
    for (source, target) in [(-1, 0), (0, -1), (3, 0), (0, 3)] { queue.move(from: source, to: target) }
    #expect(queue == before)
  }

  @Test("is a value: a copy does not change with it")
  func value() {
    var queue = queue(3, current: 1)
    let copy = queue
    queue.remove([queue.entry(1)])
    #expect(copy.list == [1, 2, 3] && copy.now == 1 && copy.index(of: copy.entry(1)) == 0)
    #expect(queue != copy)
  }
}
