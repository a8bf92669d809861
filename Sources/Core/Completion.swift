import Music
import TUI

// What can follow on the command line.

extension AppState {
  /// Whole lines that begin with this text.
  package func completions(of line: String) -> [String] {
    let start = String(line.drop { $0.isWhitespace })
    guard let space = start.firstIndex(of: " ") else { return Command.names.filter { $0.hasPrefix(start) } }
    let name = String(start[..<space])
    let rest = start[space...].drop { $0.isWhitespace }
    if name == "bind", let lines = completionsOfBinding(String(rest)) { return lines }
    let typed = singleSpaced(rest)
    return arguments(of: name).filter { singleSpaced($0).hasPrefix(typed) }.map { "\(name) \($0)" }
  }

  private func arguments(of name: String) -> [String] {
    switch name {
    case "theme": themeNames
    case "account": accounts.list.map(\.name)
    case "view": words(ScreenName.self)
    case "move": words(Motion.self)
    case "pane": words(PaneMotion.self)
    case "albums": words(AlbumSort.self)
    case "library": words(LibraryView.self)
    case "sort": ["off"] + words(TrackOrder.Column.self)
    case "filter": ["off"]
    case "smart": ["edit", "freeze"]
    case "repeat": words(RepeatMode.self)
    case "shuffle": words(ShuffleMode.self)
    case "pause", "mute", "consume", "metered", "announce": ["on", "off"]
    case "panel": PanelCommand.panelWords
    case "pictures": words(PictureChoice.self)
    case "spectrum": words(SpectrumStyle.self)
    case "spectrum-rate": ["auto", "off", "10", "15", "30"]
    case "replay-gain": words(ReplayGainMode.self)
    case "equalizer": Equalizer.presetNames
    case "loop": ["off"]
    case "stop-after": words(StopPoint.self)
    case "sleep": ["15m", "30m", "1h", "track", "album", "off"]
    case "star", "details": ["playing"]
    case "time": words(TimeDisplay.self)
    case "cancel": activities.list.map(\.id.rawValue)
    case "device": [player.output?.device].compactMap(\.self)
    case "set": AppState.settingNames + settingValues
    case "keys", "unbind": words(ScreenName.self)
    case "bind": words(ScreenName.self)
    case "hit": words(HandCommand.Hit.self)
    case "radio": ["play", "add", "rename", "remove"] + radio.stations.rows.map { "play \($0.name)" }
    case "reorder": words(Direction.self)
    case "add": ["next"]
    case "queue": ["fetch", "save"]
    case "pin": ["on", "off", "starred", "starred off"]
    case "downloads": words(DownloadsAction.self)
    case "playlist":
      [
        "new", "rename", "comment", "publish", "delete", "add", "sort", "reverse", "shuffle", "dedupe", "split",
        "merge", "import", "export",
      ] + playlistsToAddTo.map { "add \($0)" }
    default: []
    }
  }

  /// What a key is to do; nil where no key stands there yet. A letter may be one more key, or begin a command: the command
  /// is looked for first.
  private func completionsOfBinding(_ rest: String) -> [String]? {
    var left = rest[...]
    func takesWord(_ isWanted: (String) -> Bool) -> Bool {
      let word = left.prefix { $0 != " " }
      guard word.endIndex < left.endIndex, isWanted(String(word)) else { return false }
      left = left[word.endIndex...].drop { $0 == " " }
      return true
    }
    _ = takesWord { ScreenName(rawValue: $0) != nil }
    guard takesWord({ keySequence($0) != nil }) else { return nil }
    repeat {
      let found = completions(of: String(left))
      if !found.isEmpty { return found.map { "bind \(rest.dropLast(left.count))\($0)" } }
    } while takesWord { Key(parsing: $0) != nil }
    return []
  }

  /// `NAME VALUE` for what has its values in words.
  private var settingValues: [String] {
    let hands = KeymapPreset.allCases.map { "keymap \($0.rawValue)" } + ["mouse on", "mouse off", "count-wait 0"]
    return hands
      + ["theme", "repeat", "shuffle", "replay-gain", "equalizer", "consume", "metered", "panel", "pictures"].flatMap {
        name in arguments(of: name).map { "\(name) \($0)" }
      }
  }

  private func words<Word: RawRepresentable & CaseIterable>(_: Word.Type) -> [String] where Word.RawValue == String {
    Word.allCases.map(\.rawValue)
  }
}

/// In small letters: a space behind the one that completion adds is a habit of many hands.
private func singleSpaced(_ text: some StringProtocol) -> String {
  let words = text.split { $0.isWhitespace }.joined(separator: " ").lowercased()
  return text.last?.isWhitespace == true && !words.isEmpty ? words + " " : words
}

extension Command {
  /// Whether this begins a command that cannot stand without a further word.
  static func needsWord(after line: String) -> Bool {
    do {
      _ = try Command(parsing: line)
      return false
    } catch {
      switch error {
      case .missing, .invalid("", _, _): return true
      default: return false
      }
    }
  }
}
