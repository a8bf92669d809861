import Audio
import Foundation
import Mpg123
import Music
import Playback
import Testing

@Suite struct PlayerTests {
  @Test("what reaches the device is what the mpg123 program decodes", arguments: ["cbr192", "vbr", "mono", "48k"])
  func exact(name: String) {
    let rig = Rig(.exact)
    rig.play(name)
    rig.wait(.ended)
    #expect(rig.heard == Sounds.shared.reference(name))
    #expect(rig.allEvents.contains(.started(EntryID(1))))
    #expect(rig.player.status.state == .stopped)
  }

  @Test("a paced card hears every sample, and no underrun", arguments: ["cbr192", "mono"])
  func paced(name: String) {
    let rig = Rig(.card(speed: 10))
    rig.play(name)
    rig.wait(.ended)
    #expect(rig.heard == Sounds.shared.reference(name))
  }

  @Test("a pair that was cut joins with no sample added or lost, on a device opened once")
  func gapless() {
    let rig = Rig(.card(speed: 10))
    rig.play("part1")
    rig.send(.setNext(Rig.entry("part2", id: 2)))
    rig.wait(.ended)
    #expect(rig.heard == Sounds.shared.reference("part1") + Sounds.shared.reference("part2"))
    #expect(rig.deviceOpenings == 1)
    let events = rig.allEvents.filter { if case .buffering = $0 { false } else { true } }
    #expect(events.contains(.advanced(to: EntryID(2))))
  }

  @Test("the next track may be named while the last samples are in the ring")
  func lateNext() {
    let rig = Rig(.card(speed: 1))
    let length = Sounds.shared.reference("part1").count / 2
    rig.play("part1", at: .milliseconds(length * 1000 / 44100 - 1200))
    rig.until { $0.state == .playing }
    rig.send(.setNext(Rig.entry("part2", id: 2)))
    rig.wait(.advanced(to: EntryID(2)))
    let heard = rig.heard
    rig.until { $0.position > .milliseconds(300) }
    rig.send(.stop)
    rig.until { $0.state == .stopped }
    let whole = Sounds.shared.reference("part1") + Sounds.shared.reference("part2")
    let start = (length * 1000 / 44100 - 1200) * 441 / 10 * 2
    let first = Array(rig.heard)
    #expect(first.count > heard.count)
    #expect(whole[start...].starts(with: first), "\(first.count)")
    #expect(rig.deviceOpenings == 1)
  }

  @Test("the next track may be changed while it is in the ring already")
  func changedNext() {
    let rig = Rig(.card(speed: 2))
    let length = Sounds.shared.reference("part1").count / 2
    rig.play("part1", at: .milliseconds(length * 1000 / 44100 - 1000))
    rig.send(.setNext(Rig.entry("cbr320", id: 7)))
    rig.until { $0.state == .playing }
    rig.send(.setNext(Rig.entry("part2", id: 2)))
    rig.wait(.advanced(to: EntryID(2)))
    rig.until { $0.position > .milliseconds(200) }
    rig.send(.stop)
    rig.until { $0.state == .stopped }
    let whole = Sounds.shared.reference("part1") + Sounds.shared.reference("part2")
    let start = (length * 1000 / 44100 - 1000) * 441 / 10 * 2
    #expect(whole[start...].starts(with: rig.heard))
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
    #expect(heard.suffix(tail.count).elementsEqual(tail))
    // What was heard before the seek is one unbroken beginning, in spite of the pause.
    #expect(whole.starts(with: heard.dropLast(tail.count)))
  }

  @Test("a track of another format follows on the device opened anew, whole")
  func formatChange() {
    let rig = Rig(.card(speed: 10))
    rig.play("short")
    rig.send(.setNext(Rig.entry("mono", id: 2)))
    rig.wait(.advanced(to: EntryID(2)))
    rig.send(.setNext(Rig.entry("48k", id: 3)))
    rig.wait(.ended)
    let all = ["short", "mono", "48k"].flatMap { Sounds.shared.reference($0) }
    #expect(rig.heard == all)
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
      usleep(30_000)
      let position = rig.player.status.position
      let count = rig.heard.count
      usleep(50_000)
      #expect(rig.player.status.position == position)
      #expect(rig.heard.count == count)
      rig.send(.resume)
    }
    rig.wait(.ended)
    #expect(rig.heard == Sounds.shared.reference("part1"))
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
    #expect(rig.heard == Array(Sounds.shared.reference("cbr192")[(2 * 44100 * 2)...]))
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
    rig.play("short", id: 5)
    rig.send(.setNext(Rig.entry("short", id: 5)))
    rig.wait(.advanced(to: EntryID(5)))
    rig.wait(.ended)
    let once = Sounds.shared.reference("short")
    #expect(rig.heard == once + once)
  }

  @Test("without a sound device the clock runs")
  func noDevice() {
    let rig = Rig(.none)
    rig.play("short")
    rig.until { $0.position > .milliseconds(300) }
    #expect(rig.player.status.output?.kind == .silent)
    rig.wait(.ended)
  }

  @Test("a device that goes away pauses at its place, and another goes on from there")
  func unplugged() {
    let rig = Rig(.card(speed: 5, gone: 60000))
    rig.play("cbr192")
    rig.until { $0.state == .paused }
    #expect(rig.allEvents.contains { if case .failed(EntryID(1), .output) = $0 { true } else { false } })
    let position = rig.player.status.position
    #expect(position >= .milliseconds(1000) && position < .milliseconds(1600))
    rig.send(.resume)
    rig.until { $0.position > position + .milliseconds(200) }
    let heard = rig.heard
    #expect(Sounds.shared.reference("cbr192").starts(with: heard))
  }

  @Test("a card with one rate of its own gets what ALSA converts, and the status says so")
  func converted() {
    let rig = Rig(.card(speed: 10, rate: 48000))
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
    #expect(rig.heard == expected)
  }

  @Test("a WAV file holds the tracks in one piece, as fast as they decode")
  func wav() throws {
    let rig = Rig(.wav)
    rig.play("part1")
    rig.send(.setNext(Rig.entry("part2", id: 2)))
    rig.wait(.ended)
    let bytes = FileManager.default.contents(atPath: rig.path)!
    let samples = Sounds.shared.reference("part1") + Sounds.shared.reference("part2")
    #expect(bytes.count == 44 + samples.count * 2)
    #expect(Sounds.samples(path: rig.path).dropFirst(22).elementsEqual(samples))
    #expect(bytes[40..<44].elementsEqual(withUnsafeBytes(of: UInt32(samples.count * 2).littleEndian, Array.init)))
  }
}
