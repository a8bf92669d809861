import Music

// The menu of a row: what can be done with it, and nothing else.

extension AppState {
  mutating func openMenu() -> [Effect] {
    guard let place = placeInHand, count(of: place) > 0, !chosenIndices(of: place).isEmpty else {
      post(Notice(.warning, "There is no row to act on."))
      return []
    }
    let rows = menuCommands(of: place).filter { !isRefused($0) }.map { command in
      var row = paletteRow(command)
      row.summary = menuSummary(of: command, place) ?? row.summary
      return row
    }
    guard !rows.isEmpty else {
      post(Notice(.information, "There is nothing to be done with this row."))
      return []
    }
    palette = PaletteState(title: menuTitle(of: place), rows: rows)
    return []
  }

  /// What is under the cursor, or how much is marked.
  private func menuTitle(of place: ListPlace) -> String {
    if self[place].marked.count > 1 { return "\(self[place].marked.count) marked rows" }
    let name: String? =
      switch rows(of: place, at: chosenIndices(of: place)) {
      case .artists(let rows)?: rows.first?.name
      case .albums(let rows)?: rows.first?.name
      case .tracks(let rows)? where place != .registers: rows.first?.title
      case .playlists(let rows)?: rows.first?.name
      case .groups(let rows)?: rows.first?.name
      case .tracks?, nil: nameInHand(of: place)
      }
    return name ?? screen.title
  }

  /// Of rows that are none of music.
  private func nameInHand(of place: ListPlace) -> String? {
    let cursor = self[place].cursor
    switch place {
    case .views: return LibraryView.allCases[cursor].title
    case .downloads: return downloads.report.rows[cursor].title
    case .changes: return changes.steps.selected?.words
    case .outbox: return outbox.rows.selected?.words
    case .versions: return versions.versions.selected?.details.name
    case .registers: return "Register \(registerRows[cursor].name)"
    case .settings: return selectedSettingsRow?.name
    default: return nil
    }
  }

  /// What can be done with the row under the cursor, the usual first.
  private func menuCommands(of place: ListPlace) -> [Command] {
    let adding: [Command] = [.add, .addNext, .playlistAdd(nil)]
    let keeping: [Command] = [.pin(.toggle), .mark]
    let placing: [Command] = [.remove, .reorder(.up), .reorder(.down)]
    switch place {
    case .views, .changes, .versions: return [.activate]
    case .groups: return [.activate] + adding + [.mark]
    case .artists, .albums: return [.activate] + adding + [.star] + keeping
    case .tracks, .found, .history: return [.activate] + adding + [.star] + AppState.ratings + keeping
    case .queue: return [.activate] + placing + [.playlistAdd(nil), .star] + AppState.ratings + keeping + [.clear]
    case .playlists:
      return [
        .activate, .add, .addNext, .playlistRename(nil), .playlistDescribe(.comment(nil)),
        .playlistDescribe(.publish(.toggle)), .playlistDelete, .pin(.toggle),
      ]
    case .playlistTracks:
      return [.activate, .add, .addNext] + placing + [.playlistAdd(nil), .star] + AppState.ratings + keeping
    case .downloads: return [.activate, .remove, .downloads(.retry), .downloads(.toggle), .mark]
    case .stations: return [.activate, .add, .playlistRename(nil), .remove, .mark]
    case .versionTracks: return [.activate] + adding
    case .outbox:
      // What waits is sent by itself.
      if case .waiting? = outbox.rows.selected?.state { return [.remove, .mark] }
      return [.activate, .remove, .mark]
    case .registers: return adding
    case .settings: return settingsMenu
    }
  }

  private var settingsMenu: [Command] {
    switch selectedSettingsRow {
    case .account(let account)?: account.id == accounts.current ? [.remove] : [.activate, .remove]
    case .signIn?, .setting?: [.activate]
    case .heading?, nil: []
    }
  }

  /// Where a command's own words are about something else.
  private func menuSummary(of command: Command, _ place: ListPlace) -> String? {
    switch (command, place) {
    case (.activate, .views): "open the view"
    case (.activate, .groups): "play all of it"
    case (.activate, .changes): "undo to here"
    case (.activate, .versions): "restore this version"
    case (.activate, .outbox): "try again, or decide"
    case (.activate, .downloads): "download this first"
    case (.activate, .stations): "play it"
    case (.activate, .settings): selectedSettingsRow?.deed
    case (.remove, .queue): "remove from the queue"
    case (.remove, .playlistTracks): "remove from the playlist"
    case (.remove, .downloads): "keep it no longer"
    case (.remove, .stations): "remove the station"
    case (.remove, .outbox): "give it up"
    case (.remove, .settings): "sign out"
    default: nil
    }
  }

  private static let ratings = (0...5).reversed().map { Command.rate($0) }
}

extension SettingsRow {
  fileprivate var name: String {
    switch self {
    case .heading(let text): text
    case .account(let account): account.name
    case .signIn: "Sign in"
    case .setting(let setting): setting.name
    }
  }

  /// What Enter does.
  fileprivate var deed: String {
    switch self {
    case .account: "use this account"
    case .signIn: "sign in to a server, or open a folder"
    case .setting, .heading: "change it"
    }
  }
}
