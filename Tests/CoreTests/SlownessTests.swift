import Core
import Music
import Testing

@Suite("Music that comes too slowly")
struct SlownessTests {
  @Test("is told once, after it was waited for a while, and the controls go on")
  func slow() {
    var listener = Listener()
    listener.press("l", "l", "enter")
    listener.send(.clock(Timestamp(seconds: 100)))
    listener.send(.player(.buffering(true)))
    for second in 101...109 { listener.send(.clock(Timestamp(seconds: Int64(second)))) }
    #expect(listener.notice == nil)
    for second in 110...112 { listener.send(.clock(Timestamp(seconds: Int64(second)))) }
    #expect(listener.notice?.contains("comes too slowly") == true)
    listener.press("escape")
    for second in 113...140 { listener.send(.clock(Timestamp(seconds: Int64(second)))) }
    #expect(listener.notice == nil)
    listener.run("next")
    #expect(listener.playing == "Two")
  }

  @Test("is not told while it only stutters")
  func stutter() {
    var listener = Listener()
    listener.press("l", "l", "enter")
    for second in 1...60 {
      listener.send(.player(.buffering(second % 5 != 0)))
      listener.send(.clock(Timestamp(seconds: Int64(second))))
    }
    #expect(listener.notice == nil)
  }
}
