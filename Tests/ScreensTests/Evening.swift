import Core
import Music
import Screens
import TUI

/// A state with a small library behind it, drawn as text: what a listener sees.
///
///     Aurora · First          1 One ★, 2 Two, 3 Three            whole, partial, absent
///     Björk · Debut           4 夜の散歩, 5 שלום, 6 Señorita
struct Evening {
  var state: AppState
  var stations: [RadioStation] = []
  /// Those of a list of all albums.
  var allAlbums = Evening.albums
  /// In place of the tracks of the library.
  private let ownTracks: [Track]?

  init(
    columns: Int = 80, rows: Int = 24, isSignedIn: Bool = true, stations: [RadioStation] = [], tracks: [Track]? = nil
  ) {
    self.stations = stations
    ownTracks = tracks
    state = AppState(size: Size(columns: columns, rows: rows), seed: 1)
    let account = AccountSummary(id: AccountID("1"), name: "anna@home")
    send(.accountsChanged(isSignedIn ? [account] : [], current: isSignedIn ? account.id : nil))
  }

  /// Returns what it asked of the world, and what the answers did.
  @discardableResult
  mutating func send(_ message: Message) -> [Effect] {
    let effects = update(&state, message)
    return effects + answer(effects)
  }

  mutating func press(_ keys: String...) {
    for key in keys { send(.key(Key(parsing: key)!)) }
  }

  mutating func run(_ line: String) { send(.command(try! Command(parsing: line), replyTo: nil)) }

  mutating func type(_ text: String) {
    for character in text { send(.key(.character(character))) }
  }

  mutating func hear(_ seconds: Int, cached: [ClosedRange<Double>]) {
    let entry = state.queue.current
    send(
      .status(
        PlaybackStatus(
          entry: entry?.id, position: .seconds(seconds), duration: .seconds(entry?.track.duration ?? 0), cached: cached)
      ))
  }

  var canvas: Canvas { draw(state, theme: .plain, size: state.size) }
  var lines: [String] { canvas.lines }
  var screen: String { lines.joined(separator: "\n") }

  private mutating func answer(_ effects: [Effect]) -> [Effect] {
    effects.flatMap { effect -> [Effect] in
      switch effect {
      case .ask(let ticket, .stations): send(.answer(ticket, .stations(stations)))
      case .ask(let ticket, .allAlbums): send(.answer(ticket, .albums(allAlbums)))
      case .ask(let ticket, let question): send(.answer(ticket, answer(question)))
      case .askAhead(let ticket, let questions):
        send(.ahead(ticket, Dictionary(uniqueKeysWithValues: questions.map { ($0, answer($0)) }), marks: [:]))
      case .askFirstRows(let ticket, let question): send(.firstRows(ticket, answer(question), of: nil))
      case .askCacheMarks(let ticket, _): send(.cacheMarks(ticket, [TrackID(1): .whole, TrackID(2): .partial]))
      default: []
      }
    }
  }

  private func answer(_ question: CatalogueQuestion) -> CatalogueAnswer {
    let answer = Evening.answer(question)
    guard let ownTracks, case .tracks = answer else { return answer }
    return .tracks(ownTracks)
  }
}

extension Evening {
  static let artists = [
    Artist(id: ArtistID(1), remoteID: "1", name: "Aurora", albumCount: 1),
    Artist(id: ArtistID(2), remoteID: "2", name: "Björk", albumCount: 1, isStarred: true),
    Artist(id: ArtistID(3), remoteID: "3", name: "久石譲", albumCount: 12),
    Artist(id: ArtistID(4), remoteID: "4", name: "فيروز", albumCount: 3),
  ]
  static let albums = [
    Album(id: AlbumID(1), remoteID: "1", name: "First", artist: "Aurora", artistID: ArtistID(1), year: 1999),
    Album(id: AlbumID(2), remoteID: "2", name: "Debut", artist: "Björk", artistID: ArtistID(2), year: 1993),
  ]
  static let tracks = [
    "One", "Two", "A title that is much too long for a narrow column of the screen", "夜の散歩", "שלום", "Señorita",
  ]
  .enumerated().map { index, title in
    Track(
      id: TrackID(Int64(index + 1)), origin: .remote(ServerID("s")), remoteID: "\(index)", title: title,
      artist: index < 3 ? "Aurora" : "Björk", album: index < 3 ? "First" : "Debut",
      albumID: AlbumID(index < 3 ? 1 : 2), albumArtist: index < 3 ? "Aurora" : "Björk", trackNumber: index % 3 + 1,
      duration: 90 + index * 60, isStarred: index == 0)
  }

  static let stations = [
    RadioStation(
      id: StationID(1), origin: .remote(ServerID("s")), remoteID: "ra-1", name: "Radio One",
      streamURL: "http://one.example/stream", homePage: "https://one.example"),
    RadioStation(id: StationID(2), origin: .local, name: "Second Wave", streamURL: "http://two.example/live.m3u"),
  ]

  static func answer(_ question: CatalogueQuestion) -> CatalogueAnswer {
    switch question {
    case .artists: .artists(artists)
    case .albums(let artist): .albums(albums.filter { $0.artistID == artist })
    case .allAlbums: .albums(albums)
    case .tracksOfAlbum(let album): .tracks(tracks.filter { $0.albumID == album })
    case .tracksOfArtist, .starred, .tracksOfPlaylist: .tracks(tracks)
    case .playlists:
      .playlists([
        Playlist(id: PlaylistID(1), name: "Morning", trackCount: 6),
        Playlist(id: PlaylistID(2), name: "Theirs", isReadOnly: true, trackCount: 40),
      ])
    case .genres: .genres([])
    case .library(let question): answer(question)
    case .stations: .stations(stations)
    case .tracks, .tracksOfVersion: .tracks(tracks)
    case .history: .history([])
    case .outbox: .outbox([])
    case .outboxCounts: .outboxCounts(OutboxCounts())
    case .versions, .deletedPlaylists: .versions([])
    case .search, .find: .found(artists: [artists[1]], albums: [albums[1]], tracks: Array(tracks[3...]))
    }
  }

  static func answer(_ question: LibraryQuestion) -> CatalogueAnswer {
    switch question {
    case .genres, .years, .decades: .groups([.genre("Pop"), .genre("夜の音楽")])
    case .folders(""): .groups([.folder("Aurora"), .here("")])
    case .folders: .groups([])
    case .albumsOfGenre, .albumsOfYears, .randomAlbums: .albums(albums)
    case .tracksOfGenre, .tracksOfYears, .tracksInFolder, .mostPlayed, .lastPlayed: .tracks(tracks)
    case .history:
      .plays(
        (0..<3).map { place in
          HeardTrack(
            id: Int64(9 - place), heard: Timestamp(seconds: 0),
            day: .init(year: 2026, month: 11, day: place < 2 ? 21 : 19, weekday: 4, daysAgo: place < 2 ? 0 : 2),
            time: "1\(9 - place):05", track: tracks[place])
        })
    }
  }
}
