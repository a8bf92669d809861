import Audio
import Foundation
import Mpg123
import Music
import Playback
import Testing

/// The treatment as the device hears it.
@Suite(.timeLimit(.minutes(40))) struct EffectTests {
  private func sound(_ change: (inout SoundSettings) -> Void) -> PlayerCommand {
    var settings = SoundSettings()
    change(&settings)
    return .setSound(settings)
  }

  private func entry(_ name: String, id: Int = 1, album: Int64? = nil, gain: ReplayGain? = nil) -> QueueEntry {
    var entry = Rig.entry(name, id: id)
    entry.track.replayGain = gain
    entry.track.albumID = album.map { AlbumID($0) }
    return entry
  }

  @Test("settings that do nothing to a track leave every bit of it")
  func neutral() {
    let rig = Rig(.exact)
    rig.send(
      sound {
        $0.replayGain = .album
        $0.preamp = 6
        $0.equalizer = .flat
      })
    rig.play("part1", before: Rig.entry("part2", id: 2))
    rig.wait(.ended)
    expectSame(rig.heard, Sounds.shared.reference("part1") + Sounds.shared.reference("part2"))
  }

  @Test("replay gain makes a track as quiet as it says, within dither, and says so")
  func replayGain() {
    let rig = Rig(.card(speed: 1))
    rig.send(
      sound { $0.replayGain = .track },
      .load(entry("short", gain: ReplayGain(trackGain: -6.0206)), position: .zero, paused: false))
    rig.until { $0.state == .playing }
    #expect(abs((rig.player.status.path.replayGain ?? 0) + 6.0206) < 0.001)
    #expect(!rig.player.status.path.isUntouched)
    rig.wait(.ended)
    let reference = Sounds.shared.reference("short")
    let heard = rig.heard
    #expect(heard.count == reference.count)
    #expect(zip(heard, reference).allSatisfy { abs(Double($0) - Double($1) / 2) <= 1.6 })
  }

  @Test("replay gain switched on while it plays is heard soon, without a gap, a step or a lost sample")
  func whilePlaying() throws {
    let rig = Rig(.card(speed: 1))
    let gain = ReplayGain(trackGain: -6.0206)
    rig.send(.load(entry("cbr192", gain: gain), position: .zero, paused: false))
    rig.until { $0.position > .milliseconds(700) }
    let place = rig.player.status.position
    rig.send(sound { $0.replayGain = .track })
    rig.until { $0.position > place + .milliseconds(1500) }
    #expect(rig.player.status.path.replayGain != nil)
    rig.send(sound { _ in })
    rig.until { $0.position > place + .milliseconds(3000) }
    #expect(rig.player.status.path.isUntouched)
    rig.send(.stop)
    rig.until { $0.state == .stopped }
    let reference = Sounds.shared.reference("cbr192")
    let heard = rig.heard
    // Each frame stands where it belongs: as it was, half as loud, or on the way from one to the other.
    let first = zip(heard, reference).prefix { $0 == $1 }.count
    #expect(Double(first / 2) / 44100 < place.seconds + 2.6)
    try #require(first + 2 * 882 + 4 < heard.count)
    let quiet = heard.indices[(first + 2 * 882 + 4)...].prefix {
      abs(Double(heard[$0]) * 2 - Double(reference[$0])) <= 4
    }
    #expect(quiet.count > 44100)
    let second = quiet.endIndex + 2 * 882 + 4
    try #require(second < heard.count)
    expectSame(Array(heard[second...]), Array(reference[second..<heard.count]))
    let steps = zip(heard, reference).map { abs(Double($0) - Double($1)) }
    for index in 2..<steps.count where steps[index] > abs(Double(reference[index])) * 0.51 + 4 {
      Issue.record("sample \(index): \(heard[index]), not \(reference[index])")
      break
    }
  }

  @Test("settings changed a hundred times a second lose no sample and no rhythm")
  func manyChanges() {
    let rig = Rig(.card(speed: 2))
    rig.send(.load(entry("part1", gain: ReplayGain(trackGain: -3)), position: .zero, paused: false))
    rig.send(.setNext(entry("part2", id: 2)))
    var round = 0
    while !rig.allEvents.contains(.ended), round < 1000 {
      round += 1
      rig.send(
        sound {
          $0.replayGain = round % 3 == 0 ? .track : .off
          $0.equalizer = Equalizer(gains: [Double(round % 5), 0, 0, 0, 0, 0, 0, 0, 0, .nan])
          $0.speed = round % 7 == 0 ? .nan : 1
        })
      usleep(10_000)
    }
    rig.wait(.ended)
    let whole = Sounds.shared.reference("part1") + Sounds.shared.reference("part2")
    #expect(rig.heard.count == whole.count)
  }
}

extension Duration {
  fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
