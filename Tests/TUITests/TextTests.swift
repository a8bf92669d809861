import Testing

@testable import TUI

/// One line of the torture table: what comes from outside, what may be drawn, how many columns it takes.
struct Torture: Sendable, CustomTestStringConvertible {
  let name: String
  let raw: String
  let safe: String
  let columns: Int
  init(_ name: String, _ raw: String, _ safe: String, _ columns: Int) {
    self.name = name
    self.raw = raw
    self.safe = safe
    self.columns = columns
  }
  var testDescription: String { name }
}

@Suite("Text")
struct TextTests {
  static let table: [Torture] = [
    Torture("plain", "Hello", "Hello", 5),
    Torture("accents", "Señorita Łona", "Señorita Łona", 13),
    Torture("decomposed accents", "Sen\u{303}or", "Sen\u{303}or", 5),
    Torture("wide", "夜の音楽", "夜の音楽", 8),
    Torture("halfwidth katakana", "ｶﾞ", "ｶﾞ", 2),
    Torture("fullwidth latin", "Ａ１", "Ａ１", 4),
    Torture("Hangul", "한글", "한글", 4),
    Torture("conjoining Hangul", "\u{1112}\u{1161}\u{11AB}", "한", 2),
    Torture("escape sequence", "a\u{1B}[31mred\u{1B}[0m", "a[31mred[0m", 11),
    Torture("C1 control sequence introducer", "a\u{9B}31mb", "a31mb", 5),
    Torture("bell, delete, null", "a\u{7}\u{7F}\u{0}b", "ab", 2),
    Torture("lines and tabs", "a\nb\tc\r\nd\u{2028}e", "a b c  d e", 10),
    Torture("bidi overrides", "abc\u{202E}def\u{202C}\u{2066}g\u{2069}", "abcdefg", 7),
    Torture("bidi marks", "a\u{200E}\u{200F}\u{61C}b", "ab", 2),
    Torture("Hebrew", "שלום", "שלום", 4),
    Torture("Arabic with marks", "فَيْرُوز", "فَيْرُوز", 5),
    Torture("zero-width space, joiners and soft hyphen", "a\u{200B}b\u{200C}c\u{AD}d\u{FEFF}", "abcd", 4),
    Torture("a family of emoji", "👨‍👩‍👧", "👨‍👩‍👧", 2),
    Torture("a kiss with two tones", "👩🏻‍❤️‍💋‍👨🏿", "👩🏻‍❤️‍💋‍👨🏿", 2),
    Torture("a sequence longer than any font", "👨‍👩‍👧‍👦‍👨‍👩", "👨‍👩‍👧‍👦‍👨", 2),
    Torture("a joiner that joins nothing", "👨\u{200D}x", "👨x", 3),
    Torture("joined to a letter", "a\u{200D}👨", "a👨", 3),
    Torture("profession", "🧑🏽‍🚒", "🧑🏽‍🚒", 2),
    Torture("skin tone", "👍🏽", "👍🏽", 2),
    Torture("skin tone on what has no skin", "🍎🏽", "🍎", 2),
    Torture("skin tone alone", "🏽", "🏽", 2),
    Torture("flag", "🇫🇷", "🇫🇷", 2),
    Torture("two flags and a half", "🇫🇷🇯🇵🇩", "🇫🇷🇯🇵D", 5),
    Torture(
      "flag of tags", "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}x",
      "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}x", 3),
    Torture("tags on an apple, and unended", "🍎\u{E0067}\u{E007F}🏴\u{E0067}", "🍎🏴", 4),
    Torture("rainbow flag", "🏳️‍🌈", "🏳️‍🌈", 2),
    Torture("keycap", "1\u{FE0F}\u{20E3}", "1\u{FE0F}\u{20E3}", 2),
    Torture("keycap without selector", "#\u{20E3}", "#\u{FE0F}\u{20E3}", 2),
    Torture("keycap on a letter", "a\u{20E3}", "a", 1),
    Torture("heart with emoji selector", "❤\u{FE0F}", "❤\u{FE0F}", 2),
    Torture("heart with text selector", "❤\u{FE0E}", "❤", 1),
    Torture("watch with text selector", "⌚\u{FE0E}", "⌚\u{FE0E}", 2),
    Torture("watch with emoji selector", "⌚\u{FE0F}", "⌚", 2),
    Torture("selector on a letter", "a\u{FE0F}b\u{FE0E}", "ab", 2),
    Torture("selector on a digit", "7\u{FE0F}", "7", 1),
    Torture(
      "emoji of Unicode 14 to 17", "\u{1FAF6}\u{1FAE8}\u{1FAE9}\u{1FAC8}", "\u{1FAF6}\u{1FAE8}\u{1FAE9}\u{1FAC8}", 8),
    Torture("text emoji and arrows", "© ↔ ☺", "© ↔ ☺", 5),
    Torture("mark on an emoji", "👍\u{301}", "👍", 2),
    Torture("a mark on nothing", "\u{301}a", " a", 2),
    Torture(
      "marks without end", "a" + String(repeating: "\u{301}", count: 50), "a" + String(repeating: "\u{301}", count: 6),
      1),
    Torture("unassigned", "a\u{378}b", "a\u{FFFD}b", 3),
    Torture("noncharacter", "a\u{FFFE}b", "a\u{FFFD}b", 3),
    Torture("no-break and thin spaces", "a\u{A0}b\u{2009}c", "a b c", 5),
    Torture("ideographic space", "a\u{3000}b", "a\u{3000}b", 4),
    Torture("Devanagari", "कि", "कि", 2),
    Torture("Devanagari conjunct", "क्षत्रिय", "क्षत्रिय", 6),
    Torture("Tamil", "நிலா", "நிலா", 4),
    Torture("Thai", "ที่นี่", "ที่นี่", 2),
    Torture("Persian with a non-joiner", "می\u{200C}خواهم", "می\u{200C}خواهم", 7),
    Torture("old Hangul", "\u{1113}\u{1161}", "\u{1113}\u{1161}", 2),
    Torture("Hangul filler", "a\u{3164}\u{FFA0}b", "ab", 2),
    Torture("a vowel of Hangul alone", "\u{1161}", " ", 1),
    Torture("grapheme joiner", "a\u{34F}b", "ab", 2),
    Torture("zalgo", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙a", "Z͑ͫ̓ͪ̂ͫa", 2),
    Torture("only combining marks", "\u{301}\u{302}\u{303}", " ", 1),
    Torture("byte order mark", "\u{FEFF}a", "a", 1),
    Torture("Han of a far plane", "𠮷𰻞", "𠮷𰻞", 4),
    Torture("Yijing", "䷀☰", "䷀☰", 4),
    Torture("script capitals", "𝓜𝓾", "𝓜𝓾", 2),
    Torture("nothing", "", "", 0),
  ]

  @Test("text from outside is made safe and measured in columns", arguments: table)
  func torture(_ row: Torture) {
    #expect(Array(sanitize(row.raw).unicodeScalars) == Array(row.safe.unicodeScalars))
    #expect(columnWidth(of: row.raw) == row.columns)
  }

  @Test(
    "where terminals disagree, a glyph says so",
    arguments: [
      ("夜の한글", [true, true, true, true]), ("é😀", [true, true]), ("❤\u{FE0F}", [false]), ("👨‍👩‍👧a", [false, true]),
      ("👍🏽", [false]), ("🇫🇷", [false]), ("1\u{FE0F}\u{20E3}", [false]), ("\u{1FAE8}", [false]),
      ("क्ष", [false, true]), ("कि", [false]), ("ที่", [true]),
    ])
  func certainty(text: String, sure: [Bool]) { #expect(glyphs(of: text).map(\.isSure) == sure) }

  @Test("ten thousand flags, marks or letters cost no more than what is seen of them")
  func long() {
    for unit in ["🇫🇷", "\u{301}", "夜", "👨‍👩‍👧", "क्", "x\u{301}"] {
      let text = String(repeating: unit, count: 10_000)
      #expect(columnWidth(of: truncated(text, to: 40)) <= 40)
      #expect(glyphs(of: text, columns: 40).count <= 42)
    }
  }

  @Test("what Swift knows as one character is never wider than its parts, and never longer than the room")
  func everyWide() {
    for value in stride(from: UInt32(0x80), through: 0x3FFFF, by: 1) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let glyphs = glyphs(of: String(scalar))
      if !glyphs.allSatisfy({ (1...2).contains($0.width) }) { Issue.record("U+\(String(value, radix: 16))") }
      let isPicture = scalar.properties.isEmojiPresentation && !(0x1F1E6...0x1F1FF).contains(value)
      if isPicture, glyphs.first?.width != 2 { Issue.record("U+\(String(value, radix: 16)) is an emoji") }
    }
  }

  @Test("letters that are read the short way are what the long way makes of them")
  func plainLetters() {
    var count = 0
    for value in UInt32(0x20)...0xFFFF {
      guard let scalar = Unicode.Scalar(value), let width = plainWidth(of: scalar) else { continue }
      var composer = GlyphComposer(limit: 8)
      composer.add([scalar])
      count += 1
      if composer.glyphs != [Glyph(text: String(scalar), width: width)] {
        Issue.record("U+\(String(value, radix: 16))")
      }
    }
    #expect(count > 20_000)
  }

  @Test("making safe text safe again changes nothing", arguments: table)
  func idempotent(_ row: Torture) {
    let once = sanitize(row.raw)
    #expect(Array(sanitize(once).unicodeScalars) == Array(once.unicodeScalars))
  }

  @Test("no scalar there is gets through as a control, an escape or a bidi control")
  func everyScalar() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for result in sanitize("x" + String(scalar)).unicodeScalars {
        let category = result.properties.generalCategory
        if category == .control || category == .format { Issue.record("U+\(String(value, radix: 16))") }
      }
    }
  }

  @Test(
    "cutting keeps columns and leaves an ellipsis",
    arguments: [
      ("Hello", 5, "Hello"), ("Hello", 4, "Hel…"), ("Hello", 1, "…"), ("Hello", 0, ""), ("夜の音楽", 8, "夜の音楽"),
      ("夜の音楽", 7, "夜の音…"), ("夜の音楽", 6, "夜の…"), ("a夜", 2, "a…"), ("夜", 1, "…"), ("", 3, ""),
    ])
  func cutting(text: String, columns: Int, expected: String) {
    #expect(truncated(text, to: columns) == expected)
    #expect(columnWidth(of: truncated(text, to: columns)) <= columns)
  }

  @Test("filling up counts columns, not characters")
  func filling() {
    #expect(padded("夜", to: 4) == "夜  ")
    #expect(padded("夜の音楽", to: 6) == "夜の… ")
    #expect(padded("abc", to: 3) == "abc")
  }

  @Test("long text breaks at spaces, and a long word is cut")
  func breaking() {
    #expect(wrapped("the quick brown fox", to: 9) == ["the quick", "brown fox"])
    #expect(wrapped("incomprehensible word", to: 6) == ["incom…", "word"])
    #expect(wrapped("", to: 5) == [])
    #expect(wrapped("abc", to: 0) == [])
  }
}
