import Testing

@testable import Music

@Suite("Folding")
struct FoldingTests {
  @Test(
    "takes case, marks and ligatures off letters",
    arguments: [
      ("Motörhead", "motorhead"), ("Ænima", "aenima"), ("ŁÓDŹ", "lodz"), ("Mø", "mo"), ("Straße", "strasse"),
      ("e\u{301}", "e"), ("Ёлка", "елка"), ("Ελληνικά", "ελληνικα"), ("ấ", "a"), ("東京の夜", "東京の夜"), ("Œuvre", "oeuvre"),
      ("が", "が"), ("", ""), ("Þórr", "þorr"), ("İstanbul", "istanbul"), ("42", "42"), ("夜Ночь한국", "夜ночь한국"),
      ("ỲṨ", "ys"), ("שלום", "שלום"), ("😀", "😀"),
    ])
  func fold(_ text: String, _ folded: String) { #expect(Folding.fold(text) == folded) }

  @Test("folds each letter alone as it does among others")
  func letters() {
    for value in (0x80...0x7FF).map({ UInt32($0) }) + [0x1E9E, 0x3042, 0x4E00, 0x9FFF, 0xAC00, 0xFF21, 0x1F600] {
      let letter = String(Unicode.Scalar(value)!)
      var folded = ""
      _ = Folding.append(Unicode.Scalar(value)!, to: &folded)
      #expect(Folding.fold("A\(letter)b") == "a\(folded)b")
    }
  }

  @Test(
    "sorts names without article and leading signs, unless nothing else is left",
    arguments: [
      ("The Beatles", "beatles"), ("Die Ärzte", "arzte"), ("Les Rita Mitsouko", "rita mitsouko"), ("The The", "the"),
      ("The", "the"), ("Theodor", "theodor"), ("...And Justice", "and justice"), ("A-ha", "a-ha"), ("!!!", "!!!"),
      ("  spaced", "spaced"), ("", ""), ("The !!!", "the !!!"), ("A Perfect Circle", "perfect circle"),
    ])
  func sortKey(_ name: String, _ key: String) { #expect(Folding.sortKey(name) == key) }

  @Test("spells out only the words that need it, each once")
  func spelled() {
    #expect(Folding.spelled("plain words") == "")
    #expect(Folding.spelled("MØ and Mø", "Ænima", "Ночь") == "mo aenima")
  }
}
