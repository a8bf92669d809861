import Core
import Music
import Screens
import TUI
import Testing

/// No key of the help, and no command of it, may do nothing without a word.
@Suite("Every key of the help works")
struct EveryKeyTests {
  /// A listener in the midst of things: music plays, rows are under the cursor, more than fits is in every list.
  private func listener(in view: ScreenName) -> Evening {
    var evening = Evening(columns: 120, rows: 12, stations: Evening.stations)
    evening.send(.session(nil, position: .zero, missing: 0))
    evening.send(.clock(Timestamp(seconds: 1000)))
    evening.run("play aurora")
    for _ in 0..<3 {
      evening.run("view library")
      evening.run("add")
    }
    evening.run("search o")
    evening.run("view playlists")
    evening.run("find o")
    evening.run("view \(view.rawValue)")
    evening.run("move down")
    evening.hear(30, cached: [0...1])
    // What was told is read.
    evening.send(.clock(Timestamp(seconds: 2000)))
    evening.send(.clock(Timestamp(seconds: 3000)))
    return evening
  }

  /// Whether something is seen, or asked of the world.
  private func does(_ something: (inout Evening) -> [Effect], in view: ScreenName) -> Bool {
    var evening = listener(in: view)
    let before = evening.canvas
    let effects = something(&evening)
    return evening.canvas != before || effects.contains { $0.isFelt }
  }

  @Test("each binding of each keymap does something somewhere, or says why not", arguments: KeymapPreset.allCases)
  func bindings(preset: KeymapPreset) {
    let keymap = preset.keymap
    for place in keymap.commands.flatMap({ keymap.places(of: $0) }) {
      let views = place.view.map { [$0] } ?? ScreenName.allCases
      let works = views.contains { view in
        does(
          { evening in
            evening.run("set keymap \(preset.rawValue)")
            evening.send(.clock(Timestamp(seconds: 4000)))
            return place.keys.flatMap { evening.send(.key($0)) }
          }, in: view)
      }
      #expect(works, "\(place) does nothing anywhere")
    }
  }

  @Test("each command of the help does something somewhere, or says why not")
  func commands() {
    for name in Command.names {
      let line = Self.examples[name] ?? name
      guard let command = try? Command(parsing: line) else {
        Issue.record("no example of “\(name)”")
        continue
      }
      let works = ScreenName.allCases.contains { view in
        does({ $0.send(.command(command, replyTo: nil)) }, in: view)
      }
      #expect(works, "“\(line)” does nothing anywhere")
    }
  }

  /// Words for commands that need some.
  private static let examples: [String: String] = [
    "seek": "seek +10", "volume": "volume 40", "move": "move down", "pane": "pane right", "view": "view queue",
    "reorder": "reorder down", "rate": "rate 4", "playlist": "playlist new Night", "open": "open /music",
    "set": "set volume 30", "bind": "bind x stop", "unbind": "unbind j", "preamp": "preamp -3",
    "crossfade": "crossfade 4", "speed": "speed 1.5", "pause-fade": "pause-fade 300", "prefetch": "prefetch 4",
  ]
}

extension Effect {
  /// Not what every key causes on its way.
  fileprivate var isFelt: Bool {
    switch self {
    case .ask, .askCacheMarks, .savePlace, .saveQueue, .alarm: false
    default: true
    }
  }
}
