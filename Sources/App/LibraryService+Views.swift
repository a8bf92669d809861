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

  init?(_ question: CatalogueQuestion) {
    switch question {
    case .artists: self = .artists
    case .allAlbums(let sort): self = .albums(.ordered(sort.order), limit: Catalogue.albumLimit)
    case .library(.albumsOfGenre(let genre)): self = .albums(.genre(genre), limit: Catalogue.albumLimit)
    case .library(.albumsOfYears(let years)): self = .albums(.years(years), limit: Catalogue.albumLimit)
    case .library(.randomAlbums(let seed)): self = .albums(.random(seed: seed), limit: 500)
    default: return nil
    }
  }

  /// More than fits on a screen.
  static let firstPart = 64
  /// Some milliseconds' worth.
  static let piece = 250
}

extension LibraryService {
  func answer(_ ticket: Ticket, _ question: LongQuestion) {
    if case .albums = question { lastAlbums.store(ticket.number, ordering: .releasing) }
    thread.async { [self] in
      failing(ticket) {
        switch question {
        case .artists: tell(ticket, ArtistParts()) { false }
        case .albums(let view, let limit):
          tell(ticket, AlbumParts(view, limit: limit)) { [self] in
            lastAlbums.load(ordering: .acquiring) != ticket.number
          }
        }
      }
    }
  }

  /// Reads the next piece of the rows; the first is shown at once.
  ///
  /// - Parameter isUnwanted: whoever asked has gone on to others: the answer would be dropped.
  private func tell(_ ticket: Ticket, _ parts: some Parts, isUnwanted: @escaping @Sendable () -> Bool) {
    failing(ticket) {
      if isUnwanted() { return inbox.post(.answer(ticket, parts.answer)) }
      let isFirst = parts.isEmpty
      let isWhole = try parts.readNext(from: connection.open())
      if isWhole || isStopping.load(ordering: .relaxed) {
        inbox.post(.answer(ticket, parts.answer))
        return readAhead()
      }
      if isFirst { inbox.post(.part(ticket, parts.answer, of: parts.count)) }
      thread.async { [self] in tell(ticket, parts, isUnwanted: isUnwanted) }
    }
  }

  func failing(_ ticket: Ticket, _ body: () throws -> Void) {
    do { try body() } catch { inbox.post(.answer(ticket, .failed(sentence(for: error)))) }
  }
}

/// The rows of a long list, as far as they were read.
private protocol Parts: AnyObject, Sendable {
  var isEmpty: Bool { get }
  var answer: CatalogueAnswer { get }
  /// Of all rows, where it is known.
  var count: Int? { get }
  /// Reads some milliseconds' worth; the first time, what fills a screen.
  /// - Returns: whether that was the last piece.
  func readNext(from catalogue: Catalogue) throws -> Bool
}

/// `@unchecked Sendable`: only the library's thread touches it.
private final class AlbumParts: Parts, @unchecked Sendable {
  private let view: AlbumView
  private let limit: Int
  /// All of them, once that is known.
  private var ids: [AlbumID]?
  private var next = 0
  private var albums: [Album] = []
  private(set) var count: Int?

  init(_ view: AlbumView, limit: Int) { (self.view, self.limit) = (view, limit) }

  var isEmpty: Bool { albums.isEmpty }
  var answer: CatalogueAnswer { .albums(albums) }

  func readNext(from catalogue: Catalogue) throws -> Bool {
    if let ids { return try read(LongQuestion.piece, of: ids, from: catalogue) }
    if !albums.isEmpty { return try nameAll(catalogue) }
    let count = min(limit, LongQuestion.firstPart)
    if let first = try catalogue.firstAlbumIDs(view, limit: count) {
      albums = try catalogue.albums(first)
      self.count = try catalogue.albumCount(view).map { min($0, limit) }
      return first.count < count || count == limit
    }
    let all = try catalogue.albumIDs(view, limit: limit)
    ids = all
    self.count = all.count
    return try read(count, of: all, from: catalogue)
  }

  private func read(_ count: Int, of ids: [AlbumID], from catalogue: Catalogue) throws -> Bool {
    let piece = ids[next...].prefix(count)
    next += piece.count
    albums += try catalogue.albums(Array(piece))
    return next >= ids.count
  }

  /// The first are there already, unless something has changed since.
  private func nameAll(_ catalogue: Catalogue) throws -> Bool {
    let all = try catalogue.albumIDs(view, limit: limit)
    if !all.starts(with: albums.map(\.id)) { albums = [] }
    next = albums.count
    ids = all
    return next >= all.count
  }
}

/// `@unchecked Sendable`: only the library's thread touches it.
private final class ArtistParts: Parts, @unchecked Sendable {
  private var last: ArtistPlace?
  private var artists: [Artist] = []
  /// Finding out would take as long as the first of them.
  var count: Int? { nil }
  /// The first rows on the screen make it ask for what stands beside them, and that must not wait for long: short pieces
  /// follow, and then longer ones.
  private var size = 16

  var isEmpty: Bool { artists.isEmpty }
  var answer: CatalogueAnswer { .artists(artists) }

  func readNext(from catalogue: Catalogue) throws -> Bool {
    let piece = try catalogue.artists(after: last, limit: isEmpty ? LongQuestion.firstPart : size)
    if !isEmpty { size = min(size * 2, 256) }
    artists += piece.artists
    last = piece.last
    return last == nil
  }
}

extension Catalogue {
  /// What a list shows of the tracks of a folder, and what playing one plays.
  private static let (folderPart, folderWhole) = (1000, 50_000)
  private static let playedLimit = 500

  func answer(_ question: LibraryQuestion) throws -> CatalogueAnswer {
    switch question {
    case .genres: return .groups(try genresOfAlbums().map { .genre($0.name, albumCount: $0.albumCount) })
    case .years: return .groups(try yearsOfAlbums().map { .years($0.year...$0.year, albumCount: $0.albumCount) })
    case .decades: return .groups(try decades())
    case .folders(let folder): return .groups(try groups(in: folder))
    case .tracksOfGenre(let genre): return .tracks(try tracks(ofGenre: genre, limit: Self.folderWhole))
    case .tracksOfYears(let years): return .tracks(try tracks(ofYears: years))
    case .tracksInFolder(let folder, let part):
      let limit = part == .whole ? Self.folderWhole : Self.folderPart
      return .tracks(try tracks(inFolder: folder, isDirect: part == .direct, limit: limit))
    case .mostPlayed: return .tracks(try mostPlayedTracks(limit: Self.playedLimit))
    case .lastPlayed: return .tracks(try lastPlayedTracks(limit: Self.playedLimit))
    case .history(let limit): return .plays(try plays(limit: limit))
    // These are long, and are read in parts.
    case .albumsOfGenre, .albumsOfYears, .randomAlbums: return .albums([])
    }
  }

  private func decades() throws -> [LibraryGroup] {
    let counts = Dictionary(
      try yearsOfAlbums().map { ($0.year / 10 * 10, $0.albumCount) }, uniquingKeysWith: +)
    return counts.sorted { $0.key > $1.key }.map { .years($0.key...$0.key + 9, albumCount: $0.value) }
  }

  private func groups(in folder: String) throws -> [LibraryGroup] {
    let contents = try contents(ofFolder: folder)
    let start = folder.isEmpty ? "" : folder + "/"
    return contents.folders.map { .folder(start + $0) } + (contents.hasTracks ? [.here(folder)] : [])
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
