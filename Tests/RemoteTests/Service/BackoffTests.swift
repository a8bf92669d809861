import Remote
import Testing

@Suite("Back-off")
struct BackoffTests {
  @Test("each wait is twice the last, up to four minutes")
  func doubling() {
    var backoff = Backoff.outbox
    let waits = (0..<10).map { _ in backoff.next(jitter: 1) }
    #expect(waits == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240].map { .seconds($0) })
    backoff.reset()
    #expect(backoff.next(jitter: 1) == .seconds(1))
  }

  @Test("jitter takes at most half")
  func jitter() {
    var backoff = Backoff.probe
    #expect(backoff.next(jitter: 0) == .seconds(1))
    #expect(backoff.next(jitter: 0.5) == .seconds(3))
    #expect(backoff.next(jitter: 7) == .seconds(8))
  }

  @Test("it stays at the ceiling for ever")
  func ceiling() {
    var backoff = Backoff.outbox
    for _ in 0..<10_000 { _ = backoff.next(jitter: 1) }
    #expect(backoff.next(jitter: 1) == .seconds(240))
  }
}
