import Core
import Music
import TUI
import Testing

@Suite("Hands on the screen")
struct HandsScreenTests {
  @Test("the help, from the real keymap, with a cursor")
  func help() {
    var evening = Evening(columns: 80, rows: 24)
    evening.run("bind n next")
    evening.press("escape", "?")
    let lines = evening.lines
    #expect(lines[2].hasPrefix("  Keys and commands"))
    #expect(lines[4] == "  space               pause or go on                         pause")
    #expect(lines[6] == "  >  n                next track                             next")
    #expect(lines[23] == " enter do it   / narrow   escape back   ^f further")
    let canvas = evening.canvas
    #expect(canvas[0, 4].style == Theme.plain[.cursor])
    #expect(canvas[0, 5].style != Theme.plain[.cursor])
  }

  @Test("where the help is cut, i tells the whole row", arguments: [(40, 10), (56, 16)])
  func cutHelp(columns: Int, rows: Int) {
    var evening = Evening(columns: columns, rows: rows)
    evening.press("?", "/")
    evening.type("before start")
    evening.press("tab", "i")
    let told = evening.lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(told.contains("start of the track, or the one before (:previous)"))
  }

  @Test("a long name in a question becomes shorter, not the words around it", arguments: [40, 80, 120])
  func longName(columns: Int) {
    var track = Evening.tracks[0]
    track.title = String(repeating: "W", count: 5000)
    var evening = Evening(columns: columns, rows: 24, tracks: [track])
    evening.press("l", "l", "b")
    evening.type("abc")
    let line = evening.lines[23]
    #expect(line.contains("Add “W") && line.contains("…” to: abc"), "\(line)")
  }

  @Test("the help narrowed down")
  func narrowed() {
    var evening = Evening(columns: 40, rows: 10)
    evening.press("?", "/")
    evening.type("louder")
    #expect(evening.lines[1].hasPrefix("  Keys and commands  louder"))
    #expect(evening.lines[3].hasPrefix("  +  ="))
    evening.type("x")
    #expect(evening.screen.contains("Nothing fits these words"))
  }

  @Test(
    "a sequence that waits shows what may follow, at every size", arguments: [(40, 10), (56, 16), (80, 24), (120, 40)])
  func waiting(columns: Int, rows: Int) {
    var evening = Evening(columns: columns, rows: rows)
    evening.press("g")
    #expect(evening.lines[rows - 1].hasPrefix(" g…  escape cancels"))
    #expect(evening.screen.contains("first row"))
    #expect(evening.screen.contains("Queue"))
    evening.run("set count-wait 250")
    evening.press("escape", "1", "0")
    #expect(evening.lines[rows - 1].hasPrefix(" 10…"))
  }

  @Test("the palette over the screen, with its keys")
  func palette() {
    var evening = Evening(columns: 80, rows: 24)
    evening.press("^p")
    evening.type("half a page")
    #expect(evening.screen.contains("┌─ Commands ─"))
    #expect(evening.screen.contains("▸ half a page down                    move half-down"))
    #expect(evening.lines.contains { $0.contains("half a page up") && $0.contains("^u │") })
    #expect(evening.lines[23] == " enter do it   escape close   down next")
  }

  @Test("the palette at 40×10: the whole body, words and keys")
  func smallPalette() {
    var evening = Evening(columns: 40, rows: 10)
    evening.press("^p")
    #expect(evening.lines[1].contains("Commands"))
    evening.type("page")
    #expect(evening.lines[2].contains("half a page down"))
    #expect(evening.lines[2].hasSuffix("^d"))
    #expect(evening.lines.count == 10)
  }

  @Test("a palette without anything that fits says so, and the menu has the row's name")
  func menu() {
    var evening = Evening(columns: 80, rows: 24)
    evening.press("^p")
    evening.type("xyzzy")
    #expect(evening.screen.contains("Nothing fits these words"))
    evening.press("escape", "M")
    #expect(evening.screen.contains("┌─ Aurora ─"))
  }

  @Test("a menu is as high as what it holds, and stays so while words are typed")
  func height() {
    var evening = Evening(columns: 120, rows: 40)
    evening.press("h", "M")
    func boxRows() -> Int {
      let top = evening.lines.firstIndex { $0.contains("┌─ Artists") } ?? 0
      return (evening.lines[top...].firstIndex { $0.contains("└") } ?? 0) - top - 1
    }
    #expect(boxRows() == 1 + evening.state.palette!.rows.count)
    evening = Evening(columns: 120, rows: 40)
    evening.press("^p")
    evening.type("half a page")
    let bottom = evening.lines.firstIndex { $0.contains("└") }
    evening.press("escape", "^p")
    #expect(evening.lines.firstIndex { $0.contains("└") } == bottom)
  }

  @Test("the palette is as wide as its longest row, where the screen is", arguments: [100, 120, 200])
  func width(columns: Int) {
    var evening = Evening(columns: columns, rows: 40)
    evening.press("^p")
    let rows = evening.state.palette!.rows
    for row in rows {
      #expect(evening.screen.contains("│▸ \(row.summary) "), "\(row.summary)")
      #expect(evening.lines.contains { $0.contains("│▸ \(row.summary) ") && $0.contains("\(row.keys) │") })
      evening.press("down")
    }
  }
}
