import Testing

@testable import Music

@Suite("Spelling")
struct SpellingTests {
  private let names = ["next", "panel", "pause", "pane", "play", "queue", "shuffle", "volume"]

  @Test(
    "a slip of the finger is forgiven, two in longer words",
    arguments: [
      ("pase", "pause"), ("puase", "pause"), ("nxt", "next"), ("quee", "queue"), ("suffel", "shuffle"),
      ("VOLUME", "volume"), ("volumes", "volume"),
    ])
  func slips(typed: String, meant: String) {
    #expect(nearest(to: typed, among: names) == meant)
  }

  @Test("what is near to nothing is a guess of nothing", arguments: ["", "x", "dance", "qqqqq", "p", "пауза"])
  func nothing(typed: String) {
    #expect(nearest(to: typed, among: names) == nil)
    #expect(nearest(to: String(repeating: "p", count: 100_000), among: names) == nil)
  }
}
