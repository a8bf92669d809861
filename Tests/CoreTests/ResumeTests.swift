import Core
import Music
import TUI
import Testing

@Suite("Going on elsewhere")
struct ResumeTests {
  private func playing() -> Listener {
    var listener = Listener()
    listener.send(.session(nil, position: .zero, missing: 0))
    listener.press("enter")
    listener.hear(42)
    return listener
  }

  @Test("the place of what plays is kept, and gone on from")
  func bookmarks() {
    var listener = playing()
    let bookmark = Bookmark(track: TrackID(1), position: 42_000)
    #expect(listener.run("bookmark") == [.edit(.bookmark(TrackID(1), bookmark))])
    #expect(listener.run("bookmarks") == [.fetchKept(.bookmarks)])
    listener.send(.kept(.bookmarks, KeptThings(bookmarks: [bookmark], tracks: [Listener.tracks[0]])))
    #expect(listener.state.prompt?.options == ["One – Aurora, 0:42"])
    let effects = listener.press("enter")
    #expect(listener.queued == ["One"])
    let places = effects.compactMap { effect -> Duration? in
      if case .player(.load(_, let place, _)) = effect { place } else { nil }
    }
    #expect(places == [.seconds(42)])
    listener.press("u")
    #expect(listener.queued.count == 5)
    #expect(listener.run("bookmark remove") == [.edit(.bookmark(TrackID(1), nil))])
    listener.send(.kept(.bookmarks, KeptThings()))
    #expect(listener.notice?.hasPrefix("There are no bookmarks.") == true)
  }

  @Test("the queue that the server keeps is taken over after a yes, and that can be undone")
  func queue() {
    var listener = playing()
    #expect(listener.run("queue fetch") == [.fetchKept(.queue)])
    let saved = SavedQueue(tracks: [TrackID(6), TrackID(7), TrackID(99)], current: 1, position: 5000)
    let things = KeptThings(queue: saved, tracks: [Listener.tracks[5], Listener.tracks[6]])
    listener.send(.kept(.queue, things))
    #expect(listener.state.prompt?.label.hasPrefix("Take over the queue of 2 tracks, at “Seven” 0:05?") == true)
    listener.press("n")
    #expect(listener.queued.count == 5)
    listener.send(.kept(.queue, things))
    listener.press("y")
    #expect(listener.queued == ["Six", "Seven"] && listener.playing == "Seven")
    listener.press("u")
    #expect(listener.queued.count == 5 && listener.playing == "One")
    listener.send(.kept(.queue, KeptThings(problem: "The server could not be asked: gone.")))
    #expect(listener.notice == "The server could not be asked: gone. This is what was known here.")
  }

  @Test("the queue is left on the server when asked, and at the end where that is wanted")
  func leaving() {
    var listener = playing()
    let saved = SavedQueue(tracks: (1...5).map { TrackID($0) }, current: 0, position: 42_000)
    #expect(listener.run("queue save") == [.edit(.saveQueue(saved))])
    #expect(!listener.send(.ending).contains(.edit(.saveQueue(saved))))
    listener.run("save-queue on")
    #expect(listener.send(.ending).contains(.edit(.saveQueue(saved))))
  }
}
