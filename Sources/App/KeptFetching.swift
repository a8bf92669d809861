import Core
import Library
import Music
import OpenSubsonic
import Remote
import Threading

// What a server keeps for the next session: fetched when it is asked for, kept in the catalogue, read from there.

extension Services {
  func fetchKept(_ kind: KeptKind) {
    let origin = accounts.origin
    let client = accounts.accounts.current.flatMap { clients[$0.id] }
    errands.async { [inbox, library] in
      var told: (@Sendable (Catalogue) throws -> Void)?
      var problem: String?
      if let client {
        do throws(RemoteError) { told = try client.kept(kind, origin) } catch {
          problem = "The server could not be asked: \(error.reason)."
        }
      }
      let reason = problem
      library.thread.async { [told, connection = library.connection] in
        do {
          let catalogue = try connection.open()
          try told?(catalogue)
          inbox.post(.kept(kind, try catalogue.kept(kind, origin, reason)))
        } catch {
          inbox.post(.libraryFailed(sentence(for: error)))
        }
      }
    }
  }
}

extension SubsonicClient {
  /// Asks the server; what it says is then written into the catalogue.
  fileprivate func kept(_ kind: KeptKind, _ origin: Origin) throws(RemoteError)
    -> @Sendable (Catalogue) throws -> Void
  {
    switch kind {
    case .queue:
      guard let queue = try playQueue() else { return { _ in } }
      let ids = queue.entry.map(\.id)
      return { try $0.ingest(queue: ids, current: queue.currentIndex, position: queue.position, from: origin) }
    case .bookmarks:
      let told = try bookmarks().map { (track: $0.entry.id, position: $0.position, comment: $0.comment ?? "") }
      return { try $0.ingest(bookmarks: told, from: origin) }
    }
  }
}

extension Catalogue {
  fileprivate func kept(_ kind: KeptKind, _ origin: Origin, _ problem: String?) throws -> KeptThings {
    switch kind {
    case .queue:
      let queue = try savedQueue(of: origin)
      return KeptThings(queue: queue, tracks: try tracks(queue?.tracks ?? []), problem: problem)
    case .bookmarks:
      let bookmarks = try bookmarks()
      return KeptThings(bookmarks: bookmarks, tracks: try tracks(bookmarks.map(\.track)), problem: problem)
    }
  }
}
