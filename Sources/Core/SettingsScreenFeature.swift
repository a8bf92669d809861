import TUI

/// A row of the settings' screen.
package enum SettingsRow: Hashable, Sendable {
  case heading(String)
  case account(AccountSummary)
  case signIn
  case setting(Setting)

  var isHeading: Bool { if case .heading = self { true } else { false } }

  /// For those who listen to the screen.
  func sentence(current: AccountID?) -> String {
    switch self {
    case .heading(let text): text
    case .account(let account): "Account \(account.name)" + (account.id == current ? ", in use" : "")
    case .signIn: "Sign in to a server, or open a folder"
    case .setting(let setting): "\(setting.name) \(setting.value): \(setting.meaning)"
    }
  }
}

extension AppState {
  package var settingsRows: [SettingsRow] {
    var rows: [SettingsRow] = [.heading("Accounts")] + accounts.list.map { .account($0) } + [.signIn]
    for group in settingGroups { rows += [.heading(group.heading)] + group.settings.map { .setting($0) } }
    return rows
  }

  /// Below this width a setting's meaning stands under the list, for the row under the cursor only.
  package var settingsHaveMeanings: Bool { layout.body.columns >= 72 }

  package var selectedSettingsRow: SettingsRow? {
    let rows = settingsRows
    return rows.indices.contains(settingsList.cursor) ? rows[settingsList.cursor] : nil
  }

  /// Over the headings, never onto one.
  mutating func skipSettingsHeading(isUpwards: Bool) {
    let rows = settingsRows
    guard rows.indices.contains(settingsList.cursor), rows[settingsList.cursor].isHeading else { return }
    settingsList.cursor += isUpwards && settingsList.cursor > 0 ? -1 : 1
    settingsList.fit(count: rows.count, height: listHeight(of: .settings))
    if settingsList.cursor == 1, layout.listHeight > 1 { settingsList.top = 0 }
  }

  /// The arrows change what is under the cursor; nil for a key that does something else.
  mutating func settingsKey(_ key: Key) -> [Effect]? {
    switch key {
    case .named(.left), .character("h"): changeSetting(by: -1)
    case .named(.right), .character("l"): changeSetting(by: 1)
    default: nil
    }
  }

  private mutating func changeSetting(by step: Int) -> [Effect] {
    guard case .setting(let setting)? = selectedSettingsRow else { return [] }
    if setting.choice == .theme { return stepTheme(by: step) }
    guard let value = setting.value(by: step), value != setting.value else { return [] }
    return set(setting.name, to: value)
  }

  /// Enter: the next value, or a list to choose from; an account is switched to.
  mutating func activateSetting() -> [Effect] {
    switch selectedSettingsRow {
    case .account(let account)? where account.id != accounts.current: return [.switchAccount(account.id)]
    case .signIn?: return openLogin()
    case .setting(let setting)?:
      switch setting.choice {
      case .theme: return chooseTheme()
      case .device: return [.askDevices(nil)]
      case .open(let words): return choose("set \(setting.name)", "\(setting.name): ", words)
      case .steps: return ask(setting, "a number")
      case .words: return changeSetting(by: 1)
      }
    case .account?, .heading?, nil: return []
    }
  }

  private mutating func ask(_ setting: Setting, _ what: String) -> [Effect] {
    prompt = PromptState(
      .text, "\(setting.name) (\(setting.meaning)): ", .argument(of: "set \(setting.name)", values: []),
      text: setting.value)
    return []
  }

  /// `d` on an account.
  mutating func removeFromSettings() -> [Effect] {
    guard case .account(let account)? = selectedSettingsRow else {
      post(Notice(.information, "Only accounts can be removed here."))
      return []
    }
    return confirm(
      "Sign out of \(account.name)? Its library and what was not sent yet go.", .removeAccount(account.id))
  }

  /// Left and right on the theme: the one before or after in the list.
  private mutating func stepTheme(by step: Int) -> [Effect] {
    guard !themeNames.isEmpty else { return [] }
    let place = themeNames.firstIndex(of: theme.name) ?? 0
    return [.loadTheme(themeNames[(place + step + themeNames.count) % themeNames.count])]
  }
}

// MARK: Trying themes on

extension AppState {
  /// The theme under the prompt's cursor is shown while it is there.
  mutating func previewTheme() -> [Effect] {
    guard let prompt, case .theme = prompt.purpose, let name = prompt.chosen else { return [] }
    themeBefore = themeBefore ?? untintedTheme ?? theme
    return name == theme.name ? [] : [.previewTheme(name)]
  }

  /// One that was asked for a moment ago may come when nobody looks any more.
  mutating func takePreview(_ loaded: Theme) {
    guard let prompt, case .theme = prompt.purpose, prompt.chosen == loaded.name else { return }
    dress(in: loaded)
  }

  /// The chosen one stays on until it is loaded once more, to be kept.
  mutating func wear(_ name: String) -> [Effect] {
    if theme.name == name { themeBefore = nil }
    return [.loadTheme(name)]
  }

  /// Whatever was tried on goes.
  mutating func endPreview() {
    guard let before = themeBefore else { return }
    themeBefore = nil
    dress(in: before)
  }
}
