import Music

// Every command there is, for the palette: those with a key, those without, those that want an argument.

extension AppState {
  var allCommands: [PaletteRow] {
    var seen: Set<String> = []
    let bound = keymap.commands.map { paletteRow($0) }
    let others = AppState.unboundLines.compactMap { try? Command(parsing: $0) }.map { paletteRow($0) }
    let ready = (bound + others + named).filter { seen.insert($0.line).inserted }
    return (ready + AppState.incomplete).filter { row in
      (try? Command(parsing: row.line)).map { !isRefused($0) } ?? true
    }
  }

  /// Themes and accounts by name.
  private var named: [PaletteRow] {
    themeNames.map { PaletteRow(summary: "theme \($0)", keys: "", line: "theme \($0)") }
      + accounts.list.map { PaletteRow(summary: "account \($0.name)", keys: "", line: "account \($0.name)") }
  }

  /// Commands whose words are known.
  private static let unboundLines: [String] =
    Command.names.filter { !needsArgument($0) }
    + lines("view", ScreenName.self) + lines("move", Motion.self) + lines("pane", PaneMotion.self)
    + lines("albums", AlbumSort.self) + lines("repeat", RepeatMode.self) + lines("shuffle", ShuffleMode.self)
    + lines("stop-after", StopPoint.self) + lines("replay-gain", ReplayGainMode.self)
    + lines("downloads", DownloadsAction.self) + lines("set keymap", KeymapPreset.self)
    + ["15m", "30m", "1h", "track", "album", "off"].map { "sleep " + $0 }
    + Equalizer.presetNames.map { "equalizer " + $0 } + (0...5).map { "rate \($0)" }
    + [
      "pin starred", "loop off", "speed 1", "playlist new", "playlist rename", "playlist delete", "playlist add",
      "playlist comment", "playlist publish",
      "radio rename", "radio remove",
    ]

  private static func lines<Word: RawRepresentable & CaseIterable>(_ name: String, _: Word.Type) -> [String]
  where Word.RawValue == String { Word.allCases.map { "\(name) \($0.rawValue)" } }

  /// Commands that need words of the listener's: they go to the command line.
  private static let incomplete: [PaletteRow] =
    described.map { PaletteRow(summary: $0.1, keys: "", line: $0.0, needsArgument: true) }
    + Command.names.filter { name in needsArgument(name) && !described.contains { $0.0 == name } }
    .map { PaletteRow(summary: $0, keys: "", line: $0, needsArgument: true) }

  private static let described = [
    ("play", "search and play"), ("seek", "go to a time"), ("volume", "set the volume"),
    ("preamp", "dB on top of replay gain"), ("crossfade", "crossfade in seconds"), ("speed", "playing speed"),
    ("pause-fade", "fade of a pause in milliseconds"), ("prefetch", "how many tracks are fetched ahead"),
    ("sleep", "sleep timer of any length"), ("rate", "rate the row"), ("row", "go to a row"),
    ("find", "find a row of this list"), ("search", "search for words"), ("open", "music in a folder"),
    ("playlist new", "new playlist of a name"), ("playlist add", "add the row to a playlist by name"),
    ("radio play", "play a station by name"), ("radio add", "add a radio station by its address"),
    ("playlist", "sort, split, merge, rename… a playlist"), ("radio", "play, add, rename or remove a station"),
    ("smart", "change a smart playlist, or freeze it"), ("import", "a playlist from a file"),
    ("export", "this playlist, or the queue, into a file"), ("place", "play a number of the queue"),
    ("move", "move the cursor"), ("pane", "go to another column"), ("view", "go to another screen"),
    ("reorder", "move the row up or down"), ("hit", "go to the next row that was searched for"),
    ("forget", "let go of tracks that the server has no more"), ("pictures", "how covers are drawn"),
    ("spectrum", "spectrum in bars or dots"), ("spectrum-rate", "frames a second of the spectrum"),
    ("lyrics-offset", "lyrics earlier or later"),
    ("set", "change a setting"), ("bind", "give keys a command"), ("unbind", "take a key away"),
  ]

  /// Whether a command cannot stand alone.
  private static func needsArgument(_ name: String) -> Bool { (try? Command(parsing: name)) == nil }
}
