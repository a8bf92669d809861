import Core
import Music
import TUI
import Testing

@Suite("Size tiers")
struct TierTests {
  static let sizes = [(120, 40), (100, 28), (80, 24), (56, 16), (40, 10)]

  /// Someone listens to the second track of an album, half of which is here.
  private func evening(_ columns: Int, _ rows: Int) -> Evening {
    var evening = Evening(columns: columns, rows: rows, stations: Evening.stations)
    evening.press("l", "l", "j", "enter")
    evening.hear(60, cached: [0...0.6])
    return evening
  }

  @Test("each screen at each tier", arguments: sizes)
  func screens(columns: Int, rows: Int) {
    let screens = [
      ("library", []), ("queue", ["2"]), ("playlists", ["3", "l"]), ("radio", ["7"]), ("help", ["?"]),
      ("settings", ["8"]), ("details", ["i"]), ("views", ["h", "h", "h", "j", "j"]), ("history", ["6"]),
      ("filter", ["2", "&", "o"]), ("folders", ["g", "v", "j", "j", "j", "j", "j"]),
    ]
    for (name, keys) in screens {
      var evening = evening(columns, rows)
      for key in keys { evening.press(key) }
      expectGolden("tiers/\(name)-\(columns)x\(rows)", evening)
    }
    var search = evening(columns, rows)
    search.press("/")
    search.type("o")
    expectGolden("tiers/search-\(columns)x\(rows)", search)
  }

  @Test(
    "a terminal's tier",
    arguments: [
      (39, 10, SizeTier.tooSmall), (40, 10, .tiny), (200, 15, .tiny), (55, 50, .tiny), (56, 16, .narrow),
      (80, 23, .narrow), (80, 24, .normal), (300, 27, .normal), (100, 28, .wide), (99, 60, .normal),
    ])
  func tier(columns: Int, rows: Int, tier: SizeTier) {
    #expect(SizeTier(Size(columns: columns, rows: rows)) == tier)
  }

  @Test("the parts lie beside one another and fill the terminal, with and without the panel", arguments: sizes)
  func parts(columns: Int, rows: Int) {
    for isPanelShown in [false, true] {
      let layout = ScreenLayout(Size(columns: columns, rows: rows), isPanelShown: isPanelShown)
      var covered = Array(repeating: 0, count: columns * rows)
      var parts = [
        layout.header, layout.headerRule, layout.body, layout.panelRule, layout.barRule, layout.bar,
      ]
      if !layout.isBodyHidden { parts.append(layout.panel) }
      if layout.tier > .tiny { parts.append(layout.line) }
      for part in parts {
        for row in part.row..<part.endRow {
          for column in part.column..<part.endColumn { covered[row * columns + column] += 1 }
        }
      }
      #expect(covered.allSatisfy { $0 == 1 })
      #expect(layout.panel.isEmpty != isPanelShown)
    }
  }

  @Test("a wide terminal has the panel at the side, any other in place of the lists")
  func panel() {
    #expect(ScreenLayout(Size(columns: 120, rows: 40), isPanelShown: true).panel.columns == 36)
    #expect(ScreenLayout(Size(columns: 100, rows: 28), isPanelShown: true).panel.columns == 32)
    #expect(ScreenLayout(Size(columns: 300, rows: 80), isPanelShown: true).panel.columns == 40)
    #expect(ScreenLayout(Size(columns: 80, rows: 24), isPanelShown: true).isBodyHidden)
  }

  @Test("resizing through every tier and back leaves each list where it stood")
  func resizing() {
    var evening = evening(120, 40)
    // Two hundred entries, the cursor in the middle of the window.
    evening.run("view library")
    evening.press("k")
    for _ in 0..<150 { evening.run("add") }
    evening.run("view queue")
    evening.press("G", "page-up", "j", "j", "j", "j", "j", "j")
    let before = evening.state.queueList
    #expect(before.top > 100 && before.cursor > before.top + 3)
    for (columns, rows) in TierTests.sizes + [(10, 3), (120, 40)] {
      evening.send(.resized(Size(columns: columns, rows: rows)))
      #expect(evening.state.queueList.cursor == before.cursor)
      // Whatever comes meanwhile.
      evening.send(.cacheChanged)
    }
    #expect(evening.state.queueList == before)
  }

  @Test(
    "the columns of a list of tracks never overlap nor leave the row",
    arguments: [TrackTable.Kind.album, .compilation, .mixed])
  func table(kind: TrackTable.Kind) {
    for columns in 20...240 {
      let table = TrackTable(columns: columns, kind: kind)
      var end = 2
      for place in table.places {
        #expect(place.offset >= end && place.columns >= 0)
        end = place.offset + place.columns
      }
      #expect(end <= columns && table.cacheOffset < table[.time]!.offset && table.starOffset < table.cacheOffset)
    }
  }
}
