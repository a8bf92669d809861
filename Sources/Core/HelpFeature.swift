import TUI

/// The help's screen: the keymap as it really is.
package struct HelpState: Sendable {
  package internal(set) var top = 0
  var cameFrom = ScreenName.library

  mutating func fit(count: Int, height: Int) { top = max(0, min(top, count - height)) }

  mutating func move(_ motion: Motion, count: Int, height: Int) {
    switch motion {
    case .down: top += 1
    case .up: top -= 1
    case .top: top = 0
    case .bottom: top = count
    case .halfDown: top += height / 2
    case .halfUp: top -= height / 2
    case .pageDown: top += height
    case .pageUp: top -= height
    }
    fit(count: count, height: height)
  }
}

package enum HelpRow: Hashable, Sendable {
  case heading(String)
  case binding(keys: String, command: String, summary: String)
  case blank
}

extension AppState {
  /// Every command that has a key, by group, then the commands for the `:` line.
  package var helpRows: [HelpRow] {
    guard screen == .help else { return [] }
    var rows: [HelpRow] = []
    for group in CommandGroup.allCases {
      let commands = keymap.commands.filter { $0.group == group }
      guard !commands.isEmpty else { continue }
      if !rows.isEmpty { rows.append(.blank) }
      rows.append(.heading(group.rawValue))
      for command in commands {
        let keys = keymap.keys(for: command).map(\.description).joined(separator: "  ")
        rows.append(.binding(keys: keys, command: command.description, summary: command.summary))
      }
    }
    rows += [.blank, .heading("Also on the command line (:)")]
    return rows + HelpRow.commandLine
  }
}

extension HelpRow {
  fileprivate static let commandLine: [HelpRow] = [
    ("play WORDS", "search and play"), ("seek 1:30", "go to a time"), ("volume 80", "set the volume"),
    ("shuffle albums", "whole albums in random order"), ("consume", "take out of the queue what was heard"),
    ("stop-after queue", "do not repeat it once more"), ("replay-gain album", "even loudness: off, track, album"),
    ("preamp -3", "dB on top of it"), ("crossfade 4", "seconds; never within an album"),
    ("equalizer 3 2 1 0 0 0 0 1 2 3", "ten bands in dB, or a preset"), ("speed 1.25", "0.5 to 2, pitch kept"),
    ("loop 1:00 1:30", "repeat a part"), ("pause-fade 300", "milliseconds"),
    ("prefetch 2", "tracks to fetch ahead"), ("metered on", "fetch nothing ahead"),
    ("offline on", "no request leaves this computer"), ("place 5", "play number 5 of the queue"),
    ("panel lyrics", "or both, cover, queue, spectrum"), ("lyrics-offset 0.3", "seconds earlier, kept for the track"),
    ("pictures auto", "or off, symbols, kitty, sixel, iterm"), ("spectrum braille", "or bars"),
    ("spectrum-rate 15", "frames a second, at most 30; auto, off"),
    ("albums newest", "all albums in an order"), ("starred", "the starred tracks"), ("rate 4", "rate the row"),
    ("clear", "empty the queue"), ("theme NAME", "seventeen come along: dark, light, ocean… or your own"),
    ("settings", "accounts and settings"), ("details playing", "all that is known of what plays"),
    ("cancel", "end a sync, a scan, downloads"), ("time total", "the whole time, or what remains"),
    ("account", "choose the account"), ("login", "sign in to another server"),
    ("open FOLDER", "music of this computer"),
    ("demo", "the demo music"), ("sync", "synchronise now"), ("set NAME VALUE", "change a setting"),
    ("bind KEY COMMAND", "give a key a command"), ("unbind KEY", "take it away"),
  ].map { .binding(keys: ":" + $0.0, command: "", summary: $0.1) }
}
