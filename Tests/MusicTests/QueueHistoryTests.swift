import Music
import Testing

@Suite("What was heard")
struct QueueHistoryTests {
  private func play(_ queue: inout PlayQueue, _ titles: Int...) {
    for title in titles { queue.select(queue.entry(title)) }
  }

  /// Goes back as far as it goes.
  private func back(_ queue: PlayQueue) -> [Int] {
    var queue = queue
    var titles: [Int] = []
    while queue.previous != nil, titles.count < 100 {
      queue.goBack()
      titles.append(queue.now!)
    }
    return titles
  }

  @Test("is what previous goes back to, whatever the list says")
  func jumps() {
    var queue = queue(9, current: 4)
    play(&queue, 8, 2, 6)
    #expect(queue.title(queue.previous) == 2)
    #expect(back(queue).prefix(3) == [2, 8, 4])
    queue.goBack()
    #expect(queue.now == 2 && queue.title(queue.next()) == 3)
  }

  @Test("before anything was heard is the list's")
  func fallback() {
    var queue = queue(5, current: 3)
    #expect(back(queue) == [2, 1])
    queue.goBack()
    play(&queue, 3)
    #expect(queue.title(queue.previous) == 2)
  }

  @Test("is kept when shuffle goes on and off, and nothing of it comes again before all were played")
  func acrossShuffle() {
    for seed in 1...30 {
      var dice = Dice(state: UInt64(seed))
      var queue = queue(12, current: 1)
      play(&queue, 2, 3)
      queue.setShuffle(.tracks, using: &dice)
      #expect(queue.title(queue.previous) == 2)
      #expect(queue.heard.sorted() == [3] + Array(4...12))
      for _ in 0..<4 { queue.select(queue.next()!.id) }
      let heard = Array(back(queue).reversed())
      #expect(heard.prefix(3) == [1, 2, 3])
      queue.setShuffle(.off, using: &dice)
      #expect(Array(back(queue).reversed()) == heard)
      queue.setShuffle(.tracks, using: &dice)
      #expect(Set(queue.heard.dropFirst()).isDisjoint(with: heard + [queue.now!]))
    }
  }

  @Test("loses what is taken out of the queue, and nothing else")
  func removing() {
    var queue = queue(6, current: 1)
    play(&queue, 3, 5, 2)
    queue.remove([queue.entry(5)])
    queue.move(from: 0, to: 3)
    #expect(back(queue).prefix(2) == [3, 1])
  }

  @Test("is there after the end of the queue, too")
  func afterTheEnd() {
    var queue = queue(2, current: 2)
    queue.deselect()
    #expect(queue.title(queue.previous) == 2)
    queue.goBack()
    #expect(queue.now == 2)
  }

  @Test(
    "holds: in a shuffled queue nothing comes a second time before all came once, whatever is chosen, taken back, added",
    arguments: 1...60)
  func noneTwice(_ seed: Int) {
    var dice = Dice(state: UInt64(seed))
    var queue = queue(8, current: nil, shuffled: true, seed: UInt64(seed))
    if seed % 3 == 0 { queue.setShuffle(.albums, using: &dice) }
    queue.select(queue.next()!.id)
    var heard: Set<EntryID> = [queue.current!.id]
    var nextTitle = 9
    while let next = queue.next(), heard.count < 30 {
      switch Int.random(in: 0..<8, using: &dice) {
      case 0:
        // Chosen by hand, also a second time: that is the listener's wish.
        queue.select(queue.entries.randomElement(using: &dice)!.id)
      case 1:
        let before = queue.current!.id
        guard queue.goBack() else { continue }
        // Forward again the way it went back.
        queue.select(before)
      case 2 where nextTitle < 14:
        queue.append(tracks(nextTitle...nextTitle), using: &dice)
        nextTitle += 1
      case 3 where nextTitle < 14:
        queue.insertNext(tracks(nextTitle...nextTitle))
        nextTitle += 1
      case 4:
        let index = Int.random(in: queue.entries.indices, using: &dice)
        queue.move(from: index, to: Int.random(in: queue.entries.indices, using: &dice))
      default:
        #expect(!heard.contains(next.id), "entry \(next.track.title) a second time")
        queue.select(next.id)
      }
      heard.insert(queue.current!.id)
    }
    #expect(heard == Set(queue.entries.map(\.id)))
  }
}

@Suite("A queue shuffled by album")
struct AlbumShuffleTests {
  /// Albums of three, four and two tracks, their tracks mixed up in the list, and one track without an album.
  private func tracks() -> [Track] {
    var tracks: [Track] = []
    for (album, count) in [(1, 3), (2, 4), (3, 2)] {
      for number in (1...count).reversed() {
        var track = Track(
          id: TrackID(Int64(album * 10 + number)), origin: .local, remoteID: "", title: "\(album * 10 + number)")
        (track.albumID, track.trackNumber) = (AlbumID(Int64(album)), number)
        tracks.append(track)
      }
    }
    tracks.insert(Track(id: TrackID(99), origin: .local, remoteID: "", title: "99"), at: 4)
    return tracks
  }

  private func shuffled(_ seed: Int, current: Int? = nil) -> PlayQueue {
    var dice = Dice(state: UInt64(seed))
    var queue = PlayQueue()
    queue.replace(with: tracks(), using: &dice)
    if let current { queue.select(queue.entry(current)) }
    queue.setShuffle(.albums, using: &dice)
    return queue
  }

  /// Album by album, as they follow one another.
  private func albums(_ titles: [Int]) -> [[Int]] {
    titles.reduce(into: [[Int]]()) { albums, title in
      if albums.last?.last.map({ $0 / 10 }) == title / 10 {
        albums[albums.count - 1].append(title)
      } else {
        albums.append([title])
      }
    }
  }

  @Test("plays whole albums in their own order, the albums in any")
  func order() {
    var orders: Set<[Int]> = []
    for seed in 1...60 {
      let heard = shuffled(seed).heard
      #expect(Set(albums(heard)) == [[11, 12, 13], [21, 22, 23, 24], [31, 32], [99]])
      orders.insert(albums(heard).map { $0[0] / 10 })
    }
    #expect(orders.count > 12)
  }

  @Test("goes on with the album that plays, from there")
  func current() {
    for seed in 1...20 {
      let heard = shuffled(seed, current: 22).heard
      #expect(heard.prefix(3) == [22, 23, 24])
      #expect(Set(albums(Array(heard.dropFirst(3)))) == [[11, 12, 13], [31, 32], [99]])
    }
  }

  @Test("takes an album that is chosen from the middle as a whole")
  func chosen() {
    for seed in 1...20 {
      var queue = shuffled(seed, current: 11)
      queue.select(queue.entry(22))
      #expect(queue.heard.prefix(3) == [22, 23, 24])
    }
  }

  @Test("puts new albums between the others")
  func append() {
    for seed in 1...30 {
      var dice = Dice(state: UInt64(seed))
      var queue = shuffled(seed, current: 21)
      let new = (1...3).map { number in
        var track = Track(id: TrackID(Int64(40 + number)), origin: .local, remoteID: "", title: "\(40 + number)")
        (track.albumID, track.trackNumber) = (AlbumID(4), number)
        return track
      }
      queue.append(new, using: &dice)
      #expect(queue.heard.prefix(4) == [21, 22, 23, 24])
      #expect(Set(albums(queue.heard)).isSuperset(of: [[41, 42, 43], [11, 12, 13], [31, 32]]))
    }
  }
}

@Suite("What was passed over")
struct OwedTests {
  @Test("comes after the present track; then the order goes on where it was")
  func order() {
    for isShuffled in [false, true] {
      var queue = queue(8, current: 1, shuffled: isShuffled)
      let order = queue.heard
      func id(_ place: Int) -> EntryID { queue.entry(order[place]) }
      queue.select(id(1))
      let passed = queue.passed(on: id(4))
      #expect(passed == [id(1), id(2), id(3)])
      queue.skip(to: id(4))
      #expect(queue.title(queue.next()) == order[5])
      queue.owe(passed)
      #expect(queue.heard == [4, 1, 2, 3, 5, 6, 7].map { order[$0] })
      #expect(queue.upcoming(4).map(\.id) == [id(1), id(2), id(3), id(5)])
    }
  }

  @Test("is not heard, so that previous does not go there")
  func notHeard() {
    var queue = queue(6, current: 1)
    queue.select(queue.entry(2))
    queue.skip(to: queue.entry(5))
    #expect(queue.title(queue.previous) == 1)
  }

  @Test("stays owed when the listener goes back in between, and is given up when they go elsewhere")
  func between() {
    var queue = queue(9, current: 5)
    queue.owe([queue.entry(3), queue.entry(4)])
    queue.select(queue.next()!.id)
    #expect(queue.now == 3)
    queue.goBack()
    #expect(queue.now == 5 && queue.heard == [5, 3, 4, 6, 7, 8, 9])
    queue.insertNext(tracks(20...21))
    #expect(queue.heard == [5, 20, 21, 3, 4, 6, 7, 8, 9])
    queue.select(queue.entry(20))
    queue.remove([queue.entry(3), queue.entry(5)])
    #expect(queue.heard == [20, 21, 4, 6, 7, 8, 9])
    queue.select(queue.entry(8))
    #expect(queue.heard == [8, 9])
  }

  @Test("may be passed over a second time")
  func again() {
    var queue = queue(7, current: 4)
    queue.owe([queue.entry(1), queue.entry(2), queue.entry(3)])
    queue.select(queue.entry(1))
    let passed = queue.passed(on: queue.entry(6))
    #expect(passed == [1, 2, 3, 5].map { queue.entry($0) })
    queue.skip(to: queue.entry(6))
    #expect(queue.heard == [6, 7])
    queue.owe(passed)
    #expect(queue.heard == [6, 1, 2, 3, 5, 7])
  }
}

@Suite("A queue that was kept")
struct KeptQueueTests {
  private func restored(_ queue: PlayQueue, at place: KeptPlace?, without gone: Set<Int> = []) -> PlayQueue {
    let found = queue.entries.map(\.track).filter { !gone.contains(Int($0.title)!) }
    return PlayQueue(queue.kept, at: place, tracks: Dictionary(found.map { ($0.id, $0) }) { first, _ in first })
  }

  private func place(_ queue: PlayQueue) -> KeptPlace {
    KeptPlace(index: queue.currentIndex, track: queue.current?.track.id, shuffleMode: queue.shuffleMode)
  }

  @Test("comes back as it was: list, order, what plays and what was heard", arguments: 1...20)
  func roundTrip(_ seed: Int) {
    var dice = Dice(state: UInt64(seed))
    var queue = queue(15, current: 3)
    if seed % 2 == 0 { queue.setShuffle(.tracks, using: &dice) }
    for _ in 0..<(seed % 7) { queue.select(queue.next()!.id) }
    let again = restored(queue, at: place(queue))
    #expect(again.list == queue.list && again.now == queue.now && again.heard == queue.heard)
    #expect(again.shuffleMode == queue.shuffleMode)
    #expect(again.title(again.previous) == queue.title(queue.previous))
  }

  @Test("leaves out what is gone from the library, also what played")
  func gone() {
    var dice = Dice(state: 4)
    var queue = queue(9, current: 2)
    queue.setShuffle(.tracks, using: &dice)
    let order = queue.heard
    let again = restored(queue, at: place(queue), without: [1, 5, 9])
    #expect(again.list == [2, 3, 4, 6, 7, 8] && again.now == 2)
    #expect(again.heard == order.filter { ![1, 5, 9].contains($0) })
    #expect(restored(queue, at: place(queue), without: [2]).now == nil)
    #expect(restored(queue, at: place(queue), without: Set(1...9)).entries.isEmpty)
  }

  @Test("is sound whatever was kept", arguments: 1...200)
  func nonsense(_ seed: Int) {
    var dice = Dice(state: UInt64(seed))
    func numbers() -> [Int32] {
      (0..<Int.random(in: 0...8, using: &dice)).map { _ in .random(in: -3...9, using: &dice) }
    }
    let kept = KeptQueue(tracks: numbers().map { TrackID(Int64($0)) }, order: numbers(), heard: numbers())
    let place = KeptPlace(
      index: .random(in: -3...9, using: &dice), track: TrackID(.random(in: -3...9, using: &dice)),
      shuffleMode: ShuffleMode.allCases.randomElement(using: &dice)!)
    let found = tracks(1...6)
    let queue = PlayQueue(kept, at: place, tracks: Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) }))
    #expect(queue.entries.count == kept.tracks.count { (1...6).contains($0.rawValue) })
    var all = queue
    all.deselect()
    #expect(all.upcoming(.max).map(\.id.rawValue).sorted() == Array(1..<(queue.entries.count + 1)))
    #expect(queue.heard.count <= queue.entries.count)
  }
}
