/// A way to go through the library: what its first column lists.
package enum LibraryView: String, Hashable, Sendable, CaseIterable {
  case artist, album, genre, year, decade, folder
  case added, played, recent, starred, random

  package var title: String {
    switch self {
    case .artist: "Artists"
    case .album: "Albums"
    case .genre: "Genres"
    case .year: "Years"
    case .decade: "Decades"
    case .folder: "Folders"
    case .added: "Recently added"
    case .played: "Most played"
    case .recent: "Recently played"
    case .starred: "Starred tracks"
    case .random: "Random albums"
    }
  }

  /// From left to right.
  package var columns: [LibraryState.Column] {
    switch self {
    case .artist: [.artists, .albums, .tracks]
    case .genre, .year, .decade: [.groups, .albums, .tracks]
    case .folder: [.groups, .tracks]
    case .album, .added, .random: [.albums, .tracks]
    case .played, .recent, .starred: [.tracks]
    }
  }
}

/// A row of a first column that is neither an artist nor an album: what stands beside it belongs to it.
package enum LibraryGroup: Hashable, Sendable, Identifiable {
  case genre(String)
  case years(ClosedRange<Int>, albumCount: Int)
  /// By its path, without a slash at the end.
  case folder(String)
  /// The tracks that lie in a folder itself.
  case here(String)

  package enum ID: Hashable, Sendable {
    case genre(String)
    case years(ClosedRange<Int>)
    case folder(String)
    case here(String)
  }

  package var id: ID {
    switch self {
    case .genre(let name): .genre(name)
    case .years(let years, _): .years(years)
    case .folder(let path): .folder(path)
    case .here(let path): .here(path)
    }
  }

  package var name: String {
    switch self {
    case .genre(let name): name
    case .years(let years, _): years.count == 1 ? "\(years.lowerBound)" : "\(years.lowerBound)s"
    case .folder(let path): lastName(of: path)
    case .here: "(tracks here)"
    }
  }

  /// nil where nobody counted.
  package var albumCount: Int? {
    switch self {
    case .years(_, let count): count > 0 ? count : nil
    case .genre, .folder, .here: nil
    }
  }

  /// Its albums; nil where it has tracks only.
  var albumsQuestion: CatalogueQuestion? {
    switch self {
    case .genre(let name): .library(.albumsOfGenre(name))
    case .years(let years, _): .library(.albumsOfYears(years))
    case .folder, .here: nil
    }
  }

  /// All its tracks.
  var tracksQuestion: CatalogueQuestion {
    switch self {
    case .genre(let name): .library(.tracksOfGenre(name))
    case .years(let years, _): .library(.tracksOfYears(years))
    case .folder(let path): .library(.tracksInFolder(path, .whole))
    case .here(let path): .library(.tracksInFolder(path, .direct))
    }
  }
}

/// The part of a path behind its last slash; the root's name is the slash itself.
func lastName(of path: String) -> String {
  let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[path.utf8.index(after: $0)...] } ?? path[...]
  return name.isEmpty ? "/" : String(name)
}

/// What the library's views ask of the catalogue.
package enum LibraryQuestion: Hashable, Sendable {
  package enum FolderPart: Hashable, Sendable {
    /// As much of what lies below it as a list shows.
    case shown
    case whole
    /// What lies in it itself.
    case direct
  }

  // Answered with `.groups`.
  case genres, years, decades
  case folders(in: String)
  // With `.albums`.
  case albumsOfGenre(String)
  case albumsOfYears(ClosedRange<Int>)
  /// The same order for the same seed.
  case randomAlbums(seed: UInt32)
  // With `.tracks`.
  case tracksOfGenre(String)
  case tracksOfYears(ClosedRange<Int>)
  case tracksInFolder(String, FolderPart)
  case mostPlayed, lastPlayed
  // With `.plays`, the latest first.
  case history(limit: Int)
}
