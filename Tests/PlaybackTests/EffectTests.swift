import Audio
import Foundation
import Mpg123
import Music
import Playback
import Testing

/// The treatment as the device hears it.
@Suite(.timeLimit(.minutes(3))) struct EffectTests {
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
    rig.play("part1")
    rig.send(.setNext(Rig.entry("part2", id: 2)))
    rig.wait(.ended)
    expectSame(rig.heard, Sounds.shared.reference("part1") + Sounds.shared.reference("part2"))
  }

  @Test("replay gain makes a track as quiet as it says, within dither, and says so")
  func replayGain() {
    let rig = Rig(.card(speed: 10))
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
}
