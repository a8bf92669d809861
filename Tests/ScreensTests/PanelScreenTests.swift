import Core
import Music
import Screens
import TUI
import Testing

@Suite("The panel on the screen")
struct PanelScreenTests {
  /// Someone listens to the third track of an album; its words are known, its cover is not.
  private func evening(_ columns: Int, _ rows: Int, _ content: String) -> Evening {
    var evening = Evening(columns: columns, rows: rows)
    evening.press("l", "l", "j", "enter")
    evening.run("panel \(content)")
    evening.send(.alarm(.panel))
    evening.send(.lyrics(TrackID(2), .found(Self.lyrics, offset: .zero)))
    evening.hear(9, cached: [0...0.6])
    if let wish = wish(evening) {
      evening.send(.spectrum(.levels((0..<wish).map { UInt8(255 - $0 * 240 / wish) })))
    }
    return evening
  }

  private func wish(_ evening: Evening) -> Int? {
    evening.state.panelLayout.map { evening.state.panel.spectrum.style.bands(columns: $0.spectrum.columns) }
      .flatMap { $0 > 0 ? $0 : nil }
  }

  static let lyrics = Lyrics(
    lines: [
      .init(time: .seconds(1), text: "We count the boats that come across the bay, and nobody says a word"),
      .init(time: .seconds(4), text: ""),
      .init(time: .seconds(5), text: "静かな夜に、遠い灯りが波の上で揺れている。もう誰もいない港で。"),
      .init(time: .seconds(8), text: "يا ليل يا عين"),
      .init(time: .seconds(12), text: "Escapes \u{1B}[31mdo\u{7} nothing\u{202E} here"),
      .init(time: .seconds(15), text: "The end"),
    ], source: .server)

  static let sizes = [(120, 40), (100, 28), (80, 24), (56, 16), (40, 10)]
  static let contents = ["both", "cover", "lyrics", "queue", "spectrum"]

  @Test("each content at each tier", arguments: PanelScreenTests.sizes)
  func everyContent(columns: Int, rows: Int) {
    for content in Self.contents where content != "queue" || columns >= 100 {
      expectGolden("panel/\(content)-\(columns)x\(rows)", evening(columns, rows, content))
    }
  }

  @Test("nothing is drawn outside of it: header, bar and lists stay", arguments: PanelScreenTests.sizes)
  func outside(columns: Int, rows: Int) {
    for content in Self.contents {
      var shown = evening(columns, rows, content)
      let canvas = shown.canvas
      let layout = shown.state.layout
      shown.run("panel \(content == "cover" ? "both" : "cover")")
      let other = shown.canvas
      for row in 0..<rows {
        for column in 0..<columns {
          let isInside =
            (layout.panel.column..<layout.panel.endColumn).contains(column)
            && (layout.panel.row..<layout.panel.endRow).contains(row)
          // The hints tell of what the panel can do.
          if !isInside, row != layout.line.row { #expect(canvas[column, row] == other[column, row]) }
        }
      }
    }
  }

  @Test("artist, album and year stand in this order, however they are written", arguments: [(120, 40), (120, 16)])
  func directions(columns: Int, rows: Int) throws {
    let track = Track(
      id: TrackID(1), origin: .remote(ServerID("s")), remoteID: "1", title: "مقام الليل (نسخة ٢)", artist: "فيروز",
      album: "يا ليل (عين)", albumID: AlbumID(1), albumArtist: "فيروز", year: 1999, duration: 90)
    var evening = Evening(columns: columns, rows: rows, tracks: [track])
    evening.press("l", "l", "enter")
    evening.run("panel cover")
    evening.send(.alarm(.panel))
    evening.hear(9, cached: [])
    let (canvas, layout) = (evening.canvas, evening.state.layout)
    func ends(_ rows: Range<Int>, _ words: String) throws -> [String] {
      let row = try #require(rows.last { canvas.lines[$0].contains(words) })
      return canvas.row(row).filter(\.endsRightToLeft).map(\.text)
    }
    let bar = layout.bar.row..<layout.bar.endRow
    #expect(try ends(bar, "فيروز · يا ليل (عين) · 1999").suffix(2) == ["ز", ")"])
    #expect(try ends(bar, "مقام").first == ")")
    if rows == 40 { #expect(try ends(layout.panel.row..<layout.panel.endRow, "يا ليل (عين) · 1999").last == ")") }
  }

  @Test("any size is borne, with any content")
  func anySize() {
    for (columns, rows) in [(40, 10), (41, 11), (63, 15), (99, 28), (100, 27), (100, 29), (180, 28), (400, 90)] {
      for content in Self.contents {
        let canvas = evening(columns, rows, content).canvas
        #expect(canvas.size == Size(columns: columns, rows: rows))
      }
    }
  }

  @Test("no control character of the words reaches the screen")
  func safe() {
    var evening = evening(120, 40, "lyrics")
    evening.hear(13, cached: [])
    let text = evening.screen
    #expect(text.contains("Escapes [31mdo nothing here"))
    #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
    #expect(!text.unicodeScalars.contains("\u{202E}"))
  }

  @Test("what is not there is said calmly")
  func nothing() {
    var evening = evening(120, 40, "lyrics")
    evening.press(">")
    evening.send(.alarm(.panel))
    evening.send(.lyrics(TrackID(3), .none))
    #expect(evening.screen.contains("No lyrics for this track."))
    evening.send(.spectrum(.unavailable("Over SSH the spectrum is off.")))
    evening.run("panel spectrum")
    #expect(evening.screen.contains("Over SSH the spectrum is off."))
  }

  @Test("the spectrum in dots is as high as in bars")
  func dots() {
    var evening = evening(120, 40, "spectrum")
    evening.run("spectrum braille")
    let bands = wish(evening)!
    evening.send(.spectrum(.levels(Array(repeating: 255, count: bands))))
    let rect = evening.state.panelLayout!.spectrum
    for column in rect.column..<rect.endColumn { #expect(evening.canvas[column, rect.row].text == "⣿") }
  }

  @Test("a cover stands in its place, and gives way to what is written over it")
  func cover() throws {
    var evening = Evening(columns: 56, rows: 16)
    var queue = PlayQueue()
    var track = Evening.tracks[0]
    track.coverID = "c"
    var random = SystemRandomNumberGenerator()
    queue.append([track], using: &random)
    queue.select(queue.entries[0].id)
    evening.send(.session(queue, position: .zero, missing: 0))
    evening.run("panel cover")
    let room = evening.state.panelLayout!.picture
    let size = Size(columns: room.columns, rows: room.rows)
    let request = CoverRequest(coverID: "c", origin: .remote(ServerID("s")), room: size)
    evening.send(.alarm(.panel))
    let asked = evening.state.panel.cover.phase
    #expect(asked == .loading)
    let picture = CellPicture(size: size, number: 17, drawBytes: Array("PICTURE".utf8))
    evening.send(.cover(request, .found(Cover(picture: picture, palette: nil))))
    #expect(evening.canvas.pictures.map(\.rect) == [room])
    evening.press("I")
    #expect(evening.canvas.pictures.isEmpty)
  }
}
