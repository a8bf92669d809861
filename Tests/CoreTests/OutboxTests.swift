import Core
import Music
import TUI
import Testing

@Suite("The outbox's screen")
struct OutboxScreenStateTests {
  private let renamed = PlaylistQuestion(
    playlist: PlaylistID(1), name: "Morning", conflict: .renamed(ours: "Morning", theirs: "Dawn"))

  private func row(_ id: Int64, _ edit: Edit, _ state: OutboxRow.State = .waiting) -> OutboxRow {
    OutboxRow(
      id: id, server: ServerID("s"), edit: edit, subject: "One", since: Timestamp(seconds: 0), state: state)
  }

  /// On the outbox's screen, with these rows.
  private func onOutbox(_ rows: OutboxRow...) -> Listener {
    var listener = Listener()
    listener.answersQuestions = false
    listener.run("outbox")
    let ticket = listener.questions.last { $0.1 == .outbox }!.0
    listener.send(.answer(ticket, .outbox(rows)))
    return listener
  }

  @Test("what was refused is tried again with Enter, and given up after a yes")
  func refused() {
    var listener = onOutbox(
      row(1, .star(.track(TrackID(1)), true)), row(2, .rate(.track(TrackID(1)), 3), .refused("not allowed")))
    #expect(listener.state.outbox.rows.rows.map(\.words) == ["a star for “One”", "3 of 5 for “One”"])
    #expect(listener.press("enter") == [] && listener.notice == "It is sent soon, by itself.")
    #expect(listener.press("j", "enter") == [.edit(.retry(2))])
    #expect(listener.press("d", "n") == [])
    #expect(listener.press("d", "y") == [.edit(.discard(2))])
    #expect(listener.run("outbox retry-all") == [.edit(.retry(2))])
    listener.press("escape", "escape")
    #expect(listener.state.screen == .library)
  }

  @Test("a question is asked at once when nobody types, and stays in the outbox when it is put off")
  func question() {
    var listener = Listener()
    listener.send(.clock(Timestamp(seconds: 100)))
    listener.send(.playlistAsks(renamed))
    #expect(listener.state.prompt?.options == ["Call it “Morning”", "Call it “Dawn”", "Later"])
    listener.press("escape")
    #expect(listener.state.prompt == nil)
    listener.send(.clock(Timestamp(seconds: 200)))
    listener.send(.playlistAsks(renamed))
    #expect(listener.state.prompt == nil)
    var outbox = onOutbox(
      row(5, .describePlaylist(PlaylistID(1)), .asks(.renamed(ours: "Morning", theirs: "Dawn"))))
    outbox.press("enter")
    #expect(outbox.press("down", "enter") == [.edit(.decide(PlaylistID(1), .takeTheirs))])
  }

  @Test("a question that comes while something is typed waits in the outbox")
  func busy() {
    var listener = Listener()
    listener.send(.clock(Timestamp(seconds: 100)))
    listener.press(":")
    listener.send(.playlistAsks(renamed))
    #expect(listener.state.prompt?.options == [])
    listener.press("escape")
    #expect(listener.notice?.hasSuffix(":outbox asks.") == true)
  }

  @Test("a list that is gone elsewhere is kept as a new one, or given up here too")
  func deleted() {
    var listener = onOutbox(row(5, .replacePlaylistTracks(PlaylistID(1)), .asks(.deletedThere)))
    listener.press("enter")
    #expect(listener.press("enter") == [.edit(.decide(PlaylistID(1), .keepOurs))])
    listener.press("enter")
    #expect(listener.press("G", "escape") == [])
  }

  @Test("the bar says what asks for attention, and what waits while there is no network")
  func counts() {
    var listener = Listener()
    func told(_ counts: OutboxCounts) -> String? {
      listener.answersQuestions = false
      listener.send(.outboxChanged)
      listener.send(.answer(listener.questions.last!.0, .outboxCounts(counts)))
      return listener.state.outboxWord
    }
    #expect(told(OutboxCounts(waiting: 3)) == nil)
    #expect(told(OutboxCounts(waiting: 3, refused: 2)) == "2 refused")
    #expect(told(OutboxCounts(refused: 2, asking: 1)) == "1 question")
    listener.send(.connectivity(.offline(reason: "gone")))
    #expect(told(OutboxCounts(waiting: 3)) == "3 to send")
  }

  @Test("when the password is taken no more it is asked for, and nothing is given up")
  func password() {
    var listener = Listener()
    let account = AccountSummary(
      id: AccountID("1"), name: "anna@home", address: "https://music.example.org", user: "anna")
    listener.send(.accountsChanged([account], current: account.id))
    listener.send(.clock(Timestamp(seconds: 100)))
    listener.send(.lockedOut)
    #expect(listener.state.prompt?.kind == .hidden && listener.state.outboxWord == "password wanted")
    listener.type("new")
    let form = SignInForm(address: "https://music.example.org", user: "anna", password: "new")
    #expect(listener.press("enter") == [.signIn(form)])
    listener.send(.lockedOut)
    #expect(listener.state.prompt == nil && listener.notice?.hasSuffix("nothing is lost.") == true)
    listener.run("outbox password")
    #expect(listener.state.prompt?.kind == .hidden)
  }
}
