import Core
import Music
import TUI
import Testing

@Suite("Stars and ratings that the rows do not have yet")
struct OverridesTests {
  /// Puts the first tracks of the album into the queue; the catalogue's answers are the test's.
  private func listener() -> Listener {
    var listener = Listener()
    listener.press("l", "l", "enter")
    listener.run("view queue")
    listener.answersQuestions = false
    return listener
  }

  private func isStarred(_ listener: Listener) -> Bool {
    listener.state.isStarred(listener.state.queue.entries[0].track)
  }

  /// The catalogue changed: answers what was asked of the queue's tracks.
  private func refresh(_ listener: inout Listener, starred: Bool, rating: Int = 0) {
    listener.send(.catalogueChanged)
    for (ticket, question) in listener.questions {
      guard case .tracks(let ids) = question else { continue }
      var tracks = Listener.tracks.filter { ids.contains($0.id) }
      for place in tracks.indices where tracks[place].id == TrackID(1) {
        tracks[place].isStarred = starred
        tracks[place].rating = rating
      }
      listener.send(.answer(ticket, .tracks(tracks)))
    }
  }

  @Test("give way when the catalogue brings another value, and never before it has the edit")
  func giveWay() {
    var listener = listener()
    listener.press("f")
    #expect(isStarred(listener))
    refresh(&listener, starred: false)
    #expect(isStarred(listener))  // an answer from before the edit
    listener.send(.edited(.star(.track(TrackID(1)), true), created: nil))
    refresh(&listener, starred: true)
    #expect(isStarred(listener))
    refresh(&listener, starred: false)
    #expect(!isStarred(listener))  // taken away elsewhere
  }

  @Test("a star and a rating that come from elsewhere are seen in the queue")
  func elsewhere() {
    var listener = listener()
    refresh(&listener, starred: true, rating: 4)
    #expect(isStarred(listener))
    #expect(listener.state.rating(of: listener.state.queue.entries[0].track) == 4)
    refresh(&listener, starred: false)
    #expect(!isStarred(listener))
    #expect(listener.state.rating(of: listener.state.queue.entries[0].track) == 0)
  }
}
