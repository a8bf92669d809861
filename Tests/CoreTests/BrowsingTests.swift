import Core
import Music
import TUI
import Testing

@Suite("Browsing")
struct BrowsingTests {
  @Test("at the start the artists, their albums and tracks come by themselves")
  func start() {
    let listener = Listener()
    #expect(listener.state.library.artists.rows.map(\.name) == ["Aurora", "Björk"])
    #expect(listener.state.library.albums.rows.map(\.name) == ["First", "Second"])
    #expect(listener.state.library.tracks.rows.map(\.title) == ["One", "Two", "Three"])
  }

  @Test("the columns to the right follow the cursor")
  func following() {
    var listener = Listener()
    listener.press("j")
    #expect(listener.state.library.albums.rows.map(\.name) == ["Debut"])
    #expect(listener.state.library.tracks.rows.map(\.title) == ["Six", "Seven"])
    listener.press("k", "l", "j")
    #expect(listener.state.library.tracks.rows.map(\.title) == ["Four", "Five"])
  }

  @Test("an answer that comes too late is dropped, and old rows stay until new ones come")
  func stale() {
    var listener = Listener()
    listener.answersQuestions = false
    listener.press("j")
    let (first, question) = listener.questions.last!
    #expect(question == .albums(of: ArtistID(2)))
    #expect(listener.state.library.albums.rows.map(\.name) == ["First", "Second"])
    listener.press("k")
    listener.send(.answer(first, .albums([Listener.albums[2]])))
    #expect(listener.state.library.albums.rows.map(\.name) == ["First", "Second"])
    listener.send(.answer(listener.questions.last!.0, .albums([Listener.albums[0]])))
    #expect(listener.state.library.albums.rows.map(\.name) == ["First"])
  }

  @Test("when the catalogue changes the rows are read again and the cursor stays on its row")
  func changing() {
    var listener = Listener()
    listener.press("j")
    listener.answersQuestions = false
    let before = listener.questions.count
    listener.send(.catalogueChanged)
    let asked = listener.questions[before...]
    #expect(asked.map(\.1).contains(.artists))
    let newcomer = Artist(id: ArtistID(9), remoteID: "9", name: "Aaron")
    listener.send(.answer(asked.first { $0.1 == .artists }!.0, .artists([newcomer] + Listener.artists)))
    #expect(listener.state.library.artists.selected?.name == "Björk")
  }

  @Test("changes that come while an answer is under way lead to one more question, not to many")
  func coalescing() {
    var listener = Listener()
    listener.answersQuestions = false
    for _ in 0..<50 { listener.send(.catalogueChanged) }
    #expect(listener.questions.filter { $0.1 == .artists }.count <= 4)
    let ticket = listener.questions.last { $0.1 == .artists }!.0
    let before = listener.questions.count
    listener.send(.answer(ticket, .artists(Listener.artists)))
    #expect(listener.questions[before...].contains { $0.1 == .artists })
  }

  @Test("a catalogue that cannot be read is told of, and can be asked again")
  func unreadable() {
    var listener = Listener()
    listener.answersQuestions = false
    listener.press("j")
    listener.send(.answer(listener.questions.last!.0, .failed("disk error")))
    #expect(listener.notice == "The library could not be read: disk error")
    listener.answersQuestions = true
    listener.send(.catalogueChanged)
    #expect(listener.state.library.albums.rows.map(\.name) == ["Debut"])
  }

  @Test("that a list could not be read stands in it until it can be, and is told once")
  func lastingTrouble() {
    var listener = Listener()
    listener.answersQuestions = false
    listener.send(.catalogueChanged)
    for ticket in listener.questions.map(\.0) { listener.send(.answer(ticket, .failed("The database is damaged."))) }
    listener.send(.libraryFailed("The database is damaged."))
    listener.send(.sync(.failed("The database is damaged.")))
    #expect(listener.notice == "The library could not be read: The database is damaged.")
    #expect(listener.state.trouble(of: .artists) == "This could not be read. The database is damaged.")
    #expect(listener.state.trouble(of: .queue) == nil)
    listener.answersQuestions = true
    listener.send(.catalogueChanged)
    #expect(listener.state.trouble(of: .artists) == nil)
    #expect(listener.state.libraryTrouble == nil)
  }

  @Test("music that is on its way is not said to be missing")
  func onItsWay() {
    var listener = Listener()
    let account = AccountSummary(id: AccountID("a"), name: "ada@x", address: "https://x")
    listener.send(.accountsChanged([account], current: account.id))
    #expect(listener.state.libraryOnItsWay == "Asking the server…")
    listener.send(.connectivity(.online))
    #expect(listener.state.libraryOnItsWay == "Being read from the server…")
    listener.send(.sync(.progress(section: "albums", done: 1, total: nil)))
    #expect(listener.state.libraryOnItsWay == "Being read from the server…")
    listener.send(.sync(.finished(nil)))
    #expect(listener.state.libraryOnItsWay == nil)
    listener.send(.accountsChanged([account], current: .local))
    #expect(listener.state.libraryOnItsWay == nil)
    listener.send(.activity(.progress(Activity(.scan, "Reading files", done: 1))))
    #expect(listener.state.libraryOnItsWay == "The folder is being read…")
    listener.send(.activity(.ended(.scan)))
    listener.send(.accountsChanged([account], current: account.id))
    listener.send(.connectivity(.offline(reason: "no answer")))
    #expect(listener.state.libraryOnItsWay == nil)
  }

  @Test("in a long list the cursor stays in sight")
  func scrolling() {
    var listener = Listener()
    listener.answersQuestions = false
    listener.send(.catalogueChanged)
    let ticket = listener.questions.last { $0.1 == .artists }!.0
    let many = (0..<250_000).map { Artist(id: ArtistID(Int64($0)), remoteID: "\($0)", name: "Artist \($0)") }
    listener.send(.answer(ticket, .artists(many)))
    let height = listener.state.layout.listHeight
    for key in ["G", "k", "^u", "^u", "g", "g", "^d", "j", "^f", "^b", "end", "home"] {
      listener.press(key)
      let list = listener.state.library.artists.list
      #expect(list.cursor >= list.top && list.cursor < list.top + height)
      #expect(list.top >= 0 && list.top <= many.count - height)
    }
    listener.press("G")
    #expect(listener.state.library.artists.selected?.name == "Artist 249999")
    listener.send(.resized(Size(columns: 40, rows: 10)))
    let list = listener.state.library.artists.list
    #expect(list.cursor < list.top + listener.state.layout.listHeight)
  }

  @Test("search asks with each letter, and only the latest answer counts")
  func searching() {
    var listener = Listener()
    listener.press("/")
    listener.type("o")
    #expect(listener.state.search.results.rows.first?.id == .heading("Artists"))
    listener.type("ne")
    #expect(listener.questions.last?.1 == .search("one"))
    #expect(listener.state.search.results.rows == [.heading("Tracks", count: "1"), .track(Listener.tracks[0])])
    listener.press("enter", "enter")
    #expect(listener.playing == "One")
  }

  @Test("how many there are of a kind is told once all were looked for, and where that is not all of them")
  func counts() {
    var listener = Listener()
    listener.answersQuestions = false
    func tracks(_ count: Int) -> CatalogueAnswer {
      .found(
        artists: [], albums: [],
        tracks: (1...count).map { Track(id: TrackID(Int64($0)), origin: .local, remoteID: "\($0)", title: "Nine") })
    }
    listener.run("search nine")
    let (ticket, _) = listener.questions.last!
    listener.send(.part(ticket, tracks(60)))
    #expect(listener.state.search.results.rows.first == .heading("Tracks"))
    listener.send(.answer(ticket, tracks(70)))
    #expect(listener.state.search.results.rows.first == .heading("Tracks", count: "70"))
    listener.run("search nine lives")
    listener.send(.answer(listener.questions.last!.0, tracks(200)))
    #expect(listener.state.search.results.rows.first == .heading("Tracks", count: "the first 200"))
    listener.run("search title:nine")
    listener.send(.answer(listener.questions.last!.0, tracks(200)))
    #expect(listener.state.search.results.rows.first == .heading("Tracks", count: "200"))
  }

  @Test("keys of another preset lead out of the search field as Escape and the arrows do, and write nothing")
  func presetKeys() {
    var listener = Listener()
    listener.run("set keymap emacs")
    listener.run("search")
    listener.type("one")
    listener.press("^g")
    #expect(!listener.state.search.isTyping && listener.state.search.field.text == "one")
    listener.run("search")
    listener.press("^n")
    #expect(!listener.state.search.isTyping && listener.state.search.field.text == "one")
  }

  @Test("the next search takes the place of the last, unless the listener goes into its words first")
  func nextSearch() {
    var listener = Listener()
    listener.press("/")
    listener.type("aurora")
    listener.press("enter", "/")
    #expect(listener.state.search.isFieldChosen)
    listener.type("bjo")
    #expect(listener.state.search.field.text == "bjo")
    listener.press("escape", "/", "left")
    #expect(!listener.state.search.isFieldChosen)
    listener.type("x")
    #expect(listener.state.search.field.text == "bjxo")
    listener.press("enter", "/", "backspace")
    #expect(listener.state.search.field.text.isEmpty)
    // Left by a key that writes nothing, and gone into again by another way.
    listener.type("two")
    listener.press("enter", "/", "escape", "tab")
    listener.type("s")
    #expect(listener.state.search.field.text == "twos")
  }

  @Test("keys typed into the search field are text, not commands; Escape leaves it")
  func typing() {
    var listener = Listener()
    listener.press("/")
    listener.type("q")
    listener.send(.key(.named(.space)))
    listener.send(.key(.paste("d\nx\u{1B}[2J")))
    #expect(listener.state.search.field.text == "q d x[2J")
    #expect(listener.effects == [.expectSearch])
    listener.press("escape")
    #expect(listener.press("q") == [.quit])
  }

  @Test("the cursor of the search results never stands on a heading")
  func headings() {
    var listener = Listener()
    listener.run("search o")
    for key in ["g", "g", "j", "k", "k", "G", "k", "^u", "^d", "g", "g"] {
      listener.press(key)
      if case .heading? = listener.state.search.results.selected { Issue.record("on a heading after \(key)") }
    }
  }

  @Test("a pasted text outside of any field does nothing")
  func paste() {
    var listener = Listener()
    #expect(listener.send(.key(.paste("q\n:quit\n"))) == [])
    #expect(listener.state.prompt == nil)
  }

  @Test("starring shows at once, goes to the catalogue, and is taken back when that fails")
  func starring() {
    var listener = Listener()
    listener.press("l", "l")
    #expect(listener.press("f") == [.edit(.star(.track(TrackID(1)), true))])
    #expect(listener.state.isStarred(Listener.tracks[0]))
    #expect(listener.press("f") == [.edit(.star(.track(TrackID(1)), false))])
    listener.press("f")
    listener.send(.editFailed(.star(.track(TrackID(1)), true), reason: "disk full"))
    #expect(!listener.state.isStarred(Listener.tracks[0]))
    #expect(listener.notice == "The change could not be kept: disk full")
  }

  @Test("marked rows are acted on together")
  func marking() {
    var listener = Listener()
    listener.press("l", "l", "v", "v", "a")
    #expect(listener.queued == ["One", "Two"])
    #expect(listener.state.library.tracks.list.marked.isEmpty)
    listener.press("h", "v", "v", "a")
    #expect(listener.queued == ["One", "Two", "One", "Two", "Three", "Four", "Five"])
  }

  @Test("offline, a track is playable when it is held here or of this computer")
  func playable() {
    var listener = Listener()
    #expect(listener.state.isPlayable(Listener.tracks[1]))
    listener.send(.connectivity(.offline(reason: "the server refused the connection")))
    #expect(listener.state.isPlayable(Listener.tracks[0]))
    #expect(!listener.state.isPlayable(Listener.tracks[1]))
    var local = Listener.tracks[1]
    local.origin = .local
    #expect(listener.state.isPlayable(local))
  }

  @Test("going offline and coming back is one notice each")
  func connectivity() {
    var listener = Listener()
    listener.send(.connectivity(.online))
    #expect(listener.notice == nil)
    listener.send(.connectivity(.offline(reason: "it did not answer in time")))
    #expect(listener.notice == "Offline: it did not answer in time. What is cached still plays.")
    listener.press("escape")
    listener.send(.connectivity(.offline(reason: "it did not answer in time")))
    #expect(listener.notice == nil)
    listener.send(.connectivity(.online))
    #expect(listener.notice == "The server is back: online again.")
  }

  @Test("a notice goes by itself after a while")
  func expiry() {
    var listener = Listener()
    listener.send(.clock(Timestamp(seconds: 100)))
    listener.send(.notice(Notice(.information, "Hello.")))
    #expect(listener.state.wantsClock)
    listener.send(.clock(Timestamp(seconds: 105)))
    #expect(listener.notice == "Hello.")
    listener.send(.clock(Timestamp(seconds: 106)))
    #expect(listener.notice == nil)
    #expect(!listener.state.wantsClock)
  }
}
