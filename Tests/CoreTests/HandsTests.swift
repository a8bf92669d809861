import Core
import Music
import TUI
import Testing

@Suite("Hands: sequences, counts, presets, the palette and the help")
struct HandsTests {
  /// A listener with ten tracks in the queue, on its screen.
  private func queueing() -> Listener {
    var listener = Listener()
    for _ in 0..<4 { listener.run("add") }
    listener.run("set count-wait 250")
    listener.run("view queue")
    listener.effects = []
    return listener
  }

  @Test("a sequence waits for its next key, tells what may follow, and escape cancels it")
  func sequences() {
    var listener = queueing()
    listener.press("G", "g")
    #expect(listener.state.pending.keys == [.character("g")])
    #expect(listener.state.queueList.cursor == 19)
    let followers = listener.state.keymap.followers(of: [.character("g")], in: .queue)
    #expect(followers.contains { $0.rest.keysText == "l" && $0.command == .view(.library) })
    listener.press("g")
    #expect(listener.state.queueList.cursor == 0)
    #expect(listener.state.pending.isWaiting == false)
    listener.press("g", "escape", "j")
    #expect(listener.state.queueList.cursor == 1)
    listener.press("g", "l")
    #expect(listener.state.screen == .library)
    listener.press("g", "Z", "j")
    #expect(listener.state.library.artists.list.cursor == 1)
  }

  @Test("a number before a key says how often, how far, or which row")
  func counts() {
    var listener = queueing()
    listener.press("5", "j")
    #expect(listener.state.queueList.cursor == 5)
    listener.press("2", "k")
    #expect(listener.state.queueList.cursor == 3)
    listener.press("1", "0", "G")
    #expect(listener.state.queueList.cursor == 9)
    listener.press("1", "2", "g", "g")
    #expect(listener.state.queueList.cursor == 11)
    listener.press("9", "0", "9", "9", "9", "9", "9", "j")
    #expect(listener.state.queueList.cursor == 19)
    let moved = listener.state.queue.entries[19].id
    listener.press("3", "K")
    #expect(listener.state.queue.entries[16].id == moved)
    listener.press("g", "g", "3", "d")
    #expect(listener.queued.count == 17)
    listener.press("1", "0", "escape", "j")
    #expect(listener.state.queueList.cursor == 1)
    listener.run("play")
    listener.press("2", ">")
    #expect(listener.state.queue.currentIndex == 2)
    listener.press("4", "-")
    #expect(listener.state.player.volume == 80)
  }

  @Test("a digit shows its screen at once; a key that takes a number right behind it acts where it was pressed")
  func digits() {
    var listener = queueing()
    listener.press("1")
    #expect(listener.state.screen == .library)
    #expect(listener.state.pending.isWaiting == false)
    listener.press("j")
    #expect(listener.state.screen == .queue)
    #expect(listener.state.queueList.cursor == 1)
    listener.press("1", "2", "j")
    #expect(listener.state.queueList.cursor == 13)
    listener.press("4", "k")
    #expect(listener.state.screen == .queue)
    #expect(listener.state.queueList.cursor == 9)
    listener.press("1")
    listener.wait(for: .count)
    listener.press("j")
    #expect(listener.state.screen == .library)
    #expect(listener.state.library.artists.list.cursor == 1)
    listener.press("2", "enter")
    #expect(listener.state.screen == .queue)
    #expect(listener.playing != nil)
    listener.run("set count-wait 0")
    listener.press("1", "2", "g", "g", "j")
    #expect(listener.state.screen == .queue)
    #expect(listener.state.queueList.cursor == 1)
  }

  @Test("a binding of one view stands over the general one there, and only there")
  func views() {
    var listener = queueing()
    listener.run("bind queue j jump")
    listener.run("unbind queue k")
    listener.press("G", "k")
    #expect(listener.state.queueList.cursor == 19)
    listener.press("j")
    #expect(listener.notice == "Nothing is playing.")
    listener.run("view library")
    listener.press("escape", "j")
    #expect(listener.state.library.artists.list.cursor == 1)
    listener.press("k")
    #expect(listener.state.library.artists.list.cursor == 0)
  }

  @Test("of two bindings that hide one another the later one holds")
  func hiding() {
    var keymap = Keymap.standard
    keymap.bind(KeyPlace(parsing: "g")!, to: .jump)
    #expect(keymap.find([.character("g")], in: .queue) == .command(.jump))
    #expect(keymap[KeyPlace(parsing: "gg")!] == nil)
    keymap.bind(KeyPlace(parsing: "g x")!, to: .stop)
    #expect(keymap.find([.character("g")], in: .queue) == .waits)
    #expect(keymap.find([.character("g"), .character("x")], in: .queue) == .command(.stop))
  }

  @Test("what a preset binds is what the same line of the configuration binds", arguments: KeymapPreset.allCases)
  func presetLines(preset: KeymapPreset) throws {
    let keymap = preset.keymap
    #expect(keymap.lines().count > 100)
    for line in keymap.lines() {
      guard case .bind(let place, let command) = try Command(parsing: line) else {
        Issue.record("\(line)")
        continue
      }
      #expect(keymap[place] == command && keymap.places(of: command).contains(place), "\(line)")
    }
  }

  @Test(
    "presets change the keys of their namesakes and leave the listener's own alone", arguments: KeymapPreset.allCases)
  func presets(preset: KeymapPreset) {
    var listener = Listener()
    listener.run("bind Z quit")
    listener.run("unbind space")
    #expect(listener.run("set keymap \(preset.rawValue)") == [.saveSetting(name: "keymap", value: preset.rawValue)])
    #expect(listener.state.keymap[KeyPlace(parsing: "Z")!] == .quit)
    #expect(listener.state.keymap[KeyPlace(parsing: "space")!] == nil)
    #expect(listener.state.keymap.keys(for: .quit).contains("^c"))
    #expect(listener.state.keymap.keys(for: .hand(.palette)).isEmpty == false)
    let again = Keymap(after: [.set(name: "keymap", value: preset.rawValue), .bind(KeyPlace(.character("Z")), .quit)])
    #expect(again.find([.character("Z")], in: .queue) == .command(.quit))
  }

  @Test("the lines that a keymap prints make the same keymap again")
  func lines() throws {
    for preset in KeymapPreset.allCases {
      var keymap = Keymap()
      for line in preset.keymap.lines() {
        guard case .bind(let place, let command) = try Command(parsing: line) else { continue }
        keymap.bind(place, to: command)
      }
      #expect(keymap.lines() == preset.keymap.lines())
    }
    #expect(Keymap.standard.lines(for: .queue).contains("bind j move down"))
  }

  @Test("lines of a configuration that undo others are told")
  func conflicts() {
    var conflicts = KeymapConflicts()
    func note(_ text: String, _ line: Int) -> String? { conflicts.note(try! Command(parsing: text), line: line) }
    #expect(note("bind g l view library", 1) == nil)
    #expect(note("bind queue g jump", 2) == nil)
    #expect(note("bind g jump", 3) == "“g” hides “gl”, which begins with it: line 1 no longer holds.")
    #expect(note("bind g stop", 4) == "“g” is bound in line 3 already; this line holds.")
    #expect(note("unbind g", 5) == nil)
    #expect(note("bind g stop", 6) == nil)
  }

  @Test("the palette finds commands by words, by their first letters, and runs them")
  func palette() {
    var listener = Listener()
    listener.press("^p")
    listener.type("stop-after track")
    #expect(listener.state.palette?.chosen?.line == "stop-after track")
    listener.press("enter")
    #expect(listener.state.palette == nil)
    #expect(listener.state.modes.stopAfter == .track)
    listener.press("^p")
    listener.type("qu")
    #expect(listener.state.palette?.rows.contains { $0.line == "quit" && $0.keys == "q  ^c" } == true)
    listener.press("^u")
    listener.type("shfl")
    #expect(listener.state.palette?.rows.first?.line.hasPrefix("shuffle") == true)
    listener.press("^u")
    listener.type("xyzzy")
    #expect(listener.state.palette?.rows == [])
    #expect(listener.press("enter") == [])
    listener.press("escape")
    #expect(listener.state.palette == nil)
  }

  @Test(
    "keys of the keymap that a binding hides are told; one that is replaced is not, nor one that was taken away",
    arguments: [
      (["bind g stop"], "“g” hides the usual keys g/, ga, gd, gf, gg, "),
      (["bind queue ^x ^d clear"], "“queue ^x ^d” hides the usual key ^x there."),
      (["bind queue g stop"], "“queue g” hides the usual keys g/, ga, gd, gf, gg, "),
      (["bind j x quit"], "“jx” hides the usual key j."),
      (["set keymap emacs", "bind ^x stop"], "“^x” hides the usual keys ^x ^c, ^x b, ^x c, "),
    ])
  func hiddenKeys(lines: [String], note: String) throws {
    let commands = try lines.map { try Command(parsing: $0) }
    var hidden = HiddenKeys(under: commands)
    let notes = commands.compactMap { hidden.note($0) }
    #expect(notes.count == 1 && notes.first?.hasPrefix(note) == true, "\(notes)")
  }

  @Test(
    "what a binding replaces or no longer hides is not told",
    arguments: [
      ["bind j stop"], ["bind gg stop"], ["bind queue gg clear"], ["bind gz clear", "bind gy stop"],
      ["unbind ^x", "bind ^x ^d clear"], ["unbind queue ^x", "bind queue ^x ^d clear"],
      ["set keymap cmus", "bind g stop"], ["unbind q", "set volume 30"],
    ])
  func keysNotHidden(lines: [String]) throws {
    let commands = try lines.map { try Command(parsing: $0) }
    var hidden = HiddenKeys(under: commands)
    #expect(commands.compactMap { hidden.note($0) } == [])
  }

  @Test("a command that needs an argument goes from the palette to the command line")
  func argument() {
    var listener = Listener()
    listener.press("^p")
    listener.type("crossfade in")
    listener.press("enter")
    #expect(listener.state.prompt?.field.text == "crossfade ")
  }

  @Test("every line of the palette is a command or wants an argument")
  func paletteLines() throws {
    var listener = Listener()
    listener.press("^p")
    let rows = listener.state.palette!.rows
    #expect(rows.count > 100)
    #expect(Set(rows.map(\.line)).count >= rows.count - 10)
    for row in rows where !row.needsArgument { _ = try Command(parsing: row.line) }
    // A theme, an account and a preset say all in their names.
    for row in rows where row.needsArgument { #expect(row.summary != row.line, "\(row.line)") }
    for name in Command.names {
      let line = (try? Command(parsing: name))?.description ?? name
      #expect(rows.contains { $0.line.hasPrefix(line) }, "\(name)")
    }
  }

  @Test("the menu of a row holds what can be done with it")
  func menu() {
    var listener = queueing()
    listener.press("M")
    #expect(listener.state.palette?.title == "One")
    listener.type("remove")
    listener.press("enter")
    #expect(listener.queued.count == 19)
  }

  @Test("the menu of a view, a group or a setting has its name, and offers only what can be done with it")
  func menusElsewhere() {
    var listener = Listener()
    func menu() -> (title: String?, lines: [String]) {
      listener.press("M")
      defer { listener.press("escape") }
      return (listener.state.palette?.title, listener.state.palette?.rows.map(\.line) ?? [])
    }
    listener.press("h")
    #expect(menu() == ("Artists", ["activate"]))
    listener.press("M")
    #expect(listener.state.palette?.rows.first?.summary == "open the view")
    listener.press("enter")
    #expect(listener.state.library.focus == .artists)
    listener.run("library folder")
    #expect(!menu().lines.contains("remove") && menu().lines.contains("add"))
    listener.press("8", "j")
    #expect(menu() == ("Sign in", ["activate"]))
    listener.press("j")
    #expect(menu() == ("theme", ["activate"]))
    listener.press("k", "k")
    #expect(menu() == (Listener.account.name, ["remove"]))
  }

  @Test("the help is narrowed by words, and Enter does what the row says")
  func help() {
    var listener = queueing()
    listener.press("?", "/")
    listener.type("nothing all")
    #expect(listener.state.helpRows.filter(\.isCommand).count == 1)
    listener.press("enter")
    #expect(listener.state.screen == .queue)
    #expect(listener.state.queue.repeatMode == .all)
    listener.press("?", "/")
    listener.type("bind keys")
    listener.press("enter")
    #expect(listener.state.prompt?.field.text == "bind ")
    listener.press("escape", "?", "/")
    listener.type("louder")
    listener.press("escape")
    #expect(listener.state.help.field.text == "")
    listener.press("escape", "escape")
    #expect(listener.state.screen == .queue)
  }

  @Test("the help's cursor stands on commands only")
  func helpCursor() {
    var listener = Listener()
    listener.press("?")
    for key in ["j", "j", "G", "k", "^u", "^d", "g", "g", "^f", "^f", "^b", "k"] {
      listener.press(key)
      #expect(listener.state.helpRows[listener.state.help.list.cursor].isCommand)
    }
  }

  @Test("keys are told to the shell, and shown by the player")
  func keys() {
    var listener = Listener()
    let told = listener.send(.command(.hand(.keys(.queue)), replyTo: ReplyToken(1)))
    guard case .reply(_, .words(let text))? = told.first else {
      Issue.record("no words")
      return
    }
    #expect(text.contains("bind gg move top"))
    listener.run("keys queue")
    #expect(listener.state.screen == .help)
    #expect(listener.state.help.view == .queue)
  }

  @Test("n and N go to the rows that have the words; without any N makes a playlist")
  func hits() {
    var listener = queueing()
    listener.run("find five")
    #expect(listener.state.queueList.cursor == 4)
    listener.press("n")
    #expect(listener.state.queueList.cursor == 9)
    listener.press("N", "N")
    #expect(listener.state.queueList.cursor == 19)
    listener.run("find nothing of that kind")
    #expect(listener.notice == "No row here has “nothing of that kind”.")
    listener.press("escape", "escape", "N")
    #expect(listener.state.prompt?.label == "Name of the new playlist: ")
  }

  @Test("a paste never acts as keys")
  func paste() {
    var listener = queueing()
    let before = listener.state.queueList
    #expect(listener.send(.key(.paste("dd\nq\n:quit\n"))) == [])
    #expect(listener.state.queueList == before)
    listener.press(":")
    #expect(listener.send(.key(.paste("quit\nquit\r\n"))) == [])
    #expect(listener.state.prompt?.field.text == "quit quit")
    listener.press("escape", "g")
    listener.send(.key(.paste("g")))
    #expect(listener.state.pending.isWaiting == false)
  }
}
