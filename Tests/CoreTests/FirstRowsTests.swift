import Music
import TUI
import Testing

@testable import Core

@Suite("Views that are read before they are opened")
struct FirstRowsTests {
  /// Nothing was done for a while.
  private func rested() -> Listener {
    var listener = Listener()
    listener.answersAhead = true
    listener.ring(.views)
    return listener
  }

  @Test("some seconds after the first rows each view's first rows are asked for, one question after another, once")
  func once() {
    var listener = Listener()
    #expect(listener.alarms[.views] == .seconds(3))
    listener.ring(.views)
    #expect(listener.firstAsked.map(\.question) == [.allAlbums(.name)])
    listener.send(.firstRows(listener.firstAsked[0].ticket, .albums(Listener.albums), of: 900))
    #expect(listener.firstAsked.map(\.question).last == .tracksOfAlbum(AlbumID(10)))
    let whole = rested()
    #expect(whole.firstAsked.contains { $0.question == .starred })
    #expect(whole.alarms[.views] == nil)
    #expect(whole.state.library.view == .artist)
  }

  @Test("the first visit shows them before its answer comes, with how many there will be")
  func visit() {
    var listener = Listener()
    listener.ring(.views)
    listener.send(.firstRows(listener.firstAsked[0].ticket, .albums(Listener.albums), of: 900))
    listener.answersQuestions = false
    listener.run("library album")
    #expect(listener.state.library.albums.rows == Listener.albums)
    #expect(listener.state.expectedCount(of: .albums) == 900)
    #expect(listener.questions.suffix(2).map(\.1) == [.allAlbums(.name), .tracksOfAlbum(AlbumID(10))])
    let ticket = listener.questions[listener.questions.count - 2].0
    listener.send(.answer(ticket, .albums(Array(Listener.albums.reversed()))))
    #expect(listener.state.library.albums.rows == Listener.albums.reversed())
    #expect(listener.state.expectedCount(of: .albums) == nil)
  }

  @Test("every view shows what it would show without", arguments: LibraryView.allCases)
  func views(view: LibraryView) {
    var (with, without) = (rested(), Listener())
    with.answersQuestions = false
    with.run("library \(view.rawValue)")
    without.run("library \(view.rawValue)")
    let (ahead, asked) = (with.state.library, without.state.library)
    #expect(ahead.groups.rows == asked.groups.rows)
    #expect(ahead.albums.rows == asked.albums.rows)
    #expect(ahead.tracks.rows == asked.tracks.rows)
    #expect(ahead.focus == asked.focus)
  }

  @Test("chance throws another order each time, and that too is read ahead")
  func random() {
    var listener = rested()
    listener.run("library random")
    let first = listener.questions.last { if case .library(.randomAlbums) = $0.1 { true } else { false } }!.1
    #expect(listener.firstAsked.contains { $0.question == first })
    listener.ring(.views)
    listener.run("library random")
    let second = listener.questions.last { if case .library(.randomAlbums) = $0.1 { true } else { false } }!.1
    #expect(second != first)
    #expect(listener.firstAsked.contains { $0.question == second })
  }

  @Test("a change of the library leaves nothing, and they are read once more")
  func changed() {
    var listener = rested()
    #expect(!listener.state.firstRows.questions.isEmpty)
    listener.changeLibrary("*")
    #expect(listener.state.firstRows.questions.isEmpty)
    #expect(listener.alarms[.views] == .seconds(3))
    listener.run("library album")
    #expect(listener.state.library.albums.rows.map(\.name) == ["First*", "Second*", "Debut*"])
  }

  @Test("what comes late, or cannot be read, is not shown")
  func late() {
    var listener = Listener()
    listener.ring(.views)
    listener.changeLibrary("*")
    listener.send(.firstRows(listener.firstAsked[0].ticket, .albums(Listener.albums), of: nil))
    #expect(listener.state.firstRows.questions.isEmpty)
    listener.ring(.views)
    listener.send(.firstRows(listener.firstAsked.last!.ticket, .failed("disk error"), of: nil))
    #expect(listener.notice == nil)
    #expect(listener.firstAsked.count == 3)
    listener.run("library album")
    #expect(listener.state.library.albums.rows.map(\.name) == ["First*", "Second*", "Debut*"])
  }

  @Test("views that were opened are not read again")
  func opened() {
    var listener = Listener()
    listener.answersAhead = true
    listener.run("library starred")
    listener.run("library artist")
    listener.ring(.views)
    #expect(!listener.firstAsked.contains { $0.question == .starred })
  }
}
