import Audio
import Fixtures
import Foundation
import Mpg123
import Music
import Playback
import Testing

@Suite(.timeLimit(.minutes(40))) struct PlayerTests {
  @Test("what reaches the device is what the mpg123 program decodes", arguments: ["cbr192", "vbr", "mono", "48k"])
  func exact(name: String) {
    let rig = Rig(.exact)
    rig.play(name)
    rig.wait(.ended)
    expectSame(rig.heard, Sounds.shared.reference(name))
    #expect(rig.allEvents.contains(.started(EntryID(1))))
    #expect(rig.player.status.state == .stopped)
  }

  @Test("a paced card hears every sample, and no underrun", arguments: ["part1", "mono"])
  func paced(name: String) {
    onceWithoutUnderrun {
      let rig = Rig(.card(speed: 1))
      rig.play(name)
      rig.wait(.ended)
      expectSame(rig.heard, Sounds.shared.reference(name))
      return rig
    }
  }

  @Test("a pair that was cut joins with no sample added or lost, on a device opened once")
  func gapless() {
    let rig = Rig(.card(speed: 10))
    rig.play("part1", before: Rig.entry("part2", id: 2))
    rig.wait(.ended)
    expectSame(rig.heard, Sounds.shared.reference("part1") + Sounds.shared.reference("part2"))
    #expect(rig.deviceOpenings == 1)
    let events = rig.allEvents.filter { if case .buffering = $0 { false } else { true } }
    #expect(events.contains(.advanced(to: EntryID(2))))
  }

  @Test("the next track may be named while the last samples are in the ring")
  func lateNext() {
    let rig = Rig(.card(speed: 1))
    let length = Sounds.shared.reference("part1").count / 2
    let begin = Duration.milliseconds(length * 1000 / 44100 - 1200)
    rig.play("part1", at: begin)
    rig.until { $0.state == .playing }
    rig.send(.setNext(Rig.entry("part2", id: 2)))
    rig.wait(.advanced(to: EntryID(2)))
    let heard = rig.heard
    rig.until { $0.position > .milliseconds(300) }
    rig.send(.stop)
    rig.until { $0.state == .stopped }
    let whole = Sounds.shared.reference("part1") + Sounds.shared.reference("part2")
    let start = AudioFormat(rate: 44100, channels: 2).frameCount(in: begin) * 2
    let first = Array(rig.heard)
    #expect(first.count > heard.count)
    expectSame(first, Array(whole[start...].prefix(first.count)))
    #expect(rig.deviceOpenings == 1)
  }

  @Test("the next track may be changed while it is in the ring already")
  func changedNext() {
    let rig = Rig(.card(speed: 1))
    let length = Sounds.shared.reference("part1").count / 2
    let begin = Duration.milliseconds(length * 1000 / 44100 - 2000)
    rig.play("part1", at: begin)
    rig.send(.setNext(Rig.entry("cbr320", id: 7)))
    rig.until { $0.state == .playing }
    rig.send(.setNext(Rig.entry("part2", id: 2)))
    rig.wait(.advanced(to: EntryID(2)))
    rig.until { $0.position > .milliseconds(200) }
    rig.send(.stop)
    rig.until { $0.state == .stopped }
    let whole = Sounds.shared.reference("part1") + Sounds.shared.reference("part2")
    let start = AudioFormat(rate: 44100, channels: 2).frameCount(in: begin) * 2
    let first = rig.heard
    expectSame(first, Array(whole[start...].prefix(first.count)))
  }

  @Test("after a seek and a pause the join is exact all the same", arguments: [true, false])
  func seekPauseJoin(pauses: Bool) {
    let rig = Rig(.card(speed: 4, pauses: pauses))
    rig.play("part1")
    rig.until { $0.state == .playing && $0.position > .milliseconds(300) }
    rig.send(.setNext(Rig.entry("part2", id: 2)), .pause)
    rig.until { $0.state == .paused }
    let place = rig.player.status.position
    rig.send(.resume)
    rig.until { $0.position > place + .milliseconds(200) }
    rig.send(.seek(.milliseconds(1500)))
    rig.wait(.ended)
    let whole = Sounds.shared.reference("part1") + Sounds.shared.reference("part2")
    let tail = Array(whole[(1500 * 441 / 10 * 2)...])
    let heard = rig.heard
    expectSame(Array(heard.suffix(tail.count)), tail)
    // What was heard before the seek is one unbroken beginning, in spite of the pause.
    #expect(repeats(in: heard.dropLast(tail.count), of: whole).map { $0 <= (pauses ? 0 : 1) } == true)
  }

  @Test("a track of another format follows on the device opened anew, whole")
  func formatChange() {
    let rig = Rig(.card(speed: 10))
    rig.play("short", before: Rig.entry("mono", id: 2))
    rig.wait(.advanced(to: EntryID(2)))
    rig.send(.setNext(Rig.entry("48k", id: 3)))
    rig.wait(.ended)
    let all = ["short", "mono", "48k"].flatMap { Sounds.shared.reference($0) }
    expectSame(rig.heard, all)
    #expect(rig.deviceOpenings == 3)
  }

  @Test("pause holds the position, the sound and every sample", arguments: [true, false])
  func pause(pauses: Bool) {
    let rig = Rig(.card(speed: 3, pauses: pauses))
    rig.play("part1")
    for place in [300, 900, 1600] {
      rig.until { $0.position > .milliseconds(place) }
      rig.send(.pause)
      rig.until { $0.state == .paused }
      // The card may be told a moment later.
      rig.until { before in
        let count = rig.heard.count
        usleep(50_000)
        return rig.player.status.position == before.position && rig.heard.count == count
      }
      rig.send(.resume)
    }
    rig.wait(.ended)
    let repeated = repeats(in: rig.heard, of: Sounds.shared.reference("part1"), toTheEnd: true)
    #expect(repeated.map { $0 <= (pauses ? 0 : 3) } == true)
  }

  @Test("a track loaded paused is ready, silent, and begins where it was asked")
  func loadedPaused() {
    let rig = Rig(.exact)
    rig.play("cbr192", at: .seconds(2), paused: true)
    rig.wait(.started(EntryID(1)))
    #expect(rig.player.status.state == .paused)
    #expect(rig.player.status.position == .seconds(2))
    #expect(rig.heard.isEmpty)
    rig.send(.resume)
    rig.wait(.ended)
    expectSame(rig.heard, Array(Sounds.shared.reference("cbr192")[(2 * 44100 * 2)...]))
  }

  @Test("many seeks at once end at the last")
  func seeks() {
    let rig = Rig(.card(speed: 1))
    rig.play("cbr192")
    rig.until { $0.state == .playing }
    for second in [3, 9, 1, 7, 2, 8, 10] { rig.send(.seek(.seconds(second))) }
    rig.until { $0.state == .playing && $0.position >= .seconds(10) }
    #expect(rig.player.status.position < .seconds(11))
    #expect(!rig.allEvents.contains(.ended))
  }

  @Test("a seek behind the end goes on with the next track")
  func seekBehindTheEnd() {
    let rig = Rig(.card(speed: 10))
    rig.play("cbr192")
    rig.send(.setNext(Rig.entry("short", id: 2)))
    rig.until { $0.state == .playing }
    rig.send(.seek(.seconds(500)))
    rig.wait(.advanced(to: EntryID(2)))
    rig.wait(.ended)
  }

  @Test("one track repeated joins with itself")
  func repeated() {
    let rig = Rig(.exact)
    rig.play("short", id: 5, before: Rig.entry("short", id: 5))
    rig.wait(.advanced(to: EntryID(5)))
    rig.wait(.ended)
    let once = Sounds.shared.reference("short")
    expectSame(rig.heard, once + once)
  }

  @Test("without a sound device the clock runs")
  func noDevice() {
    let rig = Rig(.none)
    rig.play("short")
    rig.until { $0.position > .milliseconds(300) }
    #expect(rig.player.status.output?.kind == .missing)
    rig.wait(.ended)
  }

  @Test("a device that goes away pauses at its place, and another goes on from there")
  func unplugged() {
    let rig = Rig(.card(speed: 5, gone: 60000))
    rig.play("cbr192")
    rig.until { $0.state == .paused }
    #expect(rig.allEvents.contains { if case .failed(EntryID(1), .output) = $0 { true } else { false } })
    let position = rig.player.status.position
    #expect(position >= .milliseconds(500) && position < .seconds(2))
    rig.send(.resume)
    rig.until { $0.position > position + .milliseconds(200) }
    let heard = rig.heard
    #expect(repeats(in: heard, of: Sounds.shared.reference("cbr192")).map { $0 <= 1 } == true)
  }

  @Test("a card with one rate of its own gets what ALSA converts, and the status says so")
  func converted() {
    let rig = Rig(.card(speed: 1, rate: 48000))
    rig.play("short")
    rig.until { $0.output != nil }
    #expect(rig.player.status.output?.rate == 48000)
    rig.wait(.ended)
    #expect(rig.heard.count > 48000 * 2 * 95 / 100)
  }

  @Test("volume scales, and 100 leaves every bit")
  func volume() {
    let rig = Rig(.exact, configuration: PlayerConfiguration(volume: 50, realtime: false))
    rig.play("short")
    rig.wait(.ended)
    let expected = Sounds.shared.reference("short").map { Int16((Float($0) * 0.125).rounded()) }
    expectSame(rig.heard, expected)
  }

  @Test("a WAV file holds the tracks in one piece, as fast as they decode")
  func wav() throws {
    let rig = Rig(.wav)
    rig.play("part1", before: Rig.entry("part2", id: 2))
    rig.wait(.ended)
    let bytes = FileManager.default.contents(atPath: rig.path)!
    let samples = Sounds.shared.reference("part1") + Sounds.shared.reference("part2")
    #expect(bytes.count == 44 + samples.count * 2)
    expectSame(Array(Sounds.samples(path: rig.path).dropFirst(22)), samples)
    #expect(bytes[40..<44].elementsEqual(withUnsafeBytes(of: UInt32(samples.count * 2).littleEndian, Array.init)))
  }
}

/// How often `heard` steps back, no more than two seconds, within `reference` and goes on from there; nil when it differs in any other way.
///
/// A card that cannot pause plays on for an instant between saying how far it is and being stopped, on a busy machine for
/// longer: those frames are heard again. None may ever be lost.
func repeats(
  in heard: some Collection<Int16>, of reference: [Int16], toTheEnd: Bool = false
) -> Int? {
  var place = 0
  var count = 0
  var rest = Array(heard)[...]
  while !rest.isEmpty {
    let same = zip(rest, reference[place...]).prefix { $0 == $1 }.count
    place += same
    rest = rest.dropFirst(same)
    if rest.isEmpty { break }
    let back = (1...max(min(4 * 44100, place), 1)).first {
      place >= $0 && reference[(place - $0)...].starts(with: rest.prefix($0 + 200))
    }
    guard let back else { return nil }
    place -= back
    count += 1
  }
  return toTheEnd && place != reference.count ? nil : count
}
