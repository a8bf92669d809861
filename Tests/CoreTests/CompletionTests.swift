import Core
import Music
import TUI
import Testing

@Suite("What completes a line, and the lines of earlier runs")
struct CompletionTests {
  private func typing(_ text: String) -> Listener {
    var listener = Listener()
    listener.press(":")
    listener.type(text)
    return listener
  }

  @Test("names of the catalogue complete a line once they are found, and the line is never waited for")
  func names() {
    var listener = typing("play au")
    listener.answersQuestions = false
    listener.press("tab")
    #expect(listener.state.prompt?.field.text == "play au")
    let (ticket, question) = listener.questions.last!
    #expect(question == .find("au"))
    listener.send(.answer(ticket, Listener.answer(question)))
    #expect(listener.state.prompt?.field.text == "play Aurora")
    var changed = typing("play au")
    changed.answersQuestions = false
    changed.press("tab", "x")
    let late = changed.questions.last!.0
    changed.send(.answer(late, Listener.answer(.find("au"))))
    #expect(changed.state.prompt?.field.text == "play aux")
  }

  @Test("folders complete a line, round and round")
  func folders() {
    var listener = typing("open ~/M")
    let asked = listener.press("tab")
    guard case .askFolders(let ticket, "~/M")? = asked.first else {
      Issue.record("nothing was asked")
      return
    }
    listener.send(.paths(ticket, ["~/Movies/", "~/Music/"]))
    #expect(listener.state.prompt?.field.text == "open ~/Movies/")
    listener.press("tab")
    #expect(listener.state.prompt?.field.text == "open ~/Music/")
  }

  @Test("files of playlists complete import and export, behind what was typed", arguments: ["import", "export"])
  func files(name: String) {
    var listener = typing("\(name) ~/pl/")
    let asked = listener.press("tab")
    guard case .askPlaylistFiles(let ticket, "~/pl/")? = asked.first else {
      Issue.record("nothing was asked")
      return
    }
    listener.send(.paths(ticket, ["~/pl/evening.m3u8", "~/pl/old/"]))
    #expect(listener.state.prompt?.field.text == "\(name) ~/pl/evening.m3u8")
    listener.press("tab")
    #expect(listener.state.prompt?.field.text == "\(name) ~/pl/old/")
  }

  @Test(
    "behind its keys a binding is completed as any line is",
    arguments: [
      ("bind gx consu", "bind gx consume"), ("bind queue ^x ^d cle", "bind queue ^x ^d clear"),
      ("bind x set keymap e", "bind x set keymap emacs"), ("bind gx v", "bind gx version"), ("bind que", "bind queue"),
      ("bind g x vie", "bind g x view"),
    ])
  func bindings(typed: String, completed: String) {
    var listener = typing(typed)
    listener.press("tab")
    #expect(listener.state.prompt?.field.text.hasPrefix(completed) == true)
  }

  @Test("behind the keys of a binding all commands are offered")
  func commandsToBind() {
    var listener = typing("bind gx ")
    listener.press("tab")
    #expect(listener.state.prompt?.options.count == Command.names.count)
    #expect(listener.state.prompt?.field.text.hasPrefix("bind gx ") == true)
  }

  @Test("settings complete with their values")
  func settings() {
    var listener = typing("set keym")
    listener.press("tab")
    #expect(listener.state.prompt?.field.text == "set keymap ")
    listener.type("e")
    listener.press("tab")
    #expect(listener.state.prompt?.field.text == "set keymap emacs")
  }

  @Test(
    "where a word must follow, completion adds the space before it; where none must, it does not",
    arguments: [
      ("vol", "volume "), ("set keym", "set keymap "), ("bind que", "bind queue "), ("bind x volu", "bind x volume "),
      ("forg", "forget "), ("shuf", "shuffle"), ("them", "theme"), ("volume 3", "volume 3"),
    ])
  func spaces(typed: String, completed: String) {
    var listener = typing(typed)
    listener.press("tab")
    #expect(listener.state.prompt?.field.text == completed)
  }

  @Test("a word can be typed right behind what was completed, and behind a space of one's own")
  func wordsBehind() {
    var listener = typing("vol")
    listener.press("tab")
    listener.type("30")
    #expect(listener.press("enter").first == .player(.setVolume(30)))
    listener = typing("set keym")
    listener.press("tab")
    listener.type(" em")
    listener.press("tab")
    #expect(listener.state.prompt?.field.text == "set keymap emacs")
  }

  @Test("lines are kept for the next run, but none that may hold a password")
  func history() {
    var listener = Listener()
    listener.keepsSession = true
    listener.send(.commandHistory(["volume 10"]))
    for line in ["volume 20", "radio add http://ann:word@host/x", "set password x"] {
      listener.press(":")
      listener.type(line)
      listener.press("enter")
    }
    let kept = listener.effects.compactMap { if case .saveHistory(let lines) = $0 { lines } else { nil } }
    #expect(kept.last == ["volume 10", "volume 20"])
    listener.press(":", "up", "up", "up", "up")
    #expect(listener.state.prompt?.field.text == "volume 10")
  }
}
