package import Music

/// The outbox's screen: what a server has still to hear of, what it refused for good, what only the listener can decide.
package struct OutboxState: Sendable {
  @Boxed package internal(set) var rows = Pane<OutboxRow>()
  /// Of all servers, also while the screen is not shown.
  package internal(set) var counts = OutboxCounts()
  var cameFrom = ScreenName.library
  /// Questions that came while something else was open, or were put off: not asked by themselves again.
  fileprivate var putOff: Set<PlaylistQuestion> = []
  /// The server took the stored password no more: nothing is sent until there is another.
  package internal(set) var isLockedOut = false
  private var ticket: Ticket?
  private var isStale = false

  fileprivate mutating func askCounts(_ tickets: inout Tickets) -> [Effect] {
    guard ticket == nil else {
      isStale = true
      return []
    }
    let fresh = tickets.next()
    ticket = fresh
    return [.ask(fresh, .outboxCounts)]
  }

  /// nil when the answer is not for here.
  fileprivate mutating func take(_ counts: OutboxCounts?, _ ticket: Ticket, _ tickets: inout Tickets) -> [Effect]? {
    guard ticket == self.ticket else { return nil }
    self.ticket = nil
    if let counts { self.counts = counts }
    guard isStale else { return [] }
    isStale = false
    return askCounts(&tickets)
  }
}

extension AppState {
  mutating func showOutbox() -> [Effect] {
    if screen != .outbox { outbox.cameFrom = screen }
    return show(.outbox) + outbox.rows.ask(.outbox, &tickets) + outbox.askCounts(&tickets)
  }

  /// Something was put into the outbox, sent, or refused.
  mutating func refreshOutbox() -> [Effect] {
    outbox.askCounts(&tickets) + (screen == .outbox ? outbox.rows.refresh(&tickets) : [])
  }

  mutating func take(_ counts: OutboxCounts?, _ ticket: Ticket) -> [Effect] {
    let before = outbox.counts
    guard let effects = outbox.take(counts, ticket, &tickets) else { return [] }
    // The list of what waits is as old as the counts.
    let isOld = before != outbox.counts && screen == .outbox
    return effects + (isOld ? outbox.rows.refresh(&tickets) : [])
  }
}

// MARK: What the listener does about it

extension AppState {
  mutating func perform(_ command: OutboxCommand, _ token: ReplyToken?) -> [Effect] {
    switch command {
    case .show: return showOutbox()
    case .retry: return retryEdits(outbox.rows.chosen)
    case .retryAll: return retryEdits(outbox.rows.rows)
    case .discard: return discardEdits(asking: token == nil)
    case .decide: return decideChosen()
    case .password: return askPassword()
    }
  }

  /// Enter: what is refused is tried again, what asks is decided.
  mutating func activateOutbox() -> [Effect] {
    guard let row = outbox.rows.selected else { return [] }
    switch row.state {
    case .asks: return decideChosen()
    case .refused: return retryEdits([row])
    case .waiting:
      post(Notice(.information, isOffline ? "It is sent when the server is back." : "It is sent soon, by itself."))
      return []
    }
  }

  private mutating func retryEdits(_ rows: [OutboxRow]) -> [Effect] {
    let ids = rows.compactMap { if case .refused = $0.state { $0.id } else { nil } }
    clearMarks()
    guard !ids.isEmpty else {
      post(Notice(.information, "Only what was refused can be tried again; what waits is sent by itself."))
      return []
    }
    post(Notice(.information, "\(counted(ids.count, "change")) \(ids.count == 1 ? "is" : "are") sent again."))
    return ids.map { .edit(.retry($0)) }
  }

  /// `d`: what it changed here goes back, too.
  mutating func discardEdits(asking: Bool) -> [Effect] {
    let rows = outbox.rows.chosen
    guard screen == .outbox, !rows.isEmpty else {
      post(Notice(.information, "Go to the outbox (:outbox) and choose what is to be given up."))
      return []
    }
    let ids = rows.map(\.id)
    guard asking else { return discard(ids) }
    let what = rows.count == 1 ? rows[0].words : counted(rows.count, "change")
    return confirm("Give up \(what), here too?", .discardEdits(ids))
  }

  mutating func discard(_ ids: [Int64]) -> [Effect] {
    clearMarks()
    post(Notice(.information, "\(counted(ids.count, "change")) \(ids.count == 1 ? "is" : "are") given up."))
    return ids.map { .edit(.discard($0)) }
  }
}

// MARK: What only the listener can decide

extension AppState {
  /// A question came up. It is asked at once where nothing else is under way; it stays in the outbox until it is answered.
  mutating func take(_ question: PlaylistQuestion) -> [Effect] {
    let effects = refreshOutbox()
    guard outbox.putOff.insert(question).inserted, isIdle else {
      post(Notice(.warning, question.sentence + " :outbox asks."))
      return effects
    }
    return effects + ask(question)
  }

  /// Nobody is in the middle of something: a line that opens by itself takes no key that was meant for something else.
  private var isIdle: Bool {
    prompt == nil && login == nil && !search.isTyping && now.seconds >= lastKey.seconds + 3
  }

  private mutating func decideChosen() -> [Effect] {
    guard let row = outbox.rows.selected, case .asks(let conflict) = row.state, let playlist = row.edit.playlist else {
      post(Notice(.information, "There is nothing to decide about it."))
      return []
    }
    return ask(PlaylistQuestion(playlist: playlist, name: row.subject, conflict: conflict))
  }

  private mutating func ask(_ question: PlaylistQuestion) -> [Effect] {
    let options: [String]
    switch question.conflict {
    case .renamed(let ours, let theirs): options = ["Call it “\(ours)”", "Call it “\(theirs)”", "Later"]
    case .deletedThere: options = ["Keep it, as a new playlist", "Delete it here too", "Later"]
    }
    prompt = PromptState(.choice, question.sentence + " ", .decide(question), options: options)
    return []
  }

  mutating func decide(_ question: PlaylistQuestion, option: Int) -> [Effect] {
    guard option < 2 else {
      post(Notice(.information, "It stays in the outbox (:outbox) until it is decided."))
      return []
    }
    let decision: PlaylistDecision = option == 0 ? .keepOurs : .takeTheirs
    outbox.putOff.remove(question)
    post(Notice(.information, question.sentence(after: decision)))
    return [.edit(.decide(question.playlist, decision))]
  }
}

// MARK: The password

extension AppState {
  /// The server takes what was stored no more. Everything stays in the outbox; it is sent when there is another password.
  mutating func lockedOut() -> [Effect] {
    guard !outbox.isLockedOut else { return [] }
    outbox.isLockedOut = true
    guard isIdle, let account = accounts.list.first(where: { $0.id == accounts.current }), !account.address.isEmpty
    else {
      post(
        Notice(
          .warning, "The server no longer takes the stored password. :outbox password asks for it; nothing is lost."))
      return []
    }
    prompt = PromptState(.hidden, "The server wants the password of \(account.name) again: ", .password)
    return []
  }

  mutating func askPassword() -> [Effect] {
    guard let account = accounts.list.first(where: { $0.id == accounts.current }), !account.address.isEmpty else {
      return openLogin()
    }
    prompt = PromptState(.hidden, "Password of \(account.name): ", .password)
    return []
  }

  mutating func signInAgain(_ password: String) -> [Effect] {
    guard !password.isEmpty, let account = accounts.list.first(where: { $0.id == accounts.current }) else { return [] }
    outbox.isLockedOut = false
    return [.signIn(SignInForm(address: account.address, user: account.user, password: password))]
  }
}

// MARK: In words

extension AppState {
  /// For the bar: nil while everything takes its course.
  package var outboxWord: String? {
    if outbox.isLockedOut { return "password wanted" }
    if outbox.counts.asking > 0 { return counted(outbox.counts.asking, "question") }
    if outbox.counts.refused > 0 { return "\(outbox.counts.refused) refused" }
    if isOffline && outbox.counts.waiting > 0 { return "\(outbox.counts.waiting) to send" }
    return downloads.report.isPaused ? "transfers wait" : nil
  }
}

extension OutboxRow {
  /// `a star for “Hunter”`
  package var words: String {
    let name = "“\(subject)”"
    return switch edit {
    case .star(_, true): "a star for \(name)"
    case .star: "no star for \(name)"
    case .rate(_, 0): "no rating for \(name)"
    case .rate(_, let rating): "\(rating) of 5 for \(name)"
    case .scrobble: "a play of \(name)"
    case .createPlaylist: "the new playlist \(name)"
    case .describePlaylist: "name and comment of \(name)"
    case .replacePlaylistTracks: "the tracks of \(name)"
    case .deletePlaylist: "that \(name) is deleted"
    case .createStation: "the new station \(name)"
    case .describeStation: "name and address of \(name)"
    case .deleteStation: "that the station \(name) is removed"
    case .savePlayQueue: "the queue"
    case .bookmark: "the bookmark in \(name)"
    }
  }
}

extension Edit {
  /// The list that it is about, where it is still there.
  var playlist: PlaylistID? {
    switch self {
    case .createPlaylist(let id), .describePlaylist(let id), .replacePlaylistTracks(let id): id
    default: nil
    }
  }
}

extension PlaylistQuestion {
  package var sentence: String {
    switch conflict {
    case .renamed(let ours, let theirs):
      "A playlist has two new names: “\(ours)” here, “\(theirs)” elsewhere. Which shall it have?"
    case .deletedThere: "“\(name)” was deleted elsewhere, and changed here. Shall it be kept?"
    }
  }

  fileprivate func sentence(after decision: PlaylistDecision) -> String {
    switch (conflict, decision) {
    case (.renamed(let ours, _), .keepOurs): "It is called “\(ours)”, elsewhere too."
    case (.renamed(_, let theirs), .takeTheirs): "It is called “\(theirs)” here, too."
    case (.deletedThere, .keepOurs): "“\(name)” stays; the server gets it as a new playlist."
    case (.deletedThere, .takeTheirs): "“\(name)” is deleted here, too. u brings it back."
    }
  }
}
