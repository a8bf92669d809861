import Cache
import Glibc
import Library
import Music
import Remote
import Synchronization
import Threading

/// Fetches covers and words of the tracks that are kept or cached here, so that they are there without a network, too.
///
/// Lives on a thread of its own: one request at a time and a rest after each, and none while the server is away, on a
/// metered network or while transfers are let wait. Covers of what is pinned are kept as long as the pins are; the others
/// share the covers' room on the disk. All calls are safe from any thread.
final class Keepsakes: Sendable {
  /// A cover's name at its origin.
  struct Cover: Hashable, Sendable {
    var server: ServerID
    var id: String
  }

  private let thread = SerialThread("keepsakes", stackSize: 1024 * 1024)
  private let files: CoverFiles
  private let lyrics: LyricsFinder
  private let clients: Clients
  /// Whether bytes may be fetched that nobody waits for.
  private let isWelcome: @Sendable () -> Bool
  private let isStopping = Monitor(false)
  private let rest: Duration
  /// Counts the lists of pins: the work for an older one ends.
  private let round = Atomic(0)

  init(
    cataloguePath: String, coverDirectory: String, clients: Clients, rest: Duration = .milliseconds(200),
    isWelcome: @escaping @Sendable () -> Bool
  ) {
    files = CoverFiles(directory: coverDirectory, capacity: CoverService.capacity)
    lyrics = LyricsFinder(catalogue: CatalogueConnection(path: cataloguePath), clients: clients)
    self.clients = clients
    self.rest = rest
    self.isWelcome = isWelcome
  }

  /// These tracks are pinned, and no others.
  func follow(_ tracks: [Track]) {
    let round = round.add(1, ordering: .relaxed).newValue
    thread.async { [self] in
      let covers = Set(tracks.compactMap(\.cover))
      files.keep(only: Set(covers.map(\.key)))
      for cover in covers where goesOn(round) { fetch(cover, isKept: true) }
      for track in tracks where goesOn(round) { fetchWords(of: track) }
    }
  }

  /// All of the track is in the cache now.
  func completed(_ key: RenditionKey) {
    thread.async { [self] in
      guard goesOn(nil), let track = track(key.track, of: key.server) else { return }
      if let cover = track.cover { fetch(cover, isKept: false) }
      if goesOn(nil) { fetchWords(of: track) }
    }
  }

  /// What was in the cache before this run: looked at one after the other, between all else, and asked for only where it
  /// is missing. Call it when there is a server to ask.
  func catchUp(_ cached: ArraySlice<(server: ServerID, track: RemoteID)>) {
    guard let (server, name) = cached.first, goesOn(nil) else { return }
    thread.async { [self] in
      if let track = track(name, of: server) {
        if let cover = track.cover, !files.isHere(cover.key), files.hasRoomToSpare { fetch(cover, isKept: false) }
        if goesOn(nil) { fetchWords(of: track) }
      }
      catchUp(cached.dropFirst())
    }
  }

  private func track(_ name: RemoteID, of server: ServerID) -> Track? {
    guard let catalogue = try? lyrics.catalogue.open(), let id = try? catalogue.trackID(name, from: .remote(server))
    else { return nil }
    return try? catalogue.tracks([id]).first
  }

  /// Does not wait for a server that says nothing: the thread ends with the process.
  func stop() { isStopping.update { $0 = true } }

  private func goesOn(_ round: Int?) -> Bool {
    if isStopping.withLock({ $0 }) { return false }
    if let round, round != self.round.load(ordering: .relaxed) { return false }
    return isWelcome()
  }

  private func fetch(_ cover: Cover, isKept: Bool) {
    guard !files.isHere(cover.key), let client = clients[cover.server] else { return }
    do {
      files.write(try client.coverArt(cover.id, size: CoverService.pixels), for: cover.key, isKept: isKept)
    } catch {
      if !error.meansOffline, !error.isWorthRetrying { files.write([], for: cover.key) }
    }
    pause()
  }

  private func fetchWords(of track: Track) {
    guard !lyrics.isSettled(track) else { return }
    _ = lyrics.find(track)
    pause()
  }

  private func pause() { _ = isStopping.wait(timeout: rest) { $0 ? true : nil } }
}

extension Keepsakes.Cover {
  var key: String { CoverService.key(of: id, from: .remote(server)) }
}

extension Track {
  /// nil for what has none, or is of this computer.
  fileprivate var cover: Keepsakes.Cover? {
    guard case .remote(let server) = origin, let coverID, !isRadio else { return nil }
    return Keepsakes.Cover(server: server, id: coverID)
  }
}
