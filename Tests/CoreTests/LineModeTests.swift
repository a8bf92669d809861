import Music
import TUI
import Testing

@testable import Core

@Suite("The line mode")
struct LineModeTests {
  /// A listener who types, or a pipe.
  private func listener(_ input: PlainInput = .typed) -> Listener {
    var listener = Listener(isSignedIn: false)
    listener.state = AppState(seed: 42, plain: input)
    listener.send(.accountsChanged([Listener.account], current: Listener.account.id))
    listener.send(.session(nil, position: .zero, missing: 0))
    listener.effects = []
    return listener
  }

  @Test("what is searched for is told in numbered rows, which the next line can use")
  func search() {
    var listener = listener()
    #expect(
      listener.say("search se") == [
        "Found for “se”, 2 rows:", "1. Album Second by Aurora", "2. Track Seven by Björk, from Debut, 1:40",
      ])
    #expect(listener.say("play 2").first == "Playing “Seven” by Björk, from “Debut”.")
  }

  @Test("rows are played, added, starred and shown by their numbers")
  func numbers() {
    var listener = listener()
    #expect(listener.say("view library").first == "Artists, 2 rows:")
    #expect(listener.say("show 1") == ["Albums of Aurora, 2 rows:", "1. First", "2. Second"])
    #expect(
      listener.say("show 1") == ["Tracks of “First”, 3 rows:", "1. One, 1:40", "2. Two, 1:40", "3. Three, 1:40"])
    #expect(listener.say("play 2") == ["Playing “Two” by Aurora, from “First”.", "The queue has 3 tracks."])
    #expect(listener.say("add 1,3") == ["Added 2 tracks to the queue.", "The queue has 5 tracks."])
    #expect(listener.say("add next 1") == ["Added “One” after this track.", "The queue has 6 tracks."])
    #expect(listener.say("star 3") == ["It got a star."])
    #expect(listener.say("2 rate 4") == ["Rated 4 of 5."])
    #expect(listener.say("1-2") == ["One, 1:40", "Two, 1:40"])
    #expect(listener.say("show 2").first?.hasPrefix("“Two”, by Aurora, from “First”") == true)
    #expect(listener.say("back").first == "Albums of Aurora, 2 rows:")
    #expect(listener.say("queue").count == 7)
  }

  @Test("back leads to what was found, from what was shown of it, and only then")
  func backToFound() {
    var listener = listener()
    let found = listener.say("search se")
    #expect(listener.say("show 1").first == "Tracks of “Second”, 2 rows:")
    #expect(listener.say("back") == found)
    #expect(listener.say("show 1").count == 3)
    #expect(listener.say("view library").first?.hasSuffix(":") == true)
    #expect(listener.say("back") != found)
  }

  @Test("back leads step by step from an artist's tracks to what was found")
  func backStepByStep() {
    var listener = listener()
    let found = listener.say("search aurora")
    #expect(listener.say("show 1").first == "Albums of Aurora, 2 rows:")
    #expect(listener.say("show 1").first == "Tracks of “First”, 3 rows:")
    #expect(listener.say("back").first == "Albums of Aurora, 2 rows:")
    #expect(listener.say("back") == found)
  }

  @Test("what a setting is now is told, also where it was so before")
  func settings() {
    var listener = listener()
    listener.send(.themesFound(["dark", "light"]))
    #expect(listener.say("set mouse off") == ["mouse is off now."])
    #expect(listener.say("set mouse off") == ["mouse is off."])
    #expect(listener.say("set count-wait 300") == ["count-wait is 300."])
    #expect(listener.say("time total") == ["time is total now."])
    #expect(listener.say("set crossfade 5") == ["Crossfade of 5 s between albums."])
    #expect(listener.say("theme lihgt") == ["There is no theme “lihgt”. There are: dark, light."])
    #expect(listener.say("set theme light").first?.hasPrefix("The screen wears the theme “light”") == true)
    #expect(listener.effects.contains(.loadTheme("light")))
  }

  @Test("numbers that there are not, and words that mean nothing, are told so")
  func nonsense() {
    var listener = listener()
    listener.say("view library")
    #expect(listener.say("play 7") == ["The list has only 2 rows."])
    #expect(listener.say("7-9 add") == ["The list has only 2 rows."])
    #expect(listener.say("dance") == ["There is no command “dance”. “help” tells which there are."])
    #expect(listener.say("pase") == ["There is no command “pase”. Did you mean “pause”? “help” tells which there are."])
    #expect(listener.say("search ratng:>3") == ["Not understood: ratng:>3 (rating?)."])
    #expect(listener.say("search is:missing") == ["Not understood: is:missing."])
    #expect(listener.say("play year:abc") == ["Not understood: year:abc."])
    #expect(listener.say("volume loud").first?.contains("“volume” takes") == true)
    #expect(listener.say("show me") == ["“show” takes the number of a row, not “me”."])
    #expect(listener.say("play nothing of that name") == ["Nothing in the library matches “nothing of that name”."])
    #expect(listener.say("2-1") == ["There is no command “2-1”. “help” tells which there are."])
    #expect(listener.say("99999999999999999999 play").first?.hasPrefix("There is no command") == true)
  }

  @Test("what a command did is told, whatever it was; nothing is done without a word")
  func told() {
    var listener = listener()
    listener.say("play one")
    let lines = [
      ("volume 50", "Volume 50."), ("mute", "Muted."), ("shuffle albums", "Shuffle by albums."),
      ("repeat one", "Repeat: one."), ("pause", "Paused: “One” by Aurora, at 0:00. “play” goes on."),
      ("seek 1:00", "At 1:00."), ("speed 1.5", "Speed 1.5."), ("consume", "What was heard leaves the queue."),
      ("stop", "Stopped. Next: “One” by Aurora."), ("redraw", "There is no screen in the line mode."),
      ("set output silent", "output is silent now. It takes effect at the next start."),
      ("theme dark", "The screen wears the theme “dark” from now on; the line mode has no colours."),
    ]
    for (line, told) in lines { #expect(listener.say(line) == [told], "\(line)") }
  }

  @Test("every command that takes nothing says something")
  func silence() {
    for name in Command.names where (try? Command(parsing: name)) != nil && name != "quit" {
      var listener = listener()
      #expect(!listener.say(name).isEmpty, "\(name)")
    }
  }

  @Test("a line waits until the one before is done")
  func order() {
    var listener = listener(.piped)
    listener.answersQuestions = false
    listener.send(.line("search one"))
    listener.send(.line("play 1"))
    #expect(listener.playing == nil)
    let (ticket, question) = listener.questions.last!
    listener.answersQuestions = true
    listener.send(.answer(ticket, Listener.answer(question)))
    #expect(listener.playing == "One")
  }

  @Test("what the cache holds is waited for, too, and is no answer to the line behind it")
  func cache() {
    var listener = listener(.piped)
    listener.answersQuestions = false
    listener.send(.line("cache"))
    listener.send(.line("play one"))
    listener.send(.linesEnded)
    listener.send(.cacheFigures([SheetRow(label: "held", text: "1 MiB")], replyTo: PlainState.token))
    #expect(!listener.effects.contains(.quit))
    listener.answersQuestions = true
    listener.answerLast()
    #expect(listener.playing == "One" && !listener.effects.contains(.quit))
    #expect(listener.say("cache") == ["held: 1 MiB"])
  }

  @Test("questions are asked in words; the next line answers, an empty one leaves all as it was")
  func questions() {
    var listener = listener()
    listener.say("play aurora")
    #expect(listener.say("clear") == ["? Empty the queue of 5 tracks? (y/n) "])
    #expect(listener.say("perhaps") == ["Please answer yes or no.", "? Empty the queue of 5 tracks? (y/n) "])
    #expect(listener.say("no") == ["Left as it was."])
    listener.say("clear")
    #expect(listener.say("yes").last == "The queue has 0 tracks.")
    listener.say("view library")
    #expect(
      listener.say("1 playlist add") == ["1. Morning", "2. Evening", "? Add 5 tracks to: (a number or a name) "])
    #expect(listener.say("2") == ["Added 5 tracks to “Evening”."])
    #expect(listener.say("playlist new") == ["? Name of the new playlist: "])
    #expect(listener.say("") == ["Left as it was."])
  }

  @Test("a command in place of yes or no leaves all as it was, and is done")
  func commandForAnswer() {
    var listener = listener(.piped)
    listener.say("play aurora")
    listener.say("clear")
    #expect(listener.say("volume 30") == ["Left as it was.", "Volume 30."])
    #expect(listener.state.prompt == nil && listener.queued.count == 5)
    listener.say("clear")
    listener.send(.line("quit"))
    #expect(listener.effects.contains(.quit))
  }

  @Test("what can have no star and no rating is told so")
  func nothingToStar() {
    var listener = listener()
    listener.say("history")
    #expect(listener.say("star") == ["Only tracks, albums and artists can be starred."])
    #expect(listener.say("rate 3") == ["Only tracks, albums and artists can be rated."])
  }

  @Test("a screen that is asked for is told from its first list, whatever was entered before")
  func fromTheFirstList() {
    var listener = listener()
    listener.say("view playlists")
    #expect(listener.say("show 1").first == "Playlist “Morning”, 3 rows:")
    #expect(listener.say("view playlists").first == "Playlists, 3 rows:")
    listener.say("view library")
    listener.say("show 1")
    #expect(listener.say("view library").first == "Artists, 2 rows:")
  }

  @Test("undo and redo are waited for, and told")
  func undo() {
    var listener = listener()
    listener.say("play aurora")
    listener.say("remove 2")
    #expect(listener.say("view queue").first == "Queue, 5 rows:")
    listener.say("remove 2")
    listener.answersQuestions = false
    #expect(listener.say("undo") == [])
    listener.answersQuestions = true
    let nothing = HistoryReturn(entries: [], isRedo: false)
    #expect(listener.send(.turned(nothing)) == [.say("There is nothing to undo.")])
    #expect(listener.say("undo").contains("Done.") == false)
    #expect(listener.say("edit") == ["An editor needs a terminal."])
  }

  @Test("what becomes of a list is told: rows that left it, its order, its filter")
  func listChanges() {
    var listener = listener()
    listener.say("play aurora")
    listener.say("queue")
    #expect(listener.say("playlist reverse") == ["The queue is in another order now."])
    #expect(listener.say("playlist sort -title").count == 1)
    #expect(listener.say("playlist sort -title") == ["The queue is in that order already."])
    #expect(listener.say("filter tw") == ["Queue with “tw”, 1 row:", "1. Two by Aurora, 1:40"])
    #expect(listener.say("filter xyz") == ["Queue with “xyz”: nothing."])
    #expect(listener.say("filter off").first == "Queue, 5 rows:")
    #expect(listener.say("sort title").first == "Queue, by title, 5 rows:")
    #expect(listener.say("filter").first?.contains("takes words") == true)
    listener.say("view playlists")
    listener.say("show 1")
    #expect(listener.say("remove 2").first == "“Two” left “Morning”, which has 2 tracks now.")
    #expect(listener.say("playlist reverse").first == "“Morning” is in another order now.")
  }

  @Test("the words of what plays are told, line by line")
  func lyrics() {
    var listener = listener()
    #expect(listener.say("lyrics") == ["Nothing is playing."])
    listener.say("play one")
    listener.say("volume 10")
    #expect(listener.say("lyrics") == ["The words of “One”:", "Hello", "there"])
    #expect(listener.say("panel lyrics") == ["The words of “One”:", "Hello", "there"])
    listener.say("play two")
    #expect(listener.say("lyrics") == ["There are no words of “Two”."])
  }

  @Test("sentences name commands, where others name keys")
  func noKeys() {
    var listener = listener()
    #expect(listener.say("edit") == ["Go to the queue (“view queue”) or to a playlist (“view playlists”) first."])
    #expect(listener.say("play") == ["The queue is empty. “search WORDS” finds music."])
    #expect(
      listener.say("playlist") == [
        "“playlist” needs one of new, rename, comment, publish, delete, add, sort, reverse, shuffle, dedupe, split, merge, import, export."
      ])
    #expect(listener.say("playlist rename x") == ["Go to the playlists (“view playlists”) and choose one first."])
  }

  @Test("signing in asks for address, user and password, the last unseen")
  func login() {
    var listener = Listener(isSignedIn: false)
    listener.state = AppState(seed: 42, plain: .typed)
    listener.send(.accountsChanged([], current: nil))
    listener.send(.session(nil, position: .zero, missing: 0))
    #expect(listener.effects.contains { if case .say(let text) = $0 { text.contains("“login”") } else { false } })
    #expect(listener.say("login") == ["? Address of the server, such as https://music.example.org: "])
    listener.say("music.example.org")
    listener.send(.line("anna"))
    #expect(listener.effects.last == .askLine("Password: ", hidden: true))
    let asked = listener.send(.line(" sesame "))
    #expect(asked.contains(.signIn(SignInForm(address: "music.example.org", user: "anna", password: " sesame "))))
    #expect(listener.send(.signInFailed("The computer is not there.")) == [.say("The computer is not there.")])
    #expect(listener.say("status") == ["Nothing is playing. The queue is empty."])
  }

  @Test("the next track is told when it begins, unless that is not wanted")
  func announcing() {
    var listener = listener()
    listener.say("play aurora")
    let second = listener.state.queue.entries[1]
    #expect(listener.send(.player(.advanced(to: second.id))).contains(.say("Playing “Two” by Aurora, from “First”.")))
    #expect(listener.say("announce off") == ["The line mode tells no new tracks."])
    let third = listener.state.queue.entries[2]
    #expect(!listener.send(.player(.advanced(to: third.id))).contains { if case .say = $0 { true } else { false } })
    #expect(listener.say("next") == ["Playing “Four” by Aurora, from “Second”."])
  }

  @Test("a pipe that has ended lets the music play to its end; the end of typing ends the player")
  func ends() {
    var listener = listener(.piped)
    listener.send(.line("play one"))
    listener.send(.linesEnded)
    #expect(!listener.effects.contains(.quit))
    listener.send(.player(.ended))
    #expect(listener.effects.contains(.quit))
    var typist = self.listener()
    typist.say("play one")
    #expect(typist.send(.linesEnded) == [.quit])
    var silent = self.listener(.piped)
    silent.send(.line("status"))
    #expect(silent.send(.linesEnded) == [.quit])
  }

  @Test("long lists are told in parts")
  func long() {
    var listener = listener()
    listener.say("play one")
    for _ in 0..<5 { listener.say("play aurora"); listener.say("add all") }
    for _ in 0..<6 {
      listener.say("view library")
      listener.say("add 1")
    }
    let told = listener.say("queue")
    #expect(told.count == 22)
    #expect(told.last?.contains("“more” goes on.") == true)
    #expect(listener.say("more").first?.hasPrefix("21. ") == true)
  }

  @Test("a hundred thousand lines of rubbish ask for no more than can be begun")
  func flood() {
    var listener = listener(.piped)
    listener.answersQuestions = false
    for _ in 0..<100 { listener.send(.line("play \u{1B}[31m")) }
    listener.send(.line("x"))
    #expect(listener.state.lineMode?.wantsLines == false)
  }
}

extension Listener {
  /// What is said to a line; questions with a question mark before them.
  @discardableResult
  fileprivate mutating func say(_ line: String) -> [String] {
    var told: [String] = []
    var effects = send(.line(line))
    while !effects.isEmpty {
      switch effects.removeFirst() {
      case .say(let text): told.append(text)
      case .askLine(let text, _): told.append("? " + text)
      case .edit(let edit): effects += send(.edited(edit, created: nil))
      case .askDevices(let token): effects += send(.devices([], replyTo: token))
      case .askSoundPath(_, let token):
        effects += send(.soundPath(SoundReport(rendition: nil, path: SoundPath()), replyTo: token))
      case .editText: effects += send(.editedText(nil, problem: "An editor needs a terminal."))
      case .askLyrics(let track):
        let lines = ["Hello", "", "there"].map { Lyrics.Line(text: $0) }
        let found = LyricsAnswer.found(Lyrics(lines: lines, source: .file), offset: .zero)
        effects += send(.lyrics(track.id, track.title == "One" ? found : .none))
      case .askCache(let token):
        effects += send(.cacheFigures([SheetRow(label: "held", text: "1 MiB")], replyTo: token))
      default: break
      }
    }
    return told
  }
}
