import Core
import Fixtures
import Foundation
import TUI
import Testing

@testable import App

@Suite("Configuration and settings")
struct SettingsTests {
  let directory = TemporaryDirectory()

  private func write(_ text: String) throws -> String {
    let path = directory.file("config")
    try replaceFile(path, with: Array(text.utf8), mode: 0o600)
    return path
  }

  @Test("the configuration is lines of the command language, with comments")
  func configuration() throws {
    let path = try write("# mine\n\n  theme light\nbind x next\nset cache-size 2G\n")
    let configuration = Configuration(path: path)
    #expect(configuration.problems.isEmpty)
    #expect(
      configuration.commands == [
        .theme("light"), .bind(KeyPlace(.character("x")), .next), .set(name: "cache-size", value: "2G"),
      ])
    #expect(configuration.commands.value(of: "cache-size") == "2G")
  }

  @Test("a line that is no command is told with its number; the others hold")
  func problems() throws {
    let configuration = Configuration(path: try write("next\nfly away\nvolume loud\n"))
    #expect(configuration.commands == [.next])
    #expect(configuration.problems.count == 2)
    #expect(configuration.problems[0].contains("line 2"))
    #expect(configuration.problems[1].contains("line 3"))
    #expect(configuration.notice == "\(configuration.problems[0]) “dulcet doctor” lists this and 1 more.")
  }

  @Test(
    "a setting that is none, or cannot be so, is told with its line and does not hold",
    arguments: [
      "set keymap foo", "set mouse maybe", "set output xyz", "set count-wait 99999", "set nosuch 3",
      "set pictures bogus", "set cache-size much", "set volume loud",
    ])
  func wrongSettings(line: String) throws {
    let configuration = Configuration(path: try write("# mine\n\(line)\nnext\n"))
    #expect(configuration.commands == [.next])
    #expect(configuration.problems.count == 1)
    #expect(configuration.problems.first?.hasPrefix("\(configuration.path), line 2: ") == true)
  }

  @Test("a key that can never come is told with its line")
  func unreachableKeys() throws {
    let configuration = Configuration(path: try write("bind x next\nbind ^i stop\nbind M-x mute\n"))
    #expect(configuration.commands.count == 1)
    #expect(configuration.problems.map { $0.contains("line 2: ") } == [true, false])
    #expect(configuration.problems.last?.contains("line 3: ") == true)
  }

  @Test("keys that a line hides are a note with its number, and no problem; each is told once")
  func hiddenKeys() throws {
    let configuration = Configuration(path: try write("\nbind queue ^x ^d clear\nbind queue ^x ^e stop\n"))
    #expect(configuration.problems.isEmpty)
    #expect(
      configuration.notes(under: []) == [
        "\(configuration.path), line 2: “queue ^x ^d” hides the usual key ^x there."
      ])
  }

  @Test(
    "settings that can be so are no problem",
    arguments: [
      "set keymap emacs", "set mouse off", "set output silent", "set output alsa:hw:0", "set count-wait 0",
      "set pictures off", "set cache-size 5G", "set theme any", "set equalizer off",
    ])
  func rightSettings(line: String) throws {
    let configuration = Configuration(path: try write(line))
    #expect(configuration.problems.isEmpty && configuration.commands.count == 1)
  }

  @Test("a theme that there is not is told with its line, and beside what else is wrong, in one notice at the start")
  func missingTheme() throws {
    let paths = Paths(environment: ["HOME": directory.path])
    try makeDirectory(paths.configuration)
    let text = "set theme nope\nset mouse maybe\nvolume 40\n"
    try replaceFile(paths.configurationFile, with: Array(text.utf8), mode: 0o600)
    let start = Beginning(paths: paths)
    let notices = start.messages.compactMap { if case .notice(let notice) = $0 { notice.text } else { nil } }
    let configured = start.messages.compactMap { if case .configured(let command) = $0 { command } else { nil } }
    #expect(notices.count == 1)
    #expect(notices.first?.contains("line 1: There is no theme “nope”") == true)
    #expect(notices.first?.hasSuffix("lists this and 1 more.") == true)
    #expect(!configured.contains { $0.themeName == "nope" } && configured.contains(.volume(.to(40))))
    var configuration = Configuration(path: paths.configurationFile)
    configuration.examineThemes(ThemeFiles(paths))
    #expect(configuration.problems.map { $0.contains("nope") } == [true, false])
  }

  @Test("no configuration is no problem; bytes that are no text do no harm")
  func absent() throws {
    #expect(Configuration(path: directory.file("none")).problems.isEmpty)
    let path = directory.file("bytes")
    try replaceFile(path, with: [0xff, 0xfe, 0x00, 0x0a, 0xc3], mode: 0o600)
    #expect(Configuration(path: path).commands.isEmpty)
  }

  @Test("what was set is there in the next run, and written only when it changed")
  func settings() throws {
    let path = directory.file("settings")
    var settings = SettingsFile(path: path)
    settings.set("volume", "70")
    settings.set("theme", "my theme")
    try settings.save()
    var again = SettingsFile(path: path)
    #expect(again.commands == [.theme("my theme"), .volume(.to(70))])
    again.set("volume", "70")
    try replaceFile(path, with: [], mode: 0o600)
    try again.save()
    #expect(try readFile(path) == [])
  }

  @Test("a settings file that cannot be written is an error with its reason")
  func unwritable() {
    var settings = SettingsFile(path: directory.file("none/settings"))
    settings.set("volume", "70")
    #expect(throws: FileError.self) { try settings.save() }
  }

  @Test("what could not be written is written as soon as it can be")
  func later() throws {
    let path = directory.file("later/settings")
    var settings = SettingsFile(path: path)
    settings.set("volume", "70")
    #expect(throws: FileError.self) { try settings.save() }
    try FileManager.default.createDirectory(atPath: directory.file("later"), withIntermediateDirectories: false)
    try settings.save()
    #expect(SettingsFile(path: path).commands == [.volume(.to(70))])
    #expect(settings.takeUnwritten() == nil)
  }

  @Test(
    "sizes are read with or without a unit",
    arguments: [("10G", 10_737_418_240), ("512M", 536_870_912), ("1.5k", 1536), ("4096", 4096), ("0", 0)])
  func sizes(text: String, bytes: Int64) { #expect(parseByteCount(text) == bytes) }

  @Test("what is no size is none", arguments: ["", "G", "ten", "-1G", "1e30", "5 apples", "nan", "inf", "9000000T"])
  func noSizes(text: String) { #expect(parseByteCount(text) == nil) }
}

@Suite("Places")
struct PathsTests {
  @Test("XDG variables are honoured when they are absolute")
  func xdg() {
    let paths = Paths(environment: ["HOME": "/home/a", "XDG_DATA_HOME": "/d", "XDG_CACHE_HOME": "relative"])
    #expect(paths.data == "/d/dulcet")
    #expect(paths.cache == "/home/a/.cache/dulcet")
    #expect(paths.configurationFile == "/home/a/.config/dulcet/config")
    #expect(paths.controlSocket == "/home/a/.local/state/dulcet/control")
  }

  @Test("a directory that cannot be made is an error with its reason")
  func unmakeable() throws {
    let directory = TemporaryDirectory()
    try replaceFile(directory.file("file"), with: [], mode: 0o600)
    #expect(throws: FileError.self) { try makeDirectory(directory.file("file/below")) }
    try makeDirectory(directory.file("a/b/c"))
    try makeDirectory(directory.file("a/b/c"))
  }
}
