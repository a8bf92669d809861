import Music
import TUI
import Testing

@testable import Core

@Suite("A clock that is set back while the player runs")
struct ClockSetBackTests {
  private let before: Int64 = 1_900_000_000
  /// Years earlier.
  private let after: Int64 = 1_700_000_000

  private func listener() -> Listener {
    var listener = Listener()
    listener.send(.clock(Timestamp(seconds: before)))
    return listener
  }

  @Test("a notice goes as it would have gone, and lesser news is heard")
  func notices() {
    var listener = listener()
    listener.send(.notice(Notice(.error, "The disk is full.")))
    listener.send(.clock(Timestamp(seconds: after)))
    listener.send(.notice(Notice(.information, "All is well.")))
    listener.send(.clock(Timestamp(seconds: after + 5)))
    #expect(listener.notice == "All is well.")
    listener.send(.clock(Timestamp(seconds: after + 12)))
    #expect(listener.notice == nil)
  }

  @Test("the sleep timer ends when it was to end")
  func sleep() {
    var listener = listener()
    listener.run("play")
    listener.run("sleep 30m")
    listener.send(.clock(Timestamp(seconds: before + 600)))
    listener.send(.clock(Timestamp(seconds: after)))
    #expect(listener.state.sleepTimeLeft == .seconds(1200))
  }

  @Test("the queue is kept soon, and what plays is told with a time of the new clock")
  func session() {
    var listener = listener()
    listener.keepsSession = true
    listener.send(.session(nil, position: .zero, missing: 0))
    listener.press("l", "l", "enter")
    listener.send(.clock(Timestamp(seconds: after)))
    listener.effects = []
    listener.send(.clock(Timestamp(seconds: after + 12)))
    #expect(listener.effects.contains { if case .saveQueue = $0 { true } else { false } })
    let entry = listener.state.queue.current!
    for second in 1...entry.track.duration { listener.hear(second) }
    let times = listener.effects.compactMap { effect -> Int64? in
      if case .edit(.recordPlay(_, let time)) = effect { time.seconds } else { nil }
    }
    #expect(times == [after])
  }

  @Test("a question is asked as soon as nobody has pressed a key for a moment")
  func question() {
    var listener = listener()
    listener.press("j")
    listener.send(.clock(Timestamp(seconds: after)))
    listener.send(.clock(Timestamp(seconds: after + 4)))
    listener.send(.playlistAsks(PlaylistQuestion(playlist: PlaylistID(1), name: "Morning", conflict: .deletedThere)))
    #expect(listener.state.prompt?.options.count == 3)
  }

  @Test("a clock that is set forward is a computer that has slept: time has passed")
  func forward() {
    var listener = listener()
    listener.run("play")
    listener.run("sleep 30m")
    listener.send(.clock(Timestamp(seconds: before + 3600)))
    #expect(listener.state.sleepTimeLeft ?? .zero == .zero)
  }
}
