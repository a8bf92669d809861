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
    listener.send(.folders(ticket, ["~/Movies/", "~/Music/"]))
    #expect(listener.state.prompt?.field.text == "open ~/Movies/")
    listener.press("tab")
    #expect(listener.state.prompt?.field.text == "open ~/Music/")
  }

  @Test("settings complete with their values")
  func settings() {
    var listener = typing("set keym")
    listener.press("tab")
    #expect(listener.state.prompt?.field.text == "set keymap")
    listener.type(" e")
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
