import Core
import Library
import Music
import Synchronization
import Threading

// The queue and the place in it, kept between runs.

extension LibraryService {
  func keep(_ queue: PlayQueue) { run { try $0.open().keep(queue.kept) } }
  func keep(_ place: KeptPlace) { run { try $0.open().keep(place) } }

  /// Reads what the last run left, a part at a time, so that the screen's questions are answered in between; ends with
  /// one `.session`.
  func restoreSession() {
    thread.async { [self] in
      do {
        let catalogue = try connection.open()
        guard let queue = try catalogue.keptQueue() else { return tell(nil) }
        read(SessionParts(queue: queue, place: try catalogue.keptPlace()))
      } catch { fail(error) }
    }
  }

  private func read(_ parts: SessionParts) {
    thread.async { [self] in
      guard !isStopping.load(ordering: .relaxed) else { return }
      do {
        if try parts.readNext(from: connection.open()) { tell(parts) } else { read(parts) }
      } catch { fail(error) }
    }
  }

  private func tell(_ parts: SessionParts?) {
    guard let parts else { return inbox.post(.session(nil, position: .zero, missing: 0)) }
    let queue = PlayQueue(parts.queue, at: parts.place, tracks: parts.found)
    let missing = parts.queue.tracks.count - queue.entries.count
    inbox.post(.session(queue, position: parts.place?.position ?? .zero, missing: missing))
  }

  private func fail(_ error: any Error) {
    inbox.post(.libraryFailed(sentence(for: error)))
    tell(nil)
  }
}

/// The tracks of a kept queue, as far as they were read.
///
/// `@unchecked Sendable`: only the library's thread touches it.
private final class SessionParts: @unchecked Sendable {
  let queue: KeptQueue
  let place: KeptPlace?
  private(set) var found: [TrackID: Track] = [:]
  private var next = 0
  /// Some milliseconds' worth.
  private static let part = 1000

  init(queue: KeptQueue, place: KeptPlace?) {
    self.queue = queue
    self.place = place
  }

  /// - Returns: whether that was the last part.
  func readNext(from catalogue: Catalogue) throws -> Bool {
    let ids = queue.tracks[next...].prefix(Self.part)
    next += ids.count
    for track in try catalogue.tracks(ids.filter { $0.rawValue >= 0 && found[$0] == nil }) { found[track.id] = track }
    // Stations stand in a queue under names of their own.
    for id in ids where id.rawValue < 0 { found[id] = try catalogue.station(StationID(-id.rawValue))?.track }
    return next >= queue.tracks.count
  }
}
