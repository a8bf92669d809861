import Audio
import Foundation
import Mpg123
import Music
import Playback
import Testing
import Threading

/// Has the first bytes of something; a read behind them blocks until it is cancelled, or the rest is let through.
final class BlockingSource: ByteSource {
  private struct State {
    var available: Int
    var isCancelled = false
    var blockedCount = 0
  }

  private let bytes: [UInt8]
  private let state: Monitor<State>

  init(_ bytes: [UInt8], available: Int) {
    self.bytes = bytes
    state = Monitor(State(available: available))
  }

  var size: Int64? { Int64(bytes.count) }
  var isBlocked: Bool { state.withLock { $0.blockedCount > 0 } }
  func letThrough() { state.update { $0.available = .max } }
  func cancel() { state.update { $0.isCancelled = true } }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    let start = Int(offset)
    guard start < bytes.count else { return 0 }
    state.update { $0.blockedCount += 1 }
    let end: Int? =
      state.wait { state in
        if state.isCancelled { return .some(nil) }
        return state.available > start ? .some(min(state.available, self.bytes.count)) : nil
      } ?? nil
    state.update { $0.blockedCount -= 1 }
    guard let end else { throw .cancelled }
    let count = min(buffer.count, end - start)
    bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start...].prefix(count))) }
    return count
  }
}

@Suite(.timeLimit(.minutes(40))) struct TroubleTests {
  private func failure(_ rig: Rig) -> PlaybackFailure? {
    for case .failed(_, let failure) in rig.allEvents { return failure }
    return nil
  }

  @Test(
    "what is not there is told as it is, at once",
    arguments: [
      (ByteSourceError.offline, PlaybackFailure.offline), (.refused("no"), .refused("no")),
      (.unreadable(13), .unreadable(13)),
    ])
  func atTheStart(error: ByteSourceError, expected: PlaybackFailure) {
    let rig = Rig(.exact, source: { _ in FailingSource(error) })
    rig.play("cbr192")
    rig.wait(.failed(EntryID(1), expected))
    #expect(rig.player.status.state == .stopped)
  }

  @Test("a track half here plays as far as it goes, and says where it stopped")
  func cutShort() {
    let bytes = Array(Sounds.shared.bytes("cbr192").prefix(120_000))
    let rig = Rig(.exact, source: { _ in BrokenSource(bytes) })
    rig.play("cbr192")
    rig.until { $0.state == .stopped && !rig.allEvents.isEmpty && self.failure(rig) != nil }
    let heard = rig.heard
    expectSame(heard, Array(Sounds.shared.reference("cbr192").prefix(heard.count)))
    let length = AudioFormat(rate: 44100, channels: 2).duration(of: heard.count / 2)
    #expect(failure(rig) == .cutShort(at: length))
    #expect(length > .seconds(4))
  }

  @Test("a damaged file is refused and the next one plays", arguments: [[], Array("<html>".utf8), [0xFF, 0xFB]])
  func damaged(bytes: [UInt8]) {
    let rig = Rig(
      .exact,
      source: { entry in
        entry.track.remoteID == "damaged" ? RecordingSource(bytes + [UInt8](repeating: 0, count: 500)) : Rig.file(entry)
      })
    rig.play("damaged", id: 1)
    rig.wait(.failed(EntryID(1), .notAudio))
    rig.play("short", id: 2)
    rig.wait(.ended)
    expectSame(rig.heard, Sounds.shared.reference("short"))
  }

  @Test("a damaged next is told when the current track is over, whose every sample was heard")
  func damagedNext() {
    let rig = Rig(
      .card(speed: 10),
      source: { $0.track.remoteID == "damaged" ? FailingSource(.refused(nil)) : Rig.file($0) })
    rig.play("short")
    rig.send(.setNext(Rig.entry("damaged", id: 2)))
    rig.wait(.failed(EntryID(2), .refused(nil)))
    expectSame(rig.heard, Sounds.shared.reference("short"))
  }

  @Test("while bytes are waited for it buffers, then plays on, and nothing is missing")
  func buffering() {
    let blocking = BlockingSource(Sounds.shared.bytes("cbr192"), available: 60_000)
    let rig = Rig(.card(speed: 4), source: { _ in blocking })
    rig.play("cbr192")
    rig.wait(.started(EntryID(1)))
    rig.until { $0.state == .buffering }
    rig.until { $0.underruns >= 1 }
    let position = rig.player.status.position
    #expect(position > .seconds(2) && position < .seconds(3))
    blocking.letThrough()
    rig.wait(.ended)
    expectSame(rig.heard, Sounds.shared.reference("cbr192"))
  }

  @Test("a blocked read gives way to a pause, a seek, another track, a stop and the end")
  func blocked() {
    let rig = Rig(
      .card(speed: 4),
      source: { entry in
        entry.track.remoteID == "short"
          ? Rig.file(entry) : BlockingSource(Sounds.shared.bytes("cbr192"), available: 60_000)
      })
    rig.play("cbr192")
    rig.wait(.started(EntryID(1)))
    rig.until { $0.state == .buffering }
    rig.send(.pause)
    rig.until { $0.state == .paused }
    rig.send(.resume, .seek(.seconds(1)))
    rig.until { $0.position > .seconds(1) && $0.position < .seconds(3) }
    rig.until { $0.state == .buffering }
    rig.send(.seek(.seconds(8)))
    rig.until { $0.position == .seconds(8) && $0.state == .buffering }
    rig.send(.seek(.seconds(2)))
    // It may have played what is there before it is looked at.
    rig.until { $0.position > .seconds(2) && $0.position < .seconds(3) }
    rig.play("short", id: 2)
    rig.wait(.ended)
    rig.play("cbr192", id: 3)
    rig.wait(.started(EntryID(3)))
    rig.send(.stop)
    rig.until { $0.state == .stopped }
    rig.play("cbr192", id: 4)
    rig.until { $0.entry == EntryID(4) }
    rig.player.shutDown()
  }

  @Test("another next frees the decoder from one that does not come")
  func blockedNext() {
    let rig = Rig(
      .card(speed: 2),
      source: { entry in
        entry.track.remoteID == "cbr192" ? BlockingSource([0xFF], available: 0) : Rig.file(entry)
      })
    rig.play("part1")
    rig.send(.setNext(Rig.entry("cbr192", id: 7)))
    rig.until { $0.position > .seconds(2) }
    rig.send(.setNext(Rig.entry("part2", id: 2)))
    rig.wait(.ended)
    expectSame(rig.heard, Sounds.shared.reference("part1") + Sounds.shared.reference("part2"))
    #expect(rig.deviceOpenings == 1)
  }
}
