import ALSA
import Audio
import Fixtures
import Foundation
import Music
import Testing

@testable import Playback

/// Samples of every format on their way to a card.
@Suite struct FormatTests {
  /// Plays `bytes` to a card of its own that has only `format`.
  private func play(_ bytes: [UInt8], _ format: AudioFormat, on only: String = "", rate: Int = 0) throws -> (
    output: ALSAOutput, heard: Data
  ) {
    let directory = TemporaryDirectory()
    let file = directory.file("heard")
    let card = SoundCards.shared.card(capturing: file, speed: 20, rate: rate, format: only)
    let output = try ALSAOutput(device: card, format: format)
    let taken = try bytes.withUnsafeBytes { try output.write($0) }
    #expect(taken == bytes.count / format.bytesPerFrame)
    try output.start()
    while try !output.drain() { usleep(2000) }
    return (output, FileManager.default.contents(atPath: file) ?? Data())
  }

  private func bytes<Sample>(_ samples: [Sample]) -> [UInt8] { samples.withUnsafeBytes { Array($0) } }

  @Test("24 bits in 32 and floating point reach a card that has them as they are")
  func exact() throws {
    let wide: [Int32] = (0..<2000).map { Int32($0 * 1_000_003 % 16_777_216 - 8_388_608) << 8 }
    let (output, heard) = try play(bytes(wide), AudioFormat(rate: 96000, channels: 2, sample: .s32))
    #expect(Array(heard) == bytes(wide))
    #expect(output.description.format == "S32_LE" && output.description.rate == 96000)
    #expect(output.description.conversion == nil)
    let floats = (0..<2000).map { Float($0) / 1000 - 1 }
    let (floating, heardFloats) = try play(bytes(floats), AudioFormat(rate: 48000, channels: 2, sample: .f32))
    #expect(Array(heardFloats) == bytes(floats))
    #expect(floating.description.format == "FLOAT_LE" && floating.description.conversion == nil)
  }

  @Test("a card that has only another format gets what ALSA makes of it, and the description says so")
  func converted() throws {
    let wide: [Int32] = (0..<2000).map { Int32($0 * 16) << 16 }
    let (output, heard) = try play(bytes(wide), AudioFormat(rate: 44100, channels: 2, sample: .s32), on: "S16_LE")
    #expect(output.description.format == "S16_LE" && output.description.rate == 44100)
    #expect(output.description.conversion == "S16_LE, 44100 Hz, 2 channels")
    #expect(Array(heard) == bytes(wide.map { Int16($0 >> 16) }))
    let narrow: [Int16] = (0..<2000).map { Int16($0 * 16 - 16000) }
    let (widened, heardWide) = try play(bytes(narrow), AudioFormat(rate: 44100, channels: 2), on: "S32_LE")
    #expect(widened.description.conversion == "S32_LE, 44100 Hz, 2 channels")
    #expect(Array(heardWide) == bytes(narrow.map { Int32($0) << 16 }), "nothing is lost")
    let (floating, _) = try play(
      bytes((0..<2000).map { Float($0) / 1000 - 1 }), AudioFormat(rate: 44100, channels: 2, sample: .f32), on: "S32_LE")
    #expect(floating.description.conversion == "S32_LE, 44100 Hz, 2 channels")
  }

  @Test("the description has the card's own rate, period and buffer")
  func described() throws {
    let card = SoundCards.shared.card(rate: 48000)
    let other = try ALSAOutput(device: card, format: AudioFormat(rate: 44100, channels: 2)).description
    #expect(other.rate == 48000 && other.conversion == "S16_LE, 48000 Hz, 2 channels")
    let own = try ALSAOutput(device: card, format: AudioFormat(rate: 48000, channels: 2)).description
    #expect(own.conversion == nil && own.bufferFrames == 24000 && own.periodFrames == 6000)
  }

  @Test("a card that calls for each of its own periods is waited for by the clock, and never runs dry")
  func ticking() {
    onceWithoutUnderrun {
      let rig = Rig(.card(speed: 1, ticks: true))
      rig.play("part1")
      rig.wait(.ended)
      expectSame(rig.heard, Sounds.shared.reference("part1"))
      return rig
    }
  }

  @Test("the silent output gives back what would not have sounded yet")
  func silentRewind() throws {
    nonisolated(unsafe) var now = Duration.seconds(100)
    let output = SilentOutput(format: AudioFormat(rate: 1000, channels: 2), bufferLength: .seconds(1), now: { now })
    let taken = try [UInt8](repeating: 0, count: 4000).withUnsafeBytes { try output.write($0) }
    try output.start()
    now += .milliseconds(300)
    #expect(taken == 1000)
    #expect(try output.rewind(10_000, keeping: 100) == 600)
    #expect(try output.delay() == 100)
    #expect(try output.rewind(10_000, keeping: 200) == 0)
  }
}

/// What `:sound` tells of the output's side.
@Suite(.timeLimit(.minutes(40))) struct PathFactsTests {
  @Test("a join of one format has no silence and no reopening; one of another format tells how long that took")
  func joins() {
    let rig = Rig(.card(speed: 4))
    rig.play("part1", before: Rig.entry("part2", id: 2))
    rig.wait(.advanced(to: EntryID(2)))
    #expect(rig.player.status.path.lastJoin == .some(.init()))
    rig.send(.setNext(Rig.entry("mono", id: 3)))
    rig.wait(.advanced(to: EntryID(3)))
    let join = rig.player.status.path.lastJoin
    #expect(join?.reopening.map { $0 > .zero } == true)
    rig.wait(.ended)
  }

  @Test("a join that came too late tells how long the silence was")
  func lateJoin() {
    let blocking = BlockingSource(Sounds.shared.bytes("part2"), available: 0)
    let rig = Rig(.card(speed: 4), source: { $0.track.remoteID == "part2" ? blocking : Rig.file($0) })
    rig.play("part1")
    rig.send(.setNext(Rig.entry("part2", id: 2)))
    rig.until { $0.state == .buffering && $0.position > .milliseconds(2700) }
    usleep(100_000)
    blocking.letThrough()
    rig.wait(.advanced(to: EntryID(2)))
    #expect((rig.player.status.path.lastJoin?.silentFrames ?? 0) >= 4000)
    rig.wait(.ended)
    expectSame(rig.heard, Sounds.shared.reference("part1") + Sounds.shared.reference("part2"))
  }

  @Test("the latency is what the device holds")
  func latency() {
    let rig = Rig(.card(speed: 1))
    rig.play("part1")
    rig.until { $0.position > .milliseconds(600) }
    rig.send(.setVolume(99))
    rig.until { $0.path.latency > .zero }
    #expect(rig.player.status.path.latency <= .milliseconds(501))
    #expect((rig.player.status.path.output?.bufferFrames ?? 0) > 20000)
  }
}
