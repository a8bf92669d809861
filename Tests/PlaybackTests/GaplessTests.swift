import Audio
import Foundation
import Music
import Playback
import Testing

/// One piece, cut into five tracks, each encoded in its own way: played in a row they are as long as the piece, and every
/// sample is the one that was decoded.
@Suite(.timeLimit(.minutes(40))) struct GaplessTests {
  private static let names = (1...5).map { "cut\($0)" }
  private var whole: [Int16] { Self.names.flatMap { Sounds.shared.reference($0) } }

  /// Plays all five; `beforeNext` is called with each track's number before its next is named.
  private func playAll(_ rig: Rig, beforeNext: (Int) -> Void = { _ in }) {
    rig.play(Self.names[0], id: 1)
    for id in 1...5 {
      if id > 1 { rig.wait(.advanced(to: EntryID(id))) }
      beforeNext(id)
      if id < 5 { rig.send(.setNext(Rig.entry(Self.names[id], id: id + 1))) }
    }
    rig.wait(.ended)
  }

  private func expectWhole(_ rig: Rig, sourceLocation: SourceLocation = #_sourceLocation) {
    let heard = rig.heard
    #expect(heard.count / 2 == Sounds.cuts.reduce(0, +), sourceLocation: sourceLocation)
    expectSame(heard, whole, sourceLocation: sourceLocation)
    #expect(rig.deviceOpenings == 1, sourceLocation: sourceLocation)
  }

  @Test("not a sample more or less than the piece, however it was cut and encoded", arguments: [0.8, 1.5])
  func piece(speed: Double) {
    let rig = Rig(.card(speed: speed))
    playAll(rig)
    expectWhole(rig)
    let silent = rig.player.status.path.lastJoin?.silentFrames ?? 0
    #expect(silent == 0)
  }

  @Test("the same while everything is unpaced")
  func unpaced() {
    // Unpaced, a track can be over before its next is named: the last part of each waits until that is done.
    let held = Dictionary(
      uniqueKeysWithValues: Self.names.map { ($0, BlockingSource(Sounds.shared.bytes($0), available: 6000)) })
    let rig = Rig(.wav, source: { held[$0.track.remoteID]! })
    rig.play(Self.names[0], id: 1)
    for id in 1...5 {
      if id > 1 { rig.wait(.advanced(to: EntryID(id))) }
      if id < 5 { rig.send(.setNext(Rig.entry(Self.names[id], id: id + 1))) }
      held[Self.names[id - 1]]!.letThrough()
    }
    rig.wait(.ended)
    let heard = Array(Sounds.samples(path: rig.path).dropFirst(22))
    expectSame(heard, whole)
  }

  @Test("the same when the next is named a second before the end, or less")
  func late() {
    let rig = Rig(.card(speed: 0.5))
    playAll(rig) { id in
      let length = AudioFormat(rate: 44100, channels: 2).duration(of: Sounds.cuts[id - 1])
      rig.until { $0.entry == EntryID(id) && $0.position > length - .milliseconds(id % 2 == 0 ? 1000 : 600) }
    }
    expectWhole(rig)
  }

  @Test("the same when the next one's bytes come only just in time")
  func justInTime() {
    let late = Dictionary(
      uniqueKeysWithValues: Self.names.map { ($0, BlockingSource(Sounds.shared.bytes($0), available: 0)) })
    let rig = Rig(.card(speed: 0.5), source: { late[$0.track.remoteID]! })
    late["cut1"]!.letThrough()
    playAll(rig) { id in
      guard id < 5 else { return }
      rig.send(.setNext(Rig.entry(Self.names[id], id: id + 1)))
      let length = AudioFormat(rate: 44100, channels: 2).duration(of: Sounds.cuts[id - 1])
      rig.until { $0.entry == EntryID(id) && $0.position > length - .milliseconds(450) }
      late[Self.names[id]]!.letThrough()
    }
    expectWhole(rig)
  }

  @Test("the same after a seek, and after a pause at each track", arguments: [true, false])
  func seekAndPause(pauses: Bool) {
    let rig = Rig(.card(speed: 1, pauses: true))
    rig.play(Self.names[0], id: 1)
    rig.until { $0.state == .playing && $0.position > .milliseconds(200) }
    rig.send(.seek(.milliseconds(1000)))
    rig.until { $0.position > .milliseconds(1010) }
    for id in 1...4 {
      rig.send(.setNext(Rig.entry(Self.names[id], id: id + 1)))
      if pauses {
        rig.send(.pause)
        rig.until { $0.state == .paused }
        rig.send(.resume)
      }
      rig.wait(.advanced(to: EntryID(id + 1)))
    }
    rig.wait(.ended)
    let tail = Array(whole[(44100 * 2)...])
    expectSame(Array(rig.heard.suffix(tail.count)), tail)
  }

  @Test("where the format changes all is played, and the path says how long the device was away")
  func otherFormat() {
    let rig = Rig(.card(speed: 2))
    rig.play("short", before: Rig.entry("mono", id: 2))
    rig.wait(.advanced(to: EntryID(2)))
    let path = rig.player.status.path
    #expect((path.lastJoin?.reopening ?? .zero) > .zero)
    #expect(path.decoded?.rate == 22050 && path.decoded?.channels == 1 && path.decoded?.codec == "MP3")
    #expect(path.isUntouched && path.output?.rate == 22050)
    rig.send(.stop)
  }
}
