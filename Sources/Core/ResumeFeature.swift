package import Music

/// What the listener asks of bookmarks and of the queue that the server keeps.
package enum ResumeCommand: Hashable, Sendable {
  /// Keeps the place of what plays.
  case bookmark
  case removeBookmark
  /// Lets one be chosen to go on from.
  case bookmarks
  case goOn(TrackID)
  /// Takes over the queue that another player left on the server.
  case fetchQueue
  /// Leaves the queue on the server for other players.
  case saveQueue
  /// Whether the queue is left there at the end, and after a while of pause.
  case keepQueue(Switch)
}

/// What a server keeps for the next session, as far as it was asked for.
package struct KeptThings: Hashable, Sendable {
  package var queue: SavedQueue?
  package var bookmarks: [Bookmark]
  /// Those that the two name and that exist.
  package var tracks: [Track]
  /// Why the server could not be asked: then it is what was known here.
  package var problem: String?

  package init(queue: SavedQueue? = nil, bookmarks: [Bookmark] = [], tracks: [Track] = [], problem: String? = nil) {
    self.queue = queue
    self.bookmarks = bookmarks
    self.tracks = tracks
    self.problem = problem
  }
}

struct ResumeState: Sendable {
  var things = KeptThings()
  /// The queue is left on the server at the end.
  var keepsQueue = false
}

// MARK: As text

extension ResumeCommand {
  static let parsers: [String: SoundCommand.Parser] = [
    "bookmark": { (a) throws(CommandError) in try a.bookmark() },
    "bookmarks": { (a) throws(CommandError) in try a.alone(.resume(.bookmarks)) },
    "queue": { (a) throws(CommandError) in try a.queue() },
    "save-queue": { (a) throws(CommandError) in .resume(.keepQueue(try a.word(default: .toggle))) },
  ]

  /// Name and argument.
  var words: (String, String?) {
    switch self {
    case .bookmark: ("bookmark", nil)
    case .removeBookmark: ("bookmark", "remove")
    case .bookmarks: ("bookmarks", nil)
    case .goOn(let track): ("bookmark", "\(track.rawValue)")
    case .fetchQueue: ("queue", "fetch")
    case .saveQueue: ("queue", "save")
    case .keepQueue(let value): ("save-queue", value == .toggle ? nil : value.rawValue)
    }
  }

  var summary: String {
    switch self {
    case .bookmark: "keep this place of the track"
    case .removeBookmark: "forget the place in the track"
    case .bookmarks: "go on from a place that was kept"
    case .goOn: "go on from the place that was kept"
    case .fetchQueue: "take over the queue that the server keeps"
    case .saveQueue: "leave the queue on the server"
    case .keepQueue: "leave the queue on the server at the end"
    }
  }
}

extension CommandArguments {
  fileprivate func bookmark() throws(CommandError) -> Command {
    if rest.isEmpty { return .resume(.bookmark) }
    if rest == "remove" { return .resume(.removeBookmark) }
    guard let number = Int64(rest) else { throw .invalid(rest, expected: "nothing, or remove", of: name) }
    return .resume(.goOn(TrackID(number)))
  }

  fileprivate func queue() throws(CommandError) -> Command {
    switch rest {
    case "": return .queue
    case "fetch": return .resume(.fetchQueue)
    case "save": return .resume(.saveQueue)
    default: throw .invalid(rest, expected: "nothing, fetch or save", of: name)
    }
  }
}

// MARK: What is done

extension AppState {
  mutating func perform(_ command: ResumeCommand) -> [Effect] {
    switch command {
    case .bookmark: return keepBookmark()
    case .removeBookmark:
      guard let track = queue.current?.track, !track.isRadio else { return nothingToBookmark() }
      post(Notice(.information, "“\(track.title)” has no bookmark any more."))
      return [.edit(.bookmark(track.id, nil))]
    case .bookmarks: return [.fetchKept(.bookmarks)]
    case .goOn(let track): return goOn(from: track)
    case .fetchQueue: return [.fetchKept(.queue)]
    case .saveQueue:
      guard !queue.entries.isEmpty else {
        post(Notice(.information, "The queue is empty."))
        return []
      }
      post(Notice(.information, "The queue is left on the server for your other players."))
      return [.edit(.saveQueue(savedQueue))]
    case .keepQueue(let value):
      resume.keepsQueue = value == .toggle ? !resume.keepsQueue : value == .on
      return [.saveSetting(name: "save-queue", value: resume.keepsQueue ? "on" : "off")]
    }
  }

  private mutating func keepBookmark() -> [Effect] {
    guard let track = queue.current?.track, !track.isRadio else { return nothingToBookmark() }
    post(Notice(.information, "“\(track.title)” is bookmarked at \(clock(player.position)). :bookmarks goes on there."))
    return [.edit(.bookmark(track.id, Bookmark(track: track.id, position: milliseconds(player.position))))]
  }

  private mutating func nothingToBookmark() -> [Effect] {
    post(Notice(.information, "Nothing is playing that could have a bookmark."))
    return []
  }

  private mutating func goOn(from track: TrackID) -> [Effect] {
    guard let bookmark = resume.things.bookmarks.first(where: { $0.track == track }),
      let track = resume.things.tracks.first(where: { $0.id == track })
    else {
      post(Notice(.warning, "That place is not known any more. :bookmarks shows those that are."))
      return []
    }
    beginStep(.play, about: [track])
    changeQueue { queue, random in queue.replace(with: [track], startingAt: 0, using: &random) }
    queueList = ListCursor()
    player.failures = 0
    return queue.current.map { load($0, at: .milliseconds(bookmark.position)) } ?? []
  }

  /// The queue as a server can keep it.
  var savedQueue: SavedQueue {
    let entries = queue.entries.filter { !$0.track.isRadio }
    let current = queue.current.flatMap { current in entries.firstIndex { $0.id == current.id } }
    return SavedQueue(
      tracks: entries.map(\.track.id), current: current, position: current == nil ? 0 : milliseconds(player.position))
  }

  private func milliseconds(_ time: Duration) -> Int64 {
    time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000
  }
}

// MARK: What the server keeps

/// What is asked of a server for going on elsewhere.
package enum KeptKind: Hashable, Sendable { case queue, bookmarks }

extension AppState {
  mutating func take(_ things: KeptThings, _ kind: KeptKind) -> [Effect] {
    resume.things = things
    if let problem = things.problem { post(Notice(.warning, "\(problem) This is what was known here.")) }
    return kind == .queue ? offerQueue() : offerBookmarks()
  }

  private mutating func offerBookmarks() -> [Effect] {
    let known = resume.things.bookmarks.compactMap { bookmark in
      resume.things.tracks.first { $0.id == bookmark.track }.map { (bookmark, $0) }
    }
    guard !known.isEmpty else {
      post(Notice(.information, "There are no bookmarks. :bookmark keeps the place of what plays."))
      return []
    }
    let options = known.map { bookmark, track in
      "\(track.title) – \(track.artist), \(clock(.milliseconds(bookmark.position)))"
    }
    return choose("bookmark", "Go on with: ", options, values: known.map { "\($0.0.track.rawValue)" })
  }

  private mutating func offerQueue() -> [Effect] {
    let tracks = tracksOfKeptQueue
    guard let saved = resume.things.queue, !tracks.isEmpty else {
      post(Notice(.information, "The server keeps no queue."))
      return []
    }
    let current = saved.current.flatMap { saved.tracks.indices.contains($0) ? saved.tracks[$0] : nil }
    let title =
      tracks.first { $0.id == current }.map { ", at “\($0.title)” \(clock(.milliseconds(saved.position)))" } ?? ""
    return confirm("Take over the queue of \(counted(tracks.count, "track"))\(title)?", .takeQueue)
  }

  private var tracksOfKeptQueue: [Track] {
    let known = Dictionary(resume.things.tracks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return resume.things.queue?.tracks.compactMap { known[$0] } ?? []
  }

  /// The listener said yes.
  mutating func takeQueue() -> [Effect] {
    let tracks = tracksOfKeptQueue
    guard let saved = resume.things.queue, !tracks.isEmpty else { return [] }
    let wanted = saved.current.flatMap { saved.tracks.indices.contains($0) ? saved.tracks[$0] : nil }
    // By its place, for it may stand in the queue twice; of those before it only the ones that are still here count.
    let here = Set(tracks.map(\.id))
    let place = saved.tracks.prefix(saved.current ?? 0).count { here.contains($0) }
    let start = tracks.indices.contains(place) && tracks[place].id == wanted ? place : 0
    let isHeard = player.state == .playing
    beginStep(.play, about: tracks)
    let effects = isHeard ? [] : stop()
    changeQueue { queue, random in queue.replace(with: tracks, startingAt: start, using: &random) }
    queueList = ListCursor()
    queueList.cursor = start
    player.failures = 0
    guard let entry = queue.current else { return effects }
    let position = Duration.milliseconds(tracks[start].id == wanted ? saved.position : 0)
    let taken = counted(tracks.count, "track")
    post(Notice(.information, "The queue of \(taken) is taken over. \(key(for: .history(.undo))) takes that back."))
    if isHeard { return load(entry, at: position) }
    park(entry, at: position)
    return effects
  }
}

// MARK: Leaving the queue there by itself

extension AppState {
  /// After a long pause, and at the end.
  var leaveQueueThere: [Effect] {
    resume.keepsQueue && !queue.entries.isEmpty && session.isReady ? [.edit(.saveQueue(savedQueue))] : []
  }
}
