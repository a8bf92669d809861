import Core
import Music
import TUI
import Testing

@Suite("What stands beside a cursor")
struct NeighboursTests {
  /// Keys without a rest between them.
  private func tap(_ listener: inout Listener, _ keys: String...) {
    for key in keys { listener.send(.key(Key(parsing: key)!)) }
  }

  @Test("after a rest it follows the first move at once, and more moves when the cursor rests again")
  func following() {
    var listener = Listener()
    let before = listener.questions.count
    tap(&listener, "j")
    #expect(listener.questions[before].1 == .albums(of: ArtistID(2)))
    #expect(listener.state.library.albums.rows.map(\.name) == ["Debut"])
    tap(&listener, "k")
    #expect(listener.state.library.albums.rows.map(\.name) == ["Debut"])
    #expect(listener.state.library.albumsTitle(isAlone: false, separator: "›") == "Björk")
    #expect(listener.alarms[.follow] == .milliseconds(80))
    listener.ring(.follow)
    #expect(listener.state.library.albums.rows.map(\.name) == ["First", "Second"])
    #expect(listener.state.library.albumsTitle(isAlone: false, separator: "›") == "Aurora")
    #expect(listener.state.library.tracks.rows.map(\.title) == ["One", "Two", "Three"])
  }

  @Test("in the panel the album stays whose tracks stand there, while the cursor is on its way")
  func panel() {
    var listener = Listener()
    tap(&listener, "l")
    #expect(listener.state.panelTrack?.title == "One")
    tap(&listener, "j")
    #expect(listener.state.panelTrack?.title == "Four")
    tap(&listener, "k")
    #expect(listener.state.library.albums.selected?.name == "First")
    #expect(listener.state.panelTrack?.title == "Four")
    #expect(listener.state.hasMovedCursor)
    listener.ring(.follow)
    #expect(listener.state.panelTrack?.title == "One")
    #expect(!listener.state.hasMovedCursor)
  }

  @Test("is awaited from the key that asks for it to its answer, and not while the cursor moves on")
  func awaiting() {
    var listener = Listener()
    #expect(!listener.state.awaitsNeighbours)
    listener.answersQuestions = false
    tap(&listener, "j")
    #expect(listener.state.awaitsNeighbours)
    let albums = listener.questions.last!
    listener.send(.answer(albums.0, Listener.answer(albums.1)))
    let tracks = listener.questions.last!
    #expect(listener.state.awaitsNeighbours && tracks.1 == .tracksOfAlbum(AlbumID(20)))
    listener.send(.answer(tracks.0, Listener.answer(tracks.1)))
    #expect(!listener.state.awaitsNeighbours)
    tap(&listener, "k")
    #expect(!listener.state.awaitsNeighbours)
  }

  @Test("keys that act on it wait for its rows")
  func acting() {
    var listener = Listener()
    tap(&listener, "j", "k", "j", "l", "l", "enter")
    #expect(listener.playing == "Six")
    tap(&listener, "h", "h", "k", "l", "j", "l", "j", "a")
    #expect(listener.queued.last == "Five")
  }

  @Test("Enter on a track never plays one of an album that the cursor has left")
  func stale() {
    var listener = Listener()
    listener.answersQuestions = false
    tap(&listener, "G", "l", "l", "enter", "+")
    #expect(listener.effects == [])
    #expect(listener.state.library.tracks.rows.map(\.title) == ["One", "Two", "Three"])
    let albums = listener.questions.last { $0.1 == .albums(of: ArtistID(2)) }!.0
    listener.send(.answer(albums, Listener.answer(.albums(of: ArtistID(2)))))
    #expect(listener.state.library.focus == .tracks)
    #expect(listener.playing == nil)
    let tracks = listener.questions.last!
    #expect(tracks.1 == .tracksOfAlbum(AlbumID(20)))
    listener.send(.answer(tracks.0, Listener.answer(tracks.1)))
    #expect(listener.playing == "Six")
    #expect(listener.queued == ["Six", "Seven"])
  }

  @Test("a number waits with its key")
  func counts() {
    var listener = Listener()
    listener.run("set count-wait 250")
    listener.answersQuestions = false
    tap(&listener, "G", "l", "l", "2", "a")
    listener.answersQuestions = true
    let albums = listener.questions.last { $0.1 == .albums(of: ArtistID(2)) }!.0
    listener.send(.answer(albums, Listener.answer(.albums(of: ArtistID(2)))))
    listener.answerLast()
    #expect(listener.queued == ["Six", "Seven"])
  }

  @Test("where the rows cannot be read nothing is done, and that is said; the next key asks again")
  func failing() {
    var listener = Listener()
    listener.answersQuestions = false
    tap(&listener, "j", "l", "enter")
    let albums = listener.questions.last { $0.1 == .albums(of: ArtistID(2)) }!.0
    listener.send(.answer(albums, .failed("disk error")))
    #expect(listener.notice == "The library could not be read: disk error")
    #expect(listener.playing == nil)
    listener.answersQuestions = true
    tap(&listener, "l", "enter")
    #expect(listener.playing == "Six")
  }

  @Test("what has waited for long is not done any more")
  func patience() {
    var listener = Listener()
    listener.send(.clock(Timestamp(seconds: 100)))
    listener.answersQuestions = false
    tap(&listener, "j", "l", "enter")
    listener.send(.clock(Timestamp(seconds: 103)))
    #expect(listener.press("q") == [.quit])
    #expect(listener.notice == "Nothing was done: the rows did not come in time.")
    listener.answersQuestions = true
    listener.answerLast()
    #expect(listener.playing == nil)
  }

  @Test("the shell's commands wait like keys, and are answered")
  func shell() {
    var listener = Listener()
    listener.answersQuestions = false
    tap(&listener, "j", "l")
    listener.send(.command(.activate, replyTo: ReplyToken(7)))
    #expect(!listener.effects.contains(.reply(ReplyToken(7), .done)))
    listener.answersQuestions = true
    listener.answerLast()
    #expect(listener.effects.contains(.reply(ReplyToken(7), .done)))
    #expect(listener.playing == "Six")
  }

  @Test("a click on rows that are about to go does nothing")
  func clicks() {
    var listener = Listener()
    listener.answersQuestions = false
    tap(&listener, "j")
    let column = listener.state.layout.libraryColumns(focus: 0, count: 3)[1].rect
    let point = Point(column: column.column + 4, row: column.row + 2)
    listener.send(.key(.mouse(Mouse(.press, at: point))))
    listener.send(.key(.mouse(Mouse(.doublePress, at: point))))
    #expect(listener.state.library.focus == .artists)
    #expect(listener.playing == nil)
  }

  @Test("the tracks of a playlist follow and wait likewise")
  func playlists() {
    var listener = Listener()
    tap(&listener, "3", "j", "k", "l", "enter")
    #expect(listener.playing == "One")
    tap(&listener, "h", "j", "k", "j")
    #expect(listener.state.playlists.tracksTitle == "Morning")
    listener.ring(.follow)
    #expect(listener.state.playlists.tracksTitle == "Evening")
  }
}
