package import Core
import Glibc
package import Library
package import Music
import SQLite
import Synchronization
import Threading

/// Answers the screens' questions and writes the listener's edits.
///
/// Owns one catalogue connection and the thread it lives on; nothing here runs on the loop. It never talks to a server:
/// what a server must hear is in the outbox, and `onEdit` says that there is something.
final class LibraryService: Sendable {
  let thread = SerialThread("library", stackSize: 1024 * 1024)
  let connection: CatalogueConnection
  let inbox: Inbox
  let isStopping = Atomic(false)
  private let onEdit: @Sendable () -> Void
  /// The ticket of the albums that were asked for last.
  let lastAlbums = Atomic(0)
  private let hasReadAhead = Atomic(false)
  /// The ticket of the search that was asked last.
  let lastSearch = Atomic(0)

  init(path: String, inbox: Inbox, onEdit: @escaping @Sendable () -> Void) {
    connection = CatalogueConnection(path: path)
    self.inbox = inbox
    self.onEdit = onEdit
  }

  /// Opens the catalogue before the first question, and reads what that one will read. What goes wrong is told then.
  func warmUp() {
    thread.async { [self] in
      _ = try? connection.open().artists(after: nil, limit: LongQuestion.firstPart)
    }
  }

  /// Views that are opened for the first time do not wait for the disk. Once, when the first long list is there; a piece
  /// at a time: questions go before.
  func readAhead() {
    if !hasReadAhead.exchange(true, ordering: .relaxed) { readAhead(from: 0) }
  }

  private func readAhead(from place: Int) {
    guard place < Self.mostReadAhead else { return learnFolders() }
    thread.asyncBehind { [self] in
      guard !isStopping.load(ordering: .relaxed), let catalogue = try? connection.open() else { return }
      if let next = catalogue.readAhead(from: place) { return readAhead(from: next) }
      learnFolders()
    }
  }

  /// The eighth of this computer's memory, and no more than a library of a million tracks.
  private static let mostReadAhead = min(512 << 20, sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)) / 8)

  /// Who knows what `is:cached` means; asked on the library's thread.
  func setHeldTracks(_ held: @escaping @Sendable () -> [(server: ServerID, track: RemoteID)]) {
    run { try $0.open().heldTracks = held }
  }

  /// What the screens see from now on.
  func setScope(_ scope: [Origin]) {
    run { try $0.open().scope = scope }
  }

  func ask(_ ticket: Ticket, _ question: CatalogueQuestion) {
    if let parts = LongQuestion(question) { return answer(ticket, parts) }
    if case .search(let text) = question { return search(ticket, text) }
    thread.async { [self] in
      do {
        inbox.post(.answer(ticket, try connection.open().answer(question)))
      } catch {
        inbox.post(.answer(ticket, .failed(sentence(for: error))))
      }
    }
  }

  /// The answers that nobody waits for, without those that could not be read. Called back on the library's thread.
  func readAhead(
    _ questions: [CatalogueQuestion], _ body: @escaping @Sendable ([CatalogueQuestion: CatalogueAnswer]) -> Void
  ) {
    thread.asyncBehind { [self] in
      var answers: [CatalogueQuestion: CatalogueAnswer] = [:]
      for question in questions where !isStopping.load(ordering: .relaxed) {
        answers[question] = try? connection.open().answer(question)
      }
      body(answers)
    }
  }

  func edit(_ edit: LibraryEdit, on origin: Origin) {
    thread.async { [connection, inbox, onEdit] in
      do {
        let catalogue = try connection.open()
        let created = try catalogue.perform(edit, on: origin)
        inbox.post(.edited(catalogue.outcome(of: edit), created: created))
        onEdit()
      } catch {
        inbox.post(.editFailed(edit, reason: sentence(for: error)))
      }
    }
  }

  func keep(_ step: QueueStep) { run { try $0.open().record(step) } }

  /// Undoes, or does again.
  func turn(_ move: HistoryMove) {
    thread.async { [connection, inbox, onEdit] in
      do {
        let catalogue = try connection.open()
        let entries = try catalogue.turn(move)
        inbox.post(
          .turned(
            HistoryReturn(
              entries: entries, isRedo: move.isRedo,
              queue: try catalogue.queueTurn(of: entries, isRedo: move.isRedo))))
        onEdit()
      } catch {
        inbox.post(.turnFailed(sentence(for: error)))
      }
    }
  }

  /// The tracks that still exist, for those who need more than an id. Called back on the library's thread.
  func withTracks(_ ids: [TrackID], _ body: @escaping @Sendable ([Track]) -> Void) {
    thread.async { [connection] in body((try? connection.open().tracks(ids)) ?? []) }
  }

  /// All that the catalogue keeps of a track; nil where it is gone. Called back on the library's thread.
  func withStoredTrack(_ id: TrackID, _ body: @escaping @Sendable (StoredTrack?) -> Void) {
    thread.async { [connection] in body((try? connection.open().storedTrack(id)) ?? nil) }
  }

  func removeAll(of origin: Origin) {
    run { try $0.open().remove(origin) }
  }

  /// Finishes what is queued and closes the connection.
  func stop() {
    isStopping.store(true, ordering: .relaxed)
    thread.asyncBehind { [connection] in connection.close() }
    thread.stop()
  }

  func run(_ body: @escaping @Sendable (CatalogueConnection) throws -> Void) {
    thread.async { [connection, inbox] in
      do { try body(connection) } catch { inbox.post(.libraryFailed(sentence(for: error))) }
    }
  }
}

/// A catalogue that is opened by the thread that uses it, when it first does.
///
/// `@unchecked Sendable`: it is handed to one thread and touched by no other.
final class CatalogueConnection: @unchecked Sendable {
  let path: String
  private var catalogue: Catalogue?

  init(path: String) { self.path = path }

  func open() throws -> Catalogue {
    if let catalogue { return catalogue }
    let opened = try Catalogue(path: path)
    catalogue = opened
    return opened
  }

  func close() { catalogue = nil }
}

extension Catalogue {
  static let albumLimit = 100_000

  package func answer(_ question: CatalogueQuestion) throws -> CatalogueAnswer {
    if let long = LongQuestion(question) { return try answer(long) }
    return switch question {
    case .albums(let artist): .albums(try albums(of: artist))
    case .tracksOfAlbum(let album): .tracks(try tracks(of: album))
    case .tracksOfArtist(let artist): .tracks(try tracks(of: artist))
    case .playlists: .playlists(try smartPlaylists().map(\.playlist) + playlists())
    case .tracksOfPlaylist(let playlist): .tracks(try tracks(of: playlist))
    // These are long.
    case .artists: .artists([])
    case .allAlbums: .albums([])
    case .starred: .tracks([])
    case .genres: .genres(try genres())
    case .stations: .stations(try stations())
    case .tracks(let ids): .tracks(try tracksAndStations(ids))
    case .outbox: .outbox(try outbox())
    case .outboxCounts: .outboxCounts(try outboxCounts())
    case .history(let limit): .history(try history(limit: limit))
    case .versions(let playlist): .versions(try versions(of: playlist))
    case .deletedPlaylists: .versions(try deletedPlaylists())
    case .tracksOfVersion(let version): .tracks(try tracks(ofVersion: version))
    case .library(let question): try answer(question)
    case .search(let text), .find(let text): try found(text)
    }
  }

  /// - Returns: the playlist that came to be, where one did.
  package func perform(_ edit: LibraryEdit, on origin: Origin) throws -> PlaylistID? {
    switch edit {
    case .star(let item, let on): try star(item, on)
    case .rate(let item, let rating): try rate(item, rating)
    case .createPlaylist(let name, let tracks): return try createPlaylist(named: name, tracks: tracks, on: origin)
    case .renamePlaylist(let id, let name): try describePlaylist(id, name: name)
    case .describePlaylist(let id, let comment, let isPublic):
      try describePlaylist(id, comment: comment, isPublic: isPublic)
    case .deletePlaylist(let id): try deletePlaylist(id)
    case .setTracks(let id, let tracks, let seen): try setTracks(of: id, to: tracks, seen: seen)
    case .addTracks(let id, let tracks, let position): try addTracks(tracks, to: id, at: position)
    case .retry(let id): try retryEdit(id)
    case .discard(let id): try discardEdit(id)
    case .decide(let playlist, let decision): try decide(playlist, decision)
    case .bookmark(_, let bookmark?): try setBookmark(bookmark)
    case .bookmark(let track, nil): try deleteBookmark(of: track)
    case .saveQueue(let queue): try saveQueue(queue, on: origin)
    case .restore(let version, _, _): try restore(version: version)
    case .together(let edits): try asOneStep { for edit in edits { _ = try perform(edit, on: origin) } }
    case .recordPlay(let track, let time): try recordPlay(of: track, at: time)
    case .smart(let edit): return try perform(edit)
    case .createStation(let name, let url): try createStation(named: name, streamURL: url, on: origin)
    case .renameStation(let id, let name): try describeStation(id, name: name)
    case .deleteStation(let id): try deleteStation(id)
    }
    return nil
  }

  /// The edit as it could be done.
  fileprivate func outcome(of edit: LibraryEdit) -> LibraryEdit {
    guard case .restore(let version, let name, _) = edit else { return edit }
    return .restore(version: version, name: name, missing: (try? missingTracks(ofVersion: version)) ?? 0)
  }

  fileprivate func turn(_ move: HistoryMove) throws -> [HistoryEntry] {
    switch move {
    case .undo: try undo()
    case .redo: try redo()
    case .undoThrough(let step): try undo(through: step)
    case .redoThrough(let step): try redo(through: step)
    }
  }

  /// Stations stand in a queue under names of their own.
  private func tracksAndStations(_ ids: [TrackID]) throws -> [Track] {
    try tracks(ids.filter { $0.rawValue >= 0 })
      + ids.filter { $0.rawValue < 0 }.compactMap { try station(StationID(-$0.rawValue))?.track }
  }

  private func found(_ text: String) throws -> CatalogueAnswer {
    let query = Query(parsing: text)
    if query.isAboutTracks {
      return .found(artists: [], albums: [], tracks: try tracks(matching: query, limit: SearchLimit.ofTracks))
    }
    let words = query.wordsAlone(of: text)
    var result = try search(words, limit: SearchLimit.ofEach, waitsForWords: false)
    if result.isEmpty, lacksWords(for: result, limit: SearchLimit.ofEach) {
      result = try search(words, limit: SearchLimit.ofEach)
    }
    return .found(artists: result.artists, albums: result.albums, tracks: result.tracks)
  }
}

extension AlbumSort {
  var order: AlbumOrder {
    switch self {
    case .name: .name
    case .artist: .artist
    case .newest: .newest
    case .year: .year
    case .starred: .starred
    case .random: .random
    case .mostPlayed: .mostPlayed
    case .recentlyPlayed: .recentlyPlayed
    }
  }
}
