import Cache
import Core
import Library
import Music
import Synchronization
import Threading

/// Keeps the cache's pins what the catalogue's pins mean, and tells the screen how far fetching has come.
///
/// It lives on a thread of its own, with a catalogue connection that is open only while it works: a pinned playlist of
/// thousands must not keep a screen's question waiting. It fetches nothing itself. All calls are safe from any thread.
final class PinService: Sendable {
  private let thread = SerialThread("pins", stackSize: 1024 * 1024)
  private let path: String
  private let cache: CacheService
  private let inbox: Inbox
  /// Work that waits already need not be asked for again.
  private let isRefreshDue = Atomic(false)
  private let isReportDue = Atomic(false)
  /// Whether there was anything to tell the last time.
  private let hasPins = Atomic(false)
  private let followsQueue = Atomic(false)

  init(path: String, cache: CacheService, inbox: Inbox) {
    self.path = path
    self.cache = cache
    self.inbox = inbox
  }

  /// The catalogue changed: what is pinned may mean other tracks now.
  func refresh() {
    guard !isRefreshDue.exchange(true, ordering: .acquiringAndReleasing) else { return }
    run { service, catalogue in
      service.isRefreshDue.store(false, ordering: .releasing)
      try service.bringInStep(catalogue)
    }
  }

  /// - Parameter bitRate: in kbit/s; 0 for the files as the server holds them.
  func pin(_ targets: [PinTarget], on: Bool, bitRate: Int = 0) {
    run { service, catalogue in
      for target in targets {
        if on { try catalogue.pin(target, bitRate: bitRate) } else { try catalogue.unpin(target) }
      }
      try service.bringInStep(catalogue)
    }
  }

  /// The queue or the place in it was kept anew: a pin may mean other tracks now.
  func queueChanged() { if followsQueue.load(ordering: .acquiring) { refresh() } }

  func first(_ tracks: [TrackID]) {
    run { service, catalogue in
      // Each in the rendition that its pin asks for.
      let pinned = try catalogue.pinnedTracks()
      let keys = tracks.flatMap { id in pinned.filter { $0.track.id == id }.compactMap(\.renditionKey) }
      service.cache.withTracks { $0.downloadFirst(keys) }
      try service.tell(catalogue)
    }
  }

  /// The catalogue may have learned of files that the server has replaced: what is held of them is out of date.
  func takeReplacedFiles() {
    run { service, catalogue in
      let tracks = try catalogue.replacedFiles()
      guard !tracks.isEmpty else { return }
      let files = tracks.compactMap { track -> ReplacedFile? in
        guard case .remote(let server) = track.origin else { return nil }
        return ReplacedFile(server: server, track: track.remoteID, size: track.size)
      }
      guard let count = service.cache.withTracks({ $0.markStale(files) }) else { return }
      try catalogue.forgetReplacedFiles(tracks)
      guard count > 0 else { return }
      let text =
        "The server has other files for \(counted(count, "track")) that \(count == 1 ? "is" : "are") cached here. "
        + "What is here plays until the new ones can come."
      service.inbox.post(.notice(Notice(.information, text)))
      service.inbox.post(.cacheChanged)
    }
  }

  /// Something came, or could not. Does nothing while nothing is pinned.
  func report() {
    guard hasPins.load(ordering: .acquiring), !isReportDue.exchange(true, ordering: .acquiringAndReleasing) else {
      return
    }
    run { service, catalogue in
      service.isReportDue.store(false, ordering: .releasing)
      try service.tell(catalogue)
    }
  }

  func stop() { thread.stop() }

  private func run(_ body: @escaping @Sendable (PinService, Catalogue) throws -> Void) {
    thread.async { [self] in
      do {
        let catalogue = try Catalogue(path: path)
        catalogue.heldTracks = { [cache] in cache.withTracks { $0.wholeTracks() } }
        try body(self, catalogue)
      } catch {
        inbox.post(.libraryFailed(sentence(for: error)))
      }
    }
  }

  private func bringInStep(_ catalogue: Catalogue) throws {
    let isFirst = !hasPins.load(ordering: .acquiring)
    let pins = try catalogue.pins()
    if pins.isEmpty, isFirst {
      // Nothing to keep; the cache may not know it yet.
      cache.withTracks { if $0.summary().pinned > 0 { $0.pin([]) } }
      return
    }
    let pinned = try catalogue.pinnedTracks()
    let wanted = pinned.compactMap { pinned in
      pinned.renditionKey.map {
        Pin(key: $0, expectedSize: $0.rendition == .raw && pinned.track.size > 0 ? pinned.track.size : nil)
      }
    }
    cache.withTracks { $0.pin(wanted) }
    inbox.post { [tracks = pinned.map(\.track)] in $0.keepsakes.follow(tracks) }
    try tell(catalogue)
  }

  private func tell(_ catalogue: Catalogue) throws {
    let pins = try catalogue.pins()
    hasPins.store(!pins.isEmpty, ordering: .releasing)
    let found = cache.withTracks { $0.downloads() }
    var report = DownloadsReport(found)
    report.pins = Set(pins.map(\.target))
    followsQueue.store(pins.contains { if case .queue = $0.target { true } else { false } }, ordering: .releasing)
    report.rows = try catalogue.rows(of: found)
    inbox.post(.downloads(report))
  }
}

extension PinnedTrack {
  /// What is kept: the file as it is where no smaller rendition is asked for, or it is small enough.
  var renditionKey: RenditionKey? { track.renditionKey(atMost: bitRate) }
}

extension Catalogue {
  fileprivate static let rowsShown = 300

  /// What is not here yet, with names.
  fileprivate func rows(of found: DownloadReport) throws -> [DownloadsReport.Row] {
    let active = found.active.map { ($0.key, DownloadsReport.Progress.active(held: $0.held, size: $0.size)) }
    let failed = found.failures.map { ($0.key, DownloadsReport.Progress.failed($0.reason)) }
    let waiting = found.waiting.prefix(Self.rowsShown).map { ($0, DownloadsReport.Progress.waiting) }
    return try (active + failed.prefix(Self.rowsShown) + waiting).compactMap { key, progress in
      guard let id = try trackID(key.track, from: .remote(key.server)), let track = try tracks([id]).first else {
        return nil
      }
      return .init(id: id, title: track.title, artist: track.artist, progress: progress)
    }
  }
}

extension DownloadsReport {
  fileprivate init(_ found: DownloadReport) {
    self.init()
    count = found.count
    whole = found.whole
    bytes = found.bytes
    missingBytes = found.missingBytes
    bytesPerSecond = found.bytesPerSecond
    isPaused = found.isPaused
  }
}
