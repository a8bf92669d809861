import Core
import Music
import TUI
import Testing

@Suite("Editing lists")
struct EditingTests {
  /// All of Aurora's tracks in the queue, the first playing; on the queue's screen.
  private func onQueue() -> Listener {
    var listener = Listener()
    listener.send(.session(nil, position: .zero, missing: 0))
    listener.press("enter")
    listener.run("view queue")
    listener.press("home")
    return listener
  }

  /// On the tracks of the playlist “Morning”: One, Two, Three.
  private func onPlaylist() -> Listener {
    var listener = Listener()
    listener.run("view playlists")
    listener.press("l")
    return listener
  }

  private func shown(_ listener: Listener) -> [String] { listener.state.playlists.tracks.rows.map(\.title) }

  private func set(_ tracks: [Int64], seen: [Int64]) -> Effect {
    .edit(.setTracks(PlaylistID(1), tracks.map { TrackID($0) }, seen: seen.map { TrackID($0) }))
  }

  // MARK: Marks

  @Test("a range grows with the cursor and shrinks again; Escape drops it, v keeps it")
  func range() {
    var listener = onQueue()
    listener.press("j", "V", "j", "j")
    #expect((0..<5).filter { listener.state.queueList.isMarked($0) } == [1, 2, 3])
    listener.press("k")
    #expect(listener.state.queueList.markedCount == 2)
    listener.press("escape")
    #expect(listener.state.queueList.markedCount == 0)
    listener.press("V", "k", "v", "G", "v")
    #expect((0..<5).filter { listener.state.queueList.isMarked($0) } == [1, 2, 4])
    listener.press("d")
    #expect(listener.queued == ["One", "Four"])
    listener.press("u")
    #expect(listener.queued == ["One", "Two", "Three", "Four", "Five"])
  }

  @Test("all are marked, and all others")
  func allAndOthers() {
    var listener = onQueue()
    listener.press("v", "~")
    #expect((0..<5).filter { listener.state.queueList.isMarked($0) } == [1, 2, 3, 4])
    listener.press("^a")
    #expect(listener.state.queueList.markedCount == 5)
    listener.run("mark none")
    #expect(listener.state.queueList.markedCount == 0)
  }

  @Test("a mark stays with its row when others come and go")
  func marksStay() {
    var listener = onQueue()
    listener.press("G", "v")
    listener.run("consume on")
    listener.press(">")
    #expect(listener.queued == ["Two", "Three", "Four", "Five"])
    #expect((0..<4).filter { listener.state.queueList.isMarked($0) } == [] || listener.state.queueList.isMarked(3))
    var browsing = Listener()
    browsing.press("l", "l", "j", "v")
    browsing.answersQuestions = false
    browsing.send(.catalogueChanged)
    let ticket = browsing.questions.last { $0.1 == .tracksOfAlbum(AlbumID(10)) }!.0
    let fresh = [Listener.track(9, "Zero", 10)] + Listener.tracks[0..<3]
    browsing.send(.answer(ticket, .tracks(Array(fresh))))
    #expect((0..<4).filter { browsing.state.library.tracks.list.isMarked($0) } == [2])
  }

  @Test("rows behind the last are not there: nothing is done, and the listener is told how many there are")
  func behindTheLast() {
    for line in ["6,8 remove", "9d", "$+1 remove", ".+5 cut"] {
      var listener = onQueue()
      listener.run(line)
      #expect(listener.queued.count == 5, "\(line)")
      #expect(listener.notice == "There are only 5 rows.", "\(line)")
    }
    var listener = onQueue()
    listener.run("4,9 remove")
    #expect(listener.queued == ["One", "Two", "Three"])
    listener.run("50")
    #expect(listener.state.queueList.cursor == 2)
  }

  @Test("Escape takes away with a notice what it may have been about: a filter, or marks")
  func escapeOfNotice() {
    var listener = onQueue()
    listener.run("filter two")
    listener.press("J")
    #expect(listener.notice?.contains("Escape shows them all") == true)
    listener.press("escape")
    #expect(listener.notice == nil && listener.state.shownCount(of: .queue) == 5)
    listener.press("V", "j", "v")
    listener.run("put z")
    #expect(listener.notice != nil && listener.state.queueList.markedCount == 2)
    listener.press("escape")
    #expect(listener.notice == nil && listener.state.queueList.markedCount == 0)
    #expect(listener.state.screen == .queue)
  }

  // MARK: Registers

  @Test("the question for a register goes with its answer, and what was cut is old news once it is put")
  func oldNews() {
    var listener = onQueue()
    listener.press("\"")
    #expect(listener.notice?.hasPrefix("Which register?") == true)
    listener.press("a")
    #expect(listener.notice == nil)
    listener.press("V", "j", "x")
    #expect(listener.notice == "2 tracks are cut: p puts them after a row.")
    listener.press("p")
    #expect(listener.notice == nil)
  }

  @Test("a dot does the last change with as many rows as it had, or with as many as stand before the dot")
  func countOfDot() {
    var listener = onQueue()
    listener.run("set count-wait 500")
    listener.press("2", "d", ".")
    #expect(listener.queued == ["Five"])
    listener.press("u", "u", "home", "1", "d", "3", ".")
    #expect(listener.queued == ["Five"])
    listener.press("u", ".")
    #expect(listener.queued == ["Five"])
  }

  @Test("when marked rows go the cursor stays on its row, or on the next that is left")
  func cursorFollows() {
    var listener = onQueue()
    listener.press("home", "v", "v")
    #expect(listener.state.queueList.cursor == 2)
    listener.press("x")
    #expect(listener.queued == ["Three", "Four", "Five"] && listener.state.queueList.cursor == 0)
    listener.run("view playlists")
    listener.press("l", "home", "v", "v", "d")
    #expect(listener.state.playlists.tracks.rows.map(\.title) == ["Three"])
    #expect(listener.state.playlists.tracks.list.cursor == 0)
    listener.run("view queue")
    // The last that is left, where none follows.
    listener.press("end", "d")
    #expect(listener.state.queueList.cursor == 1)
  }

  @Test("the key that puts rows is the one that does so where they can be put", arguments: KeymapPreset.allCases)
  func keyToPut(preset: KeymapPreset) {
    var listener = Listener()
    listener.run("set keymap \(preset.rawValue)")
    listener.run("yank")
    let put = Command.editing(.put(before: false, .unnamed))
    let key = listener.state.keymap.key(for: put, in: .playlists) ?? ":put"
    #expect(listener.notice?.contains(": \(key) puts ") == true, "\(listener.notice ?? "")")
  }

  @Test("what is yanked from an album is put into a playlist, after the row or before it")
  func yankAndPut() {
    var listener = Listener()
    listener.press("l", "j", "y")
    #expect(listener.notice == "2 tracks are noted: p puts them after a row.")
    listener.run("view playlists")
    listener.press("l")
    #expect(listener.press("p") == [set([1, 4, 5, 2, 3], seen: [1, 2, 3])])
    #expect(listener.state.playlists.tracks.list.cursor == 1)
    #expect(listener.press("home", "P") == [set([4, 5, 1, 4, 5, 2, 3], seen: [1, 4, 5, 2, 3])])
  }

  @Test("what is cut from a playlist is put into the queue, and the other way round")
  func cutAndPut() {
    var listener = onQueue()
    listener.run("view playlists")
    listener.press("l", "j")
    #expect(listener.press("x") == [set([1, 3], seen: [1, 2, 3])])
    listener.run("view queue")
    listener.press("G", "p")
    #expect(listener.queued == ["One", "Two", "Three", "Four", "Five", "Two"])
    listener.press("u")
    #expect(listener.queued == ["One", "Two", "Three", "Four", "Five"])
    listener.press("home", "V", "j", "x")
    #expect(listener.queued == ["Three", "Four", "Five"] && listener.playing == "Three")
    listener.press("G", "p")
    #expect(listener.queued == ["Three", "Four", "Five", "One", "Two"])
  }

  @Test("registers have names; a capital adds; the last is also the one without a name")
  func names() {
    var listener = onQueue()
    for key in ["\"", "a", "y", "j", "\"", "A", "y", "j"] { listener.press(key) }
    listener.run("yank b")
    #expect(listener.state.registerRows.map(\.titles) == [["Three"], ["One", "Two"], ["Three"]])
    listener.run("view playlists")
    listener.press("l")
    #expect(listener.run("put a") == [set([1, 1, 2, 2, 3], seen: [1, 2, 3])])
    #expect(listener.run("put z") == [])
    #expect(listener.notice == "Nothing was yanked or cut into z yet.")
    listener.run("registers")
    #expect(listener.state.screen == .registers)
    listener.press("escape", "escape")
    #expect(listener.state.screen == .playlists)
  }

  @Test("someone else’s playlist takes nothing and loses nothing")
  func readOnly() {
    var listener = Listener()
    listener.press("l", "l", "y")
    listener.run("view playlists")
    listener.press("G", "l")
    #expect(listener.press("p", "x", "J", "d") == [])
    #expect(listener.state.registerRows.first?.titles == ["One"])
  }

  @Test("the last change is done once more")
  func again() {
    var listener = onQueue()
    listener.press("d", ".")
    #expect(listener.queued == ["Three", "Four", "Five"])
    listener.press("J", ".")
    #expect(listener.queued == ["Four", "Five", "Three"])
    var fresh = Listener()
    fresh.press(".")
    #expect(fresh.notice == "Nothing was changed yet that could be done again.")
  }

  @Test("marked rows move together, and stop together at the end")
  func together() {
    var listener = onQueue()
    listener.press("j", "v", "j", "v", "K")
    #expect(listener.queued == ["Two", "One", "Four", "Three", "Five"])
    #expect((0..<5).filter { listener.state.queueList.isMarked($0) } == [0, 2])
    listener.press("K", "K")
    #expect(listener.queued == ["Two", "Four", "One", "Three", "Five"])
    listener.press("J", "J", "J", "J", "J")
    #expect(listener.queued == ["One", "Three", "Five", "Two", "Four"] && listener.playing == "One")
    var list = onPlaylist()
    list.press("v", "v")
    #expect(list.press("J") == [set([3, 1, 2], seen: [1, 2, 3])])
  }

  // MARK: The list as a whole

  @Test("a list is put in order, turned round, mixed; the music goes on")
  func order() {
    var listener = onQueue()
    listener.run("playlist sort -title")
    #expect(listener.queued == ["Two", "Three", "One", "Four", "Five"] && listener.playing == "One")
    listener.run("playlist reverse")
    #expect(listener.queued == ["Five", "Four", "One", "Three", "Two"])
    listener.press("home", "v", "v")
    listener.run("playlist sort track")
    #expect(listener.queued == ["Four", "Five", "One", "Three", "Two"])
    listener.press("escape")
    listener.run("playlist shuffle")
    #expect(listener.queued.sorted() == ["Five", "Four", "One", "Three", "Two"] && listener.playing == "One")
    listener.press("u", "u", "u", "u")
    #expect(listener.queued == ["One", "Two", "Three", "Four", "Five"])
    var list = onPlaylist()
    #expect(list.run("playlist reverse") == [set([3, 2, 1], seen: [1, 2, 3])])
    #expect(list.run("playlist sort") == [set([1, 2, 3], seen: [3, 2, 1])])
    #expect(list.run("playlist sort") == [])
  }

  @Test("each track stands once; what plays is the one that stays")
  func dedupe() {
    var listener = onQueue()
    listener.press("y", "G", "p", "enter")
    #expect(listener.queued.last == "One" && listener.playing == "One")
    listener.run("playlist dedupe")
    #expect(listener.queued == ["Two", "Three", "Four", "Five", "One"])
    #expect(listener.notice == "1 track stood there twice.")
  }

  @Test("a list is split into playlists, and takes in what another one holds besides")
  func splitAndMerge() {
    var listener = onQueue()
    #expect(
      listener.run("playlist split 3") == [
        .edit(
          .together([
            .createPlaylist(name: "Queue 1", tracks: [1, 2, 3].map { TrackID($0) }),
            .createPlaylist(name: "Queue 2", tracks: [4, 5].map { TrackID($0) }),
          ]))
      ])
    #expect(listener.run("playlist split 10") == [])
    listener.run("g/two/remove")
    listener.run("playlist merge Morning")
    #expect(listener.queued == ["One", "Three", "Four", "Five", "Two"])
    listener.run("playlist merge Nowhere")
    #expect(listener.notice == "There is no playlist “Nowhere”.")
  }

  @Test("lines and words name rows for a command")
  func lines() {
    var listener = onQueue()
    listener.run("2,3d")
    #expect(listener.queued == ["One", "Four", "Five"])
    listener.press("u")
    listener.run("v/second/d")
    #expect(listener.queued == ["Four", "Five"] && listener.playing == "Four")
    listener.press("u")
    #expect(listener.queued == ["One", "Two", "Three", "Four", "Five"])
    listener.run("g/album:first/m")
    #expect(listener.state.queueList.markedCount == 3)
    listener.run("mark none")
    listener.run("$")
    #expect(listener.state.queueList.cursor == 4)
    listener.run(".-1,$y")
    #expect(listener.state.registerRows.first?.titles == ["Four", "Five"])
    #expect(
      listener.run("1,2star") == [
        .edit(.together([.star(.track(TrackID(1)), true), .star(.track(TrackID(2)), true)]))
      ])
    #expect(listener.state.queueList.markedCount == 0)
    listener.run("g/nothing of that/d")
    #expect(listener.notice == "No row is meant by that." && listener.queued.count == 5)
    var list = onPlaylist()
    #expect(list.run("%d") == [set([], seen: [1, 2, 3])])
  }

  @Test("ranges print back to what they were read from, and nonsense is refused")
  func rangeText() throws {
    for line in ["5", "5,10 remove", ".", ".+2,$-1 yank", "%", "'<,'> star", "g/a b/ remove", "v/a\\/b/ rate 3"] {
      #expect(try Command(parsing: line).description == line)
    }
    #expect(try Command(parsing: "5,10d") == Command(parsing: "5,10 remove"))
    #expect(try Command(parsing: "g!/x/d") == Command(parsing: "v/x/d"))
    #expect(try Command(parsing: "g#a/b#y c").description == "g/a\\/b/ yank c")
    for line in ["5,", "g//d", "5,10 nonsense", "playlist sort nonsense", "playlist split 0", "put xy", ".+"] {
      #expect(throws: CommandError.self) { try Command(parsing: line) }
    }
  }

  // MARK: The editor

  private func edited(_ effects: [Effect]) -> String? {
    for case .editText(let text, _) in effects { return text }
    return nil
  }

  @Test("a list goes to the editor and comes back in another order, shorter, longer, with tracks by their number")
  func editor() throws {
    var listener = onPlaylist()
    let text = try #require(edited(listener.run("edit")))
    #expect(text.hasSuffix("\nOne – Aurora – First  #1\nTwo – Aurora – First  #2\nThree – Aurora – First  #3\n"))
    #expect(listener.send(.editedText(text, problem: nil)) == [])
    #expect(listener.notice == "Nothing was changed.")
    listener.run("edit")
    let effects = listener.send(.editedText("## x\nThree  #3\n\n  whatever #6\n#1\n#1", problem: nil))
    #expect(effects == [set([3, 6, 1, 1], seen: [1, 2, 3])])
    #expect(shown(listener) == ["Three", "Six", "One", "One"])
    #expect(listener.notice == "“Morning” holds 4 tracks now. u takes that back.")
  }

  @Test("bad lines are told with their numbers, nothing is lost, and the text can be mended")
  func badLines() {
    var listener = onPlaylist()
    listener.run("edit")
    let bad = "One #1\nTwo\n#x\nThree #3"
    #expect(listener.send(.editedText(bad, problem: nil)) == [])
    #expect(listener.state.prompt?.label.hasPrefix("Lines 2 and 3 name no track") == true)
    #expect(edited(listener.press("y")) == bad)
    listener.send(.editedText("One #1\nGone #4711", problem: nil))
    #expect(listener.state.prompt?.label.hasPrefix("Line 2 names no track of the library") == true)
    listener.press("n")
    #expect(shown(listener) == ["One", "Two", "Three"])
    listener.run("edit")
    listener.send(.editedText(nil, problem: "no"))
    #expect(listener.notice == "no" && shown(listener) == ["One", "Two", "Three"])
  }

  @Test("the queue is edited as text while the music goes on, and what came in meanwhile stays")
  func queueEditor() {
    var listener = onQueue()
    listener.run("edit")
    listener.run("play Seven")
    listener.press("u")
    listener.run("view library")
    listener.press("G")
    listener.send(.editedText("#5\n#1\n#2", problem: nil))
    #expect(listener.queued == ["Five", "One", "Two"] && listener.playing == "One")
    listener.press("u")
    #expect(listener.queued == ["One", "Two", "Three", "Four", "Five"])
  }
}
