import TUI
import Testing

@Suite("Keys")
struct KeyTests {
  @Test("every key with a name reads back from how it is written")
  func roundTrip() {
    var keys: [Key] = Key.Name.allCases.map { .named($0) }
    keys += "azAZ019<>/?:;,.+-=^\"'\\éж夜".map { .character($0) }
    keys += "abcxyz".map { .control($0) } + "ax1".map { .alt($0) }
    for key in keys { #expect(Key(parsing: key.description) == key, "\(key)") }
  }

  @Test(
    "other spellings are understood",
    arguments: [
      ("ctrl-d", Key.control("d")), ("^D", .control("d")), ("Esc", .named(.escape)), ("PgUp", .named(.pageUp)),
      ("F5", .named(.f5)), ("return", .named(.enter)),
    ])
  func aliases(text: String, key: Key) {
    #expect(Key(parsing: text) == key)
  }

  @Test("what is no key is refused", arguments: ["", " ", "ab", "ctrl-", "hyper-x", "f13", "alt-xy"])
  func refused(text: String) {
    #expect(Key(parsing: text) == nil)
  }
}
