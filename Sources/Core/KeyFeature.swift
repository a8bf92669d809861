import TUI

// Keys: what is open takes them first; else the keymap says which command they are.

extension AppState {
  mutating func handle(_ key: Key) -> [Effect] {
    lastKey = now
    if prompt != nil { return promptKey(key) }
    if login != nil { return loginKey(key) }
    if screen == .search, search.isTyping, let effects = searchKey(key) { return effects }
    if case .paste = key { return [] }
    if sheet != nil, key == .named(.escape) || key == .character("q") {
      sheet = nil
      return []
    }
    if screen == .settings, sheet == nil, let effects = settingsKey(key) { return effects }
    guard let command = keymap[normalized(key)] else { return [] }
    // What is hidden is not changed.
    if layout.isBodyHidden, command.isAboutRows { return [] }
    return perform(command, replyTo: nil)
  }

  /// The space bar has one name, however the terminal told it.
  private func normalized(_ key: Key) -> Key { key == .character(" ") ? .named(.space) : key }
}

extension Command {
  fileprivate var isAboutRows: Bool { if case .pane = self { true } else { group == .rows } }
}
