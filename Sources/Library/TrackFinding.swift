package import Music
import SQLite

// Tracks that a file of another program names: found by path, by MusicBrainz's id, then by their names.

extension Catalogue {
  /// For each description the track that it most likely means. One pass over the origins' tracks, whatever is asked:
  /// a second for 250 000.
  /// - Parameters:
  ///   - origins: a server's playlist takes only that server's tracks.
  ///   - report: told several times how many tracks were looked at, and of how many.
  package func find(
    _ described: [TrackDescription], among origins: [Origin],
    report: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
  ) throws -> [Track?] {
    try database.snapshot {
      var finder = TrackFinder(described)
      let total = try origins.reduce(0) { try $0 + trackCount(of: $1) }
      var done = 0
      let root = try value(Self.localRoot)
      for origin in origins {
        guard let row = try row(of: origin) else { continue }
        let prefix = origin == .local ? root.map { $0 + "/" } ?? "" : ""
        let statement = try database.statement(
          "SELECT id, path, musicbrainz_id, title, artist, album, duration FROM track WHERE origin = ? ORDER BY id")
        defer { statement.reset() }
        try statement.bind(row, at: 1)
        while try statement.step() {
          if done % 10_000 == 0 { try report(done, total) }
          done += 1
          finder.look(
            at: TrackID(statement.int64(0)), path: finder.wantsPaths ? prefix + statement.text(1) : "",
            musicBrainzID: finder.wantsIDs ? statement.optionalText(2) : nil, title: statement.text(3),
            artist: statement.text(4), album: statement.text(5), duration: statement.int(6))
        }
      }
      let found = finder.best
      let tracks = Dictionary(
        try tracks(Array(Set(found.compactMap(\.self)))).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      return found.map { $0.flatMap { tracks[$0] } }
    }
  }

  /// A playlist's tracks in words for other programs.
  package func describedTracks(of playlist: PlaylistID) throws -> [TrackDescription] {
    let root = try value(Self.localRoot)
    return try storedTracks(of: playlist).map { TrackDescription($0, root: root) }
  }

  /// Those that still exist, in the same words.
  package func describedTracks(_ ids: [TrackID]) throws -> [TrackDescription] {
    let root = try value(Self.localRoot)
    return try storedTracks(ids).map { TrackDescription($0, root: root) }
  }
}

extension TrackDescription {
  fileprivate init(_ stored: StoredTrack, root: String?) {
    self.init()
    let isLocal = stored.track.origin == .local && root != nil && !stored.path.isEmpty
    path = isLocal ? root! + "/" + stored.path : stored.path
    title = stored.track.title
    artist = stored.track.artist
    album = stored.track.album
    trackNumber = stored.track.trackNumber
    duration = stored.track.duration
    musicBrainzID = stored.musicBrainzID?.lowercased()
  }
}

/// Compares one track after another with everything that is looked for, and remembers the best.
struct TrackFinder {
  /// Higher is surer.
  private struct Score: Comparable {
    static let path = 1_000_000
    static let musicBrainzID = 100_000
    static let names = 10_000
    var points: Int
    static func < (a: Score, b: Score) -> Bool { a.points < b.points }
  }

  private let described: [TrackDescription]
  private var found: [(id: TrackID, score: Score)?]
  /// Places in `described`: by the last part of the path, by id, by folded names.
  private var byFile: [Substring: [Int]] = [:]
  private var byID: [String: [Int]] = [:]
  private var byNames: [String: [Int]] = [:]
  /// Parts of each path, the last first.
  private let parts: [[Substring]]

  init(_ described: [TrackDescription]) {
    self.described = described
    found = Array(repeating: nil, count: described.count)
    parts = described.map { Self.parts(of: $0.path) }
    for (place, track) in described.enumerated() {
      if let file = parts[place].first { byFile[file, default: []].append(place) }
      if let id = track.musicBrainzID { byID[id.lowercased(), default: []].append(place) }
      if !track.title.isEmpty { byNames[Self.names(track.title, track.artist), default: []].append(place) }
    }
  }

  var wantsPaths: Bool { !byFile.isEmpty }
  var wantsIDs: Bool { !byID.isEmpty }
  var best: [TrackID?] { found.map { $0?.id } }

  mutating func look(
    at id: TrackID, path: String, musicBrainzID: String?, title: String, artist: String, album: String, duration: Int
  ) {
    if wantsPaths { comparePaths(id, Self.parts(of: path)) }
    if let musicBrainzID {
      for place in byID[musicBrainzID.lowercased()] ?? [] {
        note(id, Score.musicBrainzID + (described[place].album == album ? 1 : 0), at: place)
      }
    }
    guard !byNames.isEmpty else { return }
    for place in byNames[Self.names(title, artist)] ?? [] {
      let wanted = described[place]
      let difference = wanted.duration > 0 && duration > 0 ? abs(wanted.duration - duration) : 5
      // Another length is another recording: a live one, a remix.
      guard difference <= max(10, duration / 20) else { continue }
      let isSameAlbum = !wanted.album.isEmpty && Folding.fold(wanted.album) == Folding.fold(album)
      note(id, Score.names - difference + (isSameAlbum ? 1000 : 0), at: place)
    }
  }

  /// Paths mean the same file when one ends with the other, or when file, album and artist agree: the folder above them
  /// is another one on each computer.
  private mutating func comparePaths(_ id: TrackID, _ parts: [Substring]) {
    guard let file = parts.first, let places = byFile[file] else { return }
    for place in places {
      let wanted = self.parts[place]
      let common = zip(parts, wanted).prefix { $0 == $1 }.count
      guard common == min(parts.count, wanted.count) && common > 1 || common >= 3 || parts == wanted else { continue }
      note(id, Score.path + common, at: place)
    }
  }

  private mutating func note(_ id: TrackID, _ points: Int, at place: Int) {
    if let best = found[place], best.score.points >= points { return }
    found[place] = (id, Score(points: points))
  }

  private static func parts(of path: String) -> [Substring] {
    path.split(separator: "/").filter { $0 != "." }.reversed()
  }

  private static func names(_ title: String, _ artist: String) -> String {
    Folding.fold(title) + "\u{1}" + Folding.fold(artist)
  }
}
