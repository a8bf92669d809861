import Core
import Music
import TUI
import Testing

@Suite("Playing")
struct PlayingTests {
  /// Plays the album First from its first track.
  private func playingListener() -> Listener {
    var listener = Listener()
    listener.press("l", "l", "enter")
    listener.effects = []
    return listener
  }

  private func entry(_ listener: Listener, _ index: Int) -> QueueEntry { listener.state.queue.entries[index] }

  @Test("Enter on a track plays the album from there, and tells the player what follows")
  func enter() {
    var listener = Listener()
    let effects = listener.press("l", "l", "j", "enter")
    #expect(listener.queued == ["One", "Two", "Three"])
    #expect(
      effects == [
        .player(.load(entry(listener, 1), position: .zero, paused: false)), .player(.setNext(entry(listener, 2))),
        .prefetch([entry(listener, 2).track]),
      ])
    #expect(listener.state.player.state == .playing)
  }

  @Test("Enter on an artist plays everything of theirs")
  func enterOnArtist() {
    var listener = Listener()
    listener.press("enter")
    #expect(listener.queued == ["One", "Two", "Three", "Four", "Five"])
    #expect(listener.playing == "One")
  }

  @Test("a adds at the end, A right after the current track, and the player hears of it")
  func adding() {
    var listener = playingListener()
    listener.press("h", "j")
    #expect(listener.press("a") == [])
    #expect(listener.queued == ["One", "Two", "Three", "Four", "Five"])
    #expect(listener.notice == "Added 2 tracks to the queue.")
    let effects = listener.press("A")
    #expect(listener.queued == ["One", "Four", "Five", "Two", "Three", "Four", "Five"])
    #expect(effects.contains(.player(.setNext(entry(listener, 1)))))
  }

  @Test("next and previous go along the queue; three seconds in, previous starts the track again")
  func nextAndPrevious() {
    var listener = playingListener()
    listener.press(">")
    #expect(listener.playing == "Two")
    listener.wait()
    listener.hear(2)
    listener.press("<")
    #expect(listener.playing == "One")
    listener.wait()
    listener.hear(4)
    #expect(listener.press("<") == [.player(.seek(.zero))])
    #expect(listener.playing == "One")
    listener.wait()
    listener.press(">", ">")
    listener.wait()
    #expect(listener.press(">") == [.player(.stop)])
    #expect(listener.playing == nil)
    #expect(listener.queued.count == 3)
    listener.press("space")
    #expect(listener.playing == "One")
  }

  @Test("the space bar pauses and goes on")
  func pausing() {
    var listener = playingListener()
    #expect(listener.press("space") == [.player(.pause)])
    #expect(listener.press("space") == [.player(.resume)])
    #expect(listener.run("pause on") == [.player(.pause)])
    #expect(listener.run("pause on") == [])
    #expect(listener.run("play") == [.player(.resume)])
    #expect(listener.run("stop") == [.player(.stop)])
    #expect(listener.run("stop") == [])
    #expect(listener.playing == "One")
  }

  @Test("on an empty queue nothing plays, and the notice says what to do")
  func empty() {
    var listener = Listener()
    #expect(listener.press("space") == [])
    #expect(listener.notice?.contains("Enter") == true)
    #expect(listener.press("<", ">", "left") == [])
  }

  @Test("seeking stays within the track")
  func seeking() {
    var listener = playingListener()
    listener.hear(50)
    #expect(listener.press("right") == [.player(.seek(.seconds(55)))])
    listener.wait()
    #expect(listener.run("seek -90") == [.player(.seek(.zero))])
    listener.wait()
    #expect(listener.run("seek 50%") == [.player(.seek(.seconds(50)))])
    listener.wait()
    #expect(listener.run("seek 5:00") == [.player(.seek(.seconds(99)))])
  }

  @Test("the volume stays between 0 and 100, and is kept")
  func volume() {
    var listener = Listener()
    #expect(
      listener.run("volume 98") == [.player(.setVolume(98)), .saveSetting(name: "volume", value: "98")])
    listener.press("+")
    #expect(listener.state.player.volume == 100)
    listener.run("volume -100")
    listener.press("-")
    #expect(listener.state.player.volume == 0)
  }

  @Test("when the player advances, the queue follows and the next one is told")
  func advancing() {
    var listener = playingListener()
    let effects = listener.send(.player(.advanced(to: entry(listener, 1).id)))
    #expect(listener.playing == "Two")
    #expect(effects == [.player(.setNext(entry(listener, 2))), .prefetch([entry(listener, 2).track])])
    #expect(listener.send(.player(.advanced(to: entry(listener, 2).id))) == [.prefetch([])])
    #expect(listener.send(.player(.ended)) == [])
    #expect(listener.playing == nil)
    #expect(listener.state.player.state == .stopped)
  }

  @Test("an addition that came too late for the join still plays")
  func lateAddition() {
    var listener = playingListener()
    listener.press(">", ">")
    listener.wait()
    listener.press("h", "j", "a")
    let effects = listener.send(.player(.ended))
    #expect(effects.first == .player(.load(entry(listener, 3), position: .zero, paused: false)))
  }

  @Test("repeating one track tells the player the same entry again; the listener's next leaves it")
  func repeatOne() {
    var listener = playingListener()
    #expect(
      listener.run("repeat one") == [.saveSetting(name: "repeat", value: "one"), .player(.setNext(entry(listener, 0)))])
    #expect(listener.send(.player(.advanced(to: entry(listener, 0).id))) == [.player(.setNext(entry(listener, 0)))])
    listener.press(">")
    #expect(listener.playing == "Two")
    listener.press("r")
    #expect(listener.state.queue.repeatMode == .off)
  }

  @Test("shuffle changes only what follows")
  func shuffle() {
    var listener = playingListener()
    listener.press("s")
    #expect(listener.playing == "One")
    #expect(listener.state.queue.isShuffled)
    listener.press("s")
    #expect(listener.state.queue.next()?.track.title == "Two")
  }

  @Test("removing the track that plays goes on with the next that stays")
  func removingCurrent() {
    var listener = playingListener()
    listener.run("view queue")
    let follower = entry(listener, 2)
    listener.run("mark")
    listener.run("mark")
    let effects = listener.press("d")
    #expect(listener.queued == ["Three"])
    #expect(effects.first == .player(.load(follower, position: .zero, paused: false)))
    #expect(listener.press("d") == [.player(.stop)])
    #expect(listener.queued == [])
  }

  @Test("moving entries keeps what plays and tells the new next")
  func moving() {
    var listener = playingListener()
    listener.run("view queue")
    listener.press("j", "J")
    #expect(listener.queued == ["One", "Three", "Two"])
    #expect(listener.state.queueList.cursor == 2)
    #expect(listener.effects.contains(.player(.setNext(entry(listener, 1)))))
    listener.press("J", "K", "K", "K")
    #expect(listener.queued == ["Two", "One", "Three"])
    #expect(listener.playing == "One")
  }

  @Test("a track that fails is told of, and the next one plays")
  func failing() {
    var listener = playingListener()
    let effects = listener.send(.player(.failed(entry(listener, 0).id, .notAudio)))
    #expect(listener.playing == "Two")
    #expect(effects.first == .player(.load(entry(listener, 1), position: .zero, paused: false)))
    #expect(listener.notice == "“One” is damaged or no music at all: nothing in it can be decoded.")
  }

  @Test("after a whole round of failures it stops, even when everything repeats")
  func failingRound() {
    var listener = playingListener()
    listener.run("repeat all")
    var loads = 0
    while let current = listener.state.queue.current, loads < 100 {
      listener.send(.player(.started(current.id)))
      listener.send(.player(.failed(current.id, .notAudio)))
      loads += 1
    }
    #expect(loads == 3)
    #expect(listener.state.player.state == .stopped)
    #expect(listener.notice?.contains("No track of the queue") == true)
  }

  @Test("without a network the next track that is cached plays, and none is tried in between")
  func offline() {
    var listener = playingListener()
    listener.press(">")
    listener.run("repeat all")
    let effects = listener.send(.player(.failed(entry(listener, 1).id, .offline)))
    #expect(effects.first == .player(.load(entry(listener, 0), position: .zero, paused: false)))
    #expect(listener.playing == "One")
    #expect(listener.notice?.contains("“Two” is not cached") == true)
  }

  @Test("without a network and with nothing cached it stops and says so")
  func offlineEnd() {
    var listener = playingListener()
    #expect(listener.send(.player(.failed(entry(listener, 0).id, .offline))) == [.player(.stop)])
    #expect(listener.notice?.hasPrefix("“One” is not cached, nor is what follows it") == true)
    #expect(listener.queued.count == 3)
  }

  @Test("what the listener does meanwhile wins over the search for a cached track")
  func offlineMeanwhile() {
    var listener = playingListener()
    let id = entry(listener, 0).id
    let asked = update(&listener.state, .player(.failed(id, .offline)))
    guard case .askCacheMarks(let ticket, _)? = asked.first else { return #expect(Bool(false)) }
    listener.press(">")
    #expect(listener.playing == "Two")
    #expect(listener.send(.cacheMarks(ticket, [TrackID(3): .whole])) == [])
    #expect(listener.playing == "Two")
  }

  @Test("one track that fails and repeats does not turn in circles")
  func failingAlone() {
    var listener = Listener()
    listener.press("j", "l", "l", "enter")
    listener.run("repeat one")
    let id = listener.state.queue.current!.id
    listener.send(.player(.failed(id, .notAudio)))
    #expect(listener.playing == "Seven")
    listener.send(.player(.failed(listener.state.queue.current!.id, .notAudio)))
    #expect(listener.state.player.state == .stopped)
  }

  @Test("when the output fails the place is kept, and Space goes on there")
  func outputFails() {
    var listener = playingListener()
    listener.hear(7)
    let effects = listener.send(.player(.failed(entry(listener, 0).id, .output("device gone"))))
    #expect(effects == [])
    #expect(listener.state.player.state == .paused)
    #expect(listener.state.player.position == .seconds(7))
    #expect(listener.notice?.contains("device gone") == true)
    #expect(listener.press("space") == [.player(.resume)])
  }

  @Test("half of a track counts as a play, once, from when it began")
  func plays() {
    var listener = Listener()
    listener.send(.clock(Timestamp(seconds: 1_000)))
    listener.press("l", "l", "enter")
    listener.effects = []
    for second in 1...100 {
      listener.send(.clock(Timestamp(seconds: 1_000 + Int64(second))))
      listener.hear(second)
    }
    #expect(listener.effects == [.edit(.recordPlay(TrackID(1), at: Timestamp(seconds: 1_000)))])
  }

  @Test("a listen that was counted is told wherever the track stands, and changes nothing else")
  func countedEverywhere() {
    var listener = Listener()
    listener.press("l", "l", "enter")
    let (queue, effects) = (listener.queued, listener.effects.count)
    listener.send(.edited(.recordPlay(TrackID(2), at: Timestamp(seconds: 5)), created: nil))
    #expect(listener.state.queue.entries.map(\.track.playCount) == [0, 1, 0])
    #expect(listener.state.library.tracks.rows.map(\.playCount) == [0, 1, 0])
    #expect(listener.queued == queue && listener.effects.count == effects)
    #expect(listener.playing == "One")
  }

  @Test("what is skipped over by seeking is not heard")
  func seekingIsNotListening() {
    var listener = playingListener()
    for second in stride(from: 10, through: 90, by: 10) { listener.hear(second) }
    #expect(listener.effects == [])
  }

  @Test("status of an entry that is not the current one changes nothing")
  func strayStatus() {
    var listener = playingListener()
    listener.send(.status(PlaybackStatus(entry: EntryID(99), position: .seconds(9), duration: .seconds(10))))
    #expect(listener.state.player.position == .zero)
  }
}
