import Music
import Testing

@Suite("Lyrics")
struct LyricsTests {
  private func times(_ text: String) -> [Double] {
    Lyrics(text: text, source: .file).lines.map { $0.time.map { $0 / .milliseconds(1) } ?? -1 }
  }

  @Test("lines with times are ordered, several times are several lines, tags are no lines")
  func lrc() {
    let lyrics = Lyrics(
      text: """
        \u{FEFF}[ti:Song]
        [ar:Someone]
        [length: 02:13]

        [00:20.5]third
        [00:10.00][00:30.000] chorus <00:10.50> with <00:11.00> words
        [00:01.2]first
        no time
        """, source: .file)
    #expect(lyrics.isSynced)
    #expect(lyrics.lines.map(\.text) == ["first", "chorus with words", "third", "chorus with words"])
    #expect(lyrics.lines.map(\.time) == [.milliseconds(1200), .seconds(10), .milliseconds(20500), .seconds(30)])
  }

  @Test(
    "times are read as they are written",
    arguments: [
      ("[00:00.00]x", [0.0]), ("[1:2]x", [62_000]), ("[01:02.3]x", [62_300]), ("[01:02.345]x", [62_345]),
      ("[01:02:34]x", [62_340]), ("[1:00:00.5]x", [3_600_500]), ("[120:00.00]x", [7_200_000]), ("[00:61.00]x", [-1]),
      ("[aa:bb]x", [-1]), ("[-1:00]x", [-1]), ("[00:00.1234]x", [-1]), ("[99999999999999:00]x", [-1]),
      ("[Chorus]", [-1]),
      ("[offset:+500]\n[00:02.00]x", [1500]), ("[offset:-500]\n[00:02.00]x", [2500]),
      ("[offset:9000]\n[00:02.00]x", [0]),
      ("[offset:x]\n[00:02.00]x", [2000]), ("[offset:99999999999999999999]\n[00:02]x", [2000]),
    ])
  func readTimes(text: String, expected: [Double]) { #expect(times(text) == expected) }

  @Test("plain text keeps its lines, its verses, and what stands in brackets")
  func plain() {
    let lyrics = Lyrics(text: "\n\n[Chorus]\r\none <3 two\r\n\r\nthree\n\n", source: .server)
    #expect(!lyrics.isSynced)
    #expect(lyrics.lines.map(\.text) == ["[Chorus]", "one <3 two", "", "three"])
    #expect(lyrics.line(at: .seconds(10)) == nil)
    #expect(lyrics.nextChange(after: .zero) == nil)
  }

  @Test("nothing is nothing", arguments: ["", "\n\n", "[ti:x]\n[ar:y]", "[00:01.00]\n[00:02.00]  "])
  func empty(text: String) { #expect(Lyrics(text: text, source: .file).isEmpty) }

  @Test("the line that is sung, and when the next begins")
  func following() {
    let lyrics = Lyrics(text: "[00:10]a\n[00:20]b\n[00:20]c\n[00:30]d", source: .file)
    let at = { (seconds: Double) in lyrics.line(at: .seconds(seconds)) }
    #expect([0, 9.99, 10, 19.9, 20, 29, 30, 999].map(at) == [nil, nil, 0, 0, 2, 2, 3, 3])
    #expect(lyrics.line(at: .seconds(9), offset: .seconds(1)) == 0)
    #expect(lyrics.line(at: .seconds(10), offset: .milliseconds(-1)) == nil)
    #expect(lyrics.nextChange(after: .zero) == .seconds(10))
    #expect(lyrics.nextChange(after: .seconds(10)) == .seconds(20))
    #expect(lyrics.nextChange(after: .seconds(10), offset: .seconds(2)) == .seconds(18))
    #expect(lyrics.nextChange(after: .seconds(30)) == nil)
  }

  @Test("what is written is read back the same")
  func roundTrip() {
    for text in ["[00:01.500]a\n[01:02.003]夜の\n[100:00.000]b", "one\n\ntwo", "[00:01.000]"] {
      let lyrics = Lyrics(text: text, source: .file)
      #expect(lyrics.text == text)
      #expect(Lyrics(text: lyrics.text, source: .file) == lyrics)
    }
  }

  @Test("without end is cut")
  func endless() {
    let lyrics = Lyrics(
      text: String(repeating: "[00:01.00]\(String(repeating: "x", count: 3000))\n", count: 9000), source: .file)
    #expect(lyrics.lines.count == Lyrics.mostLines)
    #expect(lyrics.lines.allSatisfy { $0.text.count == Lyrics.longestLine })
  }
}
