import Core
import Music
import TUI
import Testing

@Suite("The panel beside the lists")
struct PanelTests {
  private func playing(columns: Int = 120, rows: Int = 40) -> Listener {
    var listener = Listener(columns: columns, rows: rows)
    listener.press("l", "l", "enter")
    return listener
  }

  private var requests: (Effect) -> CoverRequest? {
    { if case .askCover(let request) = $0 { request } else { nil } }
  }

  @Test("t shows the next of its contents, T hides and shows it, and the next run finds it so")
  func keys() {
    var listener = Listener(columns: 120, rows: 40)
    #expect(listener.state.isPanelShown)
    #expect(listener.press("t") == [.saveSetting(name: "panel", value: "cover")])
    #expect(listener.press("T") == [.saveSetting(name: "panel", value: "off")])
    #expect(!listener.state.isPanelShown)
    #expect(listener.press("t") == [.saveSetting(name: "panel", value: "cover")])
    for content in ["lyrics", "queue", "spectrum", "both"] {
      #expect(listener.press("t") == [.saveSetting(name: "panel", value: content)])
    }
    listener.send(.configured(.set(name: "panel", value: "off")))
    #expect(!listener.state.isPanelShown)
    listener.send(.configured(.set(name: "panel", value: "lyrics")))
    #expect(listener.state.shownContent == .lyrics)
  }

  @Test("what comes next is for beside the lists: where there is no room for that, it is said what to do")
  func queueWithoutRoom() {
    var listener = Listener(columns: 80, rows: 24)
    listener.run("panel queue")
    #expect(
      listener.notice
        == "What comes next is shown beside the lists, in a window of at least 100×28. The whole queue: 2.")
    var wide = Listener(columns: 100, rows: 28)
    wide.run("panel queue")
    #expect(wide.notice == nil)
  }

  @Test("on smaller terminals it lies on the lists, and escape goes back")
  func over() {
    var listener = Listener(columns: 80, rows: 24)
    #expect(!listener.state.isPanelShown)
    listener.send(.configured(.set(name: "panel", value: "lyrics")))
    #expect(!listener.state.isPanelShown)
    listener.press("t")
    #expect(listener.state.layout.isBodyHidden)
    let cursor = listener.state.library.artists.list.cursor
    listener.press("j", "d", "v")
    #expect(listener.state.library.artists.list.cursor == cursor)
    listener.press("escape")
    #expect(!listener.state.isPanelShown)
    listener.press("t", "2")
    #expect(!listener.state.isPanelShown)
    #expect(listener.state.screen == .queue)
  }

  @Test("a track without a cover says so, also the first one")
  func coverless() {
    var listener = Listener(columns: 120, rows: 40)
    var track = Listener.tracks[0]
    track.coverID = nil
    var queue = PlayQueue()
    var dice = SystemRandomNumberGenerator()
    queue.replace(with: [track], using: &dice)
    listener.send(.session(queue, position: .zero, missing: 0))
    listener.run("play")
    #expect(listener.state.panel.cover.phase == .none)
  }

  @Test("commands are read back from what they print")
  func text() throws {
    let lines = [
      "panel", "panel on", "panel next", "panel lyrics", "panel down", "lyrics-offset +0.1", "lyrics-offset -0.25",
      "lyrics-offset 0", "pictures sixel", "spectrum braille", "spectrum-rate 15", "spectrum-rate auto",
      "spectrum-rate off",
    ]
    for line in lines { #expect(try Command(parsing: line).description == line) }
    #expect(throws: CommandError.self) { try Command(parsing: "spectrum-rate 31") }
    #expect(throws: CommandError.self) { try Command(parsing: "panel sideways") }
    #expect(throws: CommandError.self) { try Command(parsing: "lyrics-offset fast") }
  }

  // MARK: Covers

  @Test("a cover is asked for once a track has been current for a moment, not while tracks are skipped")
  func rest() {
    var listener = playing()
    listener.press(">", ">")
    #expect(listener.effects.compactMap(requests).isEmpty)
    let asked = listener.ring(.panel).compactMap(requests)
    #expect(asked.map(\.coverID) == ["c3"])
    #expect(asked[0].room.columns == asked[0].room.rows * 2)
    #expect(listener.ring(.panel).compactMap(requests).isEmpty)
  }

  @Test("the cover before stays until the next comes, unless that takes long")
  func patience() throws {
    var listener = playing()
    let first = try #require(listener.ring(.panel).compactMap(requests).first)
    listener.send(.cover(first, .found(Self.cover)))
    #expect(listener.state.panel.cover.phase == .shown)
    listener.press(">")
    let second = try #require(listener.ring(.panel).compactMap(requests).first)
    #expect(listener.state.panel.cover.shown != nil)
    listener.send(.cover(first, .none))
    #expect(listener.state.panel.cover.phase == .loading)
    listener.ring(.panel)
    #expect(listener.state.panel.cover.shown == nil)
    listener.send(.cover(second, .offline))
    #expect(listener.state.panel.cover.phase == .offline)
    listener.send(.connectivity(.offline(reason: "no network")))
    #expect(listener.ring(.panel).compactMap(requests).isEmpty)
    listener.send(.connectivity(.online))
    #expect(listener.ring(.panel).compactMap(requests).map(\.coverID) == ["c2"])
  }

  @Test("nothing is asked for while the panel is hidden")
  func hidden() {
    var listener = playing()
    listener.press("T")
    #expect(listener.ring(.panel).isEmpty)
    listener.press("T")
    #expect(listener.ring(.panel).compactMap(requests).map(\.coverID) == ["c1"])
  }

  @Test("while nothing plays, the album under the cursor has its cover shown once the cursor rests")
  func browsing() {
    var listener = Listener(columns: 120, rows: 40)
    listener.press("l", "j", "k")
    #expect(listener.effects.compactMap(requests).isEmpty)
    #expect(listener.ring(.panel).compactMap(requests).map(\.coverID) == ["c1"])
  }

  @Test("a theme that follows covers takes their colours, and its own back where there is none")
  func tinted() throws {
    var listener = playing()
    let text = "inherit = base\n$cover-1 = #ffffff\n$accent = $cover-1\ncursor = $accent"
    let theme = try Theme(name: "cover", parsing: text) { $0 == "base" ? "text = #eeeeee on #111111" : nil }
    listener.send(.theme(theme))
    listener.press("T")
    // Hidden, but its colours are wanted.
    let request = try #require(listener.ring(.panel).compactMap(requests).first)
    listener.send(.cover(request, .found(Self.cover)))
    #expect(listener.state.theme[.cursor].foreground == Self.cover.palette?.accents[0])
    listener.press(">")
    let next = try #require(listener.ring(.panel).compactMap(requests).first)
    listener.send(.cover(next, .none))
    #expect(listener.state.theme == theme)
  }

  static let cover: Cover = {
    let red: [UInt8] = (0..<64).flatMap { $0 % 3 == 0 ? [200, 40, 40, 255] : [20, 30, 120, 255] }
    let size = Size(columns: 4, rows: 2)
    let cells = [Cell](repeating: Cell(text: "▀", style: .plain, width: 1), count: 8)
    return Cover(picture: CellPicture(size: size, cells: cells), palette: CoverPalette(rgba: red))
  }()
}

@Suite("Lyrics in the panel")
struct PanelLyricsTests {
  static let lyrics = Lyrics(
    lines: [
      .init(time: .seconds(2), text: "one"), .init(time: .milliseconds(4500), text: "two"),
      .init(time: .milliseconds(5200), text: "a line that is much longer than the panel is wide, and goes on below"),
    ], source: .server)

  private func singing(_ lyrics: Lyrics = lyrics, offset: Duration = .zero) -> Listener {
    var listener = Listener(columns: 120, rows: 40)
    listener.press("l", "l", "enter")
    listener.send(.player(.started(listener.state.queue.current!.id)))
    listener.wait()
    listener.send(.lyrics(TrackID(1), .found(lyrics, offset: offset)))
    return listener
  }

  private func place(_ listener: inout Listener, _ milliseconds: Int) {
    let entry = listener.state.queue.current!
    listener.send(
      .status(PlaybackStatus(entry: entry.id, position: .milliseconds(milliseconds), duration: .seconds(100))))
  }

  @Test("they are asked for once for each track, when it has been current for a moment")
  func asking() {
    var listener = Listener(columns: 120, rows: 40)
    listener.press("l", "l", "enter", ">")
    #expect(!listener.effects.contains { if case .askLyrics = $0 { true } else { false } })
    #expect(listener.ring(.panel).contains(.askLyrics(Listener.tracks[1])))
    listener.hear(3)
    #expect(!listener.ring(.panel).contains(.askLyrics(Listener.tracks[1])))
  }

  @Test("the line that is sung follows the music, with one alarm at the moment when the next begins")
  func following() {
    var listener = singing()
    place(&listener, 1000)
    #expect(listener.state.panel.lyrics.line == nil)
    #expect(listener.alarms[.lyrics] == .milliseconds(1002))
    listener.ring(.lyrics)
    listener.send(.moment(listener.state.queue.current!.id, .milliseconds(2001)))
    listener.ring(.lyrics)
    #expect(listener.state.panel.lyrics.line == 0)
    // The next is far away: nobody is woken before the position is told again.
    #expect(listener.alarms[.lyrics] == nil)
    place(&listener, 4000)
    #expect(listener.alarms[.lyrics] == .milliseconds(502))
    place(&listener, 5300)
    #expect(listener.state.panel.lyrics.line == 2)
    #expect(listener.state.panel.lyrics.rows.map(\.line) == [0, 1, 2, 2, 2])
  }

  @Test("twice as fast, the next line comes in half the time; paused, none does")
  func speed() {
    var listener = singing()
    listener.run("speed 2")
    place(&listener, 4000)
    #expect(listener.alarms[.lyrics] == .milliseconds(252))
    var paused = singing()
    paused.press("space")
    place(&paused, 4000)
    #expect(paused.alarms[.lyrics] == nil)
  }

  @Test("the offset moves the lines and is kept for the track")
  func offset() {
    var listener = singing()
    place(&listener, 4450)
    #expect(listener.state.panel.lyrics.line == 0)
    #expect(listener.press("}") == [.keepLyricsOffset(.milliseconds(100), of: TrackID(1))])
    #expect(listener.state.panel.lyrics.line == 1)
    listener.run("lyrics-offset -0.5")
    #expect(listener.state.panel.lyrics.offset == .milliseconds(-400))
    listener.run("lyrics-offset 0")
    #expect(listener.state.panel.lyrics.offset == .zero)
    #expect(singing(offset: .seconds(3)).state.panel.lyrics.offset == .seconds(3))
  }

  @Test("without times they are scrolled by hand, never beyond their ends")
  func scrolling() {
    let words = Lyrics(lines: (1...80).map { .init(text: "line \($0)") }, source: .file)
    var listener = singing(words)
    let height = listener.state.panelLayout!.lyrics.rows
    #expect(listener.state.panel.lyrics.top(height: height) == 0)
    listener.press("^e", "^e")
    #expect(listener.state.panel.lyrics.top(height: height) == 2)
    listener.press("^y", "^y", "^y")
    #expect(listener.state.panel.lyrics.top(height: height) == 0)
    for _ in 0..<200 { listener.press("^e") }
    #expect(listener.state.panel.lyrics.top(height: height) == 80 - height)
    #expect(listener.run("lyrics-offset 1").isEmpty)
    #expect(listener.notice == "There are no timed lyrics to be moved.")
  }

  @Test("a song begins at the top of the panel, and moves when its line has passed the middle")
  func beginning() {
    let words = Lyrics(lines: (1...80).map { .init(time: .seconds($0), text: "line \($0)") }, source: .file)
    var listener = singing(words)
    var lyrics: LyricsState { listener.state.panel.lyrics }
    #expect(lyrics.top(height: 20) == 0)
    place(&listener, 5500)
    #expect(lyrics.line == 4 && lyrics.top(height: 20) == 0)
    place(&listener, 30500)
    #expect(lyrics.line == 29 && lyrics.top(height: 20) == 20)
  }

  @Test("what was scrolled by hand follows the music again after a while")
  func lookingAround() {
    var listener = singing()
    listener.send(.clock(Timestamp(seconds: 1000)))
    place(&listener, 2500)
    listener.press("^e")
    place(&listener, 4600)
    let height = listener.state.panelLayout!.lyrics.rows
    #expect(listener.state.panel.lyrics.top(height: height) == 0)
    listener.send(.clock(Timestamp(seconds: 1020)))
    place(&listener, 5300)
    #expect(listener.state.panel.lyrics.top(height: height) == 0)
    #expect(listener.state.panel.lyrics.top(height: 3) == 2)
  }

  @Test("an answer for another track is dropped, and none is told as none")
  func others() {
    var listener = singing()
    listener.press(">")
    listener.send(.lyrics(TrackID(1), .found(Self.lyrics, offset: .zero)))
    #expect(listener.state.panel.lyrics.lyrics == nil)
    listener.ring(.panel)
    listener.send(.lyrics(TrackID(2), .none))
    #expect(listener.state.panel.lyrics.phase == .none)
  }
}

@Suite("The spectrum in the panel")
struct PanelSpectrumTests {
  @Test("frames are asked for only while they are seen and something sounds")
  func asking() {
    var listener = Listener(columns: 120, rows: 40)
    #expect(!listener.run("panel spectrum").contains { if case .tapSpectrum = $0 { true } else { false } })
    listener.press("l", "l", "enter")
    let columns = listener.state.panelLayout!.spectrum.columns
    let wish = SpectrumWish(bands: (columns + 1) / 3, rate: .auto)
    #expect(listener.effects.contains(.tapSpectrum(wish)))
    listener.send(.spectrum(.levels(Array(repeating: 200, count: wish.bands))))
    #expect(listener.state.panel.spectrum.levels.count == wish.bands)
    #expect(listener.press("space").contains(.tapSpectrum(nil)))
    #expect(listener.state.panel.spectrum.levels.isEmpty)
    listener.send(.spectrum(.levels(Array(repeating: 200, count: wish.bands))))
    #expect(listener.state.panel.spectrum.levels.isEmpty)
    #expect(listener.press("space").contains(.tapSpectrum(wish)))
    #expect(listener.press("T").contains(.tapSpectrum(nil)))
    #expect(listener.press("T").contains(.tapSpectrum(wish)))
    #expect(listener.run("spectrum-rate off").contains(.tapSpectrum(nil)))
    #expect(listener.run("spectrum-rate 30").contains(.tapSpectrum(SpectrumWish(bands: wish.bands, rate: .fixed(30)))))
    listener.send(.spectrum(.unavailable("It is off over SSH.")))
    #expect(listener.effects.last == .tapSpectrum(nil))
  }
}
