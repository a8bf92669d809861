import Core
import Music
import TUI

/// A state with a small library behind it: plays the shell's part, so that tests read like a listener's evening.
///
///     Aurora      First (3 tracks), Second (2)
///     Björk       Debut (2)
///     playlists   Morning (tracks 1, 2, 3), Evening (none), Theirs (read-only)
struct Listener {
  var state: AppState
  /// Everything that was asked of the world since the start, questions to the catalogue apart.
  var effects: [Effect] = []
  /// False: questions stay unanswered.
  var answersQuestions = true
  /// The tracks that the cache holds.
  var cached: Set<TrackID> = [TrackID(1)]
  /// Whether `effects` shows what is kept for the next run.
  var keepsSession = false
  /// How long until the alarms that were set.
  private(set) var alarms: [AlarmName: Duration] = [:]
  /// The one of a jump.
  var alarm: Duration? { alarms[.jump] }
  /// What was done to the queue, and how many steps of it are not undone: what the catalogue would know.
  private(set) var steps: [QueueStep] = []
  private var done = 0
  private(set) var questions: [(Ticket, CatalogueQuestion)] = []
  /// What was to be read ahead.
  private(set) var aheads: [(ticket: Ticket, questions: [CatalogueQuestion])] = []
  private(set) var firstAsked: [(ticket: Ticket, question: CatalogueQuestion)] = []
  var answersAhead = false
  /// How often it was asked what the cache holds.
  private(set) var marksAsked = 0
  /// Of the library: all names of albums and tracks end with it.
  private var edition = ""

  init(columns: Int = 80, rows: Int = 24, isSignedIn: Bool = true) {
    state = AppState(size: Size(columns: columns, rows: rows), seed: 42)
    if isSignedIn { send(.accountsChanged([Listener.account], current: Listener.account.id)) }
    effects = []
  }

  static let account = AccountSummary(id: AccountID("1"), name: "anna@music.example.org")

  /// Sends a message; returns what it asked of the world, questions to the catalogue apart.
  @discardableResult
  mutating func send(_ message: Message) -> [Effect] {
    let before = effects.count
    take(update(&state, message))
    return Array(effects[before...])
  }

  @discardableResult
  mutating func run(_ line: String) -> [Effect] {
    send(.command(try! Command(parsing: line), replyTo: nil))
  }

  @discardableResult
  mutating func press(_ keys: String...) -> [Effect] {
    let before = effects.count
    for key in keys { send(.key(Key(parsing: key)!)) }
    // Nobody's hands are so fast that the cursor never rests.
    if alarms[.follow] != nil { ring(.follow) }
    return Array(effects[before...])
  }

  mutating func type(_ text: String) {
    for character in text { send(.key(.character(character))) }
  }

  /// The player says that the current entry plays, so many seconds in.
  mutating func hear(_ seconds: Int) {
    guard let entry = state.queue.current else { return }
    send(
      .status(
        PlaybackStatus(
          entry: entry.id, position: .seconds(seconds), duration: .seconds(entry.track.duration), cached: [0...1])))
  }

  /// No key is pressed for a while.
  @discardableResult
  mutating func wait(for names: AlarmName...) -> [Effect] {
    let before = effects.count
    let names = names.isEmpty ? [.jump, .panel] : names
    while let name = names.first(where: { alarms[$0] != nil }) { ring(name) }
    return Array(effects[before...])
  }

  /// The time of an alarm has come.
  @discardableResult
  mutating func ring(_ name: AlarmName) -> [Effect] {
    alarms[name] = nil
    return send(.alarm(name))
  }

  /// Gives the answer to what was asked last.
  mutating func answerLast() {
    guard let (ticket, question) = questions.last else { return }
    send(.answer(ticket, Listener.answer(question)))
  }

  /// Gives what was to be read ahead last, as the library is.
  mutating func answerAhead() {
    guard let (ticket, questions) = aheads.last else { return }
    let answers = Dictionary(uniqueKeysWithValues: questions.map { ($0, answerNow($0)) })
    send(.ahead(ticket, answers, marks: Dictionary(uniqueKeysWithValues: cached.map { ($0, .whole) })))
  }

  /// Somebody has changed all names.
  mutating func changeLibrary(_ edition: String) {
    self.edition = edition
    send(.catalogueChanged)
  }

  private func answerNow(_ question: CatalogueQuestion) -> CatalogueAnswer {
    func renamed<Row>(_ row: Row, _ name: WritableKeyPath<Row, String>) -> Row {
      var row = row
      row[keyPath: name] += edition
      return row
    }
    return switch Listener.answer(question) {
    case .albums(let rows): .albums(rows.map { renamed($0, \.name) })
    case .tracks(let rows): .tracks(rows.map { renamed($0, \.title) })
    case let answer: answer
    }
  }

  var notice: String? { state.notices.current?.text }
  var playing: String? { state.queue.current?.track.title }
  var queued: [String] { state.queue.entries.map(\.track.title) }

  private mutating func take(_ fresh: [Effect]) {
    let marks = Dictionary(uniqueKeysWithValues: cached.map { ($0, CacheMark.whole) })
    for effect in fresh {
      switch effect {
      case .saveQueue, .savePlace, .saveHistory: if keepsSession { effects.append(effect) }
      case .ask(let ticket, let question):
        questions.append((ticket, question))
        if answersQuestions { take(update(&state, .answer(ticket, answerNow(question)))) }
      case .askAhead(let ticket, let questions):
        aheads.append((ticket, questions))
        if answersAhead { answerAhead() }
      case .askFirstRows(let ticket, let question):
        firstAsked.append((ticket, question))
        if answersAhead { take(update(&state, .firstRows(ticket, answerNow(question), of: nil))) }
      case .askCacheMarks(let ticket, _):
        marksAsked += 1
        take(update(&state, .cacheMarks(ticket, marks)))
      case .alarm(let name, let time): alarms[name] = time
      case .keepStep(let step):
        steps = steps.prefix(done) + [step]
        done = steps.count
      case .turn(let move): if answersQuestions { answer(move) } else { effects.append(effect) }
      default: effects.append(effect)
      }
    }
  }
}

extension Listener {
  /// Undoes or does again the last step, as the catalogue would.
  private mutating func answer(_ move: HistoryMove) {
    let index = move.isRedo ? done : done - 1
    guard steps.indices.contains(index) else {
      return take(update(&state, .turned(HistoryReturn(entries: [], isRedo: move.isRedo))))
    }
    done += move.isRedo ? 1 : -1
    let step = steps[index]
    let change = HistoryEntry.Change.queue(step.change, added: step.added, removed: step.removed)
    let entry = HistoryEntry(
      id: Int64(index), step: Int64(index), made: Timestamp(seconds: 0), change: change, subject: step.subject)
    let turn =
      move.isRedo
      ? HistoryReturn.Turn(from: step.before, to: step.after) : HistoryReturn.Turn(from: step.after, to: step.before)
    take(update(&state, .turned(HistoryReturn(entries: [entry], isRedo: move.isRedo, queue: turn))))
  }
}

extension Listener {
  static let artists = [
    Artist(id: ArtistID(1), remoteID: "a1", name: "Aurora", albumCount: 2),
    Artist(id: ArtistID(2), remoteID: "a2", name: "Björk", albumCount: 1),
  ]
  static let albums = [
    Album(id: AlbumID(10), remoteID: "10", name: "First", artist: "Aurora", artistID: ArtistID(1)),
    Album(id: AlbumID(11), remoteID: "11", name: "Second", artist: "Aurora", artistID: ArtistID(1)),
    Album(id: AlbumID(20), remoteID: "20", name: "Debut", artist: "Björk", artistID: ArtistID(2)),
  ]
  static let tracks = [
    track(1, "One", 10), track(2, "Two", 10), track(3, "Three", 10), track(4, "Four", 11), track(5, "Five", 11),
    track(6, "Six", 20), track(7, "Seven", 20),
  ]
  static let playlists = [
    Playlist(id: PlaylistID(1), name: "Morning", trackCount: 3), Playlist(id: PlaylistID(2), name: "Evening"),
    Playlist(id: PlaylistID(3), name: "Theirs", owner: "bert", isReadOnly: true),
  ]

  static func track(_ id: Int64, _ title: String, _ album: Int64) -> Track {
    let record = albums.first { $0.id.rawValue == album }!
    return Track(
      id: TrackID(id), origin: .remote(ServerID("s")), remoteID: "\(id)", title: title, artist: record.artist,
      album: record.name, albumID: AlbumID(album), albumArtist: record.artist, trackNumber: Int(id), duration: 100,
      suffix: "mp3", coverID: "c\(id)")
  }

  static let stations = [
    RadioStation(
      id: StationID(1), origin: .remote(ServerID("s")), remoteID: "ra-1", name: "Radio One",
      streamURL: "http://one.example/stream", homePage: "https://one.example"),
    RadioStation(id: StationID(2), origin: .local, name: "Second Wave", streamURL: "http://two.example/live.m3u"),
  ]

  static func answer(_ question: CatalogueQuestion) -> CatalogueAnswer {
    switch question {
    case .artists: .artists(artists)
    case .albums(let artist): .albums(albums.filter { $0.artistID == artist })
    case .allAlbums: .albums(albums)
    case .tracksOfAlbum(let album): .tracks(tracks.filter { $0.albumID == album })
    case .tracksOfArtist(let artist):
      .tracks(tracks.filter { track in albums.contains { $0.id == track.albumID && $0.artistID == artist } })
    case .playlists: .playlists(playlists)
    case .tracksOfPlaylist(let id): .tracks(id == PlaylistID(1) ? Array(tracks[0..<3]) : [])
    case .starred: .tracks([tracks[1]])
    case .genres: .genres([])
    case .stations: .stations(stations)
    case .tracks(let ids): .tracks(tracks.filter { ids.contains($0.id) })
    case .history: .history([])
    case .outbox: .outbox([])
    case .outboxCounts: .outboxCounts(OutboxCounts())
    case .versions, .deletedPlaylists: .versions([])
    case .tracksOfVersion: .tracks([])
    case .library(let question): answer(question)
    case .search(let words), .find(let words):
      .found(
        artists: artists.filter { $0.name.lowercased().contains(words.lowercased()) },
        albums: albums.filter { $0.name.lowercased().contains(words.lowercased()) },
        tracks: tracks.filter { $0.title.lowercased().contains(words.lowercased()) })
    }
  }

  static func answer(_ question: LibraryQuestion) -> CatalogueAnswer {
    switch question {
    case .genres: .groups([.genre("Electronic"), .genre("Pop")])
    case .years: .groups([.years(1999...1999, albumCount: 2), .years(1993...1993, albumCount: 1)])
    case .decades: .groups([.years(1990...1999, albumCount: 3)])
    case .folders(""): .groups([.folder("Aurora"), .folder("Björk")])
    case .folders("Aurora"): .groups([.folder("Aurora/First"), .folder("Aurora/Second"), .here("Aurora")])
    case .folders: .groups([])
    case .albumsOfGenre(let genre): .albums(genre == "Pop" ? Array(albums[0...1]) : [albums[2]])
    case .albumsOfYears(let years): .albums(years.contains(1999) ? Array(albums[0...1]) : [albums[2]])
    case .randomAlbums(let seed): .albums(seed % 2 == 0 ? albums : albums.reversed())
    case .tracksOfGenre, .tracksOfYears: .tracks(tracks)
    case .tracksInFolder(let folder, _): .tracks(tracks.filter { folder.hasSuffix($0.album) || folder == $0.artist })
    case .mostPlayed, .lastPlayed: .tracks([tracks[5], tracks[0]])
    case .history(let limit): .plays(Array(heard.prefix(limit)))
    }
  }

  /// Two listens today, one yesterday.
  static let heard = [(3, 0), (2, 0), (1, 1)].map { id, daysAgo in
    HeardTrack(
      id: Int64(id), heard: Timestamp(seconds: Int64(id) * 1000),
      day: HeardTrack.Day(year: 2026, month: 11, day: 21 - daysAgo, weekday: 6 - daysAgo, daysAgo: daysAgo),
      time: "1\(id):30", track: tracks[id])
  }
}
