import Core
import Fixtures
import Music
import Screens
import TUI
import Testing

@Suite("Frames drawn one after another")
struct PainterTests {
  /// Music plays, lists are longer than the window, and the panel is open where there is room.
  private static func evening(_ size: Size) -> Evening {
    var evening = Evening(columns: size.columns, rows: size.rows, stations: Evening.stations)
    evening.send(.session(nil, position: .zero, missing: 0))
    evening.send(.clock(Timestamp(seconds: 1000)))
    for line in ["play aurora"] + Array(repeating: "add", count: 8) + ["panel queue", "search o", "view playlists"] {
      evening.run(line)
    }
    evening.hear(30, cached: [0...0.5])
    // What was told is read.
    for seconds in 2...9 { evening.send(.clock(Timestamp(seconds: Int64(seconds * 1000)))) }
    return evening
  }

  @Test(
    "each looks as if it were drawn alone, whatever keys and news come",
    arguments: [
      Size(columns: 120, rows: 30), Size(columns: 80, rows: 24), Size(columns: 56, rows: 16),
      .init(columns: 40, rows: 10),
    ]
  )
  func sameAsAlone(size: Size) {
    var random = Seeded(state: UInt64(size.columns))
    var evening = Self.evening(size)
    var painter = Painter(.plain)
    let keys = evening.state.keymap.commands.flatMap { evening.state.keymap.places(of: $0).flatMap(\.keys) }
    var taken = 0
    for step in 0..<400 {
      let before = evening.state.surroundings
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<6: evening.press(["j", "k", "down", "up", "G", "g", "^f"].randomElement(using: &random)!)
      case 6, 7: evening.send(.key(keys.randomElement(using: &random)!))
      case 8: evening.run("view \(ScreenName.allCases.randomElement(using: &random)!.rawValue)")
      default: evening.send(Self.news(step, &random))
      }
      taken += evening.state.surroundings == before ? 1 : 0
      let frame = painter.draw(evening.state)
      guard frame != evening.canvas else { continue }
      Issue.record("step \(step), \(evening.state.screen): \(Self.difference(frame, evening.canvas))")
      return
    }
    #expect(taken > 20, "hardly a frame was taken over from the last one")
  }

  @Test("what a key would do is worked out beside the state, which stays as it is until the key comes")
  func foreseen() {
    let size = Size(columns: 120, rows: 30)
    var random = Seeded(state: 5)
    var evening = Self.evening(size)
    var painter = Painter(.plain)
    for step in 0..<300 {
      if step % 10 == 0 { evening.run("view \(ScreenName.allCases.randomElement(using: &random)!.rawValue)") }
      if step % 15 == 0 { evening.send(Self.news(step, &random)) }
      let shown = painter.draw(evening.state)
      let key = Key.character(["j", "k", "G", "g", "l", "a", "f", "x"].randomElement(using: &random)!)
      var (next, ahead) = (evening.state, painter)
      let effects = update(&next, .key(key))
      let frame = ahead.draw(next)
      guard painter.draw(evening.state) == shown else {
        Issue.record("step \(step): \(key) changed what is shown")
        return
      }
      let same = update(&evening.state, .key(key)) == effects && painter.draw(evening.state) == frame
      guard same else {
        Issue.record("step \(step): \(key) did something else when it came")
        return
      }
    }
  }

  private static func difference(_ frame: Canvas, _ alone: Canvas) -> String {
    let rows = (0..<frame.size.rows).filter { frame.row($0) != alone.row($0) }.map { "\($0): \(frame.lines[$0])" }
    let rest = [
      frame.cursor == alone.cursor ? nil : "the cursor", frame.pictures == alone.pictures ? nil : "pictures",
      frame.lists == alone.lists ? nil : "lists: \(frame.lists), alone \(alone.lists)",
    ]
    return (rows + rest.compactMap(\.self)).joined(separator: "\n")
  }

  private static func news(_ step: Int, _ random: inout Seeded) -> Message {
    let kinds: [Message] = [
      .clock(Timestamp(seconds: Int64(10_000 + step))), .notice(Notice(.warning, "Something is not as it was.")),
      .resized(Size(columns: 120 - step % 3, rows: 30)), .connectivity(.offline(reason: "no network")),
      .connectivity(.online),
      .activity(.progress(Activity(.synchronization, "Reading tracks"))), .activity(.ended(.synchronization)),
      .cacheChanged,
    ]
    return kinds.randomElement(using: &random)!
  }

  @Test("a key that moves a cursor leaves what is around the list as it was; any other news may change it")
  func movesOnly() {
    var evening = Self.evening(Size(columns: 120, rows: 30))
    evening.run("view queue")
    func isAsBefore(_ change: (inout Evening) -> Void) -> Bool {
      let before = evening.state.surroundings
      change(&evening)
      return evening.state.surroundings == before
    }
    #expect(isAsBefore { $0.press("j") })
    #expect(isAsBefore { $0.press("k") })
    #expect(!isAsBefore { $0.press("3") })
    #expect(!isAsBefore { $0.press("j") })
    #expect(!isAsBefore { $0.press("space") })
    #expect(!isAsBefore { $0.hear(31, cached: [0...1]) })
    #expect(!isAsBefore { $0.send(.notice(Notice(.information, "News."))) })
    #expect(!isAsBefore { $0.press("i") })
    #expect(!isAsBefore { $0.press("j") })
  }

  @Test("what is around the lists is taken over, not drawn again")
  func takesOver() {
    let size = Size(columns: 120, rows: 30)
    let evening = Self.evening(size)
    var marked = Canvas(size: size)
    for row in 0..<size.rows { marked.write(String(repeating: "x", count: size.columns), at: 0, row, style: .plain) }
    let frame = draw(evening.state, theme: .plain, size: size, around: marked)
    let layout = evening.state.layout
    for rect in [layout.header, layout.panel, layout.bar, layout.line] where !rect.isEmpty {
      #expect(frame[rect.column, rect.row].text == "x")
      #expect(frame[rect.endColumn - 1, rect.endRow - 1].text == "x")
    }
    #expect(frame[layout.body.column, layout.body.row].text != "x")
  }
}
