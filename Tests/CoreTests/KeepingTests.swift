import Music
import TUI
import Testing

@testable import Core

@Suite("Kept offline, and as a remote control")
struct KeepingTests {
  private func track(_ number: Int64, _ title: String) -> Track {
    Track(id: TrackID(number), origin: .local, remoteID: "", title: title, duration: 100)
  }

  @Test("offline by wish is told to the shell, kept, and no news of the network changes it")
  func offline() {
    var state = AppState()
    let effects = update(&state, .command(.keeping(.offline(.on)), replyTo: nil))
    #expect(effects.contains(.keepOffline(true)))
    #expect(effects.contains(.saveSetting(name: "offline", value: "on")))
    #expect(state.isOffline && state.isKeptOffline)
    _ = update(&state, .connectivity(.online))
    #expect(state.isOffline)
    #expect(update(&state, .command(.keeping(.offline(.off)), replyTo: nil)).contains(.keepOffline(false)))
    // Offline until the server has answered.
    #expect(state.isOffline)
    _ = update(&state, .connectivity(.online))
    #expect(!state.isOffline)
  }

  @Test("the commands print what they parse", arguments: ["offline", "offline on", "place 3", "refresh"])
  func text(line: String) throws {
    #expect(try Command(parsing: line).description == line)
  }

  @Test("from the configuration it holds without being written again")
  func configured() {
    var state = AppState()
    let effects = update(&state, .configured(.set(name: "offline", value: "on")))
    #expect(effects == [.keepOffline(true)])
    #expect(state.notices.current == nil)
  }

  @Test("a place of the queue is played by number; one beyond is told")
  func place() {
    var state = AppState()
    let tracks = [track(1, "a"), track(2, "b")]
    state.changeQueue { queue, random in queue.append(tracks, using: &random) }
    _ = update(&state, .command(.keeping(.place(2)), replyTo: nil))
    #expect(state.queue.currentIndex == 1)
    let effects = update(&state, .command(.keeping(.place(3)), replyTo: ReplyToken(1)))
    #expect(effects.contains(.reply(ReplyToken(1), .failed("The queue has 2 tracks."))))
  }

  @Test("attached, playing goes to the first player, the cursor moves here, rows of other screens are refused")
  func attached() {
    var state = AppState()
    state.attach(to: 42)
    state.take(
      Mirror(
        state: .playing, position: .seconds(3), duration: .seconds(100), volume: 70, isMuted: false, isOffline: false,
        isBuffering: false, shuffleMode: .off, repeatMode: .all, currentIndex: 1,
        queue: [track(1, "a"), track(2, "b"), track(3, "c")], account: nil))
    #expect(state.queueList.cursor == 1)
    #expect(state.player.volume == 70)
    #expect(update(&state, .key(.character(">"))) == [.forward(.next)])
    #expect(update(&state, .key(.character("j"))) == [])
    #expect(state.queueList.cursor == 2)
    #expect(update(&state, .key(.named(.enter))) == [.forward(.keeping(.place(3)))])
    #expect(update(&state, .key(.character("1"))) == [])
    #expect(state.screen == .queue)
    #expect(state.notices.current?.kind == .warning)
    #expect(update(&state, .key(.character("q"))) == [.quit])
  }

  @Test("a remote control shows its own list alone, and only commands that it can do or hand over")
  func attachedShows() {
    var state = AppState()
    state.attach(to: 42)
    #expect(state.tabs.map(\.screen) == [.queue])
    for line in ["remove", "reorder down", "details", "star", "view library", "search x", "panel", "edit", "filter"] {
      #expect(state.isRefused(try! Command(parsing: line)), "\(line)")
    }
    for line in ["pause", "next", "volume 5", "view help", "prompt", "play x", "undo", "shuffle", "place 2", "quit"] {
      #expect(!state.isRefused(try! Command(parsing: line)), "\(line)")
    }
    _ = update(&state, .key(.character("?")))
    #expect(state.tabs.map(\.screen) == [.queue, .help])
    let words = state.helpRows.compactMap { if case .binding(_, let command, _) = $0 { command } else { nil } }
    #expect(words.contains("pause") && !words.contains("star") && !words.contains("reorder down"))
    #expect(update(&state, .key(.named(.enter))) == [.forward(.pause(.toggle))])
    #expect(state.screen == .queue)
    _ = update(&state, .command(.hand(.palette), replyTo: nil))
    #expect(state.palette?.rows.contains { $0.line == "star" } == false)
  }
}
