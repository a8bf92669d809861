import Music
import TUI
import Testing

@testable import Core

/// A generator of random numbers that gives the same ones each time.
struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

@Suite("Monkey")
struct MonkeyTests {
  static let keys: [Key] =
    "jkgGhlaAdJKvfosrxq123456789?/:NPRDy n<>+-=*é夜&bSt".map { .character($0) }
    + Key.Name.allCases.map { .named($0) } + "abcdfgklnpquwz".map { .control($0) }
    + [.paste("a\nb"), .paste("\u{1B}"), .alt("x")]
    + [Mouse.Action.press, .doublePress, .drag, .release, .rightPress, .wheelDown].map {
      .mouse(Mouse($0, at: Point(column: 7, row: 5)))
    }

  static let moves: [Key] =
    [.character("j"), .character("k"), .character("G"), .control("f"), .named(.down), .named(.pageUp)]

  @Test("random keys and events never break the state", arguments: 1...8)
  func monkey(seed: Int) {
    var dice = Dice(state: UInt64(seed))
    var listener = Listener(isSignedIn: seed % 4 != 0)
    listener.answersAhead = seed % 2 == 0
    for _ in 0..<1_000 {
      listener.answersQuestions = Int.random(in: 0..<5, using: &dice) != 0
      let message = message(&listener, &dice)
      checkMove(message, listener.state)
      listener.send(message)
      check(listener.state)
    }
  }

  private func message(_ listener: inout Listener, _ dice: inout Dice) -> Message {
    let state = listener.state
    let entry = state.queue.entries.randomElement(using: &dice)?.id ?? EntryID(1)
    switch Int.random(in: 0..<30, using: &dice) {
    case 0: return .resized(Size(columns: .random(in: 1...150, using: &dice), rows: .random(in: 1...60, using: &dice)))
    case 1: return .player(.advanced(to: entry))
    case 2: return .player(.ended)
    case 3:
      return .player(.failed(entry, [.offline, .notAudio, .output("x"), .refused(nil)].randomElement(using: &dice)!))
    case 4: return .status(PlaybackStatus(entry: entry, position: .seconds(5), duration: .seconds(9), cached: [0...1]))
    case 5: return .catalogueChanged
    case 6: return .connectivity(Bool.random(using: &dice) ? .online : .offline(reason: "gone"))
    case 7:
      guard let (ticket, question) = listener.questions.randomElement(using: &dice) else { return .cacheChanged }
      return .answer(ticket, Bool.random(using: &dice) ? Listener.answer(question) : .failed("x"))
    case 8: return .command(CommandTests.all.randomElement(using: &dice)!, replyTo: ReplyToken(1))
    case 9: return .signInFailed("no")
    case 10: return .clock(Timestamp(seconds: .random(in: 0...10_000, using: &dice)))
    case 11: return .edited(.setTracks(PlaylistID(1), [], seen: []), created: nil)
    case 12: return .accountsChanged([Listener.account], current: Bool.random(using: &dice) ? Listener.account.id : nil)
    case 16: return .alarm(.follow)
    case 17: return .alarm(.views)
    case 14, 15: return .key(MonkeyTests.moves.randomElement(using: &dice)!)
    case 13: return .sync(.progress(section: "tracks", done: 5, total: 3))
    default: return .key(MonkeyTests.keys.randomElement(using: &dice)!)
    }
  }

  /// What is left out after a key that moved a cursor would have done nothing.
  private func checkMove(_ message: Message, _ state: AppState) {
    var state = state
    _ = update(&state, message)
    guard state.onlyMoved != nil else { return }
    var settled = state
    let effects = settled.settle()
    #expect(effects.isEmpty, "after \(message) on \(state.screen)")
    let changed = ListPlace.allCases.filter { settled[$0] != state[$0] }
    #expect(changed.isEmpty, "after \(message) on \(state.screen)")
    #expect(settled.tabs == state.tabs && settled.needsClock == state.wantsClock)
  }

  private func check(_ state: AppState) {
    let height = state.layout.listHeight
    // The settings are put into words and counted only where they are seen.
    let lists = ListPlace.allCases.filter { $0 != .settings || state.screen == .settings }
    let broken = lists.filter { place in
      let (list, shown) = (state[place], state.shownCount(of: place))
      guard shown > 0 else { return list.top != 0 || list.cursor < 0 }
      let position = state.arrangement(of: place).map { $0.place(of: list.cursor) } ?? list.cursor
      return list.top < 0 || position.map { $0 >= list.top && $0 < min(shown, list.top + height) } != true
    }
    let facts = broken.map { "\($0): \(state[$0]), \(state.shownCount(of: $0)) rows of \(height), \(state.screen)" }
    #expect(broken.isEmpty, "\(facts)")
    #expect((0...100).contains(state.player.volume))
    #expect(state.player.position >= .zero)
    if state.player.state != .stopped { #expect(state.queue.current != nil) }
  }
}
