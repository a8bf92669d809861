import Core
import Music
import TUI
import Testing

@Suite("Commands")
struct CommandTests {
  static let all: [Command] =
    [
      .play(nil), .play("dark side"), .play(""), .play(" two "), .play("say \"hi\""), .play("\"quoted\""),
      .play("back\\slash"), .play("line\nbreak\r\n"), .pause(.toggle), .pause(.on), .pause(.off), .stop, .next,
      .previous, .seek(.by(5)), .seek(.by(-30)), .seek(.to(0)), .seek(.to(90)), .seek(.percent(50)), .volume(.to(80)),
      .volume(.by(5)), .volume(.by(-5)), .shuffle(nil), .shuffle(.off), .shuffle(.tracks), .shuffle(.albums),
      .repeatMode(nil), .repeatMode(.one),
      .repeatMode(.off), .back, .jump, .activate, .add, .addNext, .mark, .remove, .reorder(.up), .star, .starPlaying,
      .rate(0),
      .rate(5), .clear, .search(nil), .search("é b"), .prompt(nil), .prompt("play "), .starred, .playlistNew(nil),
      .playlistNew("Évening \"slow\""), .playlistRename(nil), .playlistRename("x"), .playlistDelete,
      .playlistDescribe(.comment(nil)), .playlistDescribe(.comment("for \"rain\"")), .playlistDescribe(.comment("")),
      .playlistDescribe(.publish(.toggle)), .playlistDescribe(.publish(.off)), .playlistAdd(nil),
      .playlistAdd("Road trip"), .login, .account(nil), .account("anna@host"), .open("/home/a b/Music "), .demo,
      .synchronize, .theme(nil), .theme("dark"), .set(name: "cache-size", value: "10 GiB"),
      .set(name: "x", value: " y "), .bind(KeyPlace(.control("d")), .move(.halfDown)),
      .bind(KeyPlace(.character("x"), in: .queue), .play("a b")),
      .bind(KeyPlace(.named(.pageUp)), .bind(KeyPlace(.alt("x")), .quit)), .unbind(KeyPlace(.character("q"))),
      .bind(KeyPlace([.control("x"), .control("s")]), .next),
      .bind(KeyPlace([.character("u"), .character("p")]), .next),
      .unbind(KeyPlace([.character("g"), .character("g")])), .status, .queue, .redraw, .suspend,
      .quit, .radio(.play("Radio One")), .radio(.add(streamURL: "http://a/b", name: nil)),
      .radio(.add(streamURL: "http://a/b", name: "My \"own\" one ")), .radio(.rename(nil)), .radio(.rename("x y")),
      .radio(.remove),
    ] + Motion.allCases.map { .move($0) } + PaneMotion.allCases.map { .pane($0) }
    + ScreenName.allCases.map { .view($0) }
    + HistoryCommand.allCases.map { .history($0) } + OutboxCommand.allCases.map { .outbox($0) }
    + resume.map { .resume($0) } + editing.map { .editing($0) } + AlbumSort.allCases.map { .albums($0) }
    + sound.map { .sound($0) }
    + modes.map { .mode($0) } + hand.map { .hand($0) } + files.map { .keeping($0) }

  static let files: [KeepingCommand] = [
    .importList("/a b/list.m3u8", name: nil), .importList("/a b/list.m3u8", name: "Night \"train\""),
    .importList("list", name: "Night"), .importList("a.m3u b", name: nil), .importList("a.m3u b.json", name: nil),
    .importList("\"odd\" .m3u", name: " x "), .exportList("/a b/x.xspf"), .exportNamed("Night train /a b/x.json"),
  ]

  static let resume: [ResumeCommand] = [
    .bookmark, .removeBookmark, .bookmarks, .goOn(TrackID(7)), .fetchQueue, .saveQueue, .keepQueue(.toggle),
    .keepQueue(.on),
  ]

  static let editing: [EditingCommand] =
    [
      .range, .markAll, .markOthers, .unmark, .yank(.unnamed), .yank(Register("a")!), .cut(.unnamed),
      .cut(Register("Z")!), .put(before: false, .unnamed), .put(before: true, .unnamed),
      .put(before: true, Register("b")!), .put(before: false, Register("c")!), .registers, .name, .again, .editor,
      .lines(.all, .remove), .lines(.marked, nil), .lines(.matching("a/b\\ c", inverted: true), .playlistAdd("x y")),
      .arrange(.sort([ListOrder(.year, isDescending: true), ListOrder(.album)])), .arrange(.reverse),
      .arrange(.shuffle),
      .arrange(.dedupe), .arrange(.split(7)), .arrange(.merge("Road trip")),
    ]

  static let sound: [SoundCommand] =
    [
      .mute(.toggle), .mute(.on), .replayGain(nil), .preamp(-3.5), .preamp(0), .preamp(0.3), .crossfade(4),
      .crossfade(0.5), .equalizer(nil), .equalizer(.gains([3, -1.5, 0, 0, 12, -12, 0.25, 0, 0, 0])), .speed(.to(1.25)),
      .speed(.to(1)), .speed(.by(0.05)), .speed(.by(-0.1)), .loop(.mark), .loop(.off), .loop(.between(60_000, 90_500)),
      .loop(.between(0, 3_600_001)), .pauseFade(300), .path, .device(nil), .device("hw:CARD=PCH,DEV=0"),
    ] + ReplayGainMode.allCases.map { .replayGain($0) }
    + Equalizer.presetNames.map { .equalizer(.preset($0)) }

  static let hand: [HandCommand] = [
    .row(.to(10)), .row(.by(5)), .row(.by(-5)), .find("a b"), .hit(.next), .hit(.previous), .palette, .menu, .keys(nil),
    .keys(.queue),
  ]

  static let modes: [ModeCommand] =
    [
      .stopAfter(nil), .consume(.toggle), .consume(.off), .sleep(nil), .sleep(.off), .sleep(.track), .sleep(.album),
      .sleep(.after(1800)), .sleep(.after(3600)), .sleep(.after(95)), .prefetch(0), .prefetch(10), .metered(.on),
    ] + StopPoint.allCases.map { .stopAfter($0) }

  @Test("every command prints as text that reads back as itself", arguments: all)
  func roundTrip(command: Command) throws {
    #expect(!command.description.isEmpty)
    #expect(command.description.split(whereSeparator: \.isNewline).count == 1)
    #expect(try Command(parsing: command.description) == command)
  }

  @Test(
    "commands are read as people write them",
    arguments: [
      ("  next  ", Command.next), ("seek 1:30", .seek(.to(90))), ("seek 1:02:03", .seek(.to(3723))),
      ("seek +1:00", .seek(.by(60))), ("volume 80%", .volume(.to(80))), ("pause", .pause(.toggle)),
      ("help", .view(.help)), ("radio", .view(.radio)), ("play \"a b\"", .play("a b")),
      ("play don't stop", .play("don't stop")),
      ("add   next", .addNext), ("shuffle on", .shuffle(.tracks)), ("preamp +3 dB", .sound(.preamp(3))),
      ("crossfade 2,5s", .sound(.crossfade(2.5))), ("equalizer off", .sound(.equalizer(.preset("flat")))),
      ("speed 1.5x", .sound(.speed(.to(1.5)))), ("speed -0.1", .sound(.speed(.by(-0.1)))),
      ("loop 1:00 1:30.25", .sound(.loop(.between(60_000, 90_250)))), ("sleep 30", .mode(.sleep(.after(1800)))),
      ("sleep 1:30", .mode(.sleep(.after(5400)))), ("sleep 90s", .mode(.sleep(.after(90)))),
      ("sleep 2h", .mode(.sleep(.after(7200)))), ("star playing", .starPlaying),
      ("bind ^d move half-down", .bind(KeyPlace(.control("d")), .move(.halfDown))),
      ("bind gg move top", .bind(KeyPlace([.character("g"), .character("g")]), .move(.top))),
      ("bind g g move top", .bind(KeyPlace([.character("g"), .character("g")]), .move(.top))),
      ("bind queue ^x space stop", .bind(KeyPlace([.control("x"), .named(.space)], in: .queue), .stop)),
      ("unbind library gg", .unbind(KeyPlace([.character("g"), .character("g")], in: .library))),
    ])
  func reading(text: String, command: Command) throws {
    #expect(try Command(parsing: text) == command)
  }

  @Test(
    "what is no command is refused with its reason",
    arguments: [
      "", "   ", "nonsense", "next now", "seek", "seek x", "seek 1:2:3:4", "seek 1::2", "seek -", "seek 101%",
      "seek 99999999999999999999", "volume", "volume loud", "volume 101", "volume -9223372036854775808", "volume +",
      "shuffle maybe",
      "move", "move sideways", "view", "view nothing", "rate", "rate 6", "rate -1", "add later", "playlist",
      "playlist burn", "playlist delete now", "open", "set", "set x", "bind", "bind x", "bind x nonsense",
      "mute loudly", "replay-gain disc", "preamp", "preamp 16", "preamp nan", "preamp 1e1", "preamp 0x3",
      "crossfade 13",
      "crossfade -1", "equalizer heavy", "equalizer 1 2 3", "equalizer 1 2 3 4 5 6 7 8 9 13", "speed 0.4", "speed 2.1",
      "speed +9", "speed fast", "speed inf", "loop 1:00", "loop 1:30 1:00", "loop a b", "loop 1: 2:",
      "loop 0:01.1234 2",
      "pause-fade -1", "pause-fade 9000", "sound now", "stop-after lunch", "consume maybe", "sleep soon", "sleep 0",
      "sleep 25h", "sleep -5", "sleep 1:2:3", "sleep 99999999999999", "prefetch 11", "prefetch", "metered 3",
      "import", "import \"\"", "playlist import", "playlist export", "playlist export Night", "radio play", "radio add",
      "radio remove it", "radio louder", "star everything", "bind toolong quit", "unbind",
      "unbind toolong", "unbind queue", "bind queue", "bind queue d", "bind g escape next", "row", "row x", "find",
      "hit", "keys nowhere", "palette now", "albums sideways", "repeat twice",
      "quit please",
    ])
  func refusing(text: String) {
    let error = #expect(throws: CommandError.self) { try Command(parsing: text) }
    #expect(error?.sentence.hasSuffix(".") == true)
  }

  @Test(
    "keys that no terminal sends, and other programs' notations, are refused with what to write",
    arguments: [
      ("bind ^i next", "tab"), ("bind ctrl-m next", "enter"), ("bind ^j next", "enter"),
      ("bind queue ^h next", "backspace"),
      ("bind ^x ^i next", "tab"), ("bind ^1 next", "^ with a letter"), ("unbind ^[", "escape"),
      ("bind M-x mute", "alt-x"), ("bind C-a stop", "^a"), ("bind a-v stop", "alt-v"), ("bind S-x stop", "X"),
      ("bind ^x C-s stop", "^s"), ("bind C-i stop", "tab"),
    ])
  func unreachableKeys(text: String, remedy: String) {
    let error = #expect(throws: CommandError.self) { try Command(parsing: text) }
    #expect(error?.sentence.contains(remedy) == true)
  }

  @Test("letters around a hyphen can be bound one by one, and read back")
  func hyphens() throws {
    let command = try Command(parsing: "bind a - v stop")
    #expect(command == .bind(KeyPlace([.character("a"), .character("-"), .character("v")]), .stop))
    #expect(try Command(parsing: command.description) == command)
    #expect(try Command(parsing: "bind g-x stop").description == "bind g-x stop")
  }

  @Test(
    "an import takes a name behind the file, as from the shell",
    arguments: [
      ("import /a/list.m3u8 Night train", "/a/list.m3u8", "Night train"), ("import my list.XSPF", "my list.XSPF", nil),
      ("playlist import my list.json Night", "my list.json", "Night"), ("import \"a list\" Night", "a list", "Night"),
      ("import \"a.m3u b\"", "a.m3u b", nil), ("playlist import a list", "a list", nil),
      ("import a.m3u \"Night\"", "a.m3u", "Night"), ("import \"half a.m3u x", "\"half a.m3u x", nil),
    ] as [(String, String, String?)])
  func importing(text: String, file: String, name: String?) throws {
    #expect(try Command(parsing: text) == .keeping(.importList(file, name: name)))
  }

  @Test("a command that is not there is told with the one that was probably meant")
  func meant() {
    let error = #expect(throws: CommandError.self) { try Command(parsing: "pase") }
    #expect(error?.sentence == "There is no command “pase”. Did you mean “pause”?")
  }

  @Test("every name that completion offers begins a command")
  func names() {
    for name in Command.names {
      do { _ = try Command(parsing: name) } catch .unknown { Issue.record("\(name)") } catch {}
    }
  }

  @Test("the keymap holds every key that the help promises")
  func keymap() {
    let expected: [(String, String)] = [
      ("j", "move down"), ("k", "move up"), ("gg", "move top"), ("G", "move bottom"), ("^d", "move half-down"),
      ("^u", "move half-up"), ("down", "move down"), ("up", "move up"), ("h", "pane left"), ("l", "pane right"),
      ("tab", "pane next"), ("enter", "activate"), ("a", "add"), ("A", "add next"), ("space", "pause"),
      ("<", "previous"), (">", "next"), ("left", "seek -5"), ("right", "seek +5"), ("+", "volume +5"),
      ("-", "volume -5"), ("s", "shuffle"), ("r", "repeat"), ("/", "search"), (":", "prompt"), ("?", "view help"),
      ("d", "remove"), ("J", "reorder down"), ("K", "reorder up"), ("f", "star"), ("q", "quit"),
      ("1", "view library"), ("2", "view queue"), ("3", "view playlists"), ("4", "view search"),
      ("5", "view downloads"),
      ("6", "view history"), ("gv", "library"), ("&", "filter"), ("go", "sort"),
      ("7", "view radio"), ("w", "pin"),
      ("m", "mute"), ("[", "speed -0.05"), ("]", "speed +0.05"), ("X", "stop-after"), ("S", "stop"),
      ("b", "playlist add"), ("^p", "palette"), ("n", "hit next"), ("L", "loop"), ("z", "sleep"),
      ("e", "equalizer"), ("O", "device"), ("I", "sound"), ("F", "star playing"),
    ]
    for (key, command) in expected {
      #expect(Keymap.standard[KeyPlace(parsing: key)!]?.description == command, "\(key)")
    }
  }

  @Test("a binding of the listener's own replaces the usual one, and shows in the help")
  func binding() {
    var listener = Listener()
    listener.run("bind n next")
    listener.run("bind q stop")
    listener.run("unbind S")
    listener.run("view help")
    let rows = listener.state.helpRows
    #expect(rows.contains(.binding(keys: ">  n", command: "next", summary: "next track")))
    #expect(rows.contains(.binding(keys: "q", command: "stop", summary: "stop")))
    #expect(listener.press("q") == [])
  }
}
