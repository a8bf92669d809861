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
    #expect(
      evening.screen == """
         1 Library  2 Queue  3 Playlists  4 Search  5 Downloads  6 Help       anna@home
        ────────────────────────────────────────────────────────────────────────────────
         Albums                      1/1 │ Tracks                                   1/3
          First                     1999 │▸  1  One                           ★ ●  1:30
                                         │   2  Two                             ◐  2:30
                                         │   3  A title that is much too lon…      3:30
                                         │
                                         │
                                         │
                                         │
                                         │
                                         │
                                         │
                                         │
                                         │
                                         │
                                         │
                                         │
                                         │
                                         │
        ────────────────────────────────────────────────────────────────────────────────
         ▸ One  Aurora · First                                               volume 100
         0:30 ━━━━━━━━━━━━━━━━━━━━━━●──────────────────┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄ 1:30
         enter play   a add   P to playlist   f star   ? help   / search   q quit
        """)
  }

  @Test("the library at 40×10: one column")
  func library40() {
    var evening = Evening(columns: 40, rows: 10)
    evening.press("l", "l", "j", "enter")
    evening.hear(30, cached: [0...0.6])
    #expect(
      evening.screen == """
         1 Library  2  3  4  5  6     anna@home
         Tracks                             2/3
           1  One                     ★ ●  1:30
        ▸  2  Two                       ◐  2:30
           3  A title that is much t…      3:30


         ▸ Two  Aurora · First             100%
         0:30 ━━━━━●───────────┄┄┄┄┄┄┄┄┄┄┄ 2:30
         enter play   a add   P to playlist
        """)
  }

  @Test("the library when wide and offline: three columns, what cannot be played carries a sign")
  func library120() {
    var evening = Evening(columns: 120, rows: 16)
    evening.press("l", "l", "enter", "j")
    evening.hear(60, cached: [0...0.7, 0.9...1])
    evening.send(.connectivity(.offline(reason: "it did not answer")))
    evening.press("escape")
    #expect(
      evening.screen == """
         1 Library  2 Queue  3 Playlists  4 Search  5 Downloads  6 Help                                      anna@home · dulcet
         Artists                   1/4 │ Albums                           1/1 │ Tracks                                      2/3
          Aurora                     1 │  First                          1999 │▸  1  One                              ★ ●  1:30
          Björk                    ★ 1 │                                      │   2  Two                                ◐  2:30
          久石譲                    12 │                                      │   3  A title that is much too long f…   ×  3:30
          فيروز                      3 │                                      │
                                       │                                      │
                                       │                                      │
                                       │                                      │
                                       │                                      │
                                       │                                      │
                                       │                                      │
        ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         ▸ One  Aurora · First                                                                              offline  volume 100
         1:00 ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━●───┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄─────────── 1:30
         enter play   a add   P to playlist   f star   ? help   / search   q quit
        """)
  }

  @Test("the queue with all its modes, while the catalogue is read")
  func queue() {
    var evening = Evening(columns: 100, rows: 14)
    evening.press("enter", "2", "s", "r", "space")
    evening.send(.sync(.progress(section: "tracks", done: 12_500, total: 250_000)))
    #expect(
      evening.screen == """
         1 Library  2 Queue  3 Playlists  4 Search  5 Downloads  6 Help                  anna@home · dulcet
         Queue · 24:00                                                                                  1/6
        ‖ One                                Aurora                     First                     ★ ●  1:30
          Two                                Aurora                     First                       ◐  2:30
          A title that is much too long fo…  Aurora                     First                          3:30
          夜の散歩                           Björk                      Debut                          4:30
          שלום                               Björk                      Debut                          5:30
          Señorita                           Björk                      Debut                          6:30


        ────────────────────────────────────────────────────────────────────────────────────────────────────
         ‖ One  Aurora · First                                      paused  shuffle  repeat all  volume 100
         0:00 ●┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄ 1:30
         Reading tracks  ━━━────────────────────────────────────────────────────────────  12 500 of 250 000
        """)
  }

  @Test("the playlists, with a list to choose from")
  func playlists() {
    var evening = Evening(columns: 80, rows: 14)
    evening.press("3", "l", "P", "down")
    #expect(
      evening.screen == """
         1 Library  2 Queue  3 Playlists  4 Search  5 Downloads  6 Help       anna@home
         Playlists          1/2 │ Morning                                           1/6
          Morning             6 │  One                     Aurora             ★ ●  1:30
        = Theirs             40 │  Two                     Aurora               ◐  2:30
                                │  A title that is much …  Aurora                  3:30
                                │  夜の散歩                Björk                   4:30
                                │  שלום                    Björk                   5:30
                                │  Señorita                Björk                   6:30
                                │
                                │
        ────────────────────────────────────────────────────────────────────────────────
         Nothing is playing                                                  volume 100
         ▸ Morning
         Add “One” to:
        """)
  }

  @Test("a search, by kinds")
  func search() {
    var evening = Evening(columns: 80, rows: 16)
    evening.press("/")
    evening.type("o")
    #expect(
      evening.screen == """
         1 Library  2 Queue  3 Playlists  4 Search  5 Downloads  6 Help       anna@home
         Search  o
          Artists
          Björk                                                                     ★ 1
          Albums
          Debut                                     Björk                          1993
          Tracks
          夜の散歩                               Björk                             4:30
          שלום                                   Björk                             5:30
          Señorita                               Björk                             6:30


        ────────────────────────────────────────────────────────────────────────────────
         Nothing is playing                                                  volume 100
              ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
         enter to the results   escape stop typing
        """)
  }

  @Test("a notice that is too long for one line at 40×10")
  func notice() {
    var evening = Evening(columns: 40, rows: 10)
    evening.send(
      .notice(
        Notice(.error, "The server music.example.org does not know this user and password. Check both and try again.")))
    #expect(
      evening.screen == """
         1 Library  2  3  4  5  6     anna@home
         Artists                            1/4
          Aurora                              1
          Björk                             ★ 1
          久石譲                             12
          فيروز                               3

         ! The server music.example.org does
           not know this user and password.
           Check both and try again.
        """)
  }

  @Test("the help, from the real keymap")
  func help() {
    var evening = Evening(columns: 80, rows: 14)
    evening.run("bind n next")
    evening.press("?")
    #expect(
      evening.screen == """
         1 Library  2 Queue  3 Playlists  4 Search  5 Downloads  6 Help       anna@home
         Keys and commands                                                   1–8 of \(evening.state.helpRows.count)
          Playing
          space               pause or go on                         pause
          <                   start of the track, or the one before  previous
          >  n                next track                             next
          left                back 5 seconds                         seek -5
          right               forward 5 seconds                      seek +5
          shift-left          back 30 seconds                        seek -30
          shift-right         forward 30 seconds                     seek +30
        ────────────────────────────────────────────────────────────────────────────────
         Nothing is playing                                                  volume 100
              ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
         escape back   ^f further   q quit
        """)
  }

  @Test("the radio: a station plays what it says, whatever it says")
  func radio() {
    var evening = Evening(columns: 80, rows: 14, stations: Evening.stations)
    evening.press("7", "enter")
    evening.send(.radio(TrackID(-1), .title("Björk \u{1B}[31m- Jóga\u{7}")))
    #expect(
      evening.screen == """
         1 Library  2 Queue  3 Playlists  4 Search  5 Downloads  6 Help  7 Radio
         Radio stations                                                             1/2
        ▸ Radio One                      Björk [31m- Jóga
          Second Wave                    http://two.example/live.m3u






        ────────────────────────────────────────────────────────────────────────────────
         ▸ Björk [31m- Jóga  Radio One                                radio  volume 100
         0:00 ●┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
         enter play   a add   R rename   d remove   ? help   / search   q quit
        """)
  }

  @Test("the login screen at 80×24, with a problem")
  func login() {
    var evening = Evening(columns: 80, rows: 24, isSignedIn: false)
    evening.type("music.example.org")
    evening.press("tab", "tab")
    evening.type("secret")
    evening.send(.signInFailed("The server does not know this user and password. Check both and try again."))
    #expect(
      evening.screen == """



                dulcet

                Your music server (Subsonic, Navidrome, gonic, …)

                  Address   music.example.org
                  User
                ▸ Password  ••••••
                            [ Sign in ]

                or music on this computer

                  Folder    ~/Music
                            [ Hear the demo music ]

                ! The server does not know this user and password. Check both
                ! and try again.




         Tab next   Enter choose   ^c quit
        """)
    #expect(evening.canvas.cursor == Point(column: 26, row: 9))
  }

  @Test("the login screen at 40×10")
  func loginSmall() {
    var evening = Evening(columns: 40, rows: 10, isSignedIn: false)
    evening.press("up")
    #expect(
      evening.screen == """

         dulcet
           Address
           User
           Password
                     [ Sign in ]
           Folder    ~/Music
         ▸           [ Hear the demo music ]

         Tab next   Enter choose   ^c quit
        """)
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
    for row in 3..<9 { #expect(canvas[canvas.size.columns - 2, row].text.first?.isNumber == true) }
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
    #expect(busy(120, 36).lines[33].hasSuffix("stop after queue  speed 1.25  FLAC 24/96  volume 80"))
    #expect(busy(80, 24).lines[21].hasSuffix("sleep 12:00  A–B  stop after queue  volume 80"))
    #expect(busy(40, 10).lines[7].hasSuffix("sleep 12:00 A–B stop 80%"))
    for (columns, rows) in [(120, 36), (80, 24), (40, 10)] {
      let bar = busy(columns, rows).lines[rows - 3]
      #expect(bar.hasPrefix(" ▸ One"))
      #expect(bar.count <= columns)
    }
  }

  @Test("the way of the sound at 80×24")
  func wide() {
    #expect(
      sheet(80, 24).lines.dropFirst(2).prefix(15).joined(separator: "\n") == """
         The way of the sound                                                esc closes
         File         unknown format (server)
         Fetched      as it is
         Decoded      FLAC, 96 kHz, 24 bit, stereo, 2304 kbit/s
         Replay gain  album, -6.2 dB
         Effects      equaliser bass, speed 1.25
         Volume       80
         Samples      changed by replay gain, the equaliser, the speed, the volume
         Output       ALSA device “hw:CARD=DAC”
         Device       96 kHz, S32_LE, stereo
         Buffer       19200 frames (200 ms), period 4800
         Latency      180 ms
         Underruns    0 since the start
         Last join    0 samples lost or added

        """)
  }

  @Test("at 40×10 it is moved with the cursor keys, and closed by Escape")
  func narrow() {
    var evening = sheet(40, 10)
    #expect(evening.lines[1].hasSuffix("1–5 of 18"))
    evening.press("G")
    #expect(evening.screen.contains("Last join"))
    #expect(!evening.screen.contains("Fetched"))
    evening.press("escape")
    #expect(!evening.screen.contains("Last join"))
  }
}
