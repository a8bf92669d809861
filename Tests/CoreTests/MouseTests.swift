import Core
import Music
import TUI
import Testing

@Suite("The mouse")
struct MouseTests {
  private func queueing() -> Listener {
    var listener = Listener()
    for _ in 0..<4 { listener.run("add") }
    listener.run("view queue")
    listener.effects = []
    return listener
  }

  /// Where a row of a list in the body is, below the list's heading.
  private func point(_ listener: Listener, row: Int, column: Int = 5) -> Point {
    Point(column: column, row: listener.state.layout.body.row + 1 + row)
  }

  @Test("a click puts the cursor on a row and gives its column the focus; a double click plays from there")
  func clicks() {
    var listener = Listener(columns: 120, rows: 30)
    listener.run("panel off")
    listener.click(point(listener, row: 1))
    #expect(listener.state.library.artists.selected?.name == "Björk")
    listener.click(point(listener, row: 0))
    let tracks = listener.state.layout.libraryColumns(focus: 0, count: 3)[2].rect
    listener.click(point(listener, row: 2, column: tracks.column + 4))
    #expect(listener.state.library.focus == .tracks)
    #expect(listener.state.library.tracks.list.cursor == 2)
    listener.click(.doublePress, point(listener, row: 1, column: tracks.column + 4))
    #expect(listener.playing == "Two")
    listener.click(Point(column: tracks.column + 4, row: tracks.endRow - 1))
    #expect(listener.state.library.tracks.list.cursor == 1)
  }

  @Test("a double click on a row plays it, also where the first click slides the columns")
  func sliding() {
    var listener = Listener(columns: 80, rows: 24)
    let albums = listener.state.layout.libraryColumns(focus: 0, count: 3).first { $0.column == 1 }!.rect
    let place = point(listener, row: 1, column: albums.column + 4)
    listener.click(place)
    #expect(listener.state.library.albums.selected?.name == "Second")
    listener.click(.doublePress, place)
    #expect(listener.playing == "Four" && listener.queued.count == 2)
  }

  @Test("a click on a tab shows its screen")
  func tabs() {
    var listener = Listener()
    let tab = listener.state.tabs.first { $0.screen == .playlists }!
    listener.click(Point(column: tab.rect.column + 1, row: tab.rect.row))
    #expect(listener.state.screen == .playlists)
  }

  @Test("a click on the progress seeks; dragging goes on seeking, also beside it")
  func progress() {
    var listener = queueing()
    listener.run("play")
    listener.hear(10)
    let trough = listener.state.trough
    listener.click(Point(column: trough.column + trough.columns / 2, row: trough.row))
    #expect((45...55).contains(Int(listener.state.player.position.components.seconds)))
    listener.click(.drag, Point(column: 0, row: 3))
    #expect(listener.state.player.position == .zero)
    listener.click(.release, Point(column: 0, row: 3))
    listener.click(.drag, Point(column: trough.endColumn - 1, row: trough.row))
    #expect(listener.state.player.position == .zero)
  }

  @Test("a row that is dragged stands where it is let go, in one step; a click alone moves nothing")
  func dragging() {
    var listener = queueing()
    let ids = listener.state.queue.entries.map(\.id)
    listener.click(point(listener, row: 1))
    listener.click(.release, point(listener, row: 1))
    #expect(listener.state.queue.entries.map(\.id) == ids)
    listener.click(point(listener, row: 1))
    listener.click(.drag, point(listener, row: 3))
    #expect(listener.state.queueList.cursor == 3)
    #expect(listener.state.queue.entries.map(\.id) == ids)
    listener.click(.release, point(listener, row: 4))
    #expect(listener.state.queue.entries[4].id == ids[1])
  }

  @Test("Escape cancels a drag: the row stays, and the cursor is on it again")
  func cancelledDrag() {
    var listener = queueing()
    let ids = listener.state.queue.entries.map(\.id)
    listener.click(point(listener, row: 1))
    listener.click(.drag, point(listener, row: 3))
    listener.press("escape")
    #expect(listener.state.queueList.cursor == 1)
    listener.click(.drag, point(listener, row: 4))
    listener.click(.release, point(listener, row: 4))
    #expect(listener.state.queue.entries.map(\.id) == ids)
    #expect(listener.state.queueList.cursor == 1)
  }

  @Test("in a playlist, too, and the catalogue hears of it once")
  func playlist() {
    var listener = Listener()
    listener.run("view playlists")
    let tracks = listener.state.layout.playlistColumns(focus: 0)[1].rect
    listener.effects = []
    listener.click(point(listener, row: 0, column: tracks.column + 4))
    listener.click(.drag, point(listener, row: 1, column: tracks.column + 4))
    listener.click(.drag, point(listener, row: 2, column: tracks.column + 4))
    listener.click(.release, point(listener, row: 2, column: tracks.column + 4))
    let edits = listener.effects.filter { if case .edit(.setTracks) = $0 { true } else { false } }
    #expect(edits.count == 1)
  }

  @Test("the wheel moves the list under the mouse and leaves the focus where it is")
  func wheel() {
    var listener = queueing()
    for _ in 0..<4 { listener.run("view library"); listener.run("add"); listener.run("view queue") }
    let top = listener.state.queueList.top
    listener.click(.wheelDown, point(listener, row: 2))
    #expect(listener.state.queueList.top == top + 3)
    #expect(listener.state.queueList.cursor >= listener.state.queueList.top)
    listener.click(.wheelUp, point(listener, row: 2))
    listener.click(.wheelUp, point(listener, row: 2))
    #expect(listener.state.queueList.top == 0)
    var library = Listener(columns: 120, rows: 30)
    library.run("panel off")
    let albums = library.state.layout.libraryColumns(focus: 0, count: 3)[1].rect
    library.click(.wheelDown, point(library, row: 0, column: albums.column + 3))
    #expect(library.state.library.focus == .artists)
    library.click(.wheelDown, Point(column: 3, row: library.state.layout.bar.row))
    #expect(library.state.player.volume == 95)
  }

  @Test("the right button opens the row's menu, a click runs a command of it, one beside it closes it")
  func menu() {
    var listener = queueing()
    listener.click(.rightPress, point(listener, row: 2))
    #expect(listener.state.palette?.title == "Three")
    let popup = listener.state.popup
    let place = listener.state.palette!.rows.firstIndex { $0.line == "remove" }!
    listener.click(Point(column: popup.list.column + 3, row: popup.list.row + place))
    #expect(listener.state.palette == nil)
    #expect(listener.queued.count == 19)
    listener.click(.rightPress, point(listener, row: 2))
    listener.click(Point(column: 0, row: 0))
    #expect(listener.state.palette == nil)
  }

  @Test("what a prompt offers can be clicked on")
  func options() {
    var listener = Listener()
    listener.send(.themesFound(["dark", "light", "ocean"]))
    listener.run("theme")
    let rect = listener.state.prompt!.optionsLayout(listener.state.layout).rect
    #expect(rect.rows == 3)
    listener.click(Point(column: 4, row: rect.row + 2))
    #expect(listener.effects.last == .loadTheme("ocean"))
    #expect(listener.state.prompt == nil)
  }

  @Test("on the login screen a click goes into a field or presses a button, the wheel goes on")
  func login() throws {
    var listener = Listener(isSignedIn: false)
    listener.run("login")
    func rect(_ focus: LoginState.Focus) throws -> Rect {
      let lines = LoginLayout(try #require(listener.state.login), listener.state.size).lines
      return try #require(lines.first { $0.part.focus == focus }).rect
    }
    let user = try rect(.user)
    listener.click(Point(column: user.column + 20, row: user.row))
    #expect(listener.state.login?.focus == .user)
    listener.type("anna")
    #expect(listener.state.login?.user.text == "anna")
    listener.click(.wheelDown, Point(column: 0, row: 0))
    #expect(listener.state.login?.focus == .password)
    let demo = try rect(.demo)
    listener.click(Point(column: demo.column + 14, row: demo.row))
    #expect(listener.effects.last == .openDemo)
    #expect(listener.state.login?.isBusy == true)
    listener.click(Point(column: 0, row: 0))
  }

  @Test("the mouse is switched off at once, and what still comes of it does nothing")
  func off() {
    var listener = queueing()
    #expect(listener.run("set mouse off") == [.mouse(false), .saveSetting(name: "mouse", value: "off")])
    listener.click(point(listener, row: 3))
    #expect(listener.state.queueList.cursor == 0)
    #expect(listener.run("set mouse sideways") == [])
    #expect(listener.run("set mouse on").first == .mouse(true))
  }

  @Test("clicks anywhere on any screen of any size never break the state", arguments: 1...4)
  func anywhere(seed: Int) {
    var dice = Dice(state: UInt64(seed))
    var listener = Listener()
    let actions: [Mouse.Action] = [.press, .doublePress, .drag, .release, .rightPress, .wheelUp, .wheelDown]
    for turn in 0..<600 {
      if turn % 40 == 0 {
        listener.send(
          .resized(Size(columns: .random(in: 30...150, using: &dice), rows: .random(in: 6...50, using: &dice))))
        listener.run("view \(ScreenName.allCases.randomElement(using: &dice)!.rawValue)")
      }
      let size = listener.state.size
      listener.click(
        actions.randomElement(using: &dice)!,
        Point(column: .random(in: 0..<size.columns, using: &dice), row: .random(in: 0..<size.rows, using: &dice)))
      if let place = listener.state.placeInHand {
        let list = listener.state[place]
        #expect(list.cursor >= 0 && list.cursor <= max(0, listener.state.count(of: place) - 1))
      }
    }
  }
}

extension Listener {
  mutating func click(_ point: Point) { click(.press, point) }
  mutating func click(_ action: Mouse.Action, _ point: Point) { send(.key(.mouse(Mouse(action, at: point)))) }
}
