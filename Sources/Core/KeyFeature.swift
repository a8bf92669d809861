package import TUI

// Keys: what is open takes them first; else the keymap says which command they are.

/// Keys that were pressed and mean nothing yet: a number, the beginning of a sequence.
package struct PendingKeys: Sendable {
  /// The number before a command.
  package internal(set) var count: Int?
  package internal(set) var keys: [Key] = []
  /// The digits were keys of screens, too: the last of these is shown, and this is where they were pressed.
  var origin: Origin?

  struct Origin {
    var screen: ScreenName
    var sheet: Sheet?
  }

  /// Whether something is waited for that the listener should know of.
  package var isWaiting: Bool { !keys.isEmpty || count != nil && origin == nil }
}

extension AppState {
  mutating func handle(_ key: Key) -> [Effect] {
    lastKey = now
    if case .mouse(let mouse) = key {
      pending = PendingKeys()
      return handle(mouse)
    }
    if isNamingRegister { return nameRegister(key) }
    let key = normalized(key)
    if key == .named(.escape), let effects = putBackDragged() { return effects }
    if let effects = afterDigit(key) ?? keyForWhatIsOpen(key) { return effects }
    if pending.isWaiting, key == .named(.escape) {
      pending = PendingKeys()
      return []
    }
    return digit(key) ?? pressed(key)
  }

  /// nil: nothing that is open takes the key.
  private mutating func keyForWhatIsOpen(_ key: Key) -> [Effect]? {
    let effects = openTakes(key)
    if effects != nil { pending = PendingKeys() }
    return effects
  }

  private mutating func openTakes(_ key: Key) -> [Effect]? {
    if prompt != nil { return promptKey(key) }
    if filterField != nil { return filterKey(key) }
    if login != nil { return loginKey(key) }
    if palette != nil { return paletteKey(key) }
    if screen == .search, search.isTyping, let effects = searchKey(key) { return effects }
    if screen == .help, help.isTyping, let effects = helpKey(key) { return effects }
    if case .paste = key { return [] }
    if sheet != nil, key == .named(.escape) || key == .character("q") {
      sheet = nil
      return []
    }
    if screen == .settings, sheet == nil, let effects = settingsKey(key) { return effects }
    return nil
  }

  /// The space bar has one name, however the terminal told it.
  private func normalized(_ key: Key) -> Key { key == .character(" ") ? .named(.space) : key }

  // MARK: Sequences

  private mutating func pressed(_ key: Key) -> [Effect] {
    let before = pending
    pending = PendingKeys()
    switch keymap.find(before.keys + [key], in: screen) {
    case .nothing: return []
    case .waits:
      pending = before
      pending.keys.append(key)
      return []
    case .command(let command):
      // What is hidden is not changed.
      if layout.isBodyHidden, command.isAboutRows { return [] }
      if let count = before.count, let effects = perform(command, times: count) { return effects }
      if case .move(let motion) = command, !before.isWaiting { return moveOnly(motion) }
      return perform(command, replyTo: nil)
    }
  }

  // MARK: Counts

  /// A digit of a number; nil when the key is none.
  private mutating func digit(_ key: Key) -> [Effect]? {
    guard let digit = key.digit, pending.keys.isEmpty else { return nil }
    if let count = pending.count {
      pending.count = min(99_999, count * 10 + digit)
      return []
    }
    switch keymap.find([key], in: screen) {
    case .waits: return nil
    case .command(let command):
      guard case .view = command, countWait > .zero, digit > 0 else { return nil }
      let origin = PendingKeys.Origin(screen: screen, sheet: sheet)
      let effects = perform(command, replyTo: nil)
      pending = PendingKeys(count: digit, origin: origin)
      return effects + [.alarm(.count, after: countWait)]
    case .nothing:
      guard digit > 0 else { return nil }
      pending = PendingKeys(count: digit)
      return []
    }
  }

  /// The digits of the screens are digits of numbers, too: such a one shows its screen at once, and when a key that
  /// takes a number follows within a moment (`set count-wait`), it was a number, and the key acts where it was pressed.
  /// nil: the key follows no such digit, or means something else.
  private mutating func afterDigit(_ key: Key) -> [Effect]? {
    guard let origin = pending.origin, let count = pending.count else { return nil }
    let found = keymap.find([key], in: origin.screen)
    if let digit = key.digit {
      pending.count = min(99_999, count * 10 + digit)
      if case .command(.view(let name)) = found { return show(name) + [.alarm(.count, after: countWait)] }
      returnFromDigits(to: origin)
      return []
    }
    switch found {
    case .command(let command) where command.meaning(of: count) != nil:
      returnFromDigits(to: origin)
      return pressed(key)
    case .waits:
      returnFromDigits(to: origin)
      return pressed(key)
    default:
      pending = PendingKeys()
      return nil
    }
  }

  private mutating func returnFromDigits(to origin: PendingKeys.Origin) {
    screen = origin.screen
    sheet = origin.sheet
    search.isTyping = false
    pending.origin = nil
  }

  /// Nothing followed the digit: it was no number.
  mutating func endCountWait() -> [Effect] {
    if pending.origin != nil { pending = PendingKeys() }
    return []
  }

  /// nil: a number means nothing to this command.
  private mutating func perform(_ command: Command, times count: Int) -> [Effect]? {
    if command == .editing(.again), let lastChange, case .rows(let rows)? = lastChange.meaning(of: count) {
      return change(rows, rows: lastChange)
    }
    switch command.meaning(of: count) {
    case nil: return nil
    case .command(let counted)?: return perform(counted, replyTo: nil)
    case .times(let times)?: return (0..<times).reduce(into: []) { all, _ in all += perform(command, replyTo: nil) }
    case .rows(let rows)?: return change(rows, rows: command)
    }
  }

  /// The row under the cursor and those below it, unless some are marked already.
  mutating func markRows(_ count: Int) {
    guard let place = placeInHand, self[place].marked.isEmpty else { return }
    let shown = shownIndices(of: place)
    guard let first = shown.firstIndex(of: self[place].cursor) else { return }
    self[place].marked = Set(shown[first...].prefix(count))
  }
}

/// What a number before a command's key makes of it.
enum CountMeaning: Hashable {
  case command(Command)
  case times(Int)
  /// It acts on so many rows from the cursor on.
  case rows(Int)
}

extension Command {
  /// nil: nothing. Numbers are bounded, so that a slip of the finger cannot hold the player up.
  func meaning(of count: Int) -> CountMeaning? {
    let times = min(count, 200)
    switch self {
    case .move(.down): return .command(.hand(.row(.by(count))))
    case .move(.up): return .command(.hand(.row(.by(-count))))
    case .move(.top), .move(.bottom): return .command(.hand(.row(.to(count))))
    case .move, .hand(.hit(.next)), .reorder, .mark, .sound(.speed(.by)), .next, .previous: return .times(times)
    case .seek(.by(let seconds)): return .command(.seek(.by(seconds * count)))
    case .volume(.by(let step)): return .command(.volume(.by(max(-100, min(100, step * count)))))
    case .seek(.percent): return .command(.seek(.percent(min(100, count))))
    case .rate: return .command(.rate(min(5, count)))
    case .add, .addNext, .remove, .star, .pin, .playlistAdd, .editing(.yank), .editing(.cut): return .rows(count)
    case .history(.undo), .history(.redo), .editing(.put), .editing(.again): return .times(times)
    default: return nil
    }
  }
}

extension Key {
  fileprivate var digit: Int? {
    guard case .character(let character) = self, let value = character.asciiValue, (0x30...0x39).contains(value)
    else { return nil }
    return Int(value) - 0x30
  }
}

extension Command {
  /// Whether it is about the rows of a list, so that it does nothing where there are none.
  package var isAboutRows: Bool { if case .pane = self { true } else { group == .rows } }
}
