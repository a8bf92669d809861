import Library
import Music
import OpenSubsonic

/// Makes the catalogue like the server's: everything at first, differences later, deletions included.
///
/// It works in pages, each stored with its progress, so it can stop after any of them and go on later; its memory does
/// not grow with the catalogue. It writes nothing to the server. Lives on the worker thread, as its catalogue does.
struct Synchronizer {
  let client: SubsonicClient
  let catalogue: Catalogue
  /// Told after each page.
  let report: (SyncProgress) -> Void
  /// Called before each request: it may send waiting edits, and throws when it is time to stop.
  let checkpoint: () throws(SyncFailure) -> Void
  /// Told what only the listener can decide.
  var ask: (PlaylistQuestion) -> Void = { _ in }
  /// Told what else came to light.
  var tell: (RemoteEvent) -> Void = { _ in }
  /// The listener agreed that what the server has no more goes, however much it is.
  var allowsLoss = false

  var origin: Origin { .remote(client.account.server) }

  /// What a synchronisation came to.
  struct Outcome {
    /// nil when nothing had to be pulled; stars and playlists are looked at in any case.
    var summary: PullSummary?
    /// The server was still reading its own folders: it has to be asked again.
    var isProvisional: Bool
  }

  /// - Parameter isFull: pulls and reads everything, even where the server says that nothing has changed and where a page
  ///   came as the last time.
  func run(isFull: Bool) throws(SyncFailure) -> Outcome {
    try checkpoint()
    let state = try asked { () throws(RemoteError) in try ServerState(of: client) }
    let isWanted = try isFull ? true : hasChanged(state)
    let summary = isWanted ? try pullEverything(isFull: isFull, expecting: state.trackCount) : nil
    try pullStars()
    try PlaylistPull(synchronizer: self).run()
    try pullStations()
    try pullBookmarks()
    try pullQueue()
    try stored { try catalogue.setValue(state.text, for: stateName) }
    return Outcome(summary: summary, isProvisional: state.isScanning)
  }

  /// Under which the catalogue keeps the server's state at the last pull that was finished.
  private var stateName: String { "synchronized:\(client.account.server)" }

  private func hasChanged(_ state: ServerState) throws(SyncFailure) -> Bool {
    guard let text = state.text else { return true }
    return try stored { try catalogue.value(stateName) } != text
  }

  private func pullEverything(isFull: Bool, expecting trackCount: Int?) throws(SyncFailure) -> PullSummary {
    try stored { try catalogue.setValue(nil, for: stateName) }
    let pull = try stored { try catalogue.beginPull(of: origin) }
    switch try method(of: pull) {
    case .search(let query):
      try SearchPull(synchronizer: self, pull: pull, query: query, readsAll: isFull).run(expecting: trackCount)
    case .albums: try AlbumPull(synchronizer: self, pull: pull).run(expecting: trackCount)
    }
    return try stored { try catalogue.finishPull(pull, allowsLoss: allowsLoss) }
  }

  /// How everything can be had: decided once in a pull, by what the server answers.
  private enum Method: RawRepresentable {
    case search(query: String)
    case albums

    init?(rawValue: String) {
      switch rawValue {
      case "search": self = .search(query: "")
      case "search quoted": self = .search(query: "\"\"")
      case "albums": self = .albums
      default: return nil
      }
    }

    var rawValue: String {
      switch self {
      case .search(""): "search"
      case .search: "search quoted"
      case .albums: "albums"
      }
    }
  }

  private func method(of pull: Pull) throws(SyncFailure) -> Method {
    if let name = try stored({ try catalogue.progress(of: "method", in: pull) }), let method = Method(rawValue: name) {
      return method
    }
    let method = try asked { () throws(RemoteError) in try findMethod() }
    try stored { try catalogue.ingest(in: pull, progress: ("method", method.rawValue)) }
    return method
  }

  /// An empty query brings everything on most servers, two quotation marks on some, nothing on others.
  private func findMethod() throws(RemoteError) -> Method {
    if try client.search3("", songs: Window(count: 1, offset: 0)).song.first != nil { return .search(query: "") }
    guard try client.albumList2(type: "newest", Window(count: 1, offset: 0)).first != nil else {
      return .search(query: "")  // there is no music
    }
    if try client.search3("\"\"", songs: Window(count: 1, offset: 0)).song.first != nil {
      return .search(query: "\"\"")
    }
    return .albums
  }

  private func pullStars() throws(SyncFailure) {
    try checkpoint()
    let starred = try asked { () throws(RemoteError) in try client.starred2() }
    try stored {
      try catalogue.ingestStars(
        artists: starred.artist.map(\.id), albums: starred.album.map(\.id), tracks: starred.song.map(\.id),
        from: origin)
    }
    let count = starred.artist.count + starred.album.count + starred.song.count
    report(SyncProgress(section: .stars, done: count, total: count))
  }
}

extension Synchronizer {
  /// Many servers know no radio: what the catalogue has then stays as it is.
  private func pullStations() throws(SyncFailure) {
    try checkpoint()
    let told: [Wire.InternetRadioStation]
    do { told = try client.radioStations() } catch {
      if error.meansOffline || error.isAboutCredentials { throw .remote(error) }
      return
    }
    try stored { try catalogue.ingest(stations: told.map { StationRecord($0) }, from: origin) }
  }
}

extension Synchronizer {
  /// Not every server keeps bookmarks, or a queue: then what is here stays as it is.
  private func pullBookmarks() throws(SyncFailure) {
    guard let told = try ifKnown({ () throws(RemoteError) in try client.bookmarks() }) else { return }
    try stored {
      try catalogue.ingest(
        bookmarks: told.map { (track: $0.entry.id, position: $0.position, comment: $0.comment ?? "") }, from: origin)
    }
  }

  /// What another player left there is taken note of, and offered; what plays here is not touched.
  private func pullQueue() throws(SyncFailure) {
    guard let told = try ifKnown({ () throws(RemoteError) in try client.playQueue() }), let queue = told else { return }
    let (before, after) = try stored {
      let before = try catalogue.savedQueue(of: origin)
      try catalogue.ingest(
        queue: queue.entry.map(\.id), current: queue.currentIndex, position: queue.position, from: origin)
      return (before, try catalogue.savedQueue(of: origin))
    }
    guard let after, !after.tracks.isEmpty, after.tracks != before?.tracks || after.current != before?.current else {
      return
    }
    tell(.queueOffered(count: after.tracks.count))
  }

  /// nil instead of the server's no.
  private func ifKnown<Value>(_ ask: () throws(RemoteError) -> Value) throws(SyncFailure) -> Value? {
    try checkpoint()
    do { return try ask() } catch {
      if error.meansOffline || error.isAboutCredentials { throw .remote(error) }
      return nil
    }
  }
}

/// A catalogue's failure in the synchroniser's words.
func stored<Value>(_ body: () throws -> Value) throws(SyncFailure) -> Value {
  do { return try body() } catch { throw .catalogue(CatalogueFailure(error)) }
}

/// A server's failure in the synchroniser's words.
func asked<Value>(_ body: () throws(RemoteError) -> Value) throws(SyncFailure) -> Value {
  do { return try body() } catch { throw .remote(error) }
}
