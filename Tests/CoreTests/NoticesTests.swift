import Core
import Music
import TUI
import Testing

@Suite("Notices")
struct NoticesTests {
  private let failure = Notice(.error, "“Blue” stops at 0:13.")
  private let news = Notice(.warning, "Offline: the server does not answer.")

  @Test("an error can be read before lesser news takes its place")
  func errorsStay() {
    var listener = Listener()
    listener.send(.clock(Timestamp(seconds: 100)))
    listener.send(.notice(failure))
    listener.send(.notice(news))
    #expect(listener.notice == failure.text)
    listener.send(.clock(Timestamp(seconds: 103)))
    #expect(listener.notice == failure.text)
    listener.send(.clock(Timestamp(seconds: 104)))
    #expect(listener.notice == news.text)
    listener.send(.clock(Timestamp(seconds: 118)))
    #expect(listener.notice == news.text)
    listener.send(.clock(Timestamp(seconds: 119)))
    #expect(listener.notice == nil)
  }

  @Test("a warning can be read before information takes its place")
  func warningsStay() {
    var listener = Listener()
    listener.send(.notice(news))
    listener.send(.notice(Notice(.information, "The library is up to date.")))
    #expect(listener.notice == news.text)
    listener.send(.clock(Timestamp(seconds: 4)))
    #expect(listener.notice == "The library is up to date.")
  }

  @Test("a change of the listener's ends the news before it, and no other that waits is lost")
  func endOfNews() {
    var listener = Listener()
    listener.send(.notice(failure))
    listener.send(.notice(Notice(.information, "First.")))
    listener.send(.notice(Notice(.information, "Second.")))
    listener.press("f")
    #expect(listener.notice == failure.text)
    listener.send(.clock(Timestamp(seconds: 4)))
    #expect(listener.notice == "First.")
    listener.press("l", "l", "j", "f")
    #expect(listener.notice == "Second.")
  }

  @Test("what is typed after an error was told is answered at once, and an error that came meanwhile stays")
  func typed() {
    var listener = Listener()
    listener.type(":nonsense"); listener.press("enter")
    #expect(listener.notice?.contains("nonsense") == true)
    listener.type(":volume 30"); listener.press("enter")
    let answer = Notice(.information, "Done.")
    listener.send(.notice(answer))
    #expect(listener.notice == answer.text)
    listener.type(":")
    listener.send(.notice(failure))
    listener.type("volume 40"); listener.press("enter")
    listener.send(.notice(answer))
    #expect(listener.notice == failure.text)
  }

  @Test("a theme that can be read again ends what was said of its fault")
  func mended() {
    var listener = Listener()
    listener.send(.notice(Notice(.error, "mine.theme, line 3: “blu” is no colour.", of: .theme)))
    #expect(listener.notice != nil)
    listener.send(.theme(.plain))
    #expect(listener.notice == nil)
  }

  @Test("an error takes the place of anything at once")
  func errorsComeFirst() {
    var listener = Listener()
    listener.send(.notice(news))
    listener.send(.notice(failure))
    #expect(listener.notice == failure.text)
    listener.send(.notice(Notice(.error, "Another.")))
    #expect(listener.notice == "Another.")
  }

  @Test("what was told while an error stands is what the shell hears, and Escape takes all of it away")
  func repliesAndDismissal() {
    var listener = Listener()
    listener.send(.notice(failure))
    let effects = listener.send(.command(.seek(.to(3)), replyTo: ReplyToken(1)))
    #expect(effects == [.reply(ReplyToken(1), .failed("Nothing is playing."))])
    #expect(listener.notice == failure.text)
    listener.press("escape")
    listener.send(.clock(Timestamp(seconds: 1000)))
    #expect(listener.notice == nil)
  }
}
