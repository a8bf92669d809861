import Core
import Music
import Screens
import TUI
import Testing

/// No key of the help, and no command of it, may do nothing without a word.
@Suite("Every key of the help works")
struct EveryKeyTests {
  /// Listeners in the midst of things, one in each view while music plays and while it waits: rows are under the cursor,
  /// and more than fits is in every list.
  private struct Midst {
    let view: ScreenName
    let evening: Evening
    let canvas: Canvas

    init(_ view: ScreenName, isPaused: Bool, preset: KeymapPreset) {
      self.view = view
      var evening = Evening(columns: 120, rows: 30, stations: Evening.stations)
      evening.send(.session(nil, position: .zero, missing: 0))
      evening.send(.clock(Timestamp(seconds: 1000)))
      evening.run("set keymap \(preset.rawValue)")
      evening.run("play aurora")
      for line in Array(repeating: "add", count: 8) + ["panel queue", "search o", "view playlists", "find o"] {
        evening.run(line)
      }
      for line in ["view \(view.rawValue)", "pane right", "move down"] { evening.run(line) }
      evening.hear(30, cached: [0...1])
      if isPaused { evening.run("pause on") }
      // What was told is read.
      for seconds in 2...9 { evening.send(.clock(Timestamp(seconds: Int64(seconds * 1000)))) }
      self.evening = evening
      canvas = evening.canvas
    }

    static func all(_ preset: KeymapPreset) -> [Midst] {
      ScreenName.allCases.flatMap { view in
        [false, true].map { Midst(view, isPaused: $0, preset: preset) }
      }
    }

    /// Whether something is seen, or asked of the world.
    func does(_ something: (inout Evening) -> [Effect]) -> Bool {
      var evening = evening
      let effects = something(&evening)
      return effects.contains { $0.isFelt } || evening.canvas != canvas
    }
  }

  @Test("each binding of each keymap does something somewhere, or says why not", arguments: KeymapPreset.allCases)
  func bindings(preset: KeymapPreset) {
    let keymap = preset.keymap
    let all = Midst.all(preset)
    for place in keymap.commands.flatMap({ keymap.places(of: $0) }) {
      let works = all.contains { midst in
        (place.view ?? midst.view) == midst.view
          && midst.does { evening in place.keys.flatMap { evening.send(.key($0)) } }
      }
      #expect(works, "\(place) does nothing anywhere")
    }
  }

  @Test("each command of the help does something somewhere, or says why not")
  func commands() {
    let all = Midst.all(.vim)
    for name in Command.names {
      let line = Self.examples[name] ?? name
      guard let command = try? Command(parsing: line) else {
        Issue.record("no example of “\(name)”")
        continue
      }
      #expect(
        all.contains { $0.does { $0.send(.command(command, replyTo: nil)) } }, "“\(line)” does nothing anywhere")
    }
  }

  /// Words for commands that need some.
  private static let examples: [String: String] = [
    "seek": "seek +10", "volume": "volume 40", "move": "move down", "pane": "pane right", "view": "view queue",
    "reorder": "reorder down", "rate": "rate 4", "playlist": "playlist new Night", "open": "open /music",
    "set": "set volume 30", "bind": "bind x stop", "unbind": "unbind j", "preamp": "preamp -3",
    "find": "find two", "hit": "hit next", "lyrics-offset": "lyrics-offset +0.1", "pictures": "pictures off",
    "place": "place 3", "row": "row 3", "spectrum": "spectrum braille", "spectrum-rate": "spectrum-rate 10",
    "export": "export /tmp/lists", "import": "import /tmp/list.m3u", "smart": "smart freeze",
    "forget": "forget missing", "crossfade": "crossfade 4", "speed": "speed 1.5", "pause-fade": "pause-fade 300",
    "prefetch": "prefetch 4",
  ]
}

extension Effect {
  /// Not what every key causes on its way.
  fileprivate var isFelt: Bool {
    switch self {
    case .ask, .askAhead, .askFirstRows, .askCacheMarks, .savePlace, .saveQueue, .alarm: false
    default: true
    }
  }
}
