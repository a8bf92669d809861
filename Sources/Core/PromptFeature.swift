import Music
import TUI

/// The line at the bottom while it asks something.
package struct PromptState: Sendable {
  package enum Kind: Hashable, Sendable {
    case text
    /// Shows only how long it is.
    case hidden
    case yesOrNo
    /// Typing narrows the options down.
    case choice
  }

  package let kind: Kind
  package let label: String
  package internal(set) var field: TextField
  /// What can be chosen, or what completes the text; narrowed down already.
  package internal(set) var options: [String] = []
  package internal(set) var cursor = 0
  var allOptions: [String] = []
  let purpose: Purpose
  /// The question whose answer completes the text, and whether the last of it is wanted first.
  var completing: (ticket: Ticket, last: Bool)?
  /// Place in the history, counted back from its end.
  var historyPlace = 0

  enum Purpose: Sendable {
    case command
    case newPlaylist([TrackID])
    case renamePlaylist(PlaylistID)
    case playlistComment(PlaylistID)
    case deletePlaylist(PlaylistID)
    case renameStation(StationID)
    case removeStation(StationID)
    case addToPlaylist([TrackID])
    case saveSearch(String)
    case smartQuery(PlaylistID)
    case deleteSmart(PlaylistID)
    case clearQueue
    case discardEdits([Int64])
    case decide(PlaylistQuestion)
    case password
    case editAgain
    case takeQueue
    case account
    case removeAccount(AccountID)
    case theme
    /// What is chosen is the argument of this command; `values` are what the options stand for.
    case argument(of: String, values: [String])
  }

  init(_ kind: Kind, _ label: String, _ purpose: Purpose, text: String = "", options: [String] = []) {
    self.kind = kind
    self.label = label
    self.purpose = purpose
    field = TextField(text)
    allOptions = options
    self.options = options
  }

  /// The options that hold what was typed, whatever its case.
  mutating func narrow() {
    let typed = field.text.lowercased()
    options = typed.isEmpty ? allOptions : allOptions.filter { $0.lowercased().contains(typed) }
    cursor = max(0, min(cursor, options.count - 1))
  }

  /// Said in place of the options when none fits what was typed.
  package var whenNoneFits: String {
    let isEmpty = trimmed(field.text).isEmpty
    if case .addToPlaylist = purpose, isEmpty { return "There is no playlist yet: type the name of a new one" }
    if case .addToPlaylist = purpose { return "Enter makes the new playlist “\(trimmed(field.text))”" }
    if case .argument(let name, _) = purpose { return "Enter says :\(name) \(trimmed(field.text))" }
    return "Nothing of that name"
  }

  /// Whether themes are tried on.
  package var isOfThemes: Bool { if case .theme = purpose { true } else { false } }

  package var chosen: String? { options.indices.contains(cursor) ? options[cursor] : nil }
}

// MARK: Opening one

extension AppState {
  mutating func openCommandLine(_ text: String?) -> [Effect] {
    notices.noteSeen()
    prompt = PromptState(.text, ":", .command, text: text ?? "")
    return []
  }

  mutating func ask(_ label: String, _ purpose: PromptState.Purpose, text: String = "") -> [Effect] {
    prompt = PromptState(.text, label + ": ", purpose, text: text)
    return []
  }

  mutating func confirm(_ question: String, _ purpose: PromptState.Purpose) -> [Effect] {
    prompt = PromptState(.yesOrNo, question + " (y/n) ", purpose)
    return []
  }

  mutating func choosePlaylist(for tracks: [Track]) -> [Effect] {
    let label = "Add \(named(tracks)) to: "
    prompt = PromptState(.choice, label, .addToPlaylist(tracks.map(\.id)), options: playlistsToAddTo)
    return []
  }

  /// Neither another's nor those that are searches.
  var playlistsToAddTo: [String] {
    playlists.lists.rows.filter { !$0.isReadOnly && $0.smart == nil }.map(\.name)
  }

  /// Asks for the argument of a command; what is typed may be none of the options.
  mutating func choose(_ command: String, _ label: String, _ options: [String], values: [String]? = nil) -> [Effect] {
    prompt = PromptState(.choice, label, .argument(of: command, values: values ?? options), options: options)
    return []
  }

  mutating func chooseAccount() -> [Effect] {
    prompt = PromptState(
      .choice, "Account: ", .account, options: accounts.list.map(\.name) + ["Sign in to another server"])
    prompt?.cursor = accounts.list.firstIndex { $0.id == accounts.current } ?? 0
    return []
  }

  mutating func chooseTheme() -> [Effect] {
    prompt = PromptState(.choice, "Theme: ", .theme, options: themeNames)
    prompt?.cursor = themeNames.firstIndex(of: theme.name) ?? 0
    return previewTheme() + [.readThemes]
  }
}

// MARK: Keys

extension AppState {
  mutating func promptKey(_ key: Key) -> [Effect] {
    let effects = takePromptKey(key)
    if prompt == nil { endPreview() }
    return effects + previewTheme()
  }

  private mutating func takePromptKey(_ key: Key) -> [Effect] {
    guard var state = prompt else { return [] }
    if key == .named(.escape) || key == .control("c") || key == .control("g") {
      prompt = nil
      return []
    }
    if state.kind == .yesOrNo { return answerYesOrNo(key, state) }
    if key == .named(.backspace), state.purpose.isCommand, state.field.characters.isEmpty {
      prompt = nil
      return []
    }
    switch key {
    case .named(.enter):
      prompt = nil
      return submit(state)
    case .named(.tab), .named(.backtab):
      if state.options.isEmpty, state.purpose.isCommand,
        let effects = askForCompletions(of: state.field.text, from: key == .named(.backtab))
      {
        return effects
      }
      complete(&state, by: key == .named(.tab) ? 1 : -1)
    case .named(.down), .control("n"): step(&state, by: 1)
    case .named(.up), .control("p"): step(&state, by: -1)
    default:
      if state.field.handle(key) {
        if state.kind == .choice { state.narrow() } else { state.options = [] }
        state.completing = nil
      }
    }
    prompt = state
    return []
  }

  private mutating func answerYesOrNo(_ key: Key, _ state: PromptState) -> [Effect] {
    switch key {
    case .character("y"), .character("Y"):
      prompt = nil
      return submit(state)
    case .character("n"), .character("N"), .character("q"), .named(.enter):
      prompt = nil
      if case .editAgain = state.purpose { editor = nil }
    default: break
    }
    return []
  }

  /// Up and down: through the options, or through the history of commands.
  private mutating func step(_ state: inout PromptState, by step: Int) {
    if state.kind == .choice {
      state.cursor = max(0, min(state.options.count - 1, state.cursor + step))
    } else if state.purpose.isCommand {
      state.historyPlace = max(0, min(commandHistory.count, state.historyPlace - step))
      let place = commandHistory.count - state.historyPlace
      state.field.set(state.historyPlace == 0 ? "" : commandHistory[place])
      state.options = []
    }
  }

  /// Tab: the next completion of the text, round and round.
  private func complete(_ state: inout PromptState, by step: Int) {
    if state.kind == .choice { return self.stepChoice(&state, by: step) }
    guard state.purpose.isCommand else { return }
    if state.options.isEmpty {
      state.options = completions(of: state.field.text)
      state.cursor = step > 0 ? 0 : state.options.count - 1
    } else {
      state.cursor = (state.cursor + step + state.options.count) % state.options.count
    }
    if let chosen = state.chosen { state.field.set(Command.needsWord(after: chosen) ? chosen + " " : chosen) }
    if state.options.count == 1 { state.options = [] }
  }

  private func stepChoice(_ state: inout PromptState, by step: Int) {
    guard !state.options.isEmpty else { return }
    state.cursor = (state.cursor + step + state.options.count) % state.options.count
  }
}

extension PromptState.Purpose {
  fileprivate var isCommand: Bool { if case .command = self { true } else { false } }
}

// MARK: Enter

extension AppState {
  private mutating func submit(_ state: PromptState) -> [Effect] {
    let text = state.field.text
    switch state.purpose {
    case .command: return runLine(text)
    case .newPlaylist(let tracks): return newPlaylist(text, tracks: tracks)
    case .renamePlaylist(let id): return rename(id, text)
    case .playlistComment(let id): return comment(id, text)
    case .deletePlaylist(let id): return [.edit(.deletePlaylist(id))]
    case .saveSearch(let query): return keepSearch(query, as: text)
    case .smartQuery(let id): return setSmartQuery(id, text)
    case .deleteSmart(let id): return [.edit(.smart(.delete(id)))]
    case .renameStation(let id): return rename(id, text)
    case .removeStation(let id): return [.edit(.deleteStation(id))]
    case .addToPlaylist(let tracks):
      guard let name = state.chosen else { return newPlaylist(text, tracks: tracks) }
      guard let playlist = playlists.lists.rows.first(where: { $0.name == name && !$0.isReadOnly }) else { return [] }
      return beginAppending(tracks, to: playlist)
    case .clearQueue: return clearQueue(asking: false)
    case .discardEdits(let ids): return discard(ids)
    case .decide(let question):
      return decide(question, option: state.chosen.flatMap { state.allOptions.firstIndex(of: $0) } ?? 2)
    case .password: return signInAgain(text)
    case .editAgain: return editAgain()
    case .takeQueue: return takeQueue()
    case .account:
      guard let name = state.chosen else { return [] }
      return state.cursor == state.options.count - 1 && name == state.allOptions.last
        ? openLogin() : changeAccount(name)
    case .removeAccount(let id): return [.removeAccount(id)]
    case .theme: return state.chosen.map { wear($0) } ?? []
    case .argument(let name, let values):
      let place = state.chosen.flatMap { state.allOptions.firstIndex(of: $0) }
      return runLine("\(name) \(place.map { values[$0] } ?? text)")
    }
  }

  private mutating func runLine(_ line: String) -> [Effect] {
    guard !trimmed(line).isEmpty else { return [] }
    let kept = remember(line)
    do {
      return perform(try Command(parsing: line), replyTo: nil) + kept
    } catch {
      let isUnknown = if case .unknown = error { true } else { false }
      let way = isUnknown ? " Press \(key(for: .view(.help))) for the list." : ""
      post(Notice(.error, error.sentence + way))
      return kept
    }
  }
}
