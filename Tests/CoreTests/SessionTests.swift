import Core
import Music
import TUI
import Testing

@Suite("The session")
struct SessionTests {
  private func fresh() -> Listener {
    var listener = Listener()
    listener.send(.clock(Timestamp(seconds: 100)))
    listener.send(.session(nil, position: .zero, missing: 0))
    listener.keepsSession = true
    return listener
  }

  private func kept(_ queue: PlayQueue, current: Int) -> PlayQueue {
    let place = KeptPlace(index: current, track: queue.entries[current].track.id, shuffleMode: queue.shuffleMode)
    let tracks = Dictionary(queue.entries.map { ($0.track.id, $0.track) }) { first, _ in first }
    return PlayQueue(queue.kept, at: place, tracks: tracks)
  }

  private func places(_ effects: [Effect]) -> [KeptPlace] {
    effects.compactMap { if case .savePlace(let place) = $0 { place } else { nil } }
  }

  private func queues(_ effects: [Effect]) -> [PlayQueue] {
    effects.compactMap { if case .saveQueue(let queue) = $0 { queue } else { nil } }
  }

  @Test("the place is kept when the track changes, every five seconds, and when the music pauses")
  func places() {
    var listener = fresh()
    listener.press("enter")
    for second in 1...12 { listener.hear(second) }
    #expect(places(listener.effects).map(\.position) == [.zero, .seconds(5), .seconds(10)])
    listener.effects = []
    listener.press("space")
    #expect(places(listener.effects).map(\.position) == [.seconds(12)])
    listener.press("space", ">")
    #expect(places(listener.effects).last == KeptPlace(index: 1, track: TrackID(2)))
  }

  @Test("what is kept of a pause is where the music fell silent, told a moment after the key")
  func silence() {
    var listener = fresh()
    listener.press("enter")
    for second in 1...7 { listener.hear(second) }
    listener.press("space")
    let entry = listener.state.queue.entries[0].id
    let silence = Duration.milliseconds(7_140)
    let status = PlaybackStatus(entry: entry, position: silence, duration: .seconds(100), cached: [0...1])
    listener.effects = []
    listener.send(.status(status))
    #expect(places(listener.effects).map(\.position) == [silence])
    listener.send(.status(status))
    #expect(places(listener.effects).count == 1)
  }

  @Test("where it fell silent is kept also when that is a part of a millisecond further than where it was told before")
  func nearSilence() {
    var listener = fresh()
    listener.press("enter")
    listener.hear(7)
    listener.press("space")
    let entry = listener.state.queue.entries[0].id
    let silence = Duration.microseconds(7_000_600)
    listener.send(
      .status(PlaybackStatus(entry: entry, position: silence, duration: .seconds(100), cached: [0...1])))
    #expect(places(listener.effects).last?.position == silence)
  }

  @Test("the queue is kept when it has been left alone for a moment, not at each change")
  func queue() {
    var listener = fresh()
    listener.press("enter")
    listener.run("view queue")
    for second in 101...103 {
      listener.send(.clock(Timestamp(seconds: Int64(second))))
      listener.press("J", "K")
    }
    #expect(queues(listener.effects).isEmpty)
    listener.send(.clock(Timestamp(seconds: 104)))
    #expect(queues(listener.effects).isEmpty)
    listener.send(.clock(Timestamp(seconds: 105)))
    #expect(queues(listener.effects) == [listener.state.queue])
    listener.send(.clock(Timestamp(seconds: 500)))
    listener.hear(50)
    #expect(queues(listener.effects).count == 1)
  }

  @Test("someone who changes it all the time has it kept now and then")
  func restless() {
    var listener = fresh()
    listener.press("enter")
    listener.run("view queue")
    for second in 101...160 {
      listener.send(.clock(Timestamp(seconds: Int64(second))))
      listener.press(second % 2 == 0 ? "J" : "K")
    }
    #expect((3...8).contains(queues(listener.effects).count))
  }

  @Test("at the end everything is kept that was not yet, and nothing twice")
  func ending() {
    var listener = fresh()
    listener.press("enter")
    listener.hear(3)
    listener.effects = []
    let effects = listener.send(.ending)
    #expect(queues(effects) == [listener.state.queue])
    #expect(places(effects).map(\.position) == [.seconds(3)])
    #expect(listener.send(.ending) == [])
  }

  @Test("nothing is kept before the last run’s session is here")
  func early() {
    var listener = Listener()
    listener.keepsSession = true
    listener.press("enter")
    listener.hear(50)
    #expect(places(listener.effects).isEmpty && queues(listener.send(.ending)).isEmpty)
  }

  @Test("it comes back paused at the place, and goes on there")
  func comingBack() {
    var evening = fresh()
    evening.press("enter")
    var listener = Listener()
    listener.send(.session(kept(evening.state.queue, current: 3), position: .seconds(42), missing: 0))
    #expect(listener.effects == [])
    #expect(listener.state.player.state == .paused)
    #expect(listener.playing == "Four" && listener.state.player.position == .seconds(42))
    #expect(listener.state.queueList.cursor == 3)
    #expect(listener.press("right") == [])
    let entry = listener.state.queue.entries[3]
    #expect(listener.press("space").first == .player(.load(entry, position: .seconds(47), paused: false)))
  }

  @Test("what comes back can be gone on from in every way")
  func goingOn() {
    var evening = fresh()
    evening.press("enter")
    let queue = kept(evening.state.queue, current: 1)
    func back() -> Listener {
      var listener = Listener()
      listener.send(.session(queue, position: .seconds(42), missing: 0))
      return listener
    }
    var listener = back()
    #expect(listener.press(">").contains(.player(.load(queue.entries[2], position: .zero, paused: false))))
    listener = back()
    listener.press("S")
    #expect(listener.state.player.state == .stopped)
    listener = back()
    listener.run("seek 0")
    #expect(listener.press("space").contains(.player(.load(queue.entries[1], position: .zero, paused: false))))
    listener = back()
    listener.run("view queue")
    listener.press("d")
    #expect(listener.state.queue.entries.count == 4)
    #expect(listener.playing == "Three" && listener.state.player.isParked)
  }

  @Test("tracks that are gone are told of, once")
  func missing() {
    var evening = fresh()
    evening.press("enter")
    var listener = Listener()
    listener.send(.session(evening.state.queue, position: .zero, missing: 2))
    #expect(listener.notice == "2 tracks of the queue are gone from the library.")
  }

  @Test("who plays something before it is here has their way; what they only added stands behind it")
  func hasty() {
    var evening = fresh()
    evening.press("enter")
    let queue = kept(evening.state.queue, current: 1)
    var listener = Listener()
    listener.press("j", "enter")
    listener.send(.session(queue, position: .seconds(9), missing: 0))
    #expect(listener.queued == ["Six", "Seven"] && listener.playing == "Six")
    listener = Listener()
    listener.press("j", "a")
    listener.send(.session(queue, position: .seconds(9), missing: 0))
    #expect(listener.queued == ["One", "Two", "Three", "Four", "Five", "Six", "Seven"])
    #expect(listener.playing == "Two" && listener.state.player.state == .paused)
  }
}

@Suite("Without a network")
struct OutageTests {
  private func entry(_ listener: Listener, _ title: String) -> QueueEntry {
    listener.state.queue.entries.first { $0.track.title == title }!
  }

  /// Plays everything of Aurora; of it Three and Five are held here.
  private func playing() -> Listener {
    var listener = Listener()
    listener.cached = [TrackID(3), TrackID(5)]
    listener.press("enter")
    listener.hear(3)
    listener.send(.connectivity(.offline(reason: "gone")))
    listener.send(.notice(Notice(.error, "")))
    listener.effects = []
    return listener
  }

  private func fail(_ listener: inout Listener, _ title: String, _ reason: PlaybackFailure = .offline) {
    listener.send(.player(.failed(entry(listener, title).id, reason)))
  }

  private func advance(_ listener: inout Listener) {
    listener.send(.player(.advanced(to: listener.state.queue.next()!.id)))
  }

  @Test("what is not held is passed over, said so once, and comes when the server is back")
  func passing() {
    var listener = playing()
    fail(&listener, "Two")
    #expect(listener.playing == "Three")
    listener.hear(5)
    fail(&listener, "Four")
    #expect(listener.playing == "Five")
    let notices = listener.state.notices
    #expect(listener.send(.connectivity(.online)).contains(.player(.setNext(entry(listener, "Two")))))
    #expect(listener.state.notices != notices)
    var heard: [String] = []
    while let next = listener.state.queue.next() {
      listener.send(.player(.advanced(to: next.id)))
      heard.append(listener.playing!)
    }
    #expect(heard == ["Two", "Four"])
  }

  @Test("then the order goes on where it was")
  func order() {
    var listener = playing()
    listener.cached = [TrackID(3), TrackID(4), TrackID(5)]
    fail(&listener, "Two")
    listener.send(.connectivity(.online))
    var heard: [String] = []
    while let next = listener.state.queue.next() {
      listener.send(.player(.advanced(to: next.id)))
      heard.append(listener.playing!)
    }
    #expect(heard == ["Two", "Four", "Five"])
    #expect(listener.state.queue.previous?.track.title == "Four")
  }

  @Test("with nothing held the place is kept, and the music goes on when the server is back")
  func waiting() {
    var listener = playing()
    listener.cached = []
    let effects = listener.send(.player(.failed(entry(listener, "One").id, .cutShort(at: .seconds(40)))))
    #expect(effects == [.player(.stop)])
    #expect(listener.state.player.state == .paused && listener.state.player.position == .seconds(40))
    #expect(
      listener.send(.connectivity(.online)).contains(
        .player(.load(entry(listener, "One"), position: .seconds(40), paused: false))))
  }

  @Test("why nothing is heard is told until something is")
  func toldUntilHeard() {
    var listener = playing()
    listener.cached = []
    listener.send(.player(.failed(entry(listener, "One").id, .cutShort(at: .seconds(40)))))
    #expect(listener.notice?.contains("goes on when the server is back") == true)
    #expect(listener.state.player.state == .paused)
    // Another track, which is here.
    listener.run("next")
    #expect(listener.playing == "Two" && listener.state.player.state == .playing)
    #expect(listener.notice?.contains("goes on when the server is back") == true)
    listener.wait()
    for second in 1...2 { listener.hear(second) }
    #expect(listener.notice == nil)
  }

  @Test("hours later nobody is startled, and who has stopped it stays in peace")
  func peace() {
    var listener = playing()
    listener.cached = []
    fail(&listener, "One")
    listener.send(.clock(Timestamp(seconds: 7_200)))
    listener.effects = []
    #expect(listener.send(.connectivity(.online)) == [])
    #expect(listener.state.player.state == .paused)
    listener = playing()
    listener.cached = []
    fail(&listener, "One")
    listener.press("S")
    listener.effects = []
    #expect(listener.send(.connectivity(.online)) == [])
  }

  @Test("of a track that was cut short only one that was hardly heard comes again")
  func cutShort() {
    var listener = playing()
    fail(&listener, "One", .cutShort(at: .seconds(60)))
    #expect(listener.playing == "Three")
    listener.send(.connectivity(.online))
    #expect(listener.state.queue.next()?.track.title == "Two")
    listener = playing()
    fail(&listener, "One", .cutShort(at: .seconds(20)))
    listener.send(.connectivity(.online))
    #expect(listener.state.queue.next()?.track.title == "One")
  }

  @Test("who chooses another track means it: nothing else comes between")
  func choosing() {
    var listener = playing()
    fail(&listener, "Two")
    listener.run("view queue")
    listener.press("G", "enter")
    #expect(listener.playing == "Five")
    listener.send(.connectivity(.online))
    #expect(listener.state.queue.next() == nil)
  }
}
