package import Music

/// What another player, which has the data, tells of itself: this one only shows it.
package struct Mirror: Hashable, Sendable {
  package var state: PlayState
  package var position: Duration
  package var duration: Duration
  package var volume: Int
  package var isMuted: Bool
  package var isOffline: Bool
  package var isBuffering: Bool
  package var shuffleMode: ShuffleMode
  package var repeatMode: RepeatMode
  /// What plays, from 0.
  package var currentIndex: Int?
  /// nil: as it was told last.
  package var queue: [Track]?
  package var account: String?

  package init(
    state: PlayState, position: Duration, duration: Duration, volume: Int, isMuted: Bool, isOffline: Bool,
    isBuffering: Bool, shuffleMode: ShuffleMode, repeatMode: RepeatMode, currentIndex: Int?, queue: [Track]?,
    account: String?
  ) {
    self.state = state
    self.position = position
    self.duration = duration
    self.volume = volume
    self.isMuted = isMuted
    self.isOffline = isOffline
    self.isBuffering = isBuffering
    self.shuffleMode = shuffleMode
    self.repeatMode = repeatMode
    self.currentIndex = currentIndex
    self.queue = queue
    self.account = account
  }
}

// A second player on the same data: its screen shows the first one's queue, and what is asked of it goes there.

extension AppState {
  /// Becomes the remote control of the player with this process's number.
  package mutating func attach(to process: Int) {
    isAttached = true
    keptTabs = nil
    // Covers and words come to the player that has the data.
    panel.isOn = false
    screen = .queue
    let name = "remote control of process \(process)"
    accounts.list = [AccountSummary(id: AccountID("first"), name: name)]
    accounts.current = AccountID("first")
    let keys = keymap.key(for: .quit).map { "\($0)" } ?? ":quit"
    post(Notice(.information, "dulcet runs already: this is its remote control. \(keys) leaves, and lets it play on."))
  }

  package mutating func take(_ mirror: Mirror) {
    if mirror.shuffleMode != queue.shuffleMode {
      changeQueue { queue, random in queue.setShuffle(mirror.shuffleMode, using: &random) }
    }
    if let tracks = mirror.queue, tracks != queue.entries.map(\.track) {
      changeQueue { queue, random in queue.replace(with: tracks, using: &random) }
    }
    if let index = mirror.currentIndex, queue.entries.indices.contains(index) {
      let isFollowing = queueList.cursor == queue.currentIndex || queue.currentIndex == nil
      queue.select(queue.entries[index].id)
      if isFollowing { queueList.cursor = index }
    } else {
      queue.deselect()
    }
    queue.repeatMode = mirror.repeatMode
    player.state = mirror.state
    player.position = mirror.position
    player.duration = mirror.duration
    player.volume = mirror.volume
    player.isBuffering = mirror.isBuffering
    player.cached = [0...1]
    sound.isMuted = mirror.isMuted
    connectivity = mirror.isOffline ? .offline(reason: "the player says so") : .online
    _ = settle()
  }

  /// What an attached player does not do itself; nil for what is a matter of its own screen.
  mutating func forwarded(_ command: Command) -> [Effect]? {
    guard isAttached else { return nil }
    switch command {
    case .move, .pane, .view(.queue), .view(.help), .back, .jump, .prompt, .bind, .unbind, .redraw, .suspend, .quit,
      .hand, .theme, .set("theme", _):
      return nil
    case .search(nil) where screen == .help, .activate where screen == .help, .display(.details) where screen == .help:
      return nil
    case .activate where screen == .queue:
      return [.forward(.keeping(.place(queueList.cursor + 1)))]
    case .activate: return []
    default:
      guard Self.needsTheFirstScreen(command) else { return [.forward(command)] }
      post(Notice(.warning, "That needs the player's own screen. Here is its queue; :play WORDS searches and plays."))
      return []
    }
  }

  /// Whether it could only answer that the player's own screen is needed: nothing shows such a command.
  package func isRefused(_ command: Command) -> Bool {
    switch command {
    case .view(.queue), .view(.help): false
    case .search(nil) where screen == .help, .display(.details) where screen == .help: false
    default: isAttached && Self.needsTheFirstScreen(command)
    }
  }

  /// Only the player itself has rows to act on, and other screens to show.
  private static func needsTheFirstScreen(_ command: Command) -> Bool {
    switch command {
    case .view, .add, .addNext, .mark, .remove, .reorder, .star, .rate, .albums, .starred, .radio, .login, .search,
      .playlistAdd, .playlistDelete, .playlistDescribe, .playlistNew, .playlistRename, .pin, .downloads(.first), .views,
      .editing, .display(.details), .panel, .outbox, .history(.show), .history(.versions), .history(.restore):
      true
    default: false
    }
  }
}
