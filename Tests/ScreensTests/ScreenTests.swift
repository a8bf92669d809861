import Core
import Music
import Screens
import TUI
import Testing

@Suite("Screens")
struct ScreenTests {
  @Test("the library at 80×24: two columns and what plays")
  func library80() {
    var evening = Evening(columns: 80, rows: 24)
    evening.press("l", "l", "enter")
    evening.hear(30, cached: [0...0.6])
    expectGolden("library80", evening)
  }

  @Test("the library at 40×10: one column")
  func library40() {
    var evening = Evening(columns: 40, rows: 10)
    evening.press("l", "l", "j", "enter")
    evening.hear(30, cached: [0...0.6])
    expectGolden("library40", evening)
  }

  @Test("the library when wide and offline: three columns, what cannot be played carries a sign")
  func library120() {
    var evening = Evening(columns: 120, rows: 16)
    evening.press("l", "l", "enter", "j")
    evening.hear(60, cached: [0...0.7, 0.9...1])
    evening.send(.connectivity(.offline(reason: "it did not answer")))
    evening.press("escape")
    expectGolden("library120", evening)
  }

  @Test("the queue with all its modes, while the catalogue is read")
  func queue() {
    var evening = Evening(columns: 100, rows: 14)
    evening.press("enter", "2", "s", "r", "space")
    evening.send(.sync(.progress(section: "tracks", done: 12_500, total: 250_000)))
    expectGolden("queue", evening)
  }

  @Test("the playlists, with a list to choose from")
  func playlists() {
    var evening = Evening(columns: 80, rows: 14)
    evening.press("3", "l", "b", "down")
    expectGolden("playlists", evening)
  }

  @Test("a search, by kinds")
  func search() {
    var evening = Evening(columns: 80, rows: 16)
    evening.press("/")
    evening.type("o")
    expectGolden("search", evening)
  }

  @Test("a notice that is too long for one line at 40×10")
  func notice() {
    var evening = Evening(columns: 40, rows: 10)
    evening.send(
      .notice(
        Notice(.error, "The server music.example.org does not know this user and password. Check both and try again.")))
    expectGolden("notice", evening)
  }

  @Test("a notice that has too many lines even for five shows that it is cut")
  func cutNotice() {
    var evening = Evening(columns: 40, rows: 10)
    evening.send(
      .notice(Notice(.error, Array(repeating: "one two three four five six", count: 9).joined(separator: " "))))
    let lines = evening.lines
    #expect(lines.suffix(5).first?.hasPrefix(" ! one") == true && lines.last?.contains("…") == true)
  }

  @Test("the help, from the real keymap")
  func help() {
    var evening = Evening(columns: 80, rows: 14)
    evening.run("bind n next")
    evening.press("escape", "?")
    expectGolden("help", evening)
  }

  @Test("the radio: a station plays what it says, whatever it says")
  func radio() {
    var evening = Evening(columns: 80, rows: 14, stations: Evening.stations)
    evening.press("7", "enter")
    evening.send(.radio(TrackID(-1), .title("Björk \u{1B}[31m- Jóga\u{7}")))
    expectGolden("radio", evening)
  }

  @Test("the login screen at 80×24, with a problem")
  func login() {
    var evening = Evening(columns: 80, rows: 24, isSignedIn: false)
    evening.type("music.example.org")
    evening.press("tab", "tab")
    evening.type("secret")
    evening.send(.signInFailed("The server does not know this user and password. Check both and try again."))
    expectGolden("login", evening)
    #expect(evening.canvas.cursor == Point(column: 26, row: 9))
  }

  @Test("the login screen at 40×10")
  func loginSmall() {
    var evening = Evening(columns: 40, rows: 10, isSignedIn: false)
    evening.press("up")
    expectGolden("loginSmall", evening)
  }

  @Test("below the least size there is one sentence", arguments: [(39, 10), (40, 9), (20, 3), (5, 1), (1, 1), (0, 0)])
  func tooSmall(columns: Int, rows: Int) {
    let evening = Evening(columns: columns, rows: rows)
    #expect(evening.lines.count == rows)
    if columns >= 20 { #expect(evening.lines[0].hasPrefix("Please make this")) }
  }

  @Test("the screen fills every size exactly, whatever is on it", arguments: ["1", "2", "3", "4", "5", "6", "login"])
  func sizes(screen: String) {
    for columns in stride(from: 30, through: 160, by: 7) {
      for rows in stride(from: 5, through: 50, by: 4) {
        var evening = Evening(columns: columns, rows: rows, isSignedIn: screen != "login")
        if screen != "login" { evening.press("enter", screen) }
        let canvas = evening.canvas
        let widths = (0..<rows).map { row in canvas.row(row).reduce(0) { $0 + $1.width } }
        #expect(widths.allSatisfy { $0 == columns })
      }
    }
  }

  @Test("columns stand in line beside wide, combining and right-to-left titles")
  func alignment() {
    var evening = Evening(columns: 80, rows: 24)
    evening.press("enter", "2")
    let canvas = evening.canvas
    for row in 3..<9 { #expect(canvas[canvas.size.columns - 3, row].text.first?.isNumber == true) }
  }

  @Test("a password is never drawn")
  func password() {
    var evening = Evening(isSignedIn: false)
    evening.press("tab", "tab")
    evening.type("hunter2")
    #expect(!evening.screen.contains("hunter2"))
    #expect(evening.screen.contains("•••••••"))
  }

  @Test("every role of the screen has a look of its own where it matters without colours")
  func monochrome() {
    var evening = Evening()
    evening.press("l", "l", "j")
    let canvas = evening.canvas
    let row = 4
    #expect(canvas[40, row].style.attributes.contains(.reverse))
    #expect(canvas[2, 3].style.attributes.contains(.underline))
  }
}

@Suite("The sound on the screen")
struct SoundScreenTests {
  /// Plays with every mode on.
  private func busy(_ columns: Int, _ rows: Int) -> Evening {
    var evening = Evening(columns: columns, rows: rows)
    evening.press("l", "l", "enter")
    evening.send(
      .status(
        PlaybackStatus(
          entry: evening.state.queue.current?.id, position: .seconds(10), duration: .seconds(90), cached: [0...1],
          decoded: SoundPath.Decoded(codec: "FLAC", rate: 96000, channels: 2, bits: 24))))
    for line in [
      "speed 1.25", "sleep 12m", "loop 0:01 0:20", "shuffle albums", "repeat all", "consume on", "stop-after queue",
      "replay-gain album", "equalizer bass", "volume 80",
    ] { evening.run(line) }
    evening.press("escape")
    return evening
  }

  private func sheet(_ columns: Int, _ rows: Int) -> Evening {
    var evening = busy(columns, rows)
    var path = SoundPath()
    path.decoded = SoundPath.Decoded(codec: "FLAC", rate: 96000, channels: 2, bits: 24, bitRate: 2304)
    path.isUntouched = false
    path.replayGain = -6.2
    path.output = OutputDescription(kind: .alsa, device: "hw:CARD=DAC", rate: 96000, channels: 2, format: "S32_LE")
    path.output?.periodFrames = 4800
    path.output?.bufferFrames = 19200
    path.latency = .milliseconds(180)
    path.lastJoin = SoundPath.Join()
    evening.press("I")
    evening.send(.soundPath(SoundReport(rendition: .whole, path: path), replyTo: nil))
    return evening
  }

  @Test("modes and the format stand in the bar as far as there is room, and nothing overflows")
  func bar() {
    let wide = busy(120, 36).lines
    #expect(
      wide[32].hasSuffix(
        "sleep 12:00  A–B  stop after queue  shuffle albums  repeat all  consume  speed 1.25  bass"))
    #expect(wide[33].hasSuffix(" FLAC 24/96   volume 80"))
    #expect(busy(80, 24).lines[21].hasSuffix("sleep 12:00  A–B  shuf  rep all  eq  80%"))
    #expect(busy(40, 10).lines[8].hasSuffix("shuf  rep all  80%"))
    for (columns, rows) in [(120, 36), (80, 24), (40, 10)] {
      let bar = busy(columns, rows).lines[rows - (rows == 36 ? 4 : rows == 10 ? 2 : 3)]
      #expect(bar.hasPrefix(" ▸ One"))
      #expect(bar.count <= columns)
    }
  }

  @Test("the way of the sound at 80×24")
  func wide() {
    expectGolden("sound", sheet(80, 24))
  }

  @Test("at 40×10 it is moved with the cursor keys, and closed by Escape")
  func narrow() {
    var evening = sheet(40, 10)
    #expect(evening.lines[1].hasSuffix("1–6 of 19"))
    evening.press("G")
    #expect(evening.screen.contains("Last join"))
    #expect(!evening.screen.contains("Fetched"))
    evening.press("escape")
    #expect(!evening.screen.contains("Last join"))
  }
}
