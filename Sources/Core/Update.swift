import Music
import TUI

/// The one place where state changes: takes a message, changes the state, says what to ask of the world.
///
/// It only dispatches: each feature has a file with its state and its part of this.
package func update(_ state: inout AppState, _ message: Message) -> [Effect] {
  let showsClock = state.wantsClock
  (state.onlyMoved, state.hasMovedCursor) = (nil, false)
  if state.isQuiet(message) { return state.handle(message) }
  var effects = state.handle(message)
  if let move = state.onlyMoved {
    effects += state.settle(after: move)
  } else {
    effects += state.settle()
    let isClockSeen = showsClock || state.wantsClock
    if !message.isMoment, !message.isClock || isClockSeen { state.surroundings &+= 1 }
  }
  effects += state.expectRest(message, effects)
  return state.lineMode == nil ? effects : state.settlePlain(message, effects)
}

extension AppState {
  fileprivate mutating func handle(_ message: Message) -> [Effect] {
    switch message {
    case .key(let key): return wait(for: key) ?? handle(key)
    case .resized(let size): self.size = size
    case .command(let command, let token): return wait(for: command, token) ?? perform(command, replyTo: token)
    case .configured(let command): return configure(command)
    case .clock(let time): return passTime(to: time)
    case .moment(let entry, let position): take(position, of: entry)
    case .alarm(.jump): return endSettling()
    case .alarm(.count): return endCountWait()
    case .alarm(.panel): return panelRested()
    case .alarm(.follow): return cursorRested()
    case .alarm(.views): return readFirstRows()
    case .alarm(.lyrics): break  // a line begins: the panel follows by itself
    case .devices(let devices, let token): return take(devices, replyTo: token)
    case .soundPath(let report, let token): return take(report, replyTo: token)
    case .facts(let facts, let track, let token): return take(facts, of: track, replyTo: token)
    case .cacheFigures(let rows, let token): return take(cache: rows, replyTo: token)
    case .player(let event): return handle(event)
    case .status(let status): return take(status)
    case .radio(let track, let news): take(news, from: track)
    case .answer(let ticket, let answer): return take(answer, to: ticket)
    case .part(let ticket, let answer, let count): return take(part: answer, of: count, to: ticket)
    case .ahead, .firstRows: return takeAhead(message)
    case .cacheMarks(let ticket, let found):
      if let effects = takeCandidates(found, ticket) { return effects }
      marks.take(found, ticket)
    case .edited(let edit, let created): return edited(edit, created: created) + keepPinsInStep + refreshOutbox()
    case .turned(let news): return take(news) + refreshOutbox()
    case .outboxChanged: return refreshOutbox()
    case .kept(let kind, let things): return take(things, kind)
    case .editedText(let text, let problem): return takeEdited(text, problem: problem)
    case .playlistAsks(let question): return take(question)
    case .lockedOut: return lockedOut()
    case .turnFailed(let reason): return turnFailed(reason)
    case .editFailed(let edit, let reason): return editFailed(edit, reason)
    case .catalogueChanged: return refreshEverything() + keepPinsInStep + refreshOutbox() + refreshOverrides()
    case .cacheChanged:
      marks.goStale()
      return refreshDetails() + refreshCacheSheet()
    case .connectivity(let news): return take(news)
    case .session(let queue, let position, let missing): return take(queue, at: position, missing: missing)
    case .ending: return endSession()
    case .sync(let event): take(event)
    case .activity(let news): take(news)
    case .downloads(let report):
      downloads.take(report, now: now)
      if isOffline { downloads.stop() }
      noteDownloads()
    case .accountsChanged(let list, let current): return take(accounts: list, current: current)
    case .signInFailed(let reason): signInFailed(reason)
    case .notice(let notice): post(notice)
    case .libraryFailed(let reason): tellLibraryTrouble(reason, as: reason)
    case .told(let notice, let token): return tell(notice, token)
    case .line(let text): return takeLine(text)
    case .linesEnded: return endLines()
    case .cover, .picturesChanged, .lyrics, .spectrum: return takePanel(message)
    case .theme, .themePreview, .themesFound, .themesRead, .settingsKnown, .commandHistory, .paths:
      return takeChoices(message)
    }
    return []
  }

  /// What was read before it is wanted.
  private mutating func takeAhead(_ message: Message) -> [Effect] {
    switch message {
    case .ahead(let ticket, let found, let held): take(ahead: found, marks: held, to: ticket)
    case .firstRows(let ticket, let answer, let count): take(firstRows: answer, of: count, to: ticket)
    default: []
    }
  }

  /// What the panel shows.
  private mutating func takePanel(_ message: Message) -> [Effect] {
    switch message {
    case .cover(let request, let answer): return take(answer, to: request)
    case .picturesChanged: picturesChanged()
    case .lyrics(let track, let answer): take(answer, for: track)
    case .spectrum(let news): take(news)
    default: break
    }
    return []
  }

  /// What can be chosen and how things look: from the shell's files.
  private mutating func takeChoices(_ message: Message) -> [Effect] {
    switch message {
    case .theme(let theme, let token): return take(theme) + (token.map { [.reply($0, .done)] } ?? [])
    case .themePreview(let theme): takePreview(theme)
    case .themesFound(let names): themeNames = names
    case .themesRead(let themes): themesToChoose = Dictionary(themes.map { ($0.name, $0) }) { first, _ in first }
    case .settingsKnown(let values): knownSettings.merge(values) { _, new in new }
    case .commandHistory(let lines): recall(lines)
    case .paths(let ticket, let paths): return completePaths(ticket, paths)
    default: break
    }
    return []
  }

  /// What has to hold after a message that moved a cursor: the rest of `settle` has to do with what did not change.
  mutating func settle(after move: CursorMove) -> [Effect] {
    if placeInHand?.hasNeighbours == true { fitLists() }
    settleHelp()
    extendRange()
    awaitsNeighbours = isReadingNeighbours
    return move == .scrolled ? askForMarks() : []
  }

  /// What has to hold after every message, whatever it was.
  mutating func settle() -> [Effect] {
    let released = releaseWaiting()
    fitLists()
    settleHelp()
    fitPalette()
    fitSheet()
    let step = finishStep()
    queueMarks.follow(queue, &queueList)
    extendRange()
    let effects = released + step + tellPlayerWhatIsNext() + askForMarks() + keepSession() + settlePanel()
    awaitsNeighbours = isReadingNeighbours
    wantsClock = needsClock
    keepTabs()
    return effects
  }
}
