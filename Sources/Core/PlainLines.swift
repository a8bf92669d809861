import Music
import TUI

// What a line means in the line mode: the answer to a question, rows by number, words of its own, or a command.

extension AppState {
  mutating func begin(_ line: String) -> [Effect] {
    let before = plainFacts
    lineMode?.before = before
    lineMode?.isTold = false
    lineMode?.wantsList = false
    lineMode?.wantsLyrics = false
    lineMode?.toldPrompt = nil
    let text = trimmed(line)
    if prompt != nil { return answerPrompt(text) }
    if let question = lineMode?.question { return answer(question, question == .password ? line : text) }
    if text.isEmpty || text.hasPrefix("#") { return text.isEmpty ? tellStatus(PlainState.token) : [] }
    return run(text)
  }

  private mutating func run(_ text: String) -> [Effect] {
    let (word, rest) = splitWord(text.hasPrefix(":") ? String(text.dropFirst()) : text)
    if let numbers = RowNumbers(word), word != "all" {
      let (effects, isChosen) = choose(numbers)
      guard isChosen, !rest.isEmpty else { return effects + (isChosen ? sayRows() : []) }
      return effects + run(rest)
    }
    if let effects = ownWord(word, rest) { return effects }
    if let effects = withRows(word, rest) { return effects }
    do {
      return run(try Command(parsing: "\(word) \(rest)"))
    } catch {
      return say(error.plainSentence)
    }
  }

  private mutating func run(_ command: Command) -> [Effect] {
    switch command {
    case .login:
      lineMode?.question = .address
      return []
    case .search(nil):
      lineMode?.question = .search
      return []
    case .theme(let name?), .set("theme", let name): return wearUnseen(name)
    case .set(let name, let value): lineMode?.setting = (name, value)
    case .view(.help): return PlainHelp.lines.flatMap { say($0) }
    case .quit: lineMode?.isTold = true
    case .redraw: return say("There is no screen in the line mode.")
    case .suspend: return say("Control Z stops dulcet for a while.")
    case .hand(.palette), .hand(.menu), .hand(.keys):
      return say("The line mode has no keys and no menus. “help” tells the commands.")
    case .panel(.content(.lyrics)): return askPlainLyrics()
    case .views(.filter(nil)): return say("“filter” takes words that the rows must hold, or off.")
    case .views(.filter), .views(.sort(.some)):
      let hasList = placeInHand != nil
      lineMode?.wantsList = hasList
    case .panel: return say("There is no panel in the line mode.")
    case .prompt: return say("Every line is a command here.")
    case .back: return goBack()
    case .status, .sound(.path), .keeping(.cache): return perform(command, replyTo: PlainState.token)
    case .view(let name):
      lineMode?.wantsList = true
      lineMode?.enteredFromFound = nil
      leaveRows(of: name)
    case .search, .albums, .starred, .queue:
      lineMode?.wantsList = true
      lineMode?.enteredFromFound = nil
    case .views: lineMode?.enteredFromFound = nil
    case .open, .demo: lineMode?.reading = .running
    case .synchronize, .keeping(.forgetMissing):
      let isHopeless = isOffline
      lineMode?.reading = isHopeless ? .none : .running
    default: break
    }
    return perform(command, replyTo: nil)
  }

  /// A theme is for the next screen: it is loaded to be kept.
  private mutating func wearUnseen(_ name: String) -> [Effect] {
    guard themeNames.isEmpty || themeNames.contains(name) else {
      return say("There is no theme “\(name)”. There are: \(themeNames.joined(separator: ", ")).")
    }
    return say("The screen wears the theme “\(name)” from now on; the line mode has no colours.")
      + perform(.theme(name), replyTo: nil)
  }

  /// Who asks for a list gets the whole of it, whatever row of it was entered before.
  private mutating func leaveRows(of screen: ScreenName) {
    switch screen {
    case .library: library.focus = library.view.columns[0]
    case .playlists: playlists.focus = .lists
    default: break
    }
  }

  mutating func say(_ text: String) -> [Effect] {
    lineMode?.isTold = true
    return [.say(text)]
  }

  /// Words that only the line mode has.
  private mutating func ownWord(_ word: String, _ rest: String) -> [Effect]? {
    switch (word, rest) {
    case ("list", ""), ("show", ""):
      lineMode?.wantsList = true
      return []
    case ("more", ""): return tellList(further: true).flatMap { say($0) }
    case ("show", _):
      guard let numbers = RowNumbers(rest) else { return say("“show” takes the number of a row, not “\(rest)”.") }
      let (effects, isChosen) = choose(numbers)
      return effects + (isChosen ? enterRow() : [])
    default: return nil
    }
  }

  /// `play 3`, `add 2-5`, `add next 2`: the rows stand behind these words, too.
  private mutating func withRows(_ word: String, _ rest: String) -> [Effect]? {
    guard ["play", "add", "star", "pin", "remove", "mark"].contains(word), placeInHand != nil else { return nil }
    let (first, second) = splitWord(rest)
    let isNext = word == "add" && first == "next"
    guard let numbers = RowNumbers(isNext ? second : rest) else { return nil }
    let (effects, isChosen) = choose(numbers, marks: word != "mark")
    guard isChosen else { return effects }
    switch word {
    case "play": return effects + (numbers.isOne ? activate() : gather(.play, replyTo: nil))
    case "mark":
      guard let place = placeInHand else { return effects }
      let rows = plainRows(of: place)
      self[place].marked.formUnion(numbers.numbers(upTo: rows.count).map { rows[$0 - 1] })
      return effects
    default: return effects + run(isNext ? "add next" : word)
    }
  }

  /// Puts the cursor on the first of them and marks all where they are more than one.
  private mutating func choose(_ numbers: RowNumbers, marks: Bool = true) -> (effects: [Effect], isChosen: Bool) {
    guard let place = placeInHand else { return (tellList().flatMap { say($0) }, false) }
    let rows = plainRows(of: place)
    guard !rows.isEmpty else { return (say("The list is empty."), false) }
    guard numbers.largest <= rows.count else {
      return (say("The list has only \(counted(rows.count, "row"))."), false)
    }
    let chosen = numbers.numbers(upTo: rows.count).map { rows[$0 - 1] }
    guard let first = chosen.first else { return ([], false) }
    self[place].cursor = first
    self[place].marked = marks && chosen.count > 1 ? Set(chosen) : marks ? [] : self[place].marked
    lineMode?.before?.cursor = first
    let marked = self[place].marked.count
    lineMode?.before?.marked = marked
    return (follow(place), true)
  }

  private mutating func sayRows() -> [Effect] {
    guard let place = placeInHand else { return [] }
    return chosenIndices(of: place).prefix(Self.plainPage).flatMap { say(plainRow(place, $0)) }
  }
}

extension RowNumbers {
  fileprivate var isOne: Bool { ranges?.count == 1 && ranges?.first?.count == 1 }
}

extension CommandError {
  /// Without keys, which the line mode has not.
  fileprivate var plainSentence: String {
    if case .unknown = self { return sentence + " “help” tells which there are." }
    return sentence
  }
}

// MARK: Into rows and out of them

extension AppState {
  /// `show 3`: what is in the row.
  private mutating func enterRow() -> [Effect] {
    lineMode?.wantsList = true
    switch placeInHand {
    case .views, .groups, .artists, .albums: return changeLibraryPane(.right)
    case .playlists: playlists.focus = .tracks
    case .found: return enterFound()
    case let place?:
      lineMode?.wantsList = false
      return say(plainDetails(place))
    case nil: break
    }
    return []
  }

  private mutating func enterFound() -> [Effect] {
    switch search.results.selected {
    case .artist(let artist):
      let effects = showLibrary(.artist)
      library.focus = .albums
      lineMode?.enteredFromFound = .albums
      if let place = library.artists.rows.firstIndex(where: { $0.id == artist.id }) {
        library.artists.list.cursor = place
      }
      return effects + library.albums.ask(.albums(of: artist.id), &tickets)
    case .album(let album):
      let effects = showLibrary(.artist)
      library.focus = .tracks
      lineMode?.enteredFromFound = .tracks
      return effects + library.tracks.ask(.tracksOfAlbum(album.id), &tickets)
    default:
      lineMode?.wantsList = false
      return say(plainDetails(.found))
    }
  }

  private func plainDetails(_ place: ListPlace) -> String {
    guard case .tracks(let tracks)? = rows(of: place, at: [self[place].cursor]), let track = tracks.first else {
      return plainRow(place, self[place].cursor)
    }
    let facts = [
      track.artist.isEmpty ? nil : "by \(track.artist)", track.album.isEmpty ? nil : "from “\(track.album)”",
      track.year > 0 ? "\(track.year)" : nil, track.genre.isEmpty ? nil : track.genre,
      track.duration > 0 ? clock(.seconds(track.duration)) : nil, track.rating > 0 ? "rated \(track.rating) of 5" : nil,
      isStarred(track) ? "starred" : nil, track.playCount > 0 ? "played \(counted(track.playCount, "time"))" : nil,
    ]
    return "“\(track.title)”, " + facts.compactMap(\.self).joined(separator: ", ") + "."
  }

  /// From the tracks to the albums, from the albums to the artists, or to where these were entered from.
  private mutating func goBack() -> [Effect] {
    if screen == .library, library.focus == lineMode?.enteredFromFound {
      lineMode?.enteredFromFound = nil
      lineMode?.wantsList = true
      return show(.search)
    }
    switch placeInHand {
    case .groups, .artists, .albums, .tracks:
      lineMode?.wantsList = true
      return changeLibraryPane(.left)
    case .playlistTracks: playlists.focus = .lists
    default: return perform(.back, replyTo: nil)
    }
    lineMode?.wantsList = true
    return []
  }
}

// MARK: Answers

extension AppState {
  /// The line answers as the keys would; an empty one gives the question up.
  private mutating func answerPrompt(_ text: String) -> [Effect] {
    guard var state = prompt else { return [] }
    if text.isEmpty, state.kind != .text || state.field.text.isEmpty { return giveUp() }
    switch state.kind {
    case .yesOrNo:
      let answer = text.lowercased()
      guard ["y", "yes", "n", "no"].contains(answer) else { return goOn(from: text) }
      return answer.hasPrefix("y") ? promptKey(.character("y")) : giveUp()
    case .choice:
      if let number = Int(text), state.allOptions.indices.contains(number - 1) {
        state.cursor = number - 1
        state.options = state.allOptions
      } else {
        state.field.set(text)
        state.narrow()
        state.cursor = state.options.firstIndex { $0.lowercased() == text.lowercased() } ?? state.cursor
      }
    case .text, .hidden: if !text.isEmpty { state.field.set(text) }
    }
    prompt = state
    return promptKey(.named(.enter))
  }

  /// Another line than yes or no: a command leaves all as it was and is done, anything else is no answer.
  private mutating func goOn(from text: String) -> [Effect] {
    let (word, _) = splitWord(text.hasPrefix(":") ? String(text.dropFirst()) : text)
    guard (Command.names + ["list", "more", "show"]).contains(word) else { return say("Please answer yes or no.") }
    return giveUp() + run(text)
  }

  private mutating func giveUp() -> [Effect] {
    prompt = nil
    lineMode?.question = nil
    return say("Left as it was.")
  }

  private mutating func answer(_ question: PlainQuestion, _ text: String) -> [Effect] {
    if text.isEmpty, question != .user { return giveUp() }
    lineMode?.question = nil
    switch question {
    case .search: return run(.search(text))
    case .address:
      lineMode?.form.address = text
      lineMode?.question = .user
    case .user:
      lineMode?.form.user = text
      lineMode?.question = .password
    case .password:
      guard var form = lineMode?.form else { return [] }
      form.password = text
      login = login ?? LoginState(canClose: accounts.current != nil)
      login?.isBusy = true
      lineMode?.reading = .running
      return say("Signing in.") + [.signIn(form)]
    }
    return []
  }
}
