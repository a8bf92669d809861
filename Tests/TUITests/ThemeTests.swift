import Foundation
import Testing

@testable import TUI

@Suite("Themes")
struct ThemeTests {
  @Test("a theme that was adapted answers as it did, and changes are not lost on it")
  func lookup() throws {
    for (place, role) in Role.allCases.enumerated() { #expect(role.ordinal == place) }
    for (place, sign) in Sign.allCases.enumerated() { #expect(sign.ordinal == place) }
    var theme = Theme.plain.adapted(to: .direct)
    for role in Role.allCases { #expect(theme[role] == Theme.plain[role]) }
    for sign in Sign.allCases { #expect(theme[sign] == Theme.plain[sign]) }
    #expect(theme == Theme.plain)
    theme.styles[.star] = Style(foreground: .indexed(3))
    theme.signs[.star] = "x"
    #expect(theme[.star].foreground == .indexed(3))
    #expect(theme[Sign.star] == "x")
  }

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
    #expect(throws: ThemeError(theme: "t", line: line, fault: fault)) { try Theme(name: "t", parsing: text) }
  }

  @Test("a theme inherits roles, signs and names of colours, and its own names count in what it inherits")
  func inheriting() throws {
    let parent =
      "$ground = #000000\n$ink = #ffffff\ntext = $ink on $ground\ncursor = $ground on $ink / red\nsigns = heavy"
    let child = "inherit = parent\n$ink = #808080\ndim = red\n[signs]\nstar = ♥\nmarked =\n"
    let theme = try Theme(name: "child", parsing: child) { $0 == "parent" ? parent : nil }
    #expect(theme[.text] == Style(foreground: .rgb(128, 128, 128), background: .rgb(0, 0, 0)))
    #expect(theme[.cursor].background == .rgb(128, 128, 128))
    #expect(theme.fewColours[.cursor] == Style(foreground: .indexed(1)))
    #expect(theme[.dim].foreground == .indexed(1))
    #expect(theme[Sign.vertical] == "┃")
    #expect(theme[Sign.star] == "♥")
    #expect(theme[Sign.marked] == " ")
    #expect(theme.lineage == ["parent", "child"])
  }

  @Test("a fault of an ancestor names the ancestor and its line")
  func faultsOfAncestors() throws {
    func faults(_ texts: [String: String]) -> ThemeError? {
      do throws(ThemeError) { _ = try Theme(name: "a", parsing: texts["a"]!) { texts[$0] } } catch { return error }
      return nil
    }
    #expect(faults(["a": "text = red\ninherit = b"]) == ThemeError(theme: "a", line: 2, fault: .noSuchTheme("b")))
    #expect(
      faults(["a": "inherit = b", "b": "\ntext = blu"]) == ThemeError(theme: "b", line: 2, fault: .unknownColour("blu"))
    )
    #expect(
      faults(["a": "inherit = b", "b": "# b\ninherit = a"])
        == ThemeError(theme: "b", line: 2, fault: .inheritsItself("a")))
    #expect(faults(["a": "inherit = a"]) == ThemeError(theme: "a", line: 1, fault: .inheritsItself("a")))
    #expect(faults(["a": "inherit ="]) == ThemeError(theme: "a", line: 1, fault: .noSuchTheme("")))
  }

  @Test(
    "what is wrong with signs is told with its line",
    arguments: [
      ("signs = baroque", 1, ThemeError.Fault.unknownSigns("baroque")), ("[sings]", 1, .unknownSection("sings")),
      ("[signs]\nmoon = o", 2, .unknownSign("moon")), ("[signs]\nstar = 夜", 2, .notOneColumn("夜")),
      ("[signs]\nstar = ab", 2, .notOneColumn("ab")), ("[signs]\n[roles]\nstar = none", 3, .unknownColour("none")),
    ])
  func signFaults(text: String, line: Int, fault: ThemeError.Fault) {
    #expect(throws: ThemeError(theme: "t", line: line, fault: fault)) { try Theme(name: "t", parsing: text) }
  }

  @Test("lines may end as on other systems")
  func lineEnds() throws {
    let theme = try Theme(name: "t", parsing: "# x\r\ntext = red\r\n\r\ndim = blue\r\n")
    #expect(theme[.text].foreground == .indexed(1))
    #expect(theme[.dim].foreground == .indexed(4))
    #expect(throws: ThemeError(theme: "t", line: 3, fault: .notAnAssignment)) {
      try Theme(name: "t", parsing: "text = red\r\n\r\nnonsense\r\n")
    }
  }

  @Test("every sign of every set is one column wide, and those of ASCII are ASCII", arguments: Signs.Base.allCases)
  func signs(base: Signs.Base) {
    for sign in Sign.allCases {
      let text = Signs(base)[sign]
      #expect(columnWidth(of: text) == 1, "\(sign)")
      #expect(sanitize(text) == text)
      if base == .ascii { #expect(text.utf8.allSatisfy { $0 < 0x7F }) }
    }
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../themes").standardized

  static let bundled: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".theme") }.map { String($0.dropLast(6)) }.sorted()
  }()

  static func text(_ name: String) -> String? {
    try? String(contentsOf: folder.appending(path: "\(name).theme"), encoding: .utf8)
  }

  static func load(_ name: String) throws -> Theme {
    try Theme(name: name, parsing: try #require(text(name)), ancestor: text)
  }

  @Test("a dozen themes and more come along")
  func dozen() { #expect(Self.bundled.count >= 15) }

  @Test("the themes that come along are sound, and each looks like no other", arguments: bundled)
  func sound(name: String) throws {
    let theme = try Self.load(name)
    for other in Self.bundled where other != name { #expect(try Self.load(other).styles != theme.styles) }
    #expect(theme[.cursor] != theme[.text])
    #expect(theme[.cursorUnfocused] != theme[.text])
    #expect(theme[.cursorUnfocused] != theme[.cursor])
  }

  private static let read: [Role] = [
    .text, .tabCurrent, .headingFocused, .cursor, .cursorUnfocused, .marked, .current, .barTitle, .notice, .warning,
    .error, .prompt, .field, .fieldFocused, .key, .match, .popup, .popupTitle, .badge, .modeOn, .lyricCurrent, .offline,
    .online, .panel, .lyric,
  ]
  private static let glanced: [Role] = [
    .dim, .tab, .brand, .heading, .star, .cached, .barText, .barMode, .artist, .album, .time, .number, .lyricPast,
    .played, .progress, .spectrumLow, .spectrumMiddle, .spectrumHigh,
  ]

  @Test(
    "what is to be read has a contrast of 4.5 at least, what is glanced at 3", arguments: bundled,
    [ColourDepth.palette, .direct])
  func contrasts(name: String, depth: ColourDepth) throws {
    let theme = try Self.load(name).adapted(to: depth)
    for role in Self.read { if let contrast = theme[role].contrast { #expect(contrast >= 4.5, "\(role)") } }
    for role in Self.glanced { if let contrast = theme[role].contrast { #expect(contrast >= 3, "\(role)") } }
    for role in [Role.disabled, .scrollbar, .fetched, .popupBorder] {
      if let contrast = theme[role].contrast { #expect(contrast >= 1.9, "\(role)") }
    }
    for role in [Role.border, .missing] {
      if let contrast = theme[role].contrast { #expect(contrast >= 1.25, "\(role)") }
    }
  }

  @Test("high contrast is seven to one", arguments: ["contrast-dark", "contrast-light"])
  func highContrast(name: String) throws {
    let theme = try Self.load(name)
    for role in Self.read + Self.glanced { #expect(theme[role].contrast ?? 0 >= 7, "\(role)") }
  }

  @Test(
    "no theme hides text: its colour and its ground differ at every depth",
    arguments: bundled, [ColourDepth.eight, .sixteen, .palette, .direct])
  func readable(name: String, depth: ColourDepth) throws {
    let theme = try Self.load(name).adapted(to: depth)
    for role in Role.allCases {
      let style = theme[role]
      let isOnOwnGround = style.background != .standard
      #expect(isOnOwnGround ? style.foreground != style.background && style.foreground != .standard : true, "\(role)")
    }
    #expect(theme[.cursor] != theme[.text])
    #expect(theme[.cursorUnfocused] != theme[.text])
  }

  @Test(
    "with few colours they are read on a terminal’s white ground as on a black one: they have a ground of their own, or no colour that drowns in either",
    arguments: bundled, [ColourDepth.eight, .sixteen])
  func anyGround(name: String, depth: ColourDepth) throws {
    let theme = try Self.load(name).adapted(to: depth)
    // Black, white, and what is as bright as white.
    let drowning = [0, 7, 10, 11, 14, 15].map { Colour.indexed($0) }
    for role in Self.read + Self.glanced where theme[role].background == .standard {
      #expect(!drowning.contains(theme[role].foreground), "\(role)")
    }
  }

  private static let manyColours: [UInt8] = {
    var bytes: [UInt8] = []
    for pixel in 0..<4000 {
      let (red, green, blue) = (pixel % 251, pixel / 7 % 256, pixel / 16 % 256)
      bytes += [UInt8(red), UInt8(green), UInt8(blue), 255]
    }
    return bytes
  }()

  @Test("a theme takes the colours of a cover, and all that is read stays readable")
  func covers() throws {
    let theme = try Self.load("cover")
    #expect(theme.followsCover)
    #expect(try !Self.load("dark").followsCover)
    let pictures: [[UInt8]] = [
      [255, 0, 0, 255], [0, 0, 0, 255], [255, 255, 255, 255], [0, 0, 255, 255, 255, 255, 0, 255], [250, 240, 10, 255],
      Self.manyColours,
    ]
    for picture in pictures {
      let palette = try #require(CoverPalette(rgba: picture))
      #expect(palette.accents.count == 4)
      let tinted = theme.tinted(by: palette)
      #expect(tinted[.text].background == palette.ground)
      for role in [Role.text, .key, .current, .headingFocused, .notice, .cursor, .cursorUnfocused, .popupTitle] {
        #expect(tinted[role].contrast ?? 0 >= 4.4, "\(role) \(picture.prefix(4))")
      }
    }
    #expect(CoverPalette(rgba: []) == nil)
    #expect(CoverPalette(rgba: [9, 9, 9, 0]) == nil)
    #expect(try Self.load("dark").tinted(by: try #require(CoverPalette(rgba: [1, 2, 3, 255]))) == Self.load("dark"))
  }

  @Test("without a locale of Unicode, signs are ASCII")
  func plainSigns() throws {
    let theme = try Self.load("ocean").adapted(to: .direct, isASCII: true)
    #expect(theme[Sign.horizontal] == "-")
    #expect(theme[.text] == (try Self.load("ocean"))[.text])
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
    let blue = Style(foreground: .indexed(12), background: .indexed(0))
    #expect(blue.reduced(to: .eight).foreground == .indexed(6), "dark blue cannot be read on black")
    let black = Style(foreground: .indexed(0), background: .indexed(3), attributes: .bold)
    #expect(black.reduced(to: .sixteen).attributes == [], "bold black is dark grey in many terminals")
    #expect(black.reduced(to: .palette).attributes == .bold)
    #expect(Style(foreground: .indexed(12), background: .indexed(7)).reduced(to: .eight).foreground == .indexed(4))
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
