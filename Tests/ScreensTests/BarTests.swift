import Core
import Music
import Screens
import TUI
import Testing

@Suite("The words of the now-playing bar")
struct BarTests {
  /// The bar while a track plays silently, after these commands.
  private func bar(_ columns: Int, _ rows: Int, after lines: [String]) -> String {
    var evening = Evening(columns: columns, rows: rows)
    evening.press("l", "l", "enter")
    evening.hear(30, cached: [0...1])
    let output = OutputDescription(kind: .silent, device: "silent", rate: 44100, channels: 2, format: "S16_LE")
    evening.send(.player(.output(output)))
    for line in lines { evening.run(line) }
    evening.press("escape")
    let bar = evening.state.layout.bar
    return evening.lines[bar.row..<bar.endRow].joined(separator: "\n")
  }

  static let sizes = [(120, 40), (100, 28), (80, 24), (56, 16), (40, 10)]
  static let everything = [
    "offline on", "sleep 30m", "stop-after track", "shuffle tracks", "repeat one", "consume on", "speed 1.25",
    "equalizer rock", "replay-gain track",
  ]

  @Test("shuffle and repeat are the last modes to go", arguments: sizes)
  func order(columns: Int, rows: Int) {
    let bar = bar(columns, rows, after: Self.everything)
    #expect(bar.contains("shuf") && bar.contains("rep"), "\(bar)")
    #expect(bar.contains("80%") || bar.contains("100%") || bar.contains("volume 100"))
  }

  @Test("with shuffle and repeat alone both stay, in shorter words where the window is small", arguments: sizes)
  func shorter(columns: Int, rows: Int) {
    let bar = bar(columns, rows, after: ["shuffle tracks", "repeat one"])
    let words = columns < 80 ? "shuf  rep one" : "shuffle  repeat one"
    #expect(bar.contains(words), "\(bar)")
  }

  @Test("lesser words become shorter before one is left out")
  func whole() {
    let bar = bar(120, 40, after: Self.everything)
    for word in ["kept offline", "sleep 30:00", "stop after track", "shuffle", "repeat one", "consume", "×1.25", "eq"] {
      #expect(bar.contains(word), "\(word) in \(bar)")
    }
  }

  @Test("music that goes on by itself when the server is back is not called paused", arguments: sizes)
  func awaited(columns: Int, rows: Int) throws {
    var evening = Evening(columns: columns, rows: rows)
    evening.press("l", "l", "G", "enter")
    evening.hear(30, cached: [0...0.2])
    evening.send(.connectivity(.offline(reason: "gone")))
    evening.send(.player(.failed(try #require(evening.state.queue.current).id, .offline)))
    evening.press("escape", "2")
    func bar() -> String {
      let bar = evening.state.layout.bar
      return evening.lines[bar.row..<bar.endRow].joined(separator: "\n")
    }
    #expect(bar().contains("waits") && !bar().contains("paused"), "\(bar())")
    // Later it does not.
    evening.send(.clock(Timestamp(seconds: 100_000)))
    #expect((rows == 10 || bar().contains("paused")) && !bar().contains("waits"), "\(bar())")
  }
}
