import Core
import Music
import TUI
import Testing

@Suite("The settings' screen")
struct SettingsScreenTests {
  private func settings(_ columns: Int = 100, _ rows: Int = 40) -> Listener {
    var listener = Listener(columns: columns, rows: rows)
    listener.send(.themesFound(["dark", "light", "ocean"]))
    listener.run("view settings")
    return listener
  }

  private func go(to name: String, _ listener: inout Listener) {
    let place = listener.state.settingsRows.firstIndex {
      if case .setting(let setting) = $0 { setting.name == name } else { false }
    }!
    listener.press("home")
    while listener.state.settingsList.cursor < place { listener.press("j") }
  }

  private func value(_ name: String, _ listener: Listener) -> String? {
    for case .setting(let setting) in listener.state.settingsRows where setting.name == name { return setting.value }
    return nil
  }

  @Test("the arrows change what is under the cursor, by the same command as the configuration")
  func arrows() {
    var listener = settings()
    go(to: "volume", &listener)
    #expect(
      listener.press("left") == [.player(.setVolume(95)), .saveSetting(name: "volume", value: "95")])
    listener.press("right", "right")
    #expect(value("volume", listener) == "100")
    go(to: "repeat", &listener)
    listener.press("enter")
    #expect(value("repeat", listener) == "all")
    go(to: "crossfade", &listener)
    #expect(listener.press("l").contains(.saveSetting(name: "crossfade", value: "1")))
    #expect(value("crossfade", listener) == "1")
  }

  @Test("every setting of the screen is one that “set” knows, and takes each of its values")
  func known() {
    var listener = settings()
    for case .setting(let setting) in listener.state.settingsRows {
      #expect(setting.meaning.count <= 36)
      guard setting.name != "output", setting.name != "theme" else { continue }
      let count = listener.state.notices.current?.kind
      #expect(count != .warning)
      listener.press("escape")
      let effects = listener.run("set \(setting.name) \(setting.value)")
      #expect(listener.state.notices.current?.kind != .warning, "\(setting.name): \(listener.notice ?? "")")
      _ = effects
    }
  }

  @Test("the cursor passes over headings, and every row can be reached", arguments: [(100, 40), (80, 24), (40, 10)])
  func moving(columns: Int, rows: Int) {
    var listener = settings(columns, rows)
    #expect(listener.state.settingsList.cursor == 1)
    var seen: Set<Int> = []
    for _ in listener.state.settingsRows {
      seen.insert(listener.state.settingsList.cursor)
      listener.press("j")
    }
    let rows = listener.state.settingsRows
    let expected = rows.indices.filter { if case .heading = rows[$0] { false } else { true } }
    #expect(seen.sorted() == expected)
    for _ in rows { listener.press("k") }
    #expect(listener.state.settingsList.cursor == 1 && listener.state.settingsList.top == 0)
  }

  @Test("a theme is worn while it is looked at; Escape brings the old one back, Enter keeps the new one")
  func preview() {
    var listener = settings()
    listener.send(.theme(Theme(name: "dark")))
    go(to: "theme", &listener)
    listener.press("enter")
    #expect(listener.press("down") == [.previewTheme("light")])
    listener.send(.themePreview(Theme(name: "light")))
    #expect(listener.state.theme.name == "light")
    #expect(listener.press("escape") == [])
    #expect(listener.state.theme.name == "dark")
    // It comes too late.
    listener.send(.themePreview(Theme(name: "light")))
    #expect(listener.state.theme.name == "dark")
    listener.press("enter", "down", "down")
    listener.send(.themePreview(Theme(name: "ocean")))
    #expect(listener.press("enter") == [.loadTheme("ocean")])
    #expect(listener.state.theme.name == "ocean")
    #expect(listener.send(.theme(Theme(name: "ocean"))) == [.saveSetting(name: "theme", value: "ocean")])
  }

  @Test("accounts: the current one is marked, another is switched to, one is removed after a question")
  func accounts() {
    var listener = settings()
    let other = AccountSummary(id: AccountID("2"), name: "bert@elsewhere")
    listener.send(.accountsChanged([Listener.account, other], current: Listener.account.id))
    listener.run("view settings")
    listener.press("home")
    #expect(listener.press("enter") == [])
    listener.press("j")
    #expect(listener.press("enter") == [.switchAccount(other.id)])
    listener.press("d")
    #expect(listener.state.prompt?.label.hasPrefix("Sign out of bert@elsewhere?") == true)
    #expect(listener.press("n") == [])
    #expect(listener.press("d", "y") == [.removeAccount(other.id)])
    listener.press("j", "enter")
    #expect(listener.state.login != nil)
  }
}
