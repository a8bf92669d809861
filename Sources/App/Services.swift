import Artwork
import Audio
import Cache
import Core
import Decoders
import HTTP
import Library
import Music
import Playback
import Remote
import TUI
import Threading

/// Performs the loop's effects: knows every service and belongs to the loop's thread. Nothing here blocks.
///
/// What a service reports comes back through the inbox, as a message or as a task on this object.
final class Services {
  let inbox: Inbox
  let paths: Paths
  let library: LibraryService
  let cache: CacheService
  let pins: PinService
  let leisure = Leisure()
  let player: Player
  let http = HTTPClient()
  /// Signing in: slow, and the listener waits for it.
  let errands = SerialThread("errands", stackSize: 1024 * 1024)
  /// The lines of the command line, and the settings: the disk may have to be waited for, which no key does.
  private let files = SerialThread("files")
  let scans = FolderScans()
  /// Opened when the first is asked for; their threads end with the process, since they may wait for a server.
  private(set) lazy var covers = CoverService(
    directory: paths.cache + "/covers", cataloguePath: paths.catalogueFile, clients: clients, manner: pictures)
  private(set) lazy var spectrum = SpectrumService(player: player, inbox: inbox)
  private var hasSpectrum = false
  private(set) lazy var lyrics = LyricsService(cataloguePath: paths.catalogueFile, clients: clients)
  private(set) lazy var exchange = ExchangeService(cataloguePath: paths.catalogueFile, inbox: inbox)
  /// Begun when there is the first track to fetch something for.
  private(set) lazy var keepsakes = beginKeepsakes()
  private var hasKeepsakes = false
  private var hasCaughtUp = false
  /// How this terminal shows pictures.
  var pictures = CoverService.Manner(way: .symbols(.palette, isASCII: false))
  var pictureTerminal = PictureTerminal()
  var pictureChoice = PictureChoice.auto
  var hasAskedCovers = false
  let alarm = Alarm()
  let clients = Clients()
  var accounts: AccountBook
  var remote: RemoteService?
  var remoteNews: RemoteNews?
  var settings: SettingsFile
  /// The listener wants no request to leave; and whether the work for the account has begun.
  var isKeptOffline = false
  var hasStarted = false
  /// What the cache holds of the entry that plays, as parts of its whole.
  private var held: (entry: EntryID?, ranges: [ClosedRange<Double>]) = (nil, [])
  /// The theme that is shown, by its file's name; nil for the one that needs no file.
  var themeName: String?

  init(
    paths: Paths, library: LibraryService, accounts: AccountBook, settings: SettingsFile,
    output: Arguments.OutputChoice,
    cacheCapacity: Int64
  ) {
    let inbox = library.inbox
    self.paths = paths
    self.inbox = inbox
    self.library = library
    self.accounts = accounts
    self.settings = settings
    library.setScope(accounts.scope)
    let clients = clients
    let cache = CacheService(
      path: paths.chunkFile, capacity: cacheCapacity, fetcher: StreamFetcher(http: http) { clients[$0] }, inbox: inbox)
    self.cache = cache
    library.setHeldTracks { cache.withTracks { $0.wholeTracks() } }
    pins = PinService(path: paths.catalogueFile, cache: cache, inbox: inbox)
    let http = http
    let sources = TrackSources(
      cataloguePath: paths.catalogueFile, radio: { radioSource(of: $0, at: $1, http: http, inbox: inbox) }
    ) { key, size in
      cache.source(for: key, expectedSize: size)
    }
    player = Player(
      outputs: output.outputs, source: { sources.source(of: $0.track) },
      makeDecoder: makeDecoder(for:),
      makeStretcher: { format, speed in stretcher(for: format, speed: speed, inbox: inbox) },
      onEvent: { inbox.post(.player($0)) })
  }

  /// Begins to work for the current account. Call it once, after the first frame.
  func start() {
    hasStarted = true
    cache.begin()
    library.restoreSession()
    announceThemes()
    watchThemes()
    connect()
    pins.refresh()
    pins.takeReplacedFiles()
    cache.beginInspections { [leisure, player] in leisure.length(isPlaying: player.status.state == .playing) }
  }

  func perform(_ effect: Effect) {
    switch effect {
    case .player(let command): player.send(command)
    case .alarm(let name, let time): alarm.set(name, after: time)
    case .askDevices(let token): tellDevices(replyTo: token)
    case .askSoundPath(let track, let token): tellSoundPath(of: track, replyTo: token)
    case .askCache(let token):
      cache.withFigures { [inbox] in inbox.post(.cacheFigures($0, replyTo: token)) }
    case .askFacts(let track, let token): tellFacts(of: track, replyTo: token)
    case .cancel(let id): cancel(id)
    case .prefetch(let tracks): cache.prefetch(tracks.compactMap(\.renditionKey))
    case .ask(let ticket, let question): library.ask(ticket, question)
    case .askAhead(let ticket, let questions): askAhead(ticket, questions)
    case .askFirstRows(let ticket, let question): library.readFirstRows(ticket, question)
    case .expectSearch: library.expectSearch()
    case .askCacheMarks(let ticket, let ids): askCacheMarks(ticket, ids)
    case .keepStep(let step): library.keep(step)
    case .turn(let move): library.turn(move)
    case .fetchKept(let kind): fetchKept(kind)
    case .edit(let edit): library.edit(edit, on: accounts.origin)
    case .synchronize: synchronize()
    case .pin(let targets, let on): pins.pin(targets, on: on)
    case .pinRendition(let targets, let bitRate): pins.pin(targets, on: true, bitRate: bitRate)
    case .importList(let file, let name, let token): importList(file, named: name, replyTo: token)
    case .exportList(let list, let title, let file, let token): exportList(list, title, file, replyTo: token)
    case .forgetMissing: forgetMissing()
    case .refreshPins: pins.refresh()
    case .downloads(let action): cache.steerDownloads(action)
    case .downloadFirst(let tracks): pins.first(tracks)
    case .keepOffline(let on): keepOffline(on)
    case .sendEdits: remote?.drainSoon()
    case .forward: break  // an attached player's
    case .signIn(let form): signIn(form)
    case .switchAccount(let id): switchAccount(id)
    case .removeAccount(let id): removeAccount(id)
    case .openFolder(let path): openFolder(path)
    case .openDemo: openDemo()
    case .askCover(let request): askCover(request)
    case .setPictures(let choice): setPictures(choice)
    case .askLyrics(let track): askLyrics(track)
    case .keepLyricsOffset(let offset, let track): lyrics.setOffset(offset, of: track)
    case .tapSpectrum(let wish): tapSpectrum(wish)
    case .loadTheme(let name, let token): loadTheme(name, replyTo: token)
    case .readThemes: readThemes()
    case .previewTheme(let name): previewTheme(name)
    case .saveSetting(let name, let value): saveSetting(name, value)
    case .saveHistory(let lines):
      files.async { [paths] in try? CommandHistory(path: paths.state + "/history").write(lines) }
    case .askFolders(let ticket, let start):
      errands.async { [inbox] in inbox.post(.paths(ticket, completions(ofPath: start, with: .folders))) }
    case .askPlaylistFiles(let ticket, let start):
      errands.async { [inbox] in inbox.post(.paths(ticket, completions(ofPath: start, with: .playlists))) }
    case .saveQueue(let queue):
      library.keep(queue)
      library.run { [pins] _ in pins.queueChanged() }
    case .savePlace(let place):
      library.keep(place)
      library.run { [pins] _ in pins.queueChanged() }
    case .editText, .reply, .redraw, .mouse, .suspend, .quit, .say, .askLine: break  // the loop's own
    }
  }

  /// What was to be written is written when it returns. It waits for no server and for no child: a thread that does so
  /// ends with the process.
  func stop() {
    scans.stop()
    files.stop()
    if hasSpectrum { spectrum.stop() }
    if hasKeepsakes { keepsakes.stop() }
    player.shutDown()
    remote?.stop()
    pins.stop()
    cache.stop()
    library.stop()
    do { try settings.save() } catch { complain(error.sentence) }
  }

  private func beginKeepsakes() -> Keepsakes {
    hasKeepsakes = true
    return Keepsakes(
      cataloguePath: paths.catalogueFile, coverDirectory: paths.cache + "/covers", clients: clients
    ) { [leisure, cache] in !leisure.isOnMeteredNetwork && cache.withTracks { $0.mayFetchAhead } }
  }

  /// Once in a run: covers and words of what was cached when they were not kept yet, or could not come.
  func catchUpKeepsakes() {
    guard !hasCaughtUp else { return }
    hasCaughtUp = true
    cache.withWholeTracks { [inbox] cached in
      if !cached.isEmpty { inbox.post { $0.keepsakes.catchUp(cached[...]) } }
    }
  }

  private func tapSpectrum(_ wish: SpectrumWish?) {
    guard wish != nil || hasSpectrum else { return }
    hasSpectrum = true
    let environment = currentEnvironment()
    spectrum.set(wish, isRemote: environment["SSH_CONNECTION"] != nil || environment["SSH_TTY"] != nil)
  }

  // MARK: What plays

  var isPlaying: Bool { player.isPlaying }
  var position: Duration { player.status.position }

  /// Which entry is where, while one plays.
  var moment: (EntryID, Duration)? {
    guard player.isPlaying else { return nil }
    let status = player.status
    guard status.state == .playing, let entry = status.entry else { return nil }
    return (entry, status.position)
  }

  /// Where the music is, with what the cache held of it when it was asked last; nil when it is not this entry that
  /// plays. As long as there is not the whole track, the cache is asked again, and tells by itself.
  func playbackStatus(of entry: QueueEntry?) -> PlaybackStatus? {
    let status = player.status
    guard let entry, status.entry == entry.id else { return nil }
    let key = entry.track.renditionKey
    if held.entry != entry.id { held = (entry.id, key == nil ? [0...1] : []) }
    let told = PlaybackStatus(
      entry: entry.id, position: status.position, duration: status.duration ?? .seconds(entry.track.duration),
      cached: held.ranges, isBuffering: status.state == .buffering, decoded: status.path.decoded)
    if let key, held.ranges != [0...1] { askForHeldRanges(of: key, told) }
    return told
  }

  private func askForHeldRanges(of key: RenditionKey, _ told: PlaybackStatus) {
    cache.withHeldRanges(of: key) { [inbox] ranges in
      guard ranges != told.cached else { return }
      inbox.post { if $0.held.entry == told.entry { $0.held.ranges = ranges } }
      var told = told
      told.cached = ranges
      inbox.post(.status(told))
    }
  }

  private func askAhead(_ ticket: Ticket, _ questions: [CatalogueQuestion]) {
    library.readAhead(questions) { [cache, inbox] answers in
      let tracks = answers.values.flatMap(\.tracks)
      guard !tracks.isEmpty else { return inbox.post(.ahead(ticket, answers, marks: [:])) }
      cache.withMarks(of: tracks) { inbox.post(.ahead(ticket, answers, marks: $0)) }
    }
  }

  private func askCacheMarks(_ ticket: Ticket, _ ids: [TrackID]) {
    library.withTracks(ids) { [cache, inbox] tracks in
      cache.withMarks(of: tracks) { inbox.post(.cacheMarks(ticket, $0)) }
    }
  }

  private func saveSetting(_ name: String, _ value: String) {
    if name == "cache-size", let bytes = parseByteCount(value) { cache.setCapacity(bytes) }
    settings.set(name, value)
    // Volume comes in bursts: it is written at the end.
    guard name != "volume" else { return }
    guard let bytes = settings.takeUnwritten() else { return }
    files.async { [inbox, path = settings.path] in
      do throws(FileError) { try SettingsFile.write(bytes, to: path) } catch {
        inbox.post(.notice(Notice(.error, error.sentence)))
        inbox.post { $0.settings.writingFailed() }
      }
    }
  }
}

extension LibraryService {
  /// What a server must hear of is sent soon.
  convenience init(path: String, inbox: Inbox) {
    self.init(path: path, inbox: inbox) { inbox.post { $0.remote?.drainSoon() } }
  }
}
