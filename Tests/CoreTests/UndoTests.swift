import Core
import Music
import TUI
import Testing

@Suite("Undoing")
struct UndoTests {
  /// The first album in the queue, its second track playing a while in.
  private func playing() -> Listener {
    var listener = Listener()
    listener.send(.session(nil, position: .zero, missing: 0))
    listener.press("l", "l", "j", "enter")
    listener.run("view queue")
    listener.hear(40)
    return listener
  }

  @Test("what was removed from the queue is there again, and the music is not disturbed")
  func removing() {
    var listener = playing()
    #expect(listener.queued == ["One", "Two", "Three"] && listener.playing == "Two")
    listener.press("home", "d")
    #expect(listener.queued == ["Two", "Three"])
    let effects = listener.press("u")
    #expect(listener.queued == ["One", "Two", "Three"] && listener.playing == "Two")
    #expect(listener.notice == "“One” is in the queue again.")
    #expect(!effects.contains { if case .player(.load) = $0 { true } else { false } })
    #expect(listener.state.queueList.cursor == 0)
  }

  @Test("an emptied queue is back, at the place where the music was")
  func clearing() {
    var listener = playing()
    listener.run("clear")
    listener.press("y")
    #expect(listener.queued == [] && listener.state.player.state == .stopped)
    listener.press("u")
    #expect(listener.queued == ["One", "Two", "Three"] && listener.playing == "Two")
    #expect(listener.state.player.state == .paused && listener.state.player.position == .seconds(40))
    #expect(listener.notice == "The queue of 3 tracks is back.")
    listener.press("^r")
    #expect(listener.queued == [])
    #expect(listener.notice == "Again: emptied the queue of 3 tracks.")
  }

  @Test("what was played in place of the queue gives way: the music goes on where it was")
  func replacing() {
    var listener = playing()
    listener.run("view library")
    listener.press("h", "j", "l", "enter")
    listener.run("view queue")
    #expect(listener.queued == ["Four", "Five"] && listener.playing == "Four")
    let effects = listener.press("u")
    #expect(listener.queued == ["One", "Two", "Three"] && listener.playing == "Two")
    let loads = effects.compactMap { effect -> Duration? in
      if case .player(.load(_, let position, false)) = effect { position } else { nil }
    }
    #expect(loads == [.seconds(40)])
  }

  @Test("steps go back one after another and forth again; what is done after that cannot be done again")
  func backAndForth() {
    var listener = playing()
    listener.press("home", "d", "d", "J")
    #expect(listener.queued == ["Three"])
    listener.press("u", "u")
    #expect(listener.queued == ["One", "Two", "Three"])
    listener.press("u")
    #expect(listener.queued == [])
    listener.press("u")
    #expect(listener.notice == "There is nothing to undo.")
    listener.press("^r", "^r")
    #expect(listener.queued == ["Two", "Three"])
    listener.press("G", "d", "^r")
    #expect(listener.queued == ["Two"] && listener.notice == "There is nothing to do again.")
  }

  @Test("a shuffled queue plays in its old order again")
  func shuffling() {
    var listener = playing()
    let order = listener.state.queue.upcoming(10).map(\.id)
    listener.press("s", "u")
    #expect(listener.state.queue.shuffleMode == .off && listener.state.queue.upcoming(10).map(\.id) == order)
    listener.press("^r")
    #expect(listener.state.queue.shuffleMode == .tracks)
  }

  @Test("what the music itself did to the queue meanwhile stays done")
  func meanwhile() {
    var listener = playing()
    listener.run("consume on")
    listener.press("G", "d")
    #expect(listener.queued == ["One", "Two"])
    listener.run("view library")
    listener.press("j")
    listener.run("add")
    listener.press(">")
    #expect(listener.queued == ["One", "Three"] && listener.playing == "Three")
    listener.press("u")
    #expect(listener.queued == ["One"])
  }

  @Test("keys that come while the catalogue goes back are done in turn")
  func impatience() {
    var listener = playing()
    listener.press("home", "d", "d")
    listener.answersQuestions = false
    #expect(listener.press("u") == [.turn(.undo)])
    #expect(listener.press("u") == [])
    let change = HistoryEntry.Change.star(.track(TrackID(1)), true)
    let entry = HistoryEntry(id: 1, step: 1, made: Timestamp(seconds: 0), change: change, subject: "One")
    let news = HistoryReturn(entries: [entry], isRedo: false)
    #expect(listener.send(.turned(news)) == [.turn(.undo)])
    #expect(listener.notice == "“One” has no star any more.")
    listener.send(.turnFailed("the disk is full"))
    #expect(listener.notice == "It could not be undone: the disk is full")
  }

  @Test("before the last run’s queue is back nothing counts as a step")
  func early() {
    var listener = Listener()
    listener.press("l", "l", "enter")
    #expect(listener.steps.isEmpty)
  }

  @Test("many stars are one step")
  func together() {
    var listener = Listener()
    listener.press("l", "l", "v", "v", "f")
    #expect(
      listener.effects.suffix(1) == [
        .edit(.together([.star(.track(TrackID(1)), true), .star(.track(TrackID(2)), true)]))
      ])
  }

  @Test("the history tells what was done, and goes back to where Enter is pressed")
  func history() {
    var listener = Listener()
    listener.answersQuestions = false
    listener.run("history")
    #expect(listener.state.screen == .changes)
    let (ticket, question) = listener.questions.last!
    #expect(question == .history(limit: 1000))
    func entry(_ id: Int64, _ step: Int64, _ change: HistoryEntry.Change, _ state: HistoryEntry.State) -> HistoryEntry {
      HistoryEntry(id: id, step: step, made: Timestamp(seconds: 0), change: change, subject: "Road", state: state)
    }
    let list = PlaylistID(1)
    listener.send(
      .answer(
        ticket,
        .history([
          entry(5, 4, .queue(.clear, added: 0, removed: 9), .undone),
          entry(4, 3, .star(.track(TrackID(2)), true), .done), entry(3, 3, .star(.track(TrackID(1)), true), .done),
          entry(2, 2, .editPlaylist(list, added: 12, removed: 0), .done),
          entry(1, 1, .createPlaylist(list, trackCount: 0), .passedOver),
        ])))
    #expect(
      listener.state.changes.steps.rows.map(\.words) == [
        "Emptied the queue of 9 tracks", "Starred 2 rows", "Added 12 tracks to “Road”", "Made the playlist “Road”",
      ])
    #expect(listener.press("j", "j", "enter") == [.turn(.undoThrough(2))])
    listener.send(.turned(HistoryReturn(entries: [], isRedo: false)))
    #expect(listener.press("home", "enter") == [.turn(.redoThrough(4))])
    listener.send(.turned(HistoryReturn(entries: [], isRedo: true)))
    #expect(listener.press("G", "enter") == [])
    listener.press("escape", "escape")
    #expect(listener.state.screen == .library)
  }

  @Test("versions of a playlist are looked at and restored")
  func versions() {
    var listener = Listener()
    listener.run("view playlists")
    listener.answersQuestions = false
    listener.run("versions")
    #expect(listener.questions.last?.1 == .versions(of: PlaylistID(1)))
    let version = PlaylistVersion(
      id: 7, playlist: PlaylistID(1), made: Timestamp(seconds: 0), details: PlaylistDetails(name: "Morning"),
      trackCount: 12)
    listener.send(.answer(listener.questions.last!.0, .versions([version])))
    #expect(listener.questions.last?.1 == .tracksOfVersion(7))
    #expect(listener.press("enter") == [.edit(.restore(version: 7, name: "Morning"))])
    listener.send(.edited(.restore(version: 7, name: "Morning"), created: nil))
    #expect(listener.notice == "“Morning” is as it was then. u takes that back.")
    listener.send(.edited(.restore(version: 7, name: "Morning", missing: 2), created: nil))
    #expect(
      listener.notice
        == "“Morning” is as it was then, but for 2 tracks that the library has no more. u takes that back.")
  }
}
