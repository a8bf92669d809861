import Music
import TUI
import Testing

@testable import Core

@Suite("What is read before a cursor goes there")
struct AheadTests {
  private func tap(_ listener: inout Listener, _ keys: String...) {
    for key in keys { listener.send(.key(Key(parsing: key)!)) }
  }

  private func albums(_ listener: Listener) -> [String] { listener.state.library.albums.rows.map(\.name) }
  private func tracks(_ listener: Listener) -> [String] { listener.state.library.tracks.rows.map(\.title) }

  /// Its cursor has rested, and what it asked ahead has come.
  private func rested() -> Listener {
    var listener = Listener()
    listener.answersAhead = true
    listener.ring(.follow)
    return listener
  }

  @Test("once a cursor rests, what stands beside the rows next to it is asked for, and then nothing more")
  func once() {
    var listener = Listener()
    #expect(listener.alarms[.follow] == .milliseconds(80))
    #expect(listener.aheads.isEmpty)
    listener.ring(.follow)
    #expect(listener.aheads.map(\.questions) == [[.albums(of: ArtistID(2))]])
    listener.answerAhead()
    #expect(listener.aheads.map(\.questions).last == [.tracksOfAlbum(AlbumID(20))])
    listener.answerAhead()
    #expect(listener.aheads.count == 2)
    #expect(listener.alarms[.follow] == nil)
    #expect(albums(listener) == ["First", "Second"])
  }

  @Test("the move shows it at once and asks nothing, not even what the cache holds")
  func atOnce() {
    var listener = rested()
    let (asked, marks) = (listener.questions.count, listener.marksAsked)
    tap(&listener, "j")
    #expect(albums(listener) == ["Debut"])
    #expect(tracks(listener) == ["Six", "Seven"])
    #expect(listener.questions.count == asked)
    #expect(listener.marksAsked == marks)
    #expect(listener.state.marks[TrackID(6)] == .absent)
    #expect(!listener.state.awaitsNeighbours)
    #expect(listener.state.onlyMoved != nil)
    tap(&listener, "l", "l", "enter")
    #expect(listener.playing == "Six")
  }

  @Test("while the cursor is on its way nothing is read ahead")
  func underWay() {
    var listener = rested()
    let asked = listener.aheads.count
    tap(&listener, "j", "k", "j", "k")
    #expect(listener.aheads.count == asked)
    #expect(albums(listener) == ["Debut"])
    listener.ring(.follow)
    #expect(albums(listener) == ["First", "Second"])
  }

  @Test("rows that were at hand a moment ago are not read again")
  func kept() {
    var listener = rested()
    tap(&listener, "j")
    listener.ring(.follow)
    let asked = listener.aheads.count
    tap(&listener, "k")
    listener.ring(.follow)
    #expect(listener.aheads.count == asked)
    #expect(listener.state.ahead.questions.count == 4)
  }

  @Test("no more is kept than what is next to the cursor")
  func few() {
    var listener = rested()
    tap(&listener, "3")
    listener.ring(.follow)
    #expect(listener.state.ahead.questions == [.tracksOfPlaylist(PlaylistID(2))])
    for key in ["j", "j", "k", "j"] {
      tap(&listener, key)
      listener.ring(.follow)
      #expect(listener.state.ahead.questions.count <= 3)
    }
    #expect(listener.state.playlists.tracksTitle == "Theirs")
  }

  @Test("after a change of the library all is read anew")
  func changed() {
    var listener = rested()
    listener.changeLibrary("*")
    #expect(listener.state.ahead.questions.isEmpty)
    #expect(listener.alarms[.follow] != nil)
    tap(&listener, "j")
    #expect(albums(listener) == ["Debut*"])
    listener.ring(.follow)
    tap(&listener, "k")
    #expect(tracks(listener) == ["One*", "Two*", "Three*"])
  }

  @Test("an answer that was under way when the library changed is dropped")
  func late() {
    var listener = Listener()
    listener.ring(.follow)
    let old = listener.aheads.last!
    listener.changeLibrary("*")
    let answer = Listener.answer(old.questions[0])
    listener.send(.ahead(old.ticket, [old.questions[0]: answer], marks: [:]))
    tap(&listener, "j")
    #expect(albums(listener) == ["Debut*"])
  }

  @Test("an answer that comes after the cursor went there moves nothing")
  func overtaken() {
    var listener = Listener()
    listener.ring(.follow)
    tap(&listener, "j", "l", "l", "j")
    listener.answerAhead()
    #expect(tracks(listener) == ["Six", "Seven"])
    #expect(listener.state.library.tracks.list.cursor == 1)
    #expect(listener.state.library.focus == .tracks)
  }

  @Test("stars, steps that are undone, and other accounts leave nothing in hand", arguments: ["f", "u", "account"])
  func dropped(by what: String) {
    var listener = rested()
    #expect(!listener.state.ahead.questions.isEmpty)
    listener.answersAhead = false
    if what == "account" {
      listener.send(.accountsChanged([Listener.account], current: AccountID("2")))
    } else {
      tap(&listener, what)
    }
    if what == "u" { listener.send(.turned(HistoryReturn(entries: [], isRedo: false))) }
    #expect(listener.state.ahead.questions.isEmpty)
  }

  @Test("what cannot be read ahead is asked for by the move, and not asked for over and over")
  func unreadable() {
    var listener = Listener()
    listener.ring(.follow)
    listener.send(.ahead(listener.aheads[0].ticket, [:], marks: [:]))
    #expect(listener.aheads.count == 1)
    let asked = listener.questions.count
    tap(&listener, "j")
    #expect(listener.questions[asked].1 == .albums(of: ArtistID(2)))
    #expect(albums(listener) == ["Debut"])
  }

  @Test("long answers are not kept")
  func long() {
    var listener = Listener()
    listener.ring(.follow)
    let many = (0...AheadState.mostRows).map { Album(id: AlbumID(Int64(100 + $0)), remoteID: "\($0)", name: "x") }
    listener.send(.ahead(listener.aheads[0].ticket, [.albums(of: ArtistID(2)): .albums(many)], marks: [:]))
    #expect(listener.state.ahead.questions.isEmpty)
    #expect(listener.aheads.count == 1)
  }

  @Test("what the cache held before it changed is asked again")
  func marks() {
    var listener = rested()
    listener.cached.insert(TrackID(6))
    listener.send(.cacheChanged)
    tap(&listener, "j")
    #expect(listener.state.marks[TrackID(6)] == .whole)
  }

  @Test("in a narrowed list the next rows are those that are shown")
  func narrowed() {
    var listener = Listener()
    tap(&listener, "3")
    listener.run("filter e")
    listener.ring(.follow)
    let shown = listener.state.arrangement(of: .playlists)?.shown
    #expect(shown == [1, 2])
    #expect(listener.aheads.last?.questions == [.tracksOfPlaylist(PlaylistID(3))])
  }

  @Test("neither the line mode nor a login reads ahead")
  func nowhere() {
    var plain = AppState(plain: .typed)
    let effects = update(&plain, .accountsChanged([Listener.account], current: Listener.account.id))
    #expect(!effects.contains(.alarm(.follow, after: .milliseconds(80))))
    var login = Listener(isSignedIn: false)
    login.ring(.follow)
    #expect(login.aheads.isEmpty)
  }

  @Test("reading ahead changes nothing that is drawn")
  func quiet() {
    var listener = Listener()
    let before = listener.state
    #expect(before.isQuiet(.alarm(.follow)))
    listener.answersAhead = true
    listener.ring(.follow)
    #expect(listener.state.surroundings == before.surroundings)
    #expect(ListPlace.allCases.allSatisfy { listener.state[$0] == before[$0] })
    tap(&listener, "j", "k")
    #expect(!listener.state.isQuiet(.alarm(.follow)))
  }

  @Test("with random keys and changes the same rows are seen as without", arguments: 1...6)
  func same(seed: Int) {
    var dice = Dice(state: UInt64(seed))
    var (with, without) = (Listener(), Listener())
    with.answersAhead = true
    for step in 0..<600 {
      let isResting = Int.random(in: 0..<3, using: &dice) > 0
      if Int.random(in: 0..<20, using: &dice) == 0 {
        with.changeLibrary("\(step)")
        without.changeLibrary("\(step)")
      } else {
        let message = message(&dice)
        with.send(message)
        without.send(message)
      }
      if isResting {
        with.ring(.follow)
        without.ring(.follow)
        if Int.random(in: 0..<4, using: &dice) == 0 { with.ring(.views) }
      }
      let isSame = seen(with.state) == seen(without.state)
      #expect(isSame, "step \(step)")
      if !isSame { return }
    }
  }

  private func message(_ dice: inout Dice) -> Message {
    switch Int.random(in: 0..<16, using: &dice) {
    case 0: .command(CommandTests.all.randomElement(using: &dice)!, replyTo: nil)
    case 1: .cacheChanged
    case 7:
      .command(
        try! Command(
          parsing: "library \(LibraryView.allCases.randomElement(using: &dice)!.rawValue)"), replyTo: nil)
    case 2...6: .key(MonkeyTests.keys.randomElement(using: &dice)!)
    default: .key(.character("jkjkhl13G".randomElement(using: &dice)!))
    }
  }

  private func seen(_ state: AppState) -> [[String]] {
    [
      [state.screen.rawValue, "\(state.library.view)", "\(state.library.focus)"],
      state.library.artists.rows.map(\.name), state.library.albums.rows.map(\.name),
      state.library.tracks.rows.map(\.title), state.playlists.lists.rows.map(\.name),
      state.playlists.tracks.rows.map(\.title), state.queue.entries.map(\.track.title),
      state.library.tracks.rows.map { "\(String(describing: state.marks[$0.id]))" },
      ListPlace.allCases.map { "\(state[$0].cursor) \(state[$0].top)" },
    ]
  }
}
