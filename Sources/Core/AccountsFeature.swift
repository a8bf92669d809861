import Music
import TUI

/// The accounts, and the one that is used.
package struct AccountsState: Hashable, Sendable {
  package internal(set) var list: [AccountSummary] = []
  package internal(set) var current: AccountID?

  /// Whether the music of a folder is played, and no server's.
  package var isLocal: Bool { current == .local }
  package var currentName: String? { list.first { $0.id == current }?.name }
}

extension AppState {
  mutating func take(accounts list: [AccountSummary], current: AccountID?) -> [Effect] {
    let changed = current != accounts.current
    accounts.list = list
    accounts.current = current
    guard current != nil else {
      login = login ?? LoginState(canClose: false)
      login?.isBusy = false
      return radio.stations.ask(.stations, &tickets)  // these need no account
    }
    if login != nil {
      login = nil
      screen = .library
    }
    guard changed else { return [] }
    connectivity = nil
    sync = .idle
    hasSyncEnded = false
    activities.end(.synchronization)
    library = LibraryState()
    firstRows = FirstRowsState()
    playlists = PlaylistsState()
    search.results.forget()
    radio.stations.forget()
    return askEverything()
  }

  /// Switches to the account of that name, or lets one be chosen.
  mutating func changeAccount(_ name: String?) -> [Effect] {
    guard let name else { return chooseAccount() }
    guard let account = accounts.list.first(where: { $0.name == name || $0.id.rawValue == name }) else {
      post(Notice(.warning, "There is no account “\(name)”. :login adds one."))
      return []
    }
    return [.switchAccount(account.id)]
  }

  /// A theme that was asked for is here. Only now is it kept: one that does not load must not come back at every start.
  mutating func take(_ loaded: Theme) -> [Effect] {
    notices.end(.theme, now: now)
    if themeBefore != nil { themeBefore = loaded } else { dress(in: loaded) }
    return [.saveSetting(name: "theme", value: loaded.name)]
  }

  /// Loads a theme by name, or lets one be chosen.
  mutating func changeTheme(_ name: String?, replyTo token: ReplyToken?) -> [Effect] {
    guard let name else { return chooseTheme() }
    return [.loadTheme(name, replyTo: token)]
  }
}
