import App
import Core
import Fixtures
import Library
import Music
import TUI

/// A player without devices: a real catalogue with titles that nobody should have, real themes, and everything else
/// made up. What was asked is answered when chance says so, in any order.
struct World {
  var state: AppState
  private(set) var shown: Theme
  private var pending: [Message] = []
  private let catalogue: Catalogue
  private let directory = TemporaryDirectory()
  private let origin = Origin.remote(ServerID("s"))
  private static let account = AccountSummary(id: AccountID("1"), name: "anna@music.example.org")
  private static let other = AccountSummary(id: AccountID("2"), name: "夜@مقام")
  static let themes = ["dark", "light", "ascii", "monochrome", "contrast"]
    .filter { (try? readTheme($0, in: [Repository.path("themes")])) != nil }

  init(seed: UInt64) throws {
    catalogue = try Catalogue(path: directory.file("catalogue"))
    state = AppState(size: Size(columns: 80, rows: 24), seed: seed)
    shown = state.theme
    try fill()
    send(.themesFound(Self.themes))
    send(.clock(Timestamp(seconds: 1_800_000_000)))
    send(.accountsChanged([Self.account, Self.other], current: Self.account.id))
    send(.session(nil, position: .zero, missing: 0))
  }

  private func fill() throws {
    let titles = TortureLibrary.titles.map(\.title)
    var records: [TrackRecord] = []
    for number in 0..<1500 {
      let title = titles[number % titles.count]
      var track = TrackRecord(remoteID: "t\(number)", title: number < titles.count ? title : "\(title) \(number)")
      let (album, artist) = (number / 12, number / 60)
      track.artist = titles[artist % titles.count]
      track.albumArtist = track.artist
      track.album = titles[album * 7 % titles.count]
      track.artistRemoteID = "r\(artist)"
      track.albumRemoteID = "a\(album)"
      track.trackNumber = number % 12
      track.duration = number % 400
      track.year = number % 3 == 0 ? 0 : 1950 + number % 70
      track.genre = titles[number % 9]
      track.coverID = "c\(album)"
      track.suffix = "mp3"
      records.append(track)
    }
    let pull = try catalogue.beginPull(of: origin)
    try catalogue.ingest(tracks: records, in: pull)
    _ = try catalogue.finishPull(pull)
    catalogue.scope = [origin, .local]
    for (index, title) in titles.prefix(12).enumerated() {
      let tracks = try catalogue.tracks(matching: Query(parsing: "year:19\(50 + index)"), limit: 40).map(\.id)
      _ = try catalogue.createPlaylist(named: title, tracks: tracks, on: .local)
      _ = try catalogue.createStation(named: title, streamURL: "http://127.0.0.1/\(index)", on: .local)
    }
  }

  /// A message, and what it asks of the world.
  mutating func send(_ message: Message) {
    for effect in update(&state, message) { take(effect) }
    if state.theme != shown { shown = state.theme }
  }

  /// Something that was asked for comes, or something happens by itself.
  mutating func happen(_ chance: inout Chance) {
    if !pending.isEmpty, !chance.once(in: 4) {
      return send(pending.remove(at: Int.random(in: pending.indices, using: &chance)))
    }
    send(news(&chance))
  }

  /// Lets everything come.
  mutating func settle() { while !pending.isEmpty { send(pending.removeFirst()) } }

  private mutating func take(_ effect: Effect) {
    switch effect {
    case .ask(let ticket, let question):
      pending.append(.answer(ticket, (try? catalogue.answer(question)) ?? .failed("the disk is full")))
    case .askAhead(let ticket, let questions):
      let answers = Dictionary(questions.map { ($0, try? catalogue.answer($0)) }) { first, _ in first }
        .compactMapValues(\.self)
      let found = answers.values.flatMap(\.tracks).map { ($0.id, mark(of: $0.id)) }
      pending.append(.ahead(ticket, answers, marks: Dictionary(found) { $1 }))
    case .askFirstRows(let ticket, let question):
      pending.append(.firstRows(ticket, (try? catalogue.answer(question)) ?? .failed("the disk is full"), of: nil))
    case .askCacheMarks(let ticket, let ids):
      let found = ids.map { ($0, mark(of: $0)) }
      pending.append(.cacheMarks(ticket, Dictionary(found, uniquingKeysWith: { $1 })))
    case .edit(let edit):
      do {
        pending.append(.edited(edit, created: try catalogue.perform(edit, on: origin)))
      } catch {
        pending.append(.editFailed(edit, reason: "\(error)"))
      }
      pending.append(.catalogueChanged)
    case .player(let command): take(command)
    case .alarm(let name, _): pending.append(.alarm(name))
    case .askFacts(let track, let token):
      var facts = TrackFacts()
      facts.path = track.title
      facts.place = track.artist
      pending.append(.facts(facts, of: track, replyTo: token))
    case .askCache(let token): pending.append(.cacheFigures([SheetRow(label: "Held", text: "all")], replyTo: token))
    case .askCover(let request): pending.append(.cover(request, cover(for: request)))
    case .askLyrics(let track): pending.append(.lyrics(track.id, lyrics(of: track)))
    case .keepOffline(let on): pending.append(.connectivity(on ? .offline(reason: "as was wished") : .online))
    case .cancel(let id): pending.append(.activity(.ended(id)))
    case .tapSpectrum(.some): pending.append(.spectrum(.levels((0..<40).map { UInt8($0 * 6) })))
    case .askDevices(let token):
      let device = OutputDevice(name: "hw:0", description: TortureLibrary.titles[3].title)
      pending.append(.devices([device], replyTo: token))
    case .askSoundPath(_, let token):
      pending.append(.soundPath(SoundReport(rendition: .whole, path: SoundPath()), replyTo: token))
    case .loadTheme(let name, let token):
      if let theme = try? readTheme(name, in: [Repository.path("themes")]) {
        pending.append(.theme(theme, replyTo: token))
      }
    case .signIn, .openFolder, .openDemo:
      pending.append(.signInFailed("Nobody is there: \(TortureLibrary.titles[5].title)"))
    case .switchAccount(let id): pending.append(.accountsChanged([Self.account, Self.other], current: id))
    case .synchronize: pending.append(.sync(.progress(section: "tracks", done: 3, total: 7)))
    default: break
    }
  }

  private func mark(of track: TrackID) -> CacheMark {
    [.absent, .partial, .whole, .kept][Int(track.rawValue & 3)]
  }

  private func cover(for request: CoverRequest) -> CoverAnswer {
    guard request.room.columns > 0, request.room.rows > 0, request.coverID.count % 3 > 0 else { return .none }
    let picture = CellPicture(size: request.room, number: 7, drawBytes: [0x20])
    return .found(Cover(picture: picture, palette: nil))
  }

  private func lyrics(of track: Track) -> LyricsAnswer {
    guard track.id.rawValue % 4 > 0 else { return track.id.rawValue % 8 > 0 ? .none : .offline }
    let lines = TortureLibrary.titles.enumerated().map { index, entry in
      Lyrics.Line(time: track.id.rawValue % 2 == 0 ? nil : .seconds(index * 3), text: entry.title)
    }
    return .found(Lyrics(lines: lines, source: .server), offset: .milliseconds(250))
  }

  private func extra(_ chance: inout Chance) -> Message {
    switch Int.random(in: 0..<4, using: &chance) {
    case 0: return .picturesChanged
    case 1: return .activity(.ended(chance.pick(Activity.ID.allCases)))
    case 2: return .spectrum(.unavailable(chance.pick(TortureLibrary.titles).title))
    default:
      let done = Int64.random(in: 0...1_000_000_000_000, using: &chance)
      let total = chance.once(in: 2) ? nil : Int64.random(in: 0...100, using: &chance)
      let title = chance.pick(TortureLibrary.titles).title
      return .activity(.progress(Activity(chance.pick(Activity.ID.allCases), title, done: done, total: total)))
    }
  }

  private mutating func take(_ command: PlayerCommand) {
    guard case .load(let entry, let position, _) = command else { return }
    pending.append(.player(.started(entry.id)))
    pending.append(
      .status(PlaybackStatus(entry: entry.id, position: position, duration: .seconds(entry.track.duration))))
  }

  private func news(_ chance: inout Chance) -> Message {
    let current = state.queue.current?.id
    let next = state.queue.next(skipping: false)
    switch Int.random(in: 0..<17, using: &chance) {
    case 0: return .clock(Timestamp(seconds: state.now.seconds + Int64.random(in: 1...20, using: &chance)))
    case 1: return .catalogueChanged
    case 2: return .cacheChanged
    case 3: return .connectivity(chance.once(in: 2) ? .online : .offline(reason: "the server is gone"))
    case 4: return .sync(.progress(section: "albums", done: 5, total: chance.once(in: 2) ? nil : 0))
    case 5: return .sync(.finished(chance.once(in: 2) ? nil : "The library is up to date."))
    case 6: return .sync(.failed(chance.pick(TortureLibrary.titles).title))
    case 7: return .notice(Notice(.error, chance.pick(TortureLibrary.titles).title))
    case 8: return .player(.ended)
    case 9: return .player(.buffering(chance.once(in: 2)))
    case 10: return current.map { .player(.failed($0, .notAudio)) } ?? .alarm(.jump)
    case 11: return next.map { .player(.advanced(to: $0.id)) } ?? .alarm(.jump)
    case 12: return .downloads(report(&chance))
    case 13: return .player(.underrun(3))
    case 14: return extra(&chance)
    case 15: return .accountsChanged([Self.account, Self.other], current: Self.account.id)
    default:
      let position = Duration.seconds(Int.random(in: 0...500, using: &chance))
      return .status(
        PlaybackStatus(entry: current, position: position, duration: .seconds(400), cached: [0...0.3, 0.5...1]))
    }
  }

  private func report(_ chance: inout Chance) -> DownloadsReport {
    var report = DownloadsReport()
    let states: [DownloadsReport.Progress] = [
      .waiting, .failed("no"), .active(held: 3, size: nil), .active(held: 9, size: 4),
    ]
    report.rows = (0..<Int.random(in: 0...40, using: &chance)).map { number in
      let title = chance.pick(TortureLibrary.titles).title
      return DownloadsReport.Row(
        id: TrackID(Int64(number + 1)), title: title, artist: title, progress: chance.pick(states))
    }
    report.count = report.rows.count
    report.bytesPerSecond = Int64.random(in: 0...100_000, using: &chance)
    report.missingBytes = 5_000_000
    return report
  }
}
