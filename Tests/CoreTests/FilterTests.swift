import Core
import Music
import TUI
import Testing

@Suite("Filter and order")
struct FilterTests {
  private func shown(_ listener: Listener) -> [String] {
    guard let place = listener.state.placeInHand else { return [] }
    return listener.state.shownIndices(of: place).map { row in
      switch place {
      case .artists: listener.state.library.artists.rows[row].name
      case .tracks: listener.state.library.tracks.rows[row].title
      case .queue: listener.state.queue.entries[row].track.title
      case .playlistTracks: listener.state.playlists.tracks.rows[row].title
      case .stations: listener.state.radio.stations.rows[row].name
      case .history: listener.state.history.plays.rows[row].play?.track.title ?? "-"
      case .found: listener.state.search.results.rows[row].id == .heading("Tracks") ? "-" : "\(row)"
      default: "?"
      }
    }
  }

  private func withQueue() -> Listener {
    var listener = Listener()
    listener.press("enter", "2")
    return listener
  }

  @Test("narrows a list as it is typed: case and diacritics folded, in any part of a word, every word")
  func typing() {
    var listener = Listener()
    listener.press("&")
    listener.type("JO")
    #expect(shown(listener) == ["Björk"])
    #expect(listener.state.library.artists.selected?.name == "Björk")
    #expect(listener.state.library.albums.rows.map(\.name) == ["Debut"])
    listener.press("backspace", "backspace")
    #expect(shown(listener) == ["Aurora", "Björk"])
    listener.type("r au")
    #expect(shown(listener) == ["Aurora"])
    listener.press("enter", "j", "j")
    #expect(shown(listener) == ["Aurora"] && listener.state.library.artists.selected?.name == "Aurora")
    listener.press("escape")
    #expect(shown(listener) == ["Aurora", "Björk"] && listener.state.library.artists.selected?.name == "Aurora")
  }

  @Test("Escape while it is typed takes it away, as does an empty one")
  func leaving() {
    var listener = Listener()
    listener.press("&", "z", "z")
    #expect(shown(listener) == [])
    listener.press("escape")
    #expect(shown(listener).count == 2 && listener.state.filterField == nil)
    listener.run("filter aur")
    #expect(shown(listener) == ["Aurora"])
    listener.run("filter off")
    #expect(shown(listener).count == 2)
  }

  @Test("what acts on rows acts on those that are shown, and on none where none is")
  func acting() {
    var listener = withQueue()
    #expect(listener.queued == ["One", "Two", "Three", "Four", "Five"])
    listener.press("v", "v")
    listener.run("filter o")
    #expect(shown(listener) == ["One", "Two", "Three", "Four", "Five"])  // Aurora
    listener.run("filter fo")
    #expect(shown(listener) == ["Four"])
    listener.press("d")
    #expect(listener.queued == ["One", "Two", "Three", "Five"])
    listener.run("filter zzz")
    listener.press("d", "j", "K", "G", "g", "g", "v")
    #expect(listener.queued == ["One", "Two", "Three", "Five"])
    listener.press("escape", "escape")
    #expect(shown(listener).count == 4)
  }

  @Test("Enter plays what is shown, in the order in which it is shown")
  func playing() {
    var listener = Listener()
    listener.run("library artist")
    listener.press("l", "l")
    listener.run("sort title desc")
    #expect(shown(listener) == ["Two", "Three", "One"])
    listener.press("g", "g", "j", "enter")
    #expect(listener.queued == ["Two", "Three", "One"] && listener.playing == "Three")
    listener.press("1")
    listener.run("filter ee")
    #expect(shown(listener) == ["Three"])
    listener.run("sort off")
    #expect(shown(listener) == ["Three"])
    listener.press("g", "g", "enter")
    #expect(listener.queued == ["Three"])
  }

  @Test("rows are not moved about while some are hidden or stand elsewhere")
  func reordering() {
    var listener = withQueue()
    listener.run("filter e")
    listener.press("J")
    #expect(listener.notice?.contains("hidden by the filter") == true)
    listener.press("escape", "escape")
    listener.run("sort title")
    listener.press("J")
    #expect(listener.notice?.contains("another order") == true)
    #expect(listener.queued == ["One", "Two", "Three", "Four", "Five"])
    listener.press("3", "l")
    listener.run("sort title desc")
    #expect(listener.press("J") == [])
    listener.press("g", "g")
    #expect(
      listener.press("d") == [
        .edit(.setTracks(PlaylistID(1), [TrackID(1), TrackID(3)], seen: [1, 2, 3].map { TrackID($0) }))
      ])
  }

  @Test("keeps up with the list: new rows are narrowed too, other rows begin anew")
  func following() {
    var listener = withQueue()
    listener.run("filter seven")
    #expect(shown(listener) == [])
    listener.press("1", "j", "a", "2")
    #expect(shown(listener) == ["Seven"])
    listener.press("1", "k", "l", "l")
    listener.run("filter two")
    #expect(shown(listener) == ["Two"])
    listener.press("h", "j", "l")
    #expect(shown(listener) == ["Four", "Five"])
  }

  @Test("headings go with what stands below them; stations, history and downloads are narrowed too")
  func kinds() {
    var listener = Listener()
    listener.press("7")
    listener.run("filter wave")
    #expect(shown(listener) == ["Second Wave"])
    listener.press("6")
    listener.run("filter two")
    #expect(shown(listener) == ["-", "Two"])
    listener.run("search o")
    listener.run("filter rora")
    #expect(!shown(listener).isEmpty)
    listener.press("enter")
    #expect(listener.playing != nil)
    listener.press("?")
    listener.run("filter x")
    #expect(listener.notice == "There is no list here that could be filtered.")
  }

  @Test("several columns order a list, and rows that are alike stay as they were")
  func orders() {
    var listener = withQueue()
    listener.run("sort album desc title")
    #expect(shown(listener) == ["Five", "Four", "One", "Three", "Two"])
    listener.run("sort year")
    #expect(shown(listener) == ["One", "Two", "Three", "Four", "Five"])
    listener.run("sort number desc")
    #expect(shown(listener) == ["Five", "Four", "Three", "Two", "One"])
    #expect(listener.queued == ["One", "Two", "Three", "Four", "Five"])
    listener.press("1")
    listener.run("sort title")
    #expect(listener.notice == "Only lists of tracks can be sorted. Go to one first.")
  }

  @Test("a key offers the columns to sort by")
  func chooser() {
    var listener = withQueue()
    listener.press("g", "o")
    listener.type("title, desc")
    listener.press("enter")
    #expect(shown(listener) == ["Two", "Three", "One", "Four", "Five"])
  }

  @Test("a quarter of a million rows are narrowed", arguments: ["99", "number 99", "ü"])
  func many(words: String) {
    var listener = Listener()
    let tracks = (0..<250_000).map { number in
      Track(
        id: TrackID(Int64(number + 1)), origin: .local, remoteID: "", title: "Bridge number \(number)",
        artist: number % 2 == 0 ? "Über" : "Winter")
    }
    listener.answersQuestions = false
    listener.run("starred")
    listener.send(.answer(listener.questions.last!.0, .tracks(tracks)))
    listener.press("&")
    listener.type(words)
    let count = shown(listener).count
    // The u of number is one, too.
    #expect(count == (words == "ü" ? tracks.count : tracks.count { $0.title.contains(words.suffix(2)) }))
  }
}

@Suite("Smart playlists on the screen")
struct SmartPlaylistScreenTests {
  private static let smart = SmartPlaylist(
    id: SmartPlaylistID(7), name: "Stars", query: "is:starred sort:title"
  ).playlist

  private func listener() -> Listener {
    var listener = Listener()
    listener.answersQuestions = false
    listener.send(.catalogueChanged)
    let ticket = listener.questions.last { $0.1 == .playlists }!.0
    listener.answersQuestions = true
    listener.send(.answer(ticket, .playlists([Self.smart] + Listener.playlists)))
    listener.press("3", "g", "g")
    return listener
  }

  @Test("neither smart playlists nor those of others complete what adds to one")
  func adding() {
    var listener = listener()
    listener.press(":")
    listener.type("playlist add ")
    listener.press("tab")
    #expect(listener.state.prompt?.options == ["playlist add Morning", "playlist add Evening"])
  }

  @Test("a search is kept under a name that is asked for, as it was typed")
  func saving() {
    var listener = Listener()
    listener.run("save-search Lost")
    #expect(listener.notice?.hasPrefix("Search for something first") == true)
    listener.press("/")
    listener.type("is:starred year:>1990")
    listener.press("^s")
    for _ in 0..<30 { listener.press("backspace") }
    listener.type("Stars")
    #expect(listener.press("enter") == [.edit(.smart(.create(name: "Stars", query: "is:starred year:>1990")))])
    listener.run("search year:soon")
    #expect(listener.run("save-search Bad") == [])
    #expect(listener.notice?.contains("year:soon") == true)
  }

  @Test("stands among the playlists, is asked for its tracks, and cannot be edited as a list")
  func standing() {
    var listener = listener()
    #expect(listener.questions.contains { $0.1 == .tracksOfPlaylist(PlaylistID(-7)) })
    listener.press("l")
    #expect(listener.press("d") == [])
    listener.press("h")
    listener.run("smart edit is:rated")
    #expect(listener.effects.last == .edit(.smart(.change(PlaylistID(-7), name: nil, query: "is:rated"))))
    listener.run("playlist rename Rated")
    #expect(listener.effects.last == .edit(.smart(.change(PlaylistID(-7), name: "Rated", query: nil))))
    listener.press("D", "y")
    #expect(listener.effects.last == .edit(.smart(.delete(PlaylistID(-7)))))
    #expect(listener.press("w") == [.pin([.playlist(PlaylistID(-7))], on: true)])
  }

  @Test("freeze makes an ordinary playlist of what it holds")
  func freezing() {
    var listener = listener()
    listener.answersQuestions = false
    listener.run("smart freeze Now")
    let ticket = listener.questions.last { $0.1 == .tracksOfPlaylist(PlaylistID(-7)) }!.0
    #expect(
      listener.send(.answer(ticket, .tracks(Array(Listener.tracks[0...1]))))
        == [.edit(.createPlaylist(name: "Now", tracks: [TrackID(1), TrackID(2)]))])
    listener.press("j")
    #expect(listener.run("smart freeze") == [] && listener.notice?.contains("choose a smart one") == true)
  }

  @Test("follows stars and plays while it is looked at")
  func following() {
    var listener = listener()
    func asked() -> Int { listener.questions.count { $0.1 == .tracksOfPlaylist(PlaylistID(-7)) } }
    let before = asked()
    listener.send(.edited(.star(.track(TrackID(1)), true), created: nil))
    #expect(asked() == before + 1)
    listener.press("1")
    listener.send(.edited(.rate(.track(TrackID(1)), 3), created: nil))
    #expect(asked() == before + 1)
  }
}
