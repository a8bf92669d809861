import Core

/// What `dulcet help` prints.
let helpText = """
  dulcet – a terminal music player that goes on when the network does not

  usage: dulcet [--plain | --headless] [--offline] [--output alsa[:DEVICE]|silent|wav:FILE]
         dulcet login ADDRESS [--user NAME] [--password-stdin | --password-command COMMAND]
         dulcet login --also ADDRESS [ACCOUNT]
         dulcet COMMAND…
         dulcet playlist import FILE [NAME] | playlist export NAME FILE
         dulcet pack PLAYLIST… --size SIZE [--bitrate KBITS] [--add] [--dry-run] | export [PLAYLIST…] FOLDER
         dulcet cache [verify | clear [--yes] [--pinned]]
         dulcet doctor | help | --version

  the player
    --plain           commands in lines, sentences out: for screen readers, simple terminals and pipes
    --headless        no screen: only the shell steers it
    --offline         no request leaves this computer; also “offline on|off” while it runs
    --output          where sound goes: a device of ALSA, nowhere, or into a WAV file

  commands for the player that runs
    play [WORDS]      go on, or search the library and play what is found
    pause  stop  next  previous
    seek +10 | -10 | 90 | 50%
    volume 80 | +5 | -5
    shuffle off|tracks|albums    repeat off|all|one
    stop-after track|queue|off   consume on|off   sleep 30m|1:30|track|album|off
    sound             the way of the sound, from the file to the card
    device [NAME]     which there are; goes on at another
    mute  replay-gain off|track|album  preamp DB  crossfade SECONDS  speed X
    equalizer PRESET|G1…G10  loop START END|off  pause-fade MS
    prefetch 0-10     metered on|off   offline on|off
    queue             what plays next
    status [--json]   what plays now
    keys [VIEW]       the keys as they are bound

  accounts
    login             signs in to a server that speaks OpenSubsonic (Navidrome, gonic, supysonic, LMS…);
                      without an option the password is asked from the terminal, unseen

  the cache
    cache             how much music is held here
    cache verify      reads every byte and drops what is damaged
    cache clear       throws it away (asks first); --pinned: what is to be kept too

  files
    playlist import FILE [NAME]     M3U8, XSPF or JSON; by path, MusicBrainz id, then names; lists what is not here
    playlist export NAME FILE       the file's ending says which
    pack PLAYLIST… --size 4G [--bitrate 128] [--add] [--dry-run]
                      keeps here what fits, whole tracks in the lists' order, and says what does not fit
    export [PLAYLIST…] FOLDER       what is cached as files for a device, with an M3U8 for each list

    doctor            checks terminal, sound, server and databases, and says how to mend what is wrong

  Inside the player, ? lists the keys. `man dulcet` has the rest.
  Exit codes: 0 done, 1 failed, 2 the words were not understood.
  """

/// The help of one command: how it is written, and what the whole help says of it. nil where there is no such command.
package func helpText(of command: String?) -> String? {
  guard let command else { return helpText }
  if let own = ownHelp[command] { return own }
  guard Command.names.contains(command) else { return nil }
  let meaning = (try? Command(parsing: command)).map { "\n\n  \(command): \($0.summary)" } ?? ""
  let lines = helpText.split(separator: "\n").filter { line in
    line.hasPrefix("  ") && line.split(separator: " ").contains { $0 == command }
  }
  let forms = lines.isEmpty ? "" : "\n\n" + lines.joined(separator: "\n")
  return """
    usage: dulcet \(command)\(arguments(of: command))
    The player that runs does it.\(meaning)\(forms)

    “dulcet help” has the others, “man dulcet” every form of each.
    """
}

/// What may stand behind a command: its words, where they are known; `…` for others.
private func arguments(of command: String) -> String {
  let isWhole = (try? Command(parsing: command)) != nil
  let words = AppState().completions(of: command + " ").map { $0.dropFirst(command.count + 1) }
  if (1...16).contains(words.count) {
    let choice = words.joined(separator: " | ")
    return isWhole ? " [\(choice)]" : " \(choice)"
  }
  guard isWhole else { return " …" }
  return (try? Command(parsing: command + " 1")) == nil ? "" : " […]"
}

/// No command, and which was probably meant.
func unknownCommand(_ name: String) -> String {
  CommandError.unknownSentence(name, among: Command.names + ownHelp.keys.sorted()) + helpHint
}

/// Behind what was not understood.
let helpHint = " “dulcet help” lists what there is."

/// What is more than a command to the player that runs.
private let ownHelp = [
  "login": """
  usage: dulcet login ADDRESS [--user NAME] [--password-stdin | --password-command COMMAND]
  Signs in to a server that speaks OpenSubsonic (Navidrome, gonic, supysonic, LMS…) and makes it the current account.

    --user NAME                  who you are there; asked for where it is left out
    --password-stdin             the password is the first line of standard input
    --password-command COMMAND   … or the first line that this command prints, as in “pass show music”

  Without either the password is asked from the terminal, unseen. It is never taken from the arguments.
  """,
  "cache": """
  usage: dulcet cache [verify | clear [--yes] [--pinned]]
  How much music is held on this computer.

    verify       reads every byte and drops what is damaged
    clear        throws it away; asks first, but for --yes. What is to be kept stays, but for --pinned
  """,
  "playlist": """
  usage: dulcet playlist import FILE [NAME]
         dulcet playlist export NAME FILE
  Playlists from and into files of other players: M3U8, XSPF or JSON, as the file's ending says.

    import       finds the tracks by path, MusicBrainz id, then names; lists what is not here
    export       writes the playlist of that name

  “dulcet playlist new NAME”, “rename”, “delete” and the others are said to the player that runs.
  """,
  "pack": """
  usage: dulcet pack PLAYLIST… --size SIZE [--bitrate KBITS] [--add] [--dry-run]
  Keeps on this computer what fits, whole tracks in the lists' order, and says what does not fit.

    --size SIZE       700M, 4G…
    --bitrate KBITS   smaller renditions, from 32 to 320
    --add             what earlier packs chose stays
    --dry-run         only says what it would do
  """,
  "export": """
  usage: dulcet export [PLAYLIST…] FOLDER
  Writes what is cached as files for a device, with tags and an M3U8 for each list; without lists, everything that is here.
  “dulcet export FILE.m3u8” is said to the player that runs: its current list becomes that file.
  """,
  "doctor": """
  usage: dulcet doctor
  Checks terminal, sound, server and databases, and says how to mend what is wrong.
  """,
  "status": """
  usage: dulcet status [--json]
  What the player that runs plays now, in words or as one line of JSON.
  """,
  "help": """
  usage: dulcet help [COMMAND]
  All that there is, or one command.
  """,
]
