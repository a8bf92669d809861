import Core
import Music
import TUI
import Testing

@Suite("Views of the library")
struct LibraryViewTests {
  @Test("left of the first column stand the views; each is shown as the cursor passes, right goes into it")
  func chooser() {
    var listener = Listener()
    listener.press("h")
    #expect(listener.state.library.focus == .views && listener.state.library.view == .artist)
    listener.press("j", "j")
    #expect(listener.state.library.view == .genre && listener.state.library.focus == .views)
    #expect(listener.state.library.groups.rows.map(\.name) == ["Electronic", "Pop"])
    #expect(listener.state.library.albums.rows.map(\.name) == ["Debut"])
    listener.press("l", "j")
    #expect(listener.state.library.focus == .groups)
    #expect(listener.state.library.albums.rows.map(\.name) == ["First", "Second"])
    #expect(listener.state.library.tracks.rows.map(\.title) == ["One", "Two", "Three"])
    listener.press("l", "l", "escape", "h", "escape")
    #expect(listener.state.library.focus == .views)
  }

  @Test("each view comes by its command, with its own columns", arguments: LibraryView.allCases)
  func commands(view: LibraryView) {
    var listener = Listener()
    listener.press("2")
    listener.run("library \(view.rawValue)")
    #expect(listener.state.screen == .library && listener.state.library.view == view)
    #expect(listener.state.library.focus == view.columns[0])
    #expect(!listener.state.library.tracks.rows.isEmpty)
    for _ in 1..<view.columns.count { listener.press("l") }
    listener.press("enter")
    #expect(listener.playing != nil)
  }

  @Test("a view that is come back to shows what it showed, each cursor on its row")
  func remembered() {
    var listener = Listener()
    listener.press("j")
    listener.run("library year")
    listener.press("j", "l")
    listener.run("library artist")
    #expect(listener.state.library.artists.selected?.name == "Björk")
    #expect(listener.state.library.albums.rows.map(\.name) == ["Debut"])
    listener.run("library year")
    #expect(listener.state.library.groups.selected?.name == "1993")
    #expect(listener.state.library.tracks.rows.map(\.title) == ["Six", "Seven"])
  }

  @Test("a view that is come back to shows what changed since it was left, also beside its first column")
  func changedMeanwhile() {
    var listener = Listener()
    func asked(_ act: (inout Listener) -> Void) -> [CatalogueQuestion] {
      let before = listener.questions.count
      act(&listener)
      return listener.questions[before...].map(\.1)
    }
    let besides = asked { $0.run("refresh") }.filter {
      switch $0 {
      case .albums, .tracksOfAlbum: true
      default: false
      }
    }
    #expect(besides.count == 2, "\(besides)")
    listener.run("library year")
    listener.send(.catalogueChanged)
    let questions = asked { $0.run("library artist") }
    #expect(Set(questions) == Set(besides + [.artists]) && questions.count == 3, "\(questions)")
    listener.run("library year")
    #expect(asked { $0.run("library artist") } == [.artists], "nothing changed")
    // What was asked for when the view was left, and went nowhere.
    listener.answersQuestions = false
    listener.send(.catalogueChanged)
    listener.run("library year")
    #expect(Set(asked { $0.run("library artist") }).isSuperset(of: besides))
  }

  @Test("an answer to a view that was left goes nowhere, and the view asks again when it comes back")
  func late() {
    var listener = Listener()
    listener.answersQuestions = false
    listener.run("library genre")
    let (ticket, _) = listener.questions.last!
    listener.run("library starred")
    listener.send(.answer(ticket, .groups([.genre("Old")])))
    #expect(listener.state.library.groups.rows.isEmpty)
    listener.answersQuestions = true
    listener.run("library genre")
    #expect(listener.state.library.groups.rows.map(\.name) == ["Electronic", "Pop"])
  }

  @Test("folders lead into each other and back; one that holds no other shows its tracks")
  func folders() {
    var listener = Listener()
    listener.run("library folder")
    #expect(listener.state.library.tracks.rows.count == 5)
    listener.press("l")
    #expect(listener.state.library.folder == "Aurora")
    #expect(listener.state.library.groups.rows.map(\.name) == ["First", "Second", "(tracks here)"])
    listener.press("j", "l")
    #expect(listener.state.library.focus == .tracks && listener.state.library.folder == "Aurora")
    #expect(listener.state.library.tracks.rows.map(\.title) == ["Four", "Five"])
    listener.press("h", "h")
    #expect(listener.state.library.folder == "" && listener.state.library.groups.selected?.name == "Aurora")
    listener.press("j", "l")
    #expect(listener.state.library.focus == .tracks && listener.state.library.groups.selected?.name == "Björk")
    listener.press("h", "h")
    #expect(listener.state.library.focus == .views)
  }

  @Test("Enter on a genre, a decade or a folder plays all of it")
  func playing() {
    var listener = Listener()
    listener.run("library folder")
    listener.press("enter")
    #expect(listener.queued == ["One", "Two", "Three", "Four", "Five"])
    listener.run("library genre")
    listener.press("enter")
    #expect(listener.queued.count == 7)
    #expect(listener.press("w", "f") == [])
  }

  @Test("chance throws anew each time it is asked for, and not when the library changes")
  func random() {
    var listener = Listener()
    func seed() -> UInt32? {
      if case .library(.randomAlbums(let seed)) = listener.questions.last(where: { question in
        if case .library(.randomAlbums) = question.1 { true } else { false }
      })?.1 {
        seed
      } else {
        nil
      }
    }
    listener.run("library random")
    let first = seed()
    listener.send(.catalogueChanged)
    #expect(seed() == first && first != nil)
    listener.run("library random")
    #expect(seed() != first)
  }

  @Test(
    "what chance throws, or another order, is seen from its first row on",
    arguments: ["library random", "albums year"])
  func fromTheTop(line: String) {
    let albums = (1...40).map { Album(id: AlbumID(Int64($0)), remoteID: "\($0)", name: "Album \($0)", artist: "A") }
    var listener = Listener()
    listener.answersQuestions = false
    func answer(_ rows: [Album]) {
      let asked = listener.questions.last { question in
        switch question.1 {
        case .library(.randomAlbums), .allAlbums: true
        default: false
        }
      }
      listener.send(.answer(asked!.0, .albums(rows)))
    }
    listener.run("library album")
    answer(albums)
    listener.run(line)
    answer(albums)
    listener.press("j", "j", "j")
    listener.run(line)
    answer(albums.reversed())
    #expect(listener.state.library.albums.list.cursor == 0)
    listener.press("j", "j", "j")
    let chosen = listener.state.library.albums.selected
    listener.send(.catalogueChanged)
    answer(albums)
    #expect(listener.state.library.albums.selected == chosen)
  }

  @Test("the first rows of a long answer are shown until the rest comes, and the cursor stays")
  func parts() {
    var listener = Listener()
    listener.answersQuestions = false
    listener.run("albums year")
    let (ticket, _) = listener.questions.last!
    listener.send(.part(ticket, .albums(Array(Listener.albums.prefix(2)))))
    #expect(listener.state.library.albums.rows.count == 2 && !listener.state.library.albums.isLoaded)
    listener.press("j")
    listener.send(.answer(ticket, .albums(Listener.albums)))
    #expect(listener.state.library.albums.rows.count == 3)
    #expect(listener.state.library.albums.selected?.name == "Second")
    listener.send(.catalogueChanged)
    let again = listener.questions.last { $0.1 == .allAlbums(.year) }!.0
    listener.send(.part(again, .albums([])))
    #expect(listener.state.library.albums.rows.count == 3)
  }

  @Test(
    "the first folders of thousands are shown and gone into until the rest comes, and who comes out stands on the one left"
  )
  func folderParts() {
    var listener = Listener()
    listener.answersQuestions = false
    let all = ["A", "B", "C", "D"].map { LibraryGroup.folder($0) }
    func question(_ folder: String) -> Ticket? {
      listener.questions.last { $0.1 == .library(.folders(in: folder)) }?.0
    }
    listener.run("library folder")
    let first = question("")!
    listener.send(.part(first, .groups(Array(all.prefix(2)))))
    #expect(listener.state.library.groups.rows.count == 2)
    #expect(listener.questions.last?.1 == .library(.tracksInFolder("A", .shown)))
    listener.press("j")
    listener.send(.answer(first, .groups(all)))
    #expect(listener.state.library.groups.rows == all && listener.state.library.groups.selected == all[1])
    listener.press("G", "l")
    let inside = question("D")!
    listener.send(.part(inside, .groups([.folder("D/1")])))
    #expect(listener.state.library.folder == "D" && listener.state.library.groups.rows == [.folder("D/1")])
    listener.send(.answer(inside, .groups([.folder("D/1"), .here("D")])))
    #expect(listener.state.library.groups.rows == [.folder("D/1"), .here("D")])
    listener.press("h")
    let again = question("")!
    listener.send(.part(again, .groups(Array(all.prefix(2)))))
    #expect(listener.state.library.groups.rows.count == 2 && listener.state.library.groups.selected == .folder("D/1"))
    listener.send(.answer(again, .groups(all)))
    #expect(listener.state.library.groups.rows == all && listener.state.library.groups.selected == all[3])
  }

  @Test("a view whose question fails is asked again")
  func failing() {
    var listener = Listener()
    listener.answersQuestions = false
    listener.run("library decade")
    listener.send(.answer(listener.questions.last!.0, .failed("disk error")))
    #expect(listener.notice == "The library could not be read: disk error")
    listener.answersQuestions = true
    listener.run("library decade")
    #expect(listener.state.library.groups.rows.map(\.name) == ["1990s"])
  }
}

@Suite("History screen")
struct HistoryScreenTests {
  @Test("days stand above what was heard on them, and the cursor passes over them")
  func days() {
    var listener = Listener()
    listener.press("6")
    #expect(listener.state.history.plays.rows.map { $0.play?.track.title } == [nil, "Four", "Three", nil, "Two"])
    #expect(listener.state.history.plays.selected?.play?.track.title == "Four")
    listener.press("j", "j")
    #expect(listener.state.history.plays.selected?.play?.track.title == "Two")
    listener.press("k")
    #expect(listener.state.history.plays.selected?.play?.track.title == "Three")
    listener.press("g", "g")
    #expect(listener.state.history.plays.selected?.play?.track.title == "Four")
    listener.press("enter")
    #expect(listener.queued == ["Four", "Three", "Two"] && listener.playing == "Four")
    listener.press("f")
    #expect(listener.effects.last == .edit(.star(.track(TrackID(4)), true)))
  }

  @Test("more is read when the cursor comes near the end, until there is no more")
  func paging() {
    var listener = Listener()
    listener.answersQuestions = false
    listener.press("6")
    let many = (0..<250).map { place in
      HeardTrack(
        id: Int64(1000 - place), heard: Timestamp(seconds: 0), day: Listener.heard[0].day, time: "10:00",
        track: Listener.tracks[place % 7])
    }
    listener.send(.answer(listener.questions.last!.0, .plays(many)))
    listener.press("j")
    #expect(listener.questions.last!.1 == .library(.history(limit: 250)))
    listener.press("G")
    #expect(listener.questions.last!.1 == .library(.history(limit: 500)))
    listener.send(.answer(listener.questions.last!.0, .plays(many)))
    #expect(listener.state.history.plays.list.cursor == 250)
    let count = listener.questions.count
    listener.press("k", "j")
    #expect(listener.questions.count == count)
  }

  @Test("a day is named as people do")
  func names() {
    let titles = [(0, 2026), (1, 2026), (2, 2026), (400, 2025)].map { ago, year in
      HeardTrack.Day(year: year, month: 3, day: 9, weekday: 1, daysAgo: ago).title(thisYear: 2026)
    }
    #expect(titles == ["Today", "Yesterday", "Monday 9 March", "Monday 9 March 2025"])
  }
}
