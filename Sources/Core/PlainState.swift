import Music
import TUI

/// The line mode: lines in, sentences out. Commands, effects and state are those of the screens; this begins one line
/// after another, waits until what it asked of the world has come, and tells what became of it.
package struct PlainState: Sendable {
  /// Whether somebody types: a pipe's lines wait for a library that is being read, a listener does not.
  let isInteractive: Bool
  /// Typed, and not yet begun.
  var waiting: [String] = []
  /// No further line will come.
  var isOver = false
  /// How things stood when the line under way began; nil: none is.
  var before: PlainFacts?
  /// Questions and edits without an answer so far: a line is done when there are none.
  var unanswered = 0
  /// Something was said about the line under way.
  var isTold = false
  /// The line under way is about the list in hand: it is told whether it is another one or not.
  var wantsList = false
  /// The line under way asks for the words of what plays.
  var wantsLyrics = false
  /// The library is read anew because a line asked for it.
  var reading = Reading.none
  /// What the next line answers.
  var question: PlainQuestion?
  /// The question of the prompt that was told last.
  var toldPrompt: String?
  var form = SignInForm(address: "", user: "", password: "")
  /// The column of the library that was entered from what was found: from there `back` leads to what was found.
  var enteredFromFound: LibraryState.Column?
  /// Rows of the list in hand that were told so far.
  var rowsTold = 0
  /// Which track was announced last.
  var announced: EntryID?
  /// Whether each new track is told.
  package internal(set) var announces = true
  var isEnding = false
  /// The setting that the line under way is about.
  var setting: (name: String, value: String)?

  enum Reading: Hashable, Sendable { case none, running, ended }

  init(isInteractive: Bool) { self.isInteractive = isInteractive }

  /// Whether more lines may be read: what is piped in may be endless.
  package var wantsLines: Bool { waiting.count < 100 && !isOver }

  /// What the line mode is to the commands that answer a client.
  static let token = ReplyToken(0)
}

/// Where the line mode's lines come from.
package enum PlainInput: Hashable, Sendable { case typed, piped }

/// What the line mode asks by itself; the prompts of the screens it takes over.
enum PlainQuestion: Hashable, Sendable {
  case address, user, password, search

  var text: String {
    switch self {
    case .address: "Address of the server, such as https://music.example.org: "
    case .user: "User name (nothing where the password is an API key): "
    case .password: "Password: "
    case .search: "Search for: "
    }
  }
}

/// What a line may change: compared before and after, so that every change is told in words.
struct PlainFacts: Hashable, Sendable {
  var state: PlayState
  var entry: EntryID?
  var position: Duration
  var volume: Int
  var isMuted: Bool
  var shuffle: ShuffleMode
  var repeating: RepeatMode
  var modes: ModesState
  var sound: SoundSettings
  var entryCount: Int
  var list: String?
  var cursor: Int?
  var marked: Int
  var theme: String
  var account: String?
  var stars: [ItemID: Bool]
  var screen: ScreenName
  /// By their names.
  var settings: [String: String]
}

extension AppState {
  var plainFacts: PlainFacts {
    let place = placeInHand
    return PlainFacts(
      state: player.state, entry: queue.current?.id, position: player.position, volume: player.volume,
      isMuted: sound.isMuted, shuffle: queue.shuffleMode, repeating: queue.repeatMode, modes: modes,
      sound: sound.settings, entryCount: queue.entries.count, list: place.map { plainTitle(of: $0) },
      cursor: place.map { self[$0].cursor }, marked: place.map { self[$0].marked.count } ?? 0, theme: theme.name,
      account: accounts.currentName, stars: overrides.stars, screen: screen, settings: settingValues)
  }

  private var settingValues: [String: String] {
    Dictionary(settingGroups.flatMap(\.settings).map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// For settings of which nothing else is told; `set` says how it is where nothing became different, too.
  mutating func settingSentences(since before: PlainFacts) -> [String] {
    let wanted = lineMode?.setting
    lineMode?.setting = nil
    let now = settingValues
    let changed = now.filter { before.settings[$0.key] != $0.value }.map { "\($0.key) is \($0.value) now." }.sorted()
    if !changed.isEmpty { return changed }
    return wanted.map { ["\($0.name) is \(now[$0.name] ?? $0.value)."] } ?? []
  }

  /// What has become different, in sentences.
  func sentences(since before: PlainFacts) -> [String] {
    let now = plainFacts
    var sentences: [String] = []
    if now.account != before.account, let name = now.account { sentences.append("The account is \(name).") }
    if now.state != before.state || now.entry != before.entry {
      sentences.append(playingSentence)
    } else if now.state != .stopped,
      !((before.position - .seconds(2))...(before.position + .seconds(2))).contains(now.position)
    {
      sentences.append("At \(clock(now.position)).")
    }
    if now.volume != before.volume { sentences.append("Volume \(now.volume).") }
    if now.isMuted != before.isMuted { sentences.append(now.isMuted ? "Muted." : "No longer muted.") }
    if now.shuffle != before.shuffle {
      sentences.append(now.shuffle == .off ? "Shuffle is off." : "Shuffle by \(now.shuffle.rawValue).")
    }
    if now.repeating != before.repeating { sentences.append("Repeat: \(now.repeating.rawValue).") }
    sentences += modeSentences(now.modes, since: before.modes)
    if now.sound.speed != before.sound.speed { sentences.append("Speed \(plain(now.sound.speed)).") }
    if now.entryCount != before.entryCount {
      sentences.append("The queue has \(counted(now.entryCount, "track")).")
    }
    let stars = now.stars.filter { before.stars[$0.key] != $0.value }
    if let first = stars.first {
      sentences.append((stars.count == 1 ? "It " : "They ") + (first.value ? "got a star." : "lost the star."))
    }
    if now.theme != before.theme { sentences.append("The theme is \(now.theme); the line mode has no colours.") }
    if now.marked != before.marked, now.marked > 0 { sentences.append("\(counted(now.marked, "row")) marked.") }
    return sentences
  }

  private func modeSentences(_ now: ModesState, since before: ModesState) -> [String] {
    var sentences: [String] = []
    if now.stopAfter != before.stopAfter {
      sentences.append(now.stopAfter == .off ? "The music goes on." : "Stops after this \(now.stopAfter.rawValue).")
    }
    if now.isConsuming != before.isConsuming {
      sentences.append(now.isConsuming ? "What was heard leaves the queue." : "What was heard stays in the queue.")
    }
    if now.prefetch != before.prefetch { sentences.append("\(counted(now.prefetch, "track")) fetched ahead.") }
    if now.isMetered != before.isMetered {
      sentences.append(now.isMetered ? "Nothing is fetched ahead." : "Fetching ahead again.")
    }
    return sentences
  }

  /// What plays, in one sentence.
  var playingSentence: String {
    guard let track = currentTrack else { return "Nothing is playing." }
    let what = "“\(track.title)”" + (track.artist.isEmpty ? "" : " by \(track.artist)")
    switch player.state {
    case .playing: return "Playing \(what)" + (track.album.isEmpty ? "." : ", from “\(track.album)”.")
    case .paused where isAwaitingServer: return "Waiting for the server: \(what), at \(clock(player.position))."
    case .paused: return "Paused: \(what), at \(clock(player.position)). “play” goes on."
    case .stopped: return "Stopped. Next: \(what)."
    }
  }

  /// Where things stand, in a few sentences.
  func plainStatus(_ report: StatusReport) -> [String] {
    guard report.track != nil else {
      let queue =
        report.entryCount == 0 ? "The queue is empty." : "The queue has \(counted(report.entryCount, "track"))."
      return ["Nothing is playing. " + queue] + (report.isOffline ? ["Offline."] : [])
    }
    var words = ["volume \(report.volume)" + (report.isMuted ? ", muted" : "")]
    if report.shuffleMode != .off { words.append("shuffle by \(report.shuffleMode.rawValue)") }
    if report.repeatMode != .off { words.append("repeat \(report.repeatMode.rawValue)") }
    if report.settings.speed != 1 { words.append("speed \(plain(report.settings.speed))") }
    if report.isBuffering { words.append("waiting for bytes") }
    if report.isOffline { words.append("offline") }
    let place = report.place.map { ", track \($0) of \(report.entryCount)" } ?? ""
    let time =
      report.duration > .zero ? "\(clock(report.position)) of \(clock(report.duration))" : clock(report.position)
    return [playingSentence, "At \(time)\(place); \(words.joined(separator: ", "))."]
  }
}
