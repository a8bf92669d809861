import Audio
import Foundation
import Music
import Playback
import Testing

/// A part of a track, again and again.
@Suite(.timeLimit(.minutes(40))) struct LoopTests {
  private let format = AudioFormat(rate: 44100, channels: 2)

  /// The turns of `loop` in `heard`, which is otherwise `reference` from the start on; nil when anything else is heard.
  private func turns(_ heard: [Int16], of reference: [Int16], _ loop: Range<Duration>) -> Int? {
    let (first, last) = (format.frameCount(in: loop.lowerBound) * 2, format.frameCount(in: loop.upperBound) * 2)
    var rest = heard[...]
    guard rest.starts(with: reference[..<last]) else { return nil }
    rest = rest.dropFirst(last)
    var count = 0
    while rest.count >= last - first, rest.starts(with: reference[first..<last]) {
      rest = rest.dropFirst(last - first)
      count += 1
    }
    return rest.isEmpty || reference[first..<last].starts(with: rest) ? count : nil
  }

  @Test("a part plays again and again, without a sample added or lost", arguments: ["cbr192", "vbr"])
  func exact(name: String) {
    let rig = Rig(.card(speed: 2))
    rig.play(name)
    let loop = Duration.milliseconds(700)..<Duration.milliseconds(1311)
    rig.send(.setLoop(loop))
    rig.until { (_: PlayerStatus) in rig.heard.count > 44100 * 2 * 4 }
    let position = rig.player.status.position
    #expect(loop.contains(position))
    rig.send(.stop)
    rig.until { $0.state == .stopped }
    #expect(turns(rig.heard, of: Sounds.shared.reference(name), loop) ?? 0 >= 3)
    #expect(rig.deviceOpenings == 1)
  }

  @Test("a loop set while it plays takes hold, one taken away lets go, and nothing stops sounding")
  func changed() {
    let rig = Rig(.card(speed: 1))
    rig.play("part1")
    rig.until { $0.position > .milliseconds(900) }
    // Its end lies behind already: it jumps.
    rig.send(.setLoop(.milliseconds(100)..<(.milliseconds(500))))
    rig.until { $0.position < .milliseconds(500) }
    rig.send(.setLoop(nil))
    rig.wait(.ended)
    let reference = Sounds.shared.reference("part1")
    let heard = rig.heard
    #expect(heard.count > reference.count)
    expectSame(Array(heard.suffix(44100 * 2)), Array(reference.suffix(44100 * 2)))
  }

  @Test("a loop to the end of the track turns there")
  func toTheEnd() {
    let rig = Rig(.card(speed: 5))
    rig.play("short", paused: true)
    rig.send(
      .setLoop(.milliseconds(200)..<(.seconds(500))), .setNext(Rig.entry("part1", id: 2)), .resume)
    let reference = Sounds.shared.reference("short")
    rig.until { (_: PlayerStatus) in rig.heard.count > reference.count * 3 }
    #expect(rig.player.status.entry == EntryID(1))
    rig.send(.setLoop(nil))
    rig.wait(.advanced(to: EntryID(2)))
    let turn = Array(reference[(8820 * 2)...])
    let heard = rig.heard
    expectSame(Array(heard.prefix(reference.count + 2 * turn.count)), reference + turn + turn)
  }

  @Test(
    "a loop that makes no sense does no harm",
    arguments: [
      Duration.seconds(50)..<Duration.seconds(60), .zero..<(.zero), .seconds(-5)..<(.seconds(-1)),
      .seconds(Int64.max / 2)..<(.seconds(Int64.max)),
    ])
  func senseless(loop: Range<Duration>) {
    let rig = Rig(.card(speed: 5))
    rig.play("short")
    rig.send(.setLoop(loop))
    rig.until { $0.state == .playing || $0.state == .stopped }
    rig.send(.setLoop(nil))
    rig.wait(.ended)
  }

  @Test("a seek leaves the loop: behind it the track goes on, before it the loop is reached again")
  func seek() {
    let rig = Rig(.card(speed: 4))
    rig.play("part1")
    let loop = Duration.milliseconds(1000)..<Duration.milliseconds(1400)
    rig.send(.setLoop(loop))
    rig.until { $0.position > .milliseconds(1100) }
    rig.send(.pause, .seek(.milliseconds(600)))
    rig.until { $0.position == .milliseconds(600) && $0.state == .paused }
    rig.send(.resume)
    rig.until { $0.position > .milliseconds(1300) }
    rig.until { $0.position < .milliseconds(1300) }
    rig.send(.seek(.milliseconds(2000)))
    rig.wait(.ended)
  }
}
