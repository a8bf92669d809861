import Core
import Music
import TUI
import Testing

@Suite("Prompts, login and the shell")
struct PromptTests {
  @Test("the command line runs what is typed, and tells what is wrong")
  func commandLine() {
    var listener = Listener()
    listener.press(":")
    listener.type("volume 40")
    #expect(listener.press("enter").first == .player(.setVolume(40)))
    listener.press(":")
    listener.type("dance")
    listener.press("enter")
    #expect(listener.notice == "There is no command “dance”. Press ? for the list.")
    listener.press(":", "escape")
    #expect(listener.state.prompt == nil)
    listener.press(":", "backspace")
    #expect(listener.state.prompt == nil)
  }

  @Test("up and down go through the lines that were run")
  func history() {
    var listener = Listener()
    for line in ["shuffle", "repeat"] {
      listener.press(":")
      listener.type(line)
      listener.press("enter")
    }
    listener.press(":", "up")
    #expect(listener.state.prompt?.field.text == "repeat")
    listener.press("up", "up", "up")
    #expect(listener.state.prompt?.field.text == "shuffle")
    listener.press("down", "down")
    #expect(listener.state.prompt?.field.text == "")
  }

  @Test("Tab completes commands, themes and names")
  func completion() {
    var listener = Listener()
    listener.send(.themesFound(["dark", "light"]))
    listener.press(":")
    listener.type("th")
    listener.press("tab")
    #expect(listener.state.prompt?.field.text == "theme")
    listener.type(" ")
    listener.press("tab")
    #expect(listener.state.prompt?.field.text == "theme dark")
    listener.press("tab")
    #expect(listener.state.prompt?.field.text == "theme light")
    listener.press("backtab")
    #expect(listener.press("enter") == [.loadTheme("dark")])
  }

  @Test("a theme is kept once it is loaded, not when it is asked for")
  func theme() {
    var listener = Listener()
    #expect(listener.run("theme none-such") == [.loadTheme("none-such")])
    #expect(listener.send(.theme(Theme(name: "light"))) == [.saveSetting(name: "theme", value: "light")])
  }

  @Test("the shell hears whether the theme it asked for could be had", arguments: ["theme nope", "set theme nope"])
  func themeForShell(line: String) throws {
    var listener = Listener()
    let token = ReplyToken(1)
    let command = try Command(parsing: line)
    #expect(listener.send(.command(command, replyTo: token)) == [.loadTheme("nope", replyTo: token)])
    #expect(listener.send(.told(Notice(.error, "None."), replyTo: token)) == [.reply(token, .failed("None."))])
    #expect(listener.send(.theme(Theme(name: "nope"), replyTo: token)).last == .reply(token, .done))
  }

  @Test("a setting that cannot be fails for the shell, too")
  func settingForShell() throws {
    var listener = Listener()
    let token = ReplyToken(1)
    let told = listener.send(.command(.set(name: "mouse", value: "maybe"), replyTo: token))
    #expect(told == [.reply(token, .failed("The mouse is on or off, not “maybe”."))])
    let done = listener.send(.command(.set(name: "volume", value: "30"), replyTo: token))
    #expect(done.filter { if case .reply = $0 { true } else { false } } == [.reply(token, .done)])
  }

  @Test("editing keys work where text is typed")
  func editing() {
    var listener = Listener()
    listener.press(":")
    listener.type("onee two")
    listener.press("^w", "backspace", "backspace", "left", "left", "delete", "^e")
    listener.type("x")
    listener.press("home")
    listener.type("夜")
    #expect(listener.state.prompt?.field.text == "夜oex")
    listener.press("^k")
    #expect(listener.state.prompt?.field.text == "夜")
    listener.press("^u")
    listener.send(.key(.character("e")))
    listener.send(.key(.character("\u{301}")))
    #expect(listener.state.prompt?.field.text == "é")
    #expect(listener.state.prompt?.field.cursor == 1)
  }

  @Test("without an account the login screen opens; the form goes out when it is full")
  func login() {
    var listener = Listener(isSignedIn: false)
    listener.send(.accountsChanged([], current: nil))
    #expect(listener.state.login?.focus == .address)
    #expect(listener.press("enter") == [])
    listener.press("backtab")
    listener.type("music.example.org ")
    listener.press("tab")
    listener.type("anna")
    listener.press("enter")
    listener.type("se cret")
    let form = SignInForm(address: "music.example.org", user: "anna", password: "secret")
    #expect(listener.press("enter") == [.signIn(SignInForm(address: form.address, user: "anna", password: "se cret"))])
    #expect(listener.state.login?.isBusy == true)
    #expect(listener.press("enter") == [])
    listener.send(.signInFailed("The password is wrong."))
    #expect(listener.state.login?.problem == "The password is wrong.")
    #expect(listener.press("enter").count == 1)
    listener.send(.accountsChanged([Listener.account], current: Listener.account.id))
    #expect(listener.state.login == nil)
    #expect(listener.state.library.artists.rows.count == 2)
  }

  @Test("what is missing on the login screen is said in words")
  func missing() {
    var listener = Listener(isSignedIn: false)
    listener.send(.accountsChanged([], current: nil))
    listener.press("tab", "tab", "tab")
    #expect(listener.press("enter") == [])
    #expect(listener.state.login?.problem?.contains("address") == true)
    #expect(listener.state.login?.focus == .address)
  }

  @Test("an API key is signed in with without a user")
  func key() {
    var listener = Listener(isSignedIn: false)
    listener.send(.accountsChanged([], current: nil))
    listener.type("music.example.org")
    listener.press("tab", "tab")
    listener.type("key")
    let form = SignInForm(address: "music.example.org", user: "", password: "key")
    #expect(listener.press("enter") == [.signIn(form)])
  }

  @Test("a folder or the demo need no server")
  func withoutServer() {
    var listener = Listener(isSignedIn: false)
    listener.send(.accountsChanged([], current: nil))
    listener.press("up")
    #expect(listener.press("enter") == [.openDemo])
    listener.send(.signInFailed("The demo music is not installed."))
    listener.press("up")
    #expect(listener.press("enter") == [.openFolder("~/Music")])
    #expect(listener.press("^c") == [.quit])
  }

  @Test("no description of a form holds its password")
  func secret() {
    let form = SignInForm(address: "a", user: "u", password: "hunter2")
    #expect(!"\(form)".contains("hunter2"))
    #expect(!String(reflecting: form).contains("hunter2"))
    #expect(!"\(Effect.signIn(form))".contains("hunter2"))
  }

  @Test("accounts are switched by name or from a list")
  func accounts() {
    var listener = Listener()
    let second = AccountSummary(id: AccountID("2"), name: "Demo")
    listener.send(.accountsChanged([Listener.account, second], current: Listener.account.id))
    #expect(listener.run("account Demo") == [.switchAccount(AccountID("2"))])
    listener.run("account")
    #expect(listener.press("down", "enter") == [.switchAccount(AccountID("2"))])
    listener.run("account")
    listener.press("down", "down", "enter")
    #expect(listener.state.login?.canClose == true)
    listener.press("escape")
    #expect(listener.state.login == nil)
    listener.run("account Nobody")
    #expect(listener.notice?.contains("Nobody") == true)
  }

  @Test("another account shows its own library")
  func switching() {
    var listener = Listener()
    listener.answersQuestions = false
    listener.send(
      .accountsChanged([Listener.account, AccountSummary(id: AccountID("2"), name: "Demo")], current: AccountID("2")))
    #expect(listener.state.library.artists.rows.isEmpty)
    #expect(listener.questions.last?.1 == .playlists)
  }

  @Test("every command of the shell gets exactly one reply")
  func replies() throws {
    let token = ReplyToken(7)
    var listener = Listener()
    func reply(_ line: String) throws -> [Effect] {
      listener.send(.command(try Command(parsing: line), replyTo: token)).filter {
        if case .reply = $0 { true } else { false }
      }
    }
    #expect(try reply("next") == [.reply(token, .failed("The queue is empty."))])
    #expect(try reply("play one") == [.reply(token, .done)])
    #expect(listener.playing == "One")
    #expect(try reply("play aurora") == [.reply(token, .done)])
    #expect(listener.queued == ["One", "Two", "Three", "Four", "Five"])
    #expect(try reply("play xyzzy") == [.reply(token, .failed("Nothing in the library matches “xyzzy”."))])
    #expect(try reply("pause") == [.reply(token, .done)])
    #expect(try reply("view help") == [.reply(token, .done)])
    #expect(
      try reply("queue") == [
        .reply(token, .queue(QueueReport(tracks: listener.state.queue.entries.map(\.track), currentIndex: 0)))
      ])
    #expect(try reply("status") == [.reply(token, .status(listener.state.statusReport))])
    #expect(listener.state.statusReport.state == .paused)
    #expect(listener.state.statusReport.place == 1)
    #expect(try reply("clear") == [.reply(token, .done)])
    #expect(listener.queued == [])
  }
}
