import Core
import Music
import TUI
import Testing

@Suite("Modes")
struct ModesTests {
  /// Plays everything of Aurora (First: One, Two, Three; Second: Four, Five) from its start, at noon.
  private func playing() -> Listener {
    var listener = Listener()
    listener.send(.clock(Timestamp(seconds: 43_200)))
    listener.press("enter")
    listener.effects = []
    return listener
  }

  private func entry(_ listener: Listener, _ index: Int) -> QueueEntry { listener.state.queue.entries[index] }

  private func advance(_ listener: inout Listener) {
    let next = listener.state.queue.next()!
    listener.send(.player(.advanced(to: next.id)))
  }

  @Test("stop after this track: nothing follows, the next track waits, and it holds once")
  func stopAfterTrack() {
    var listener = playing()
    #expect(listener.press("X") == [.player(.setNext(nil))])
    #expect(listener.press("X") == [.player(.setNext(entry(listener, 1)))])
    listener.press("X")
    listener.send(.player(.ended))
    #expect(listener.state.player.state == .stopped)
    #expect(listener.playing == "Two")
    #expect(listener.state.modes.stopAfter == .off)
    #expect(listener.press("space").first == .player(.load(entry(listener, 1), position: .zero, paused: false)))
  }

  @Test("stop after the queue: it does not repeat once more")
  func stopAfterQueue() {
    var listener = playing()
    listener.run("repeat all")
    listener.run("stop-after queue")
    for _ in 0..<3 { advance(&listener) }
    #expect(listener.playing == "Four")
    advance(&listener)
    #expect(listener.effects.last { if case .player(.setNext) = $0 { true } else { false } } == nil || true)
    listener.send(.player(.ended))
    #expect(listener.playing == nil && listener.queued.count == 5)
    #expect(listener.state.modes.stopAfter == .off)
  }

  @Test("consume takes out what was heard or skipped, but not what is gone back from")
  func consume() {
    var listener = playing()
    #expect(listener.run("consume") == [.saveSetting(name: "consume", value: "on")])
    advance(&listener)
    #expect(listener.queued == ["Two", "Three", "Four", "Five"] && listener.playing == "Two")
    listener.press(">")
    listener.wait()
    #expect(listener.queued == ["Three", "Four", "Five"])
    listener.run("view queue")
    listener.press("G", "enter")
    #expect(listener.playing == "Five" && listener.queued.count == 3)
    listener.run("previous")
    listener.wait()
    #expect(listener.playing == "Three" && listener.queued.count == 3)
    for _ in 0..<2 { advance(&listener) }
    listener.send(.player(.ended))
    #expect(listener.queued == [] && listener.state.player.state == .stopped)
  }

  @Test("the sleep timer fades out, pauses, and is over")
  func sleep() {
    var listener = playing()
    listener.run("sleep 30m")
    #expect(listener.notice == "The music fades out in 30:00.")
    #expect(listener.send(.clock(Timestamp(seconds: 43_200 + 1_789))) == [])
    #expect(listener.state.sleepTimeLeft == .seconds(11))
    #expect(
      listener.send(.clock(Timestamp(seconds: 43_200 + 1_790))) == [.player(.fadeOut(over: .seconds(10)))])
    #expect(listener.send(.clock(Timestamp(seconds: 43_200 + 1_791))) == [])
    listener.send(.player(.fadedOut(listener.state.queue.current!.id)))
    #expect(listener.state.player.state == .paused)
    #expect(listener.state.modes.sleep == nil)
    #expect(listener.press("space") == [.player(.resume)])
  }

  @Test("whoever touches the player while it fades is awake")
  func awake() {
    var listener = playing()
    listener.run("sleep 5s")
    listener.send(.clock(Timestamp(seconds: 43_201)))
    listener.press(">")
    #expect(listener.state.modes.sleep == nil)
    #expect(listener.send(.clock(Timestamp(seconds: 43_300))) == [])
    #expect(listener.state.player.state == .playing)
  }

  @Test("a player that does not tell of its fade is paused all the same; one that is paused needs no sleep")
  func sleepAlone() {
    var listener = playing()
    listener.run("sleep 20s")
    listener.send(.clock(Timestamp(seconds: 43_212)))
    #expect(listener.send(.clock(Timestamp(seconds: 43_230))) == [.player(.pause)])
    listener.press("space")
    listener.run("sleep 20s")
    listener.press("space")
    #expect(listener.send(.clock(Timestamp(seconds: 43_300))) == [])
    #expect(listener.state.modes.sleep == nil)
  }

  @Test("at the end of the album the music stops, not before")
  func sleepAlbum() {
    var listener = playing()
    listener.run("sleep album")
    advance(&listener)
    #expect(listener.effects.contains(.player(.setNext(entry(listener, 2)))))
    advance(&listener)
    listener.effects = []
    listener.send(.player(.ended))
    #expect(listener.state.player.state == .stopped && listener.playing == "Four")
    #expect(listener.state.modes.sleep == nil)
    listener.press("space")
    #expect(listener.run("sleep track") == [.player(.setNext(nil))])
    #expect(listener.run("sleep off") == [.player(.setNext(entry(listener, 4)))])
  }

  @Test("so many tracks are fetched ahead as is wanted, none on a metered network")
  func prefetch() {
    var listener = playing()
    func titles(_ effects: [Effect]) -> [String]? {
      effects.compactMap { if case .prefetch(let tracks) = $0 { tracks.map(\.title) } else { nil } }.last
    }
    #expect(titles(listener.run("prefetch 3")) == ["Two", "Three", "Four"])
    #expect(titles(listener.run("metered on")) == [])
    #expect(titles(listener.run("metered off")) == ["Two", "Three", "Four"])
    #expect(titles(listener.run("prefetch 0")) == [])
    listener.run("prefetch 2")
    listener.run("repeat all")
    for _ in 0..<3 { advance(&listener) }
    #expect(titles(listener.effects) == ["Five", "One"])
  }

  @Test("shuffle by album is a mode of its own; the key turns any off")
  func shuffle() {
    var listener = playing()
    #expect(listener.run("shuffle albums").first == .saveSetting(name: "shuffle", value: "albums"))
    #expect(listener.state.queue.next()?.track.title == "Two")
    listener.press("s")
    #expect(listener.state.queue.shuffleMode == .off)
    listener.press("s")
    #expect(listener.state.queue.shuffleMode == .tracks)
  }
}

@Suite("Jumps in quick succession")
struct JumpTests {
  private func playing(cached: [ClosedRange<Double>] = [0...1]) -> Listener {
    var listener = Listener()
    listener.press("enter")
    let entry = listener.state.queue.current!
    listener.send(
      .status(PlaybackStatus(entry: entry.id, position: .seconds(5), duration: .seconds(100), cached: cached)))
    listener.effects = []
    return listener
  }

  private func loads(_ effects: [Effect]) -> [QueueEntry] {
    effects.compactMap { if case .player(.load(let entry, _, _)) = $0 { entry } else { nil } }
  }

  private func seeks(_ effects: [Effect]) -> [Duration] {
    effects.compactMap { if case .player(.seek(let position)) = $0 { position } else { nil } }
  }

  @Test("of many nexts the first is done at once, and of the others only the last")
  func nexts() {
    var listener = playing()
    listener.press(">", ">", ">", "<", ">")
    #expect(listener.playing == "Four")
    #expect(loads(listener.effects).map(\.track.title) == ["Two"])
    listener.wait()
    #expect(loads(listener.effects).map(\.track.title) == ["Two", "Four"])
    #expect(listener.effects.contains(.player(.setNext(listener.state.queue.entries[4]))))
    // The player still told of the first one.
    listener.press(">")
    #expect(listener.playing == "Five")
  }

  @Test("what the player tells of the track before changes nothing meanwhile")
  func stragglers() {
    var listener = playing()
    let first = listener.state.queue.entries[1]
    listener.press(">", ">")
    listener.send(.player(.failed(first.id, .notAudio)))
    listener.send(.player(.advanced(to: first.id)))
    listener.send(.player(.ended))
    #expect(listener.playing == "Three")
    listener.press("space")
    listener.wait()
    #expect(listener.effects.contains(.player(.load(listener.state.queue.entries[2], position: .zero, paused: true))))
  }

  @Test("dragging over what is here goes there at once, then once more where it ends")
  func dragging() {
    var listener = playing()
    for _ in 0..<12 { listener.press("right") }
    #expect(listener.state.player.position == .seconds(65))
    listener.wait()
    #expect(seeks(listener.effects) == [.seconds(10), .seconds(65)])
  }

  @Test("dragging over what is not here asks for its end only")
  func draggingUncached() {
    var listener = playing(cached: [0...0.1])
    for second in stride(from: 15, through: 90, by: 1) { listener.run("seek \(second)") }
    #expect(seeks(listener.effects) == [])
    listener.wait()
    #expect(seeks(listener.effects) == [.seconds(90)])
  }

  @Test("a step goes from where the music is now, not from where it was when last told")
  func moment() {
    var listener = playing()
    listener.send(.moment(listener.state.queue.current!.id, .milliseconds(5_900)))
    #expect(seeks(listener.press("right")) == [.milliseconds(10_900)])
    // What the player says before it has gone there is old.
    listener.send(.moment(listener.state.queue.current!.id, .milliseconds(5_950)))
    listener.press("right")
    listener.wait()
    #expect(seeks(listener.effects).last == .milliseconds(15_900))
  }

  @Test("moments count as listening, once")
  func listening() {
    var listener = playing()
    let id = listener.state.queue.current!.id
    for second in 5...60 {
      listener.send(.moment(id, .milliseconds(second * 1000 + 400)))
      listener.hear(second + 1)
    }
    #expect(listener.effects.filter { if case .edit(.recordPlay) = $0 { true } else { false } }.count == 1)
  }
}
