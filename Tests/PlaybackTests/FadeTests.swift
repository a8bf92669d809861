import Audio
import Fixtures
import Foundation
import Music
import Playback
import Testing
import Threading

/// Volume, mute, pause and fades, as the card hears them.
@Suite(.timeLimit(.minutes(40))) struct FadeTests {
  private func scaled(_ samples: ArraySlice<Int16>, _ factor: Float) -> [Int16] {
    samples.map { Int16((Float($0) * factor).rounded()) }
  }

  /// Where `heard` and `reference` begin to differ.
  private func firstChange(_ heard: [Int16], _ reference: [Int16]) -> Int {
    zip(heard, reference).prefix { $0 == $1 }.count
  }

  @Test("a change of volume is heard before what the device holds has played, and no frame is lost or doubled")
  func volume() throws {
    try onceWithoutUnderrun {
      let rig = Rig(.card(speed: 1))
      let reference = Sounds.shared.reference("part1")
      rig.play("part1")
      rig.until { $0.position > .milliseconds(900) }
      rig.send(.setVolume(50))
      rig.wait(.ended)
      let heard = rig.heard
      #expect(heard.count == reference.count)
      let place = firstChange(heard, reference)
      #expect(place > 44100 && rig.faults.rewritten > 0)
      // 20 ms of ramp later.
      let after = place + 2 * 1000
      try #require(after < heard.count)
      expectSame(Array(heard[after...]), scaled(reference[after...], 0.125))
      return rig
    }
  }

  @Test("on a device that gives nothing back a change of volume is heard all the same, a little later")
  func volumeWithoutRewind() throws {
    try onceWithoutUnderrun {
      let rig = Rig(.card(speed: 1, rewinds: false))
      let reference = Sounds.shared.reference("part1")
      rig.play("part1")
      rig.until { $0.position > .milliseconds(500) }
      rig.send(.setVolume(50))
      rig.wait(.ended)
      let heard = rig.heard
      #expect(heard.count == reference.count && rig.faults.rewritten == 0)
      let after = firstChange(heard, reference) + 2 * 1000
      try #require(after < heard.count)
      expectSame(Array(heard[after...]), scaled(reference[after...], 0.125))
      return rig
    }
  }

  @Test("a volume set while nothing sounds holds from the first sample on")
  func volumeBefore() {
    let rig = Rig(.exact, configuration: PlayerConfiguration(volume: 10, realtime: false))
    rig.send(.setVolume(100))
    rig.play("short")
    rig.wait(.ended)
    expectSame(rig.heard, Sounds.shared.reference("short"))
  }

  @Test("mute is silence while the music runs on, and what comes after it is untouched")
  func mute() throws {
    let rig = Rig(.card(speed: 2))
    let reference = Sounds.shared.reference("part1")
    rig.play("part1")
    rig.until { $0.position > .milliseconds(600) }
    rig.send(.setMuted(true))
    rig.until { $0.position > .milliseconds(1400) }
    #expect(rig.player.status.volume == 100)
    rig.send(.setMuted(false))
    rig.wait(.ended)
    let heard = rig.heard
    #expect(heard.count == reference.count)
    let place = firstChange(heard, reference) + 2 * 1000
    try #require(place < heard.count)
    let silence = heard[place...].prefix { $0 == 0 }.count
    #expect(silence > 2 * 44100 / 4)
    let tail = reference.count - 44100 / 2
    expectSame(Array(heard[tail...]), Array(reference[tail...]))
  }

  @Test("many changes of volume in a row lose nothing", arguments: [true, false])
  func manyVolumes(rewinds: Bool) {
    let rig = Rig(.card(speed: 2, rewinds: rewinds))
    let reference = Sounds.shared.reference("cbr192")
    rig.play("cbr192")
    rig.until { $0.position > .milliseconds(200) }
    for volume in [90, 80, 70, 60, 70, 80, 90, 100, 20, 100] {
      rig.send(.setVolume(volume))
      usleep(15_000)
    }
    rig.wait(.ended)
    let heard = rig.heard
    #expect(heard.count == reference.count)
    let tail = reference.count - 44100 / 4
    expectSame(Array(heard[tail...]), Array(reference[tail...]))
  }

  @Test("a pause fades out and in where that is wanted, and nothing is missing")
  func pauseFade() {
    let rig = Rig(.card(speed: 2))
    let reference = Sounds.shared.reference("part1")
    var sound = SoundSettings()
    sound.pauseFade = .milliseconds(100)
    rig.send(.setSound(sound))
    rig.play("part1")
    rig.until { $0.position > .milliseconds(600) }
    rig.send(.pause)
    rig.until { $0.state == .paused }
    // Its sound ends only with the fade.
    var (count, calm) = (-1, 0)
    while calm < 5 {
      usleep(200_000)
      let now = rig.heard.count
      (count, calm) = (now, now == count ? calm + 1 : 0)
    }
    let first = rig.heard
    #expect(first.suffix(40).allSatisfy { abs(Int($0)) < 200 }, "silent when it holds")
    let place = firstChange(first, reference)
    #expect(place < first.count && first.count - place < 2 * 44100 / 2)
    rig.send(.resume)
    rig.wait(.ended)
    let heard = rig.heard
    #expect(abs(heard.count - reference.count) < 2 * 2000)
    let tail = 44100
    expectSame(Array(heard.suffix(tail)), Array(reference.suffix(tail)))
  }

  @Test("a fade-out ends in a pause that is told, and the next resume is as loud as before")
  func fadeOut() {
    let rig = Rig(.card(speed: 4))
    let reference = Sounds.shared.reference("cbr192")
    rig.play("cbr192")
    rig.until { $0.position > .milliseconds(500) }
    rig.send(.fadeOut(over: .seconds(2)))
    rig.wait(.fadedOut(EntryID(1)))
    rig.until { $0.state == .paused }
    let status = rig.player.status
    #expect(status.position > .seconds(2) && status.volume == 100)
    #expect(rig.heard.suffix(40).allSatisfy { abs(Int($0)) < 200 })
    rig.send(.resume)
    rig.wait(.ended)
    let tail = 4 * 44100
    expectSame(Array(rig.heard.suffix(tail)), Array(reference.suffix(tail)))
  }

  @Test("a resume on the way ends a fade-out, and another track begins at full loudness")
  func fadeOutTakenBack() {
    let rig = Rig(.card(speed: 4))
    rig.play("cbr192")
    rig.until { $0.position > .milliseconds(500) }
    rig.send(.fadeOut(over: .seconds(30)))
    usleep(50_000)
    rig.send(.resume)
    rig.wait(.ended)
    let tail = 4 * 44100
    expectSame(Array(rig.heard.suffix(tail)), Array(Sounds.shared.reference("cbr192").suffix(tail)))
    rig.play("cbr320", id: 2)
    rig.until { $0.position > .milliseconds(500) }
    rig.send(.fadeOut(over: .seconds(30)))
    usleep(50_000)
    rig.play("short", id: 3)
    rig.wait(.started(EntryID(3)))
    rig.until { $0.state == .stopped }
    let short = Sounds.shared.reference("short")
    expectSame(Array(rig.heard.suffix(short.count)), short)
    #expect(!rig.allEvents.contains(.fadedOut(EntryID(1))))
  }

  @Test("a fade-out goes on over the end of a track")
  func fadeOutOverJoin() {
    let rig = Rig(.card(speed: 4))
    rig.play("short", before: Rig.entry("mono", id: 2))
    rig.until { $0.position > .milliseconds(300) }
    rig.send(.fadeOut(over: .seconds(2)))
    rig.wait(.fadedOut(EntryID(2)))
    rig.until { $0.state == .paused && $0.entry == EntryID(2) }
    rig.send(.resume)
    rig.wait(.ended)
    let tail = 22050
    expectSame(Array(rig.heard.suffix(tail)), Array(Sounds.shared.reference("mono").suffix(tail)))
  }
}
