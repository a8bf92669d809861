import Audio
import Music
import Testing

@testable import Playback

/// The machine by plain calls: what happens, and what it says to do.
@Suite struct MachineTests {
  private let one = Rig.entry("one", id: 1)
  private let two = Rig.entry("two", id: 2)
  private let three = Rig.entry("three", id: 3)

  private func segment(_ entry: QueueEntry, stream: Int = 1, from frame: Int = 0, track: Int = 0) -> Segment {
    Segment(
      stream: stream, firstFrame: frame, entry: entry.id, trackFrame: track,
      info: DecoderInfo(format: AudioFormat(rate: 44100, channels: 2), frameCount: 100_000), opensStream: frame == 0)
  }

  /// A machine that plays `one` from stream 1, audible.
  private func playing() -> PlayerMachine {
    var machine = PlayerMachine()
    _ = machine.handle(.command(.load(one, position: .zero, paused: false)))
    _ = machine.handle(.segment(epoch: 1, segment(one)))
    _ = machine.handle(.audible(stream: 1, frame: 10))
    return machine
  }

  private func announced(_ segment: Segment, _ announcement: Segment.Announcement) -> Segment {
    var segment = segment
    segment.announcement = announcement
    return segment
  }

  @Test("load, decode, hear: started once, when it is audible")
  func load() {
    var machine = PlayerMachine()
    #expect(
      machine.handle(.command(.load(one, position: .seconds(3), paused: false))) == [
        .setPaused(false), .decode(.load(epoch: 1, one, position: .seconds(3))), .silence, .emit(.buffering(true)),
      ])
    #expect(machine.state == .buffering)
    #expect(machine.handle(.segment(epoch: 1, segment(one))) == [.play(stream: 1), .watch(stream: 1, frame: 0)])
    #expect(machine.handle(.audible(stream: 1, frame: 0)) == [])
    #expect(machine.handle(.audible(stream: 1, frame: 5)) == [.emit(.buffering(false)), .emit(.started(one.id))])
    #expect(machine.handle(.audible(stream: 1, frame: 9)) == [])
    #expect(machine.state == .playing)
  }

  @Test("what the decoder says of older work is dropped")
  func stale() {
    var machine = playing()
    _ = machine.handle(.command(.load(two, position: .zero, paused: false)))
    #expect(machine.handle(.segment(epoch: 1, segment(one))) == [])
    #expect(machine.handle(.decoded(epoch: 1, nil)) == [])
    #expect(machine.handle(.failed(epoch: 1, one.id, .notAudio)) == [])
  }

  @Test("the next entry joins when the decoder is done, and advances when it is audible")
  func join() {
    var machine = playing()
    #expect(machine.handle(.command(.setNext(two))) == [])
    #expect(machine.handle(.decoded(epoch: 1, nil)) == [.decode(.join(epoch: 1, two))])
    #expect(machine.handle(.segment(epoch: 1, segment(two, from: 500))) == [.watch(stream: 1, frame: 500)])
    #expect(machine.handle(.audible(stream: 1, frame: 500)) == [])
    #expect(machine.current == one)
    #expect(machine.handle(.audible(stream: 1, frame: 501)) == [.emit(.advanced(to: two.id))])
    #expect(machine.current == two && machine.next == nil)
  }

  @Test("without a next the stream ends, and a late next still joins")
  func late() {
    var machine = playing()
    #expect(machine.handle(.decoded(epoch: 1, nil)) == [.end(stream: 1)])
    #expect(machine.handle(.command(.setNext(two))) == [.decode(.join(epoch: 1, two))])
    // Too late for the stream, not for the track: the output had finished when it came.
    #expect(machine.handle(.finished(stream: 1)) == [.emit(.buffering(true))])
    #expect(
      machine.handle(.segment(epoch: 1, segment(two, stream: 2))) == [
        .follow(stream: 2), .watch(stream: 2, frame: 0),
      ])
    #expect(
      machine.handle(.audible(stream: 2, frame: 1)) == [.emit(.buffering(false)), .emit(.advanced(to: two.id))])
  }

  @Test("the last track ends")
  func end() {
    var machine = playing()
    _ = machine.handle(.decoded(epoch: 1, nil))
    let actions = machine.handle(.finished(stream: 1))
    #expect(actions.contains(.close) && actions.last == .emit(.ended))
    #expect(machine.state == .stopped && machine.current == nil)
  }

  @Test("another next is taken before the joined one is heard")
  func changedNext() {
    var machine = playing()
    _ = machine.handle(.command(.setNext(two)))
    _ = machine.handle(.decoded(epoch: 1, nil))
    _ = machine.handle(.segment(epoch: 1, segment(two, from: 500)))
    #expect(machine.handle(.command(.setNext(three))) == [.decode(.takeBack(epoch: 1))])
    #expect(machine.handle(.command(.setNext(three))) == [])
    #expect(machine.handle(.tookBack(epoch: 1, true)) == [.decode(.join(epoch: 1, three))])
    #expect(machine.segments.count == 1)
  }

  @Test("a joined entry that cannot be taken back plays; the other follows it")
  func tooLate() {
    var machine = playing()
    _ = machine.handle(.command(.setNext(two)))
    _ = machine.handle(.decoded(epoch: 1, nil))
    _ = machine.handle(.segment(epoch: 1, segment(two, from: 500)))
    _ = machine.handle(.command(.setNext(three)))
    #expect(machine.handle(.tookBack(epoch: 1, false)) == [])
    _ = machine.handle(.audible(stream: 1, frame: 600))
    #expect(machine.current == two)
    #expect(machine.handle(.decoded(epoch: 1, nil)) == [.decode(.join(epoch: 1, three))])
  }

  @Test("no next any more: the joined one is taken back and the stream ends")
  func removedNext() {
    var machine = playing()
    _ = machine.handle(.command(.setNext(two)))
    _ = machine.handle(.decoded(epoch: 1, nil))
    _ = machine.handle(.segment(epoch: 1, segment(two, stream: 2)))
    #expect(machine.handle(.command(.setNext(nil))) == [.decode(.takeBack(epoch: 1))])
    #expect(machine.handle(.tookBack(epoch: 1, true)) == [.unfollow(stream: 2), .end(stream: 1)])
  }

  @Test("a seek begins anew and announces nothing")
  func seek() {
    var machine = playing()
    #expect(
      machine.handle(.command(.seek(.seconds(5)))) == [
        .decode(.load(epoch: 2, one, position: .seconds(5))), .silence, .emit(.buffering(true)),
      ])
    _ = machine.handle(.command(.seek(.seconds(6))))
    _ = machine.handle(.segment(epoch: 3, segment(one, stream: 3, track: 44100 * 6)))
    #expect(machine.handle(.audible(stream: 3, frame: 1)) == [.emit(.buffering(false))])
  }

  @Test("a failure before any sound is told at once; one behind sound when that was heard")
  func failures() {
    var machine = PlayerMachine()
    _ = machine.handle(.command(.load(one, position: .zero, paused: false)))
    #expect(machine.handle(.failed(epoch: 1, one.id, .offline)).last == .emit(.failed(one.id, .offline)))
    #expect(machine.state == .stopped)

    machine = playing()
    let cut = PlaybackFailure.cutShort(at: .seconds(4))
    #expect(machine.handle(.failed(epoch: 1, one.id, cut)) == [.end(stream: 1)])
    #expect(machine.handle(.command(.setNext(two))) == [], "a track cut short is not joined on")
    #expect(machine.handle(.finished(stream: 1)).last == .emit(.failed(one.id, cut)))
  }

  @Test("a next that cannot be opened is told when the current one is over, unless it is changed")
  func nextFails() {
    var machine = playing()
    _ = machine.handle(.command(.setNext(two)))
    _ = machine.handle(.decoded(epoch: 1, nil))
    #expect(machine.handle(.failed(epoch: 1, two.id, .notAudio)) == [.end(stream: 1)])
    #expect(machine.handle(.command(.setNext(three))) == [.decode(.join(epoch: 1, three))])
    #expect(machine.handle(.failed(epoch: 1, three.id, .offline)) == [.end(stream: 1)])
    #expect(machine.handle(.finished(stream: 1)).last == .emit(.failed(three.id, .offline)))
  }

  @Test("a loop goes to the decoder, stays through a seek, and ends with its entry")
  func loop() {
    let loop = Duration.seconds(1)..<Duration.seconds(2)
    var machine = playing()
    #expect(machine.handle(.command(.setLoop(loop))) == [.decode(.loop(epoch: 1, loop))])
    #expect(
      machine.handle(.command(.seek(.seconds(5)))).first
        == .decode(
          .load(epoch: 2, one, position: .seconds(5), loop: loop)))
    let actions = machine.handle(.command(.load(two, position: .zero, paused: false)))
    #expect(actions.contains(.decode(.load(epoch: 3, two, position: .zero))))
    #expect(machine.handle(.command(.setLoop(nil))) == [.decode(.loop(epoch: 3, nil))])
  }

  @Test("a loop set when the next entry has joined begins at its beginning, and the next joins again")
  func lateLoop() {
    let loop = Duration.seconds(1)..<Duration.seconds(2)
    var machine = playing()
    _ = machine.handle(.command(.setNext(two)))
    _ = machine.handle(.decoded(epoch: 1, nil))
    let actions = machine.handle(.command(.setLoop(loop)))
    #expect(actions.first == .decode(.load(epoch: 2, one, position: .seconds(1), loop: loop)))
    #expect(machine.joined == nil && machine.next == two)
    _ = machine.handle(.segment(epoch: 2, segment(one, stream: 2, track: 44100)))
    #expect(machine.handle(.decoded(epoch: 2, nil)) == [.decode(.join(epoch: 2, two))])
  }

  @Test("sound written again in another way takes the place of the old, and announces nothing twice")
  func rewritten() {
    var machine = playing()
    var again = segment(one, from: 300, track: 300)
    again.begins = false
    again.opensStream = false
    #expect(machine.handle(.segment(epoch: 1, again)) == [.watch(stream: 1, frame: 300)])
    again.firstFrame = 200
    #expect(machine.handle(.segment(epoch: 1, again)) == [.watch(stream: 1, frame: 200)])
    #expect(machine.segments.map(\.firstFrame) == [0, 200])
    #expect(machine.handle(.audible(stream: 1, frame: 201)) == [])
    #expect(machine.segments.map(\.firstFrame) == [200])
  }

  @Test("sound written again before any of it was heard is still announced")
  func rewrittenAtTheStart() {
    var machine = PlayerMachine()
    _ = machine.handle(.command(.load(one, position: .zero, paused: false)))
    _ = machine.handle(.segment(epoch: 1, segment(one)))
    var again = segment(one)
    again.begins = false
    #expect(machine.handle(.segment(epoch: 1, again)) == [.watch(stream: 1, frame: 0)])
    #expect(machine.handle(.audible(stream: 1, frame: 1)) == [.emit(.buffering(false)), .emit(.started(one.id))])
  }

  @Test("sound of an entry written again while the next waits to join does not advance")
  func rewrittenBeforeJoin() {
    var machine = playing()
    _ = machine.handle(.command(.setNext(two)))
    _ = machine.handle(.decoded(epoch: 1, nil))
    var again = segment(one, from: 300, track: 300)
    again.begins = false
    _ = machine.handle(.segment(epoch: 1, again))
    #expect(machine.handle(.audible(stream: 1, frame: 400)) == [])
    _ = machine.handle(.segment(epoch: 1, segment(two, from: 500)))
    #expect(machine.handle(.audible(stream: 1, frame: 501)) == [.emit(.advanced(to: two.id))])
  }

  @Test("loaded paused it is started when it is ready, and stays paused")
  func loadedPaused() {
    var machine = PlayerMachine()
    _ = machine.handle(.command(.load(one, position: .zero, paused: true)))
    let actions = machine.handle(.segment(epoch: 1, segment(one)))
    #expect(actions == [.play(stream: 1), .emit(.buffering(false)), .emit(.started(one.id))])
    #expect(machine.state == .paused)
    #expect(machine.handle(.command(.resume)) == [.setPaused(false)])
    #expect(machine.handle(.command(.resume)) == [])
  }

  @Test("a lost device pauses and keeps the place")
  func lostDevice() {
    var machine = playing()
    #expect(
      machine.handle(.outputLost("gone")) == [.setPaused(true), .emit(.failed(one.id, .output("gone")))])
    #expect(machine.state == .paused && machine.current == one)
  }

  @Test("a device that returns plays on, unless the listener has decided otherwise")
  func returnedDevice() {
    var machine = playing()
    _ = machine.handle(.outputLost("gone"))
    #expect(machine.handle(.outputReturned) == [.setPaused(false), .emit(.outputReturned(one.id))])
    #expect(machine.state == .playing)
    #expect(machine.handle(.outputReturned) == [])

    _ = machine.handle(.outputLost("gone"))
    #expect(machine.handle(.command(.pause)) == [.giveUpOutput])
    #expect(machine.handle(.outputReturned) == [] && machine.state == .paused)

    _ = machine.handle(.command(.resume))
    _ = machine.handle(.outputLost("gone"))
    #expect(machine.handle(.command(.resume)) == [.giveUpOutput, .setPaused(false)])
    // Lost while paused it is not waited for.
    _ = machine.handle(.command(.pause))
    _ = machine.handle(.outputLost("gone"))
    #expect(machine.handle(.outputReturned) == [])
    _ = machine.handle(.command(.resume))
    _ = machine.handle(.outputLost("gone"))
    #expect(
      machine.handle(.command(.load(two, position: .zero, paused: false))).prefix(2) == [
        .giveUpOutput, .setPaused(false),
      ])
  }

  @Test("a fade-out pauses and says so; a pause, resume, load or stop on the way takes its place, a seek does not")
  func fadeOut() {
    var machine = playing()
    #expect(machine.handle(.command(.fadeOut(over: .seconds(9)))) == [.fadeOut(.seconds(9))])
    #expect(machine.state == .playing)
    #expect(!machine.handle(.command(.seek(.seconds(1)))).contains(.fadeOut(nil)))
    #expect(machine.handle(.fadedOut) == [.setPaused(true), .emit(.fadedOut(one.id))])
    #expect(machine.state == .paused)
    #expect(machine.handle(.command(.fadeOut(over: .seconds(9)))) == [], "it is silent already")
    #expect(machine.handle(.command(.resume)) == [.setPaused(false)])

    _ = machine.handle(.command(.fadeOut(over: .seconds(9))))
    #expect(machine.handle(.command(.pause)) == [.fadeOut(nil), .setPaused(true)])
    #expect(machine.handle(.fadedOut) == [])
    _ = machine.handle(.command(.resume))
    _ = machine.handle(.command(.fadeOut(over: .seconds(9))))
    #expect(machine.handle(.command(.resume)) == [.fadeOut(nil)])
    _ = machine.handle(.command(.fadeOut(over: .seconds(9))))
    #expect(machine.handle(.command(.load(two, position: .zero, paused: false))).first == .fadeOut(nil))
    _ = machine.handle(.command(.fadeOut(over: .seconds(9))))
    _ = machine.handle(.command(.stop))
    #expect(machine.handle(.fadedOut) == [])
  }

  @Test("mute and the choice of a device pass, playing or not")
  func passing() {
    var machine = PlayerMachine()
    #expect(machine.handle(.command(.setMuted(true))) == [.setMuted(true)])
    #expect(machine.handle(.command(.setOutput("hw:1"))) == [.setOutput("hw:1")])
    #expect(
      machine.handle(.outputRefused("hw:1", "no")) == [.emit(.outputRefused("hw:1", reason: "no"))])
    #expect(machine.handle(.command(.fadeOut(over: .seconds(1)))) == [])
    #expect(machine.handle(.fadedOut) == [] && machine.handle(.outputReturned) == [])
  }

  @Test("stopped, commands but load and volume do nothing")
  func stopped() {
    var machine = PlayerMachine()
    for command in [PlayerCommand.pause, .resume, .stop, .seek(.seconds(1)), .setNext(one)] {
      #expect(machine.handle(.command(command)) == [])
    }
    #expect(machine.handle(.command(.setVolume(300))) == [.setVolume(100)])
  }
}
