import Foundation
import TUI
import Testing

@Suite("Themes")
struct ThemeTests {
  @Test("a theme's text gives roles their colours")
  func parsing() throws {
    let theme = try Theme(
      name: "t",
      parsing: """
        # a comment
        $night = #15161e

        text = #c8cbdd on $night
        cursor = bright-white on 24 bold underline / black on cyan
        dim = default
        """)
    #expect(theme[.text] == Style(foreground: .rgb(0xC8, 0xCB, 0xDD), background: .rgb(0x15, 0x16, 0x1E)))
    #expect(
      theme[.cursor]
        == Style(foreground: .indexed(15), background: .indexed(24), attributes: [.bold, .underline]))
    #expect(theme[.dim] == .plain)
    #expect(theme[.error] == theme[.text])
    #expect(theme.fewColours[.cursor] == Style(foreground: .indexed(0), background: .indexed(6)))
  }

  @Test(
    "what is wrong in a theme is told with its line",
    arguments: [
      ("text", 1, ThemeError.Fault.notAnAssignment), ("\n\nnonsense = red", 3, .unknownRole("nonsense")),
      ("text = #12345", 1, .unknownColour("#12345")), ("text = #12345g", 1, .unknownColour("#12345g")),
      ("text = 256", 1, .unknownColour("256")), ("text = $none", 1, .unknownColour("$none")),
      ("text = red bald", 1, .unknownWord("bald")), ("text = ", 1, .missingColour),
      ("text = red on", 1, .missingColour), ("text = red / ", 1, .missingColour), ("$a =", 1, .missingColour),
      ("# fine\n$a = red blue", 2, .unknownWord("blue")),
    ])
  func faults(text: String, line: Int, fault: ThemeError.Fault) {
    #expect(throws: ThemeError(line: line, fault: fault)) { try Theme(name: "t", parsing: text) }
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../themes").standardized

  @Test("the themes that come along are sound and name every role", arguments: ["dark", "light", "sixteen"])
  func bundled(name: String) throws {
    let text = try String(contentsOf: Self.folder.appending(path: "\(name).theme"), encoding: .utf8)
    let theme = try Theme(name: name, parsing: text)
    #expect(Set(theme.styles.keys) == Set(Role.allCases))
  }

  @Test(
    "no theme hides text: its colour and its ground differ at every depth",
    arguments: ["dark", "light", "sixteen"], [ColourDepth.eight, .sixteen, .palette, .direct])
  func readable(name: String, depth: ColourDepth) throws {
    let text = try String(contentsOf: Self.folder.appending(path: "\(name).theme"), encoding: .utf8)
    let theme = try Theme(name: name, parsing: text).adapted(to: depth)
    for role in Role.allCases {
      let style = theme[role]
      let isOnOwnGround = style.background != .standard
      #expect(isOnOwnGround ? style.foreground != style.background && style.foreground != .standard : true, "\(role)")
    }
    #expect(theme[.cursor] != theme[.text])
    #expect(theme[.cursorUnfocused] != theme[.text])
  }

  @Test("without colours, attributes alone tell the roles apart")
  func monochrome() {
    let theme = Theme(name: "t", styles: [.cursor: Style(foreground: .indexed(1))]).adapted(to: .none)
    for role in Role.allCases {
      #expect(theme[role].foreground == .standard)
      #expect(theme[role].background == .standard)
    }
    #expect(theme[.cursor].attributes.contains(.reverse))
    #expect(theme[.cursor] != theme[.cursorUnfocused])
  }

  @Test("colours are reduced to the nearest that a terminal has")
  func reduction() {
    #expect(Colour.rgb(255, 0, 0).reduced(to: .palette) == .indexed(196))
    #expect(Colour.rgb(8, 8, 8).reduced(to: .palette) == .indexed(232))
    #expect(Colour.rgb(250, 5, 5).reduced(to: .sixteen) == .indexed(9))
    #expect(Colour.indexed(196).reduced(to: .sixteen) == .indexed(9))
    #expect(Colour.rgb(1, 2, 3).reduced(to: .none) == .standard)
    #expect(Style(foreground: .indexed(9)).reduced(to: .eight).foreground == .indexed(1))
    #expect(Style(foreground: .indexed(8)).reduced(to: .eight) == Style(attributes: .faint))
  }

  @Test(
    "depths follow what terminfo says",
    arguments: [
      (-1, ColourDepth.none), (8, .eight), (16, .sixteen), (88, .sixteen), (256, .palette), (16_777_216, .direct),
    ])
  func depths(colours: Int, depth: ColourDepth) {
    #expect(ColourDepth(colours: colours) == depth)
  }
}
