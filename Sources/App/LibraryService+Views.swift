import Core
import Library
import Music
import Synchronization
import Threading

// The library's views. Long lists are told in two parts: what fills a screen at once, then all of it, read a piece at a
// time, so that other questions are answered in between.

/// A question whose answer may be long.
enum LongQuestion {
  case artists
  case albums(AlbumView, limit: Int)
  case tracks(TrackView, limit: Int?)
  /// Names alone: the folders in one.
  case folders(in: String)

  init?(_ question: CatalogueQuestion) {
    switch question {
    case .artists: self = .artists
    case .allAlbums(let sort): self = .albums(.ordered(sort.order), limit: Catalogue.albumLimit)
    case .starred: self = .tracks(.starred, limit: nil)
    case .library(let question): self.init(question)
    default: return nil
    }
  }

  private init?(_ question: LibraryQuestion) {
    switch question {
    case .albumsOfGenre(let genre): self = .albums(.genre(genre), limit: Catalogue.albumLimit)
    case .albumsOfYears(let years): self = .albums(.years(years), limit: Catalogue.albumLimit)
    case .randomAlbums(let seed): self = .albums(.random(seed: seed), limit: 500)
    case .mostPlayed: self = .tracks(.mostPlayed, limit: 500)
    case .lastPlayed: self = .tracks(.lastPlayed, limit: 500)
    case .folders(let folder): self = .folders(in: folder)
    case .tracksInFolder(let folder, let part):
      // What a list shows of the tracks of a folder, and what playing one plays.
      self = .tracks(.folder(folder, isDirect: part == .direct), limit: part == .whole ? 50_000 : 1000)
    case .genres, .years, .decades, .tracksOfGenre, .tracksOfYears, .history: return nil
    }
  }

  var parts: any Parts {
    switch self {
    case .artists: ArtistParts()
    case .albums(let view, let limit): AlbumParts(view, limit: limit)
    case .tracks(let view, let limit): TrackParts(view, limit: limit)
    case .folders(let folder): FolderParts(of: folder)
    }
  }

  /// More than fits on a screen.
  static let firstPart = 64
  /// A millisecond or two.
  static let piece = 64
}

extension LibraryService {
  func answer(_ ticket: Ticket, _ question: LongQuestion) {
    guard case .albums = question else { return begin(ticket, question) { false } }
    lastAlbums.store(ticket.number, ordering: .releasing)
    begin(ticket, question) { [self] in lastAlbums.load(ordering: .acquiring) != ticket.number }
  }

  private func begin(_ ticket: Ticket, _ question: LongQuestion, isUnwanted: @escaping @Sendable () -> Bool) {
    thread.async { [self] in tell(ticket, question.parts, isUnwanted: isUnwanted) }
  }

  /// Reads the next piece of the rows; the first is shown at once, and what is asked meanwhile goes before the others.
  ///
  /// - Parameter isUnwanted: whoever asked has gone on to others: the answer would be dropped.
  private func tell(_ ticket: Ticket, _ parts: any Parts, isUnwanted: @escaping @Sendable () -> Bool) {
    failing(ticket) {
      if isUnwanted() { return inbox.post(.answer(ticket, parts.answer)) }
      let isFirst = parts.isEmpty
      let isWhole = try parts.readNext(from: connection.open())
      if isWhole || isStopping.load(ordering: .relaxed) {
        inbox.post(.answer(ticket, parts.answer))
        return readAhead()
      }
      if isFirst, !parts.isEmpty { inbox.post(.part(ticket, parts.answer, of: parts.count)) }
      thread.asyncBehind { [self] in tell(ticket, parts, isUnwanted: isUnwanted) }
    }
  }

  /// What fills a screen, for later.
  func readFirstRows(_ ticket: Ticket, _ question: CatalogueQuestion) {
    thread.asyncBehind { [self] in
      guard !isStopping.load(ordering: .relaxed) else { return }
      do {
        let catalogue = try connection.open()
        guard let parts = LongQuestion(question)?.parts else {
          return inbox.post(.firstRows(ticket, try catalogue.answer(question), of: nil))
        }
        let isWhole = try parts.readNext(from: catalogue)
        let answer = isWhole || !parts.isEmpty ? parts.answer : .failed("not yet")
        inbox.post(.firstRows(ticket, answer, of: isWhole ? nil : parts.count))
      } catch {
        inbox.post(.firstRows(ticket, .failed(sentence(for: error)), of: nil))
      }
    }
  }

  func failing(_ ticket: Ticket, _ body: () throws -> Void) {
    do { try body() } catch { inbox.post(.answer(ticket, .failed(sentence(for: error)))) }
  }

  /// The folders of the whole, which may be thousands, are known before somebody looks at them.
  func learnFolders(_ begun: FolderLearning? = nil) {
    thread.asyncBehind { [self] in
      guard !isStopping.load(ordering: .relaxed), let catalogue = try? connection.open(),
        let learning = try? begun ?? FolderLearning(for: catalogue, at: connection.path)
      else { return }
      if (try? learning.readSome(for: catalogue)) == false { learnFolders(learning) }
    }
  }
}

extension Catalogue {
  /// All of it at once.
  func answer(_ question: LongQuestion) throws -> CatalogueAnswer {
    let parts = question.parts
    while try !parts.readNext(from: self) {}
    return parts.answer
  }

  func answer(_ question: LibraryQuestion) throws -> CatalogueAnswer {
    switch question {
    case .genres: return .groups(try genresInLibrary().map { .genre($0) })
    case .years: return .groups(try yearsOfAlbums().map { .years($0.year...$0.year, albumCount: $0.albumCount) })
    case .decades: return .groups(try decades())
    case .tracksOfGenre(let genre): return .tracks(try tracks(ofGenre: genre, limit: 50_000))
    case .tracksOfYears(let years): return .tracks(try tracks(ofYears: years))
    case .history(let limit): return .plays(try plays(limit: limit))
    // These are long, and are read in parts.
    case .albumsOfGenre, .albumsOfYears, .randomAlbums: return .albums([])
    case .tracksInFolder, .mostPlayed, .lastPlayed: return .tracks([])
    case .folders: return .groups([])
    }
  }

  private func decades() throws -> [LibraryGroup] {
    let counts = Dictionary(
      try yearsOfAlbums().map { ($0.year / 10 * 10, $0.albumCount) }, uniquingKeysWith: +)
    return counts.sorted { $0.key > $1.key }.map { .years($0.key...$0.key + 9, albumCount: $0.value) }
  }

  func perform(_ edit: SmartEdit) throws -> PlaylistID? {
    switch edit {
    case .create(let name, let query):
      return PlaylistID(-(try createSmartPlaylist(named: name, query: query)).rawValue)
    case .change(let id, let name, let query):
      if let smart = id.smart { try changeSmartPlaylist(smart, name: name, query: query) }
    case .delete(let id): if let smart = id.smart { try deleteSmartPlaylist(smart) }
    }
    return nil
  }
}
