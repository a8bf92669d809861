import Core
import Library
import Music

// Long answers, read a piece at a time.

/// The rows of a long list, as far as they were read.
protocol Parts: AnyObject, Sendable {
  /// None was read yet.
  var isEmpty: Bool { get }
  var answer: CatalogueAnswer { get }
  /// Of all rows, where it is known.
  var count: Int? { get }
  /// Reads some milliseconds' worth; the first time, what fills a screen.
  /// - Returns: whether that was the last piece.
  func readNext(from catalogue: Catalogue) throws -> Bool
}

/// `@unchecked Sendable`: only the library's thread touches it.
final class AlbumParts: Parts, @unchecked Sendable {
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
final class ArtistParts: Parts, @unchecked Sendable {
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

/// `@unchecked Sendable`: only the library's thread touches it.
final class TrackParts: Parts, @unchecked Sendable {
  private let view: TrackView
  private let limit: Int?
  private var ids: [TrackID]?
  private var next = 0
  private var tracks: [Track] = []

  init(_ view: TrackView, limit: Int?) { (self.view, self.limit) = (view, limit) }

  var isEmpty: Bool { tracks.isEmpty }
  var answer: CatalogueAnswer { .tracks(tracks) }
  var count: Int? { ids?.count }

  func readNext(from catalogue: Catalogue) throws -> Bool {
    let all = try ids ?? catalogue.trackIDs(view, limit: limit)
    ids = all
    let piece = all[next...].prefix(LongQuestion.piece)
    next += piece.count
    tracks += try catalogue.tracks(Array(piece))
    return next >= all.count
  }
}

/// `@unchecked Sendable`: only the library's thread touches it.
final class FolderParts: Parts, @unchecked Sendable {
  private let folder: String
  private var reading: FolderReading?
  private var groups: [LibraryGroup] = []

  init(of folder: String) { self.folder = folder }

  var isEmpty: Bool { groups.isEmpty }
  var answer: CatalogueAnswer { .groups(groups) }
  /// Finding out would take as long as all of them.
  var count: Int? { nil }

  func readNext(from catalogue: Catalogue) throws -> Bool {
    if reading == nil {
      if let known = try catalogue.knownContents(of: folder) { return show(known) }
      reading = FolderReading(of: folder)
      if let names = try catalogue.firstFolders(of: folder, limit: LongQuestion.firstPart) {
        groups = rows(names)
        if names.count == LongQuestion.firstPart { return false }
      }
    }
    guard try catalogue.readSome(of: &reading!) else { return false }
    catalogue.remember(reading!)
    return show(reading!.contents)
  }

  private func show(_ contents: FolderContents) -> Bool {
    groups = rows(contents.folders) + (contents.hasTracks ? [.here(folder)] : [])
    return true
  }

  private func rows(_ names: [String]) -> [LibraryGroup] {
    let start = folder.isEmpty ? "" : folder + "/"
    return names.map { .folder(start + $0) }
  }
}

/// The folders of the whole, read for later, on a connection that goes with it: the pages of the file that it reads must
/// not stay in memory. `@unchecked Sendable`: only the library's thread touches it.
final class FolderLearning: @unchecked Sendable {
  private let reader: Catalogue
  private var reading: FolderReading

  init(for catalogue: Catalogue, at path: String) throws {
    reader = try Catalogue(path: path, cacheSize: 256)
    reader.scope = catalogue.scope
    reading = try catalogue.beginReading(ofFolder: "")
  }

  /// - Returns: whether that was the last piece.
  func readSome(for catalogue: Catalogue) throws -> Bool {
    guard try reader.readSome(of: &reading) else { return false }
    catalogue.remember(reading)
    return true
  }
}
