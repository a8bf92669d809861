import Audio
import Foundation
import Music
import Playback
import Testing

/// The end of a track and the start of the next, sounding together.
@Suite(.timeLimit(.minutes(40))) struct CrossfadeTests {
  private func crossfade(_ length: Duration) -> PlayerCommand {
    var settings = SoundSettings()
    settings.crossfade = length
    return .setSound(settings)
  }

  private func entry(_ name: String, id: Int, album: Int64? = nil) -> QueueEntry {
    var entry = Rig.entry(name, id: id)
    entry.track.albumID = album.map { AlbumID($0) }
    return entry
  }

  /// Both tracks whole outside of the fade, and within it the sum of equal power.
  private func expectFade(
    _ heard: [Int16], _ one: [Int16], _ two: [Int16], frames: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let alone = one.count - frames * 2
    guard heard.count == one.count + two.count - frames * 2 else {
      let expected = one.count + two.count - frames * 2
      Issue.record("\(heard.count) samples, not \(expected)", sourceLocation: sourceLocation)
      return
    }
    expectSame(Array(heard[..<alone]), Array(one[..<alone]), "before", sourceLocation: sourceLocation)
    expectSame(Array(heard[one.count...]), Array(two[(frames * 2)...]), "behind", sourceLocation: sourceLocation)
    for frame in stride(from: 0, to: frames, by: 97) {
      let share = (Double(frame) + 0.5) / Double(frames) * .pi / 2
      let mixed = Double(one[alone + frame * 2]) * cos(share) + Double(two[frame * 2]) * sin(share)
      guard abs(mixed - Double(heard[alone + frame * 2])) <= 3 else {
        Issue.record("frame \(frame): \(heard[alone + frame * 2]), not \(mixed)", sourceLocation: sourceLocation)
        return
      }
    }
  }

  @Test("two tracks fade into each other with equal power, and are untouched before and behind")
  func fade() {
    let rig = Rig(.card(speed: 1))
    rig.send(crossfade(.seconds(1)), .load(entry("part1", id: 1, album: 1), position: .zero, paused: true))
    rig.send(.setNext(entry("part2", id: 2, album: 2)), .resume)
    rig.wait(.advanced(to: EntryID(2)))
    #expect(rig.player.status.path.lastJoin?.crossfade == .seconds(1))
    rig.until { $0.path.isUntouched && $0.position > .seconds(1) }
    rig.wait(.ended)
    expectFade(rig.heard, Sounds.shared.reference("part1"), Sounds.shared.reference("part2"), frames: 44100)
    #expect(rig.deviceOpenings == 1)
  }

  @Test("within an album nothing fades: not a sample is changed")
  func album() {
    let rig = Rig(.exact)
    rig.send(crossfade(.seconds(2)), .load(entry("part1", id: 1, album: 3), position: .zero, paused: true))
    rig.send(.setNext(entry("part2", id: 2, album: 3)), .resume)
    rig.wait(.ended)
    expectSame(rig.heard, Sounds.shared.reference("part1") + Sounds.shared.reference("part2"))
    #expect(rig.player.status.state == .stopped)
  }

  @Test("tracks shorter than twice the fade shorten it to half of them")
  func short() {
    let rig = Rig(.card(speed: 2))
    rig.send(crossfade(.seconds(12)))
    rig.play("short", id: 1, before: entry("short", id: 2))
    rig.wait(.ended)
    let one = Sounds.shared.reference("short")
    expectFade(rig.heard, one, one, frames: one.count / 4)
  }

  @Test("a next that is named late fades with what is left")
  func late() {
    let rig = Rig(.card(speed: 1), configuration: PlayerConfiguration(ringLength: .milliseconds(500), realtime: false))
    rig.send(crossfade(.seconds(1)))
    rig.play("part1", at: .seconds(1))
    rig.until { $0.position > .milliseconds(1100) }
    rig.send(.setNext(entry("short", id: 2)))
    rig.wait(.ended)
    let counts = [Sounds.shared.reference("part1").count - 88200, Sounds.shared.reference("short").count]
    #expect(rig.heard.count < counts[0] + counts[1] - 2000)
    #expect(rig.heard.count >= counts[0] + counts[1] - 88200)
  }

  @Test("another format does not fade, and nothing is lost")
  func formats() {
    let rig = Rig(.card(speed: 8))
    rig.send(crossfade(.seconds(1)))
    rig.play("short", before: entry("mono", id: 2))
    rig.wait(.advanced(to: EntryID(2)))
    rig.send(.setNext(entry("48k", id: 3)))
    rig.wait(.ended)
    expectSame(rig.heard, ["short", "mono", "48k"].flatMap { Sounds.shared.reference($0) })
  }

  @Test("without a next the track is whole to its end")
  func alone() {
    let rig = Rig(.card(speed: 10))
    rig.send(crossfade(.seconds(5)))
    rig.play("part1")
    rig.wait(.ended)
    expectSame(rig.heard, Sounds.shared.reference("part1"))
  }

  @Test("the next may be changed until it is heard", arguments: [true, false])
  func changedNext(another: Bool) {
    let rig = Rig(.card(speed: 2))
    rig.send(crossfade(.milliseconds(500)))
    let length = Sounds.shared.reference("part1").count / 2
    let begin = Duration.milliseconds(length * 1000 / 44100 - 6000)
    rig.play("part1", at: begin)
    rig.send(.setNext(entry("cbr320", id: 7)))
    rig.until { $0.state == .playing }
    rig.send(.setNext(another ? entry("part2", id: 2) : nil))
    rig.until { $0.position > begin + .milliseconds(300) || $0.entry != EntryID(1) }
    rig.wait(.ended)
    let one = Array(
      Sounds.shared.reference("part1")[(AudioFormat(rate: 44100, channels: 2).frameCount(in: begin) * 2)...])
    if another {
      expectFade(rig.heard, one, Sounds.shared.reference("part2"), frames: 22050)
    } else {
      expectSame(rig.heard, one)
    }
  }

  @Test("a next whose bytes are late does not hold back the track before it")
  func lateBytes() {
    let late = BlockingSource(Sounds.shared.bytes("part2"), available: 0)
    let rig = Rig(.card(speed: 4), source: { $0.id == EntryID(2) ? NotHeld(late) : Rig.file($0) })
    rig.send(crossfade(.seconds(1)))
    rig.play("part1")
    rig.send(.setNext(entry("part2", id: 2)))
    rig.until { $0.state == .buffering && $0.position > .seconds(2) }
    late.letThrough()
    rig.wait(.ended)
    expectSame(rig.heard, Sounds.shared.reference("part1") + Sounds.shared.reference("part2"))
  }

  @Test("a seek in the midst of a fade goes to its place, and the fade is over")
  func seek() {
    let rig = Rig(.card(speed: 2))
    rig.send(crossfade(.seconds(1)))
    rig.play("part1", at: .seconds(1))
    rig.send(.setNext(entry("part2", id: 2)))
    rig.wait(.advanced(to: EntryID(2)))
    rig.send(.seek(.seconds(2)))
    rig.wait(.ended)
    let tail = Array(Sounds.shared.reference("part2")[(2 * 2 * 44100)...])
    expectSame(Array(rig.heard.suffix(tail.count)), tail)
  }

  @Test("replay gain and a fade changed together while both sound lose nothing")
  func changedWithinFade() {
    let rig = Rig(.card(speed: 1))
    rig.send(crossfade(.seconds(1)))
    var (one, two) = (entry("part1", id: 1), entry("part2", id: 2))
    one.track.replayGain = ReplayGain(trackGain: -6)
    two.track.replayGain = ReplayGain(trackGain: -6)
    rig.send(.load(one, position: .seconds(1), paused: false), .setNext(two))
    rig.wait(.advanced(to: EntryID(2)))
    var settings = SoundSettings()
    settings.crossfade = .seconds(1)
    settings.replayGain = .track
    rig.send(.setSound(settings))
    rig.until { $0.path.replayGain != nil }
    rig.send(.setSound(SoundSettings()))
    rig.wait(.ended)
    let frames = (Sounds.shared.reference("part1").count + Sounds.shared.reference("part2").count) / 2
    #expect(rig.heard.count / 2 == frames - 44100 - 44100)
    let tail = Sounds.shared.reference("part2").suffix(20000)
    expectSame(Array(rig.heard.suffix(20000)), Array(tail))
  }
}

/// The same bytes, said not to be here.
private final class NotHeld: ByteSource {
  private let source: BlockingSource
  init(_ source: BlockingSource) { self.source = source }
  var size: Int64? { source.size }
  func cancel() { source.cancel() }
  func heldCount(from offset: Int64) -> Int64 { 0 }
  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    try source.read(at: offset, into: buffer)
  }
}
