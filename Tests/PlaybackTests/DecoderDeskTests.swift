import Music
import Synchronization
import Testing
import Threading

@testable import Playback

@Suite("Decoder's desk")
struct DecoderDeskTests {
  @Test("work that can be taken can be read for: else it would be taken for withdrawn, and never done")
  func turns() {
    let desk = DecoderDesk()
    let entry = Rig.entry("short")
    final class Counts: Sendable {
      let taken = Atomic(0)
      let early = Atomic(0)
    }
    let counts = Counts()
    let count = 50_000
    let decoder = OSThread("decoder", stackSize: 256 * 1024) { [desk, counts] in
      while let work = desk.take() {
        if !desk.gate.isWanted(work.turn) { counts.early.add(1, ordering: .relaxed) }
        counts.taken.add(1, ordering: .releasing)
      }
    }
    for number in 1...count {
      desk.put(.load(epoch: number, entry, position: .zero))
      while counts.taken.load(ordering: .acquiring) < number { desk.wake.ring() }
    }
    desk.close()
    decoder.join()
    #expect(counts.early.load(ordering: .relaxed) == 0)
    #expect(counts.taken.load(ordering: .relaxed) == count)
  }
}
