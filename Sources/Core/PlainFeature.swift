import Music

// The line mode's part of `update`: begins lines, waits for what they asked for, tells what became of them.

extension AppState {
  /// What has to be told after a message, and the lines that can be begun now.
  mutating func settlePlain(_ message: Message, _ effects: [Effect]) -> [Effect] {
    let news = take(message)
    var all = news.map { Effect.say($0) } + tell(effects)
    while let line = nextLine() {
      let begun = begin(line)
      all += tell(begun + settle())
    }
    return all + endPlain()
  }

  mutating func takeLine(_ line: String) -> [Effect] {
    lineMode?.waiting.append(line)
    // Whoever types is never kept from leaving.
    return lineMode?.isInteractive == true && trimmed(line) == "quit" ? [.quit] : []
  }

  mutating func endLines() -> [Effect] {
    lineMode?.isOver = true
    return lineMode?.isInteractive == true ? [.quit] : []
  }

  /// What was asked of the world has come, or part of it.
  private mutating func take(_ message: Message) -> [String] {
    switch message {
    case .answer, .cacheMarks, .edited, .editFailed, .devices, .soundPath, .facts, .cacheFigures, .told, .turned,
      .turnFailed, .lyrics, .editedText:
      let unanswered = lineMode?.unanswered ?? 0
      lineMode?.unanswered = max(0, unanswered - 1)
    case .sync(.finished): if lineMode?.reading == .running { lineMode?.reading = .ended }
    case .catalogueChanged: if lineMode?.reading == .ended { lineMode?.reading = .none }
    case .sync(.failed), .connectivity(.offline), .signInFailed: lineMode?.reading = .none
    case .accountsChanged(_, nil): return [Self.noAccount]
    case .session: return greeting
    default: break
    }
    return []
  }

  private static let noAccount =
    "There is no account yet. “login” signs in to a server, “open FOLDER” takes the music of a folder, “demo” the demo music."

  private var greeting: [String] {
    let ready = lineMode?.isInteractive == true ? ["dulcet is ready. “help” tells the commands."] : []
    return ready + (lineMode?.isInteractive == true && player.state == .paused ? [playingSentence] : [])
  }

  private var isPlainBusy: Bool {
    guard let plain = lineMode else { return false }
    return plain.unanswered > 0 || login?.isBusy == true || (plain.reading != .none && !plain.isInteractive)
  }

  private mutating func nextLine() -> String? {
    guard session.isReady, !isPlainBusy, lineMode?.before == nil, lineMode?.waiting.isEmpty == false else { return nil }
    return lineMode?.waiting.removeFirst()
  }

  /// A pipe's last line is done and no music plays, or the questions that are left nobody will answer.
  private mutating func endPlain() -> [Effect] {
    guard let plain = lineMode, plain.isOver, !plain.isEnding, plain.waiting.isEmpty, plain.before == nil, !isPlainBusy,
      session.isReady, player.state != .playing
    else { return [] }
    self.lineMode?.isEnding = true
    return [.quit]
  }
}

// MARK: Telling

extension AppState {
  /// The effects as they are, those that answer the line mode in words.
  private mutating func tell(_ effects: [Effect]) -> [Effect] {
    var said: [String] = []
    var others: [Effect] = []
    for effect in effects {
      switch effect {
      case .ask, .askCacheMarks, .edit, .askDevices, .askSoundPath, .askFacts, .askCache, .importList,
        .exportList, .turn, .askLyrics, .editText:
        lineMode?.unanswered += 1
      default: break
      }
      if case .reply(PlainState.token, let reply) = effect { said += words(of: reply) } else { others.append(effect) }
    }
    said += notices.takeUntold().map(\.text) + trouble() + announcement()
    if lineMode?.before != nil, !said.isEmpty { lineMode?.isTold = true }
    if !isPlainBusy { said += finishLine() }
    return others + said.map { .say($0) } + asking()
  }

  private func words(of reply: Reply) -> [String] {
    switch reply {
    // What failed was told as a notice.
    case .done, .failed: []
    case .status(let report): plainStatus(report)
    case .queue: []
    case .words(let text): text.split(separator: "\n").map { spoken(String($0)) }
    }
  }

  /// A line of a table without its columns.
  private func spoken(_ line: String) -> String {
    let parts = line.split(separator: " ", omittingEmptySubsequences: false)
    guard let gap = parts.firstIndex(of: ""), let rest = parts[gap...].firstIndex(where: { !$0.isEmpty }) else {
      return line
    }
    return "\(parts[..<gap].joined(separator: " ")): \(parts[rest...].joined(separator: " "))"
  }

  /// Why signing in failed.
  private mutating func trouble() -> [String] {
    guard let problem = login?.problem else { return [] }
    login?.problem = nil
    return [problem]
  }

  /// Another track plays than was told last.
  private mutating func announcement() -> [String] {
    guard player.state == .playing, let entry = queue.current?.id, entry != lineMode?.announced else { return [] }
    lineMode?.announced = entry
    // A line that has it played tells so by itself.
    return lineMode?.announces == true && lineMode?.before == nil ? [playingSentence] : []
  }

  /// What the line under way has changed.
  private mutating func finishLine() -> [String] {
    guard let plain = lineMode, let before = plain.before else { return [] }
    self.lineMode?.before = nil
    var said = sentences(since: before)
    said += tellSheet()
    if plain.wantsLyrics { said += tellLyrics() }
    let now = plainFacts
    if plain.wantsList || (now.list != before.list && now.list != nil) {
      said += tellList()
    } else if now.cursor != before.cursor, let place = placeInHand, now.list == before.list, said.isEmpty, !plain.isTold
    {
      said.append(rowSentence(place))
    } else if said.isEmpty, !plain.isTold, now.screen != before.screen, now.list == nil {
      said.append("\(screen.title).")
    }
    let settings = settingSentences(since: before)
    if said.isEmpty, !plain.isTold { said += settings }
    if said.isEmpty, !plain.isTold, plain.question == nil, prompt == nil { said.append("Done.") }
    return said
  }

  /// What a screen would lay over everything is told instead, and closed.
  private mutating func tellSheet() -> [String] {
    guard sheet != nil else { return [] }
    defer { sheet = nil }
    return [sheetTitle + ":"] + wholeSheetRows.map { $0.text.isEmpty ? $0.label : "\($0.label): \($0.text)" }
  }

  private func rowSentence(_ place: ListPlace) -> String {
    let rows = plainRows(of: place)
    guard let number = rows.firstIndex(of: self[place].cursor) else { return "Done." }
    return "Row \(number + 1) of \(rows.count): \(plainRow(place, rows[number]))"
  }

  /// The question that waits for the next line.
  private mutating func asking() -> [Effect] {
    guard lineMode?.before == nil, !isPlainBusy else { return [] }
    guard let text = prompt.map({ promptWords($0) }) ?? lineMode?.question?.text else {
      lineMode?.toldPrompt = nil
      return []
    }
    guard text != lineMode?.toldPrompt, lineMode?.waiting.isEmpty == true else { return [] }
    lineMode?.toldPrompt = text
    let options = prompt?.kind == .choice ? prompt?.allOptions ?? [] : []
    let isHidden = prompt.map { $0.kind == .hidden } ?? (lineMode?.question == .password)
    return options.enumerated().map { .say("\($0.offset + 1). \($0.element)") } + [.askLine(text, hidden: isHidden)]
  }

  private func promptWords(_ prompt: PromptState) -> String {
    switch prompt.kind {
    case .choice: prompt.label + "(a number or a name) "
    case .text where !prompt.field.text.isEmpty: "\(prompt.label)(\(prompt.field.text)) "
    default: prompt.label
    }
  }
}
