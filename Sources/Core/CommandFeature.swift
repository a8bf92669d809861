import Music
import TUI

// Commands, whichever hand gave them, and the reply to the shell when it was the shell.

extension AppState {
  /// Does what is asked. A client that waits gets its reply here, or later from the errand that was begun for it.
  mutating func perform(_ command: Command, replyTo token: ReplyToken?) -> [Effect] {
    let noticesBefore = notices.count
    let errandsBefore = errands.count
    if command.isRepeatable { noteChange(command) }
    var effects = dispatch(command, token)
    guard let token else { return effects }
    if effects.contains(where: { $0.answers(token) }) { return effects }
    if errands.count > errandsBefore, errands.values.contains(where: { $0.replyTo == token }) { return effects }
    if notices.count > noticesBefore, let notice = notices.latest, notice.kind != .information {
      effects.append(.reply(token, .failed(notice.text)))
    } else {
      effects.append(.reply(token, .done))
    }
    return effects
  }

  /// What the last change told is old news.
  private mutating func noteChange(_ command: Command) {
    (lastChange, lastChangeRows) = (command, nil)
    notices.endNews(now: now)
  }

  mutating func dispatch(_ command: Command, _ token: ReplyToken?) -> [Effect] {
    if let effects = forwarded(command) { return effects }
    switch command {
    case .play(let query): return play(query, replyTo: token)
    case .pause(let value): return pause(value)
    case .stop: return stop()
    case .next: return next()
    case .previous: return previous()
    case .seek(let target): return seek(target)
    case .volume(let change): return setVolume(change)
    case .shuffle(let mode): return setShuffle(mode)
    case .repeatMode(let mode): return setRepeat(mode)
    case .sound(let command): return perform(command, token)
    case .mode(let command): return perform(command, token)
    case .keeping(let command): return perform(command, token)
    case .display(let command): return perform(command, token)
    case .panel(let command): return perform(command)
    case .hand(let command): return perform(command, token)
    case .move(let motion): return move(motion)
    case .pane(let motion): return changePane(motion)
    case .view(.changes): return showChanges()
    case .view(.versions): return showVersions()
    case .view(.outbox): return showOutbox()
    case .view(.registers): return showRegisters()
    case .view(let name): return show(name)
    case .back: return back()
    case .jump: return jump()
    case .activate: return activate()
    case .add: return gather(.add, replyTo: token)
    case .addNext: return gather(.addNext, replyTo: token)
    case .mark: return mark()
    case .remove: return remove()
    case .reorder(let direction): return reorder(direction)
    case .star: return toggleStar()
    case .starPlaying: return toggleStarOfPlaying()
    case .rate(let rating): return rate(rating)
    case .clear: return clearQueue(asking: token == nil)
    default: return dispatchMore(command, token)
    }
  }

  private mutating func dispatchMore(_ command: Command, _ token: ReplyToken?) -> [Effect] {
    switch command {
    case .pin(let value): return pinRows(value)
    case .pinStarred(let value): return pinStarred(value)
    case .downloads(let action): return steerDownloads(action)
    case .search(let text): return startSearch(text)
    case .prompt(let text): return openCommandLine(text)
    case .albums(let order): return showAlbums(order)
    case .starred: return showStarred()
    case .views(let command): return perform(command, token)
    case .radio(let command): return perform(command)
    case .history(let command): return perform(command)
    case .outbox(let command): return perform(command, token)
    case .editing(let command): return perform(command, token)
    case .resume(let command): return perform(command)
    case .playlistNew(let name): return newPlaylist(name)
    case .playlistRename(let name): return renamePlaylist(name)
    case .playlistDescribe(let detail): return describe(detail)
    case .playlistDelete: return deletePlaylist()
    case .playlistAdd(let name): return addToPlaylist(name, replyTo: token)
    case .login: return openLogin()
    case .account(let name): return changeAccount(name)
    case .open(let path): return [.openFolder(path)]
    case .demo: return [.openDemo]
    case .synchronize: return [.synchronize]
    case .theme(let name): return changeTheme(name, replyTo: token)
    case .set(let name, let value): return set(name, to: value, replyTo: token)
    case .announce(let value): return setAnnouncing(value)
    case .bind(let place, let command):
      keymap.bind(place, to: command)
      post(Notice(.information, "\(place) is “\(command)” now, for this run."))
    case .unbind(let place):
      keymap.unbind(place)
      post(Notice(.information, "\(place) is bound no more, for this run."))
    case .status: return tellStatus(token)
    case .queue: return tellQueue(token)
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .quit: return [.quit]
    default: break
    }
    return []
  }
}

extension AppState {
  /// What the configuration and the settings say at the start: nobody waits for an answer, and it is kept already.
  mutating func configure(_ command: Command) -> [Effect] {
    let before = notices
    let effects = perform(command, replyTo: nil)
    if notices.latest?.kind == .information { notices = before }
    panel.isOver = false
    return effects.filter { if case .saveSetting = $0 { false } else { true } }
  }
}

extension Effect {
  /// Whether the client gets its reply by this.
  fileprivate func answers(_ token: ReplyToken) -> Bool {
    switch self {
    case .reply(token, _), .askDevices(token), .askSoundPath(_, token), .askFacts(_, token), .importList(_, _, token),
      .exportList(_, _, _, token), .loadTheme(_, token):
      true
    default: false
    }
  }
}
