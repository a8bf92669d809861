import TUI
import Testing

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
    Torture("a family of emoji", "👨‍👩‍👧", "👨", 2),
    Torture("skin tone", "👍🏽", "👍", 2),
    Torture("flag", "🇫🇷", "FR", 2),
    Torture("flag of tags", "🏴\u{E0067}\u{E0062}\u{E007F}", "🏴", 2),
    Torture("keycap", "1\u{FE0F}\u{20E3}", "1", 1),
    Torture("heart with emoji selector", "❤\u{FE0F}", "❤", 1),
    Torture("a mark on nothing", "\u{301}a", " a", 2),
    Torture("marks without end", "a" + String(repeating: "\u{301}", count: 50), "a\u{301}\u{301}\u{301}\u{301}", 1),
    Torture("unassigned", "a\u{378}b", "a\u{FFFD}b", 3),
    Torture("noncharacter", "a\u{FFFE}b", "a\u{FFFD}b", 3),
    Torture("no-break and thin spaces", "a\u{A0}b\u{2009}c", "a b c", 5),
    Torture("ideographic space", "a\u{3000}b", "a\u{3000}b", 4),
    Torture("Devanagari", "कि", "कि", 2),
    Torture("nothing", "", "", 0),
  ]

  @Test("text from outside is made safe and measured in columns", arguments: table)
  func torture(_ row: Torture) {
    #expect(Array(sanitize(row.raw).unicodeScalars) == Array(row.safe.unicodeScalars))
    #expect(columnWidth(of: row.raw) == row.columns)
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
