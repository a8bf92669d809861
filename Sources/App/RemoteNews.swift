import Core
import Library
import Music
import OpenSubsonic
import Remote
import Synchronization

/// Turns a server's events into messages, and tells the cache whether asking makes sense. Any thread; blocks none.
final class RemoteNews: Sendable {
  private let inbox: Inbox
  private let cache: CacheService
  private let isRetired = Atomic(false)
  private let server: ServerID

  init(server: ServerID, inbox: Inbox, cache: CacheService) {
    self.server = server
    self.inbox = inbox
    self.cache = cache
  }

  /// Another account is current: what this one's server still says counts no more.
  func retire() { isRetired.store(true, ordering: .releasing) }

  func tell(_ event: RemoteEvent) {
    if isRetired.load(ordering: .acquiring) { return }
    switch event {
    case .online:
      cache.setOnline(true)
      inbox.post(.connectivity(.online))
    case .offline(let error):
      // Before the cache tells the decoder: what breaks off then is known to have broken off for want of a network.
      inbox.post(.connectivity(.offline(reason: error.reason)))
      cache.setOnline(false)
    case .syncProgress(let progress):
      inbox.post(.sync(.progress(section: "\(progress.section)", done: progress.done, total: progress.total)))
    case .syncFinished(let summary):
      inbox.post(.sync(.finished(summary?.sentence)))
      if let summary { tell(summary) }
      inbox.post(.catalogueChanged)
      inbox.post {
        $0.pins.takeReplacedFiles()
        $0.catchUpKeepsakes()
      }
    case .moved(let address): tell("The server is reached at \(address) now.")
    case .strangerAnswers(let address):
      warn("Another server answers at \(address). It was told nothing. If it is the account’s, sign in there again.")
    case .identified(let identity): inbox.post { [server] in $0.remember(identity, of: server) }
    case .playlistsLost(let gone, let older): tell(gone: gone, older: older)
    case .deletedUnseen(let name):
      warn("“\(name)” is deleted, but others had changed it meanwhile. :versions brings it back as they left it.")
    case .queueOffered(let count):
      tell("Another player left a queue of \(counted(count, "track")) on the server. :queue fetch takes it over.")
    case .syncFailed(.catalogue(let failure)):
      let words = sentence(for: failure.error)
      inbox.post(.libraryFailed(words))
      inbox.post(.sync(.failed(words)))
    case .syncFailed(let failure): inbox.post(.sync(failure.sentence.map { .failed($0) } ?? .finished(nil)))
    case .libraryChanged: inbox.post(.catalogueChanged)
    case .editsSent: inbox.post(.outboxChanged)
    case .editRefused(let edit, let error):
      warn("The server refused \(edit.words): \(error.reason). :outbox shows it.")
      inbox.post(.outboxChanged)
    case .playlistAsks(let question): inbox.post(.playlistAsks(question))
    case .credentialsRejected: inbox.post(.lockedOut)
    }
  }

  private func tell(_ summary: PullSummary) {
    if !summary.renamed.isEmpty {
      let renamings = summary.renamed.map { (old: $0.old, new: $0.new) }
      cache.rename(renamings, of: server)
      inbox.post(
        .notice(
          Notice(
            .information,
            "The server names \(summary.renamed.count) tracks anew. They were recognised, with playlists, stars and what is cached."
          )))
    }
    if summary.withheld > 0 {
      warn(
        "The server has no more \(summary.withheld) of the tracks here: was it restored, or is a folder missing there? "
          + "They stay. :forget missing lets them go.")
    }
  }

  private func tell(_ text: String) { inbox.post(.notice(Notice(.information, text))) }

  private func tell(gone: [String], older: [String]) {
    if !gone.isEmpty {
      warn("The server has no more \(names(gone)). :versions shows the playlists that are gone, and brings them back.")
    }
    if !older.isEmpty {
      warn("The server has an older version of \(names(older)). :versions on a playlist brings back what it was.")
    }
  }

  private func names(_ playlists: [String]) -> String {
    let named = playlists.prefix(3).map { "“\($0)”" }.joined(separator: ", ")
    return playlists.count > 3 ? "\(named) and \(playlists.count - 3) more playlists" : named
  }

  private func warn(_ text: String) { inbox.post(.notice(Notice(.warning, text))) }
}

extension PullSummary {
  /// nil when nothing changed.
  var sentence: String? {
    let parts = [(added, "new"), (changed, "changed"), (removed, "gone")].filter { $0.0 > 0 }
    guard !parts.isEmpty else { return nil }
    return "The library is up to date: " + parts.map { "\($0.0) \($0.1)" }.joined(separator: ", ") + "."
  }
}

extension SyncFailure {
  /// nil where nobody needs to hear of it.
  var sentence: String? {
    switch self {
    case .remote(let error): "The library could not be brought up to date: \(error.reason). It goes on by itself."
    case .catalogue(let failure): App.sentence(for: failure.error)
    case .interrupted: nil
    }
  }
}

extension Edit {
  /// What it was, after "refused".
  fileprivate var words: String {
    switch self {
    case .star(_, true): "a star"
    case .star(_, false): "taking a star away"
    case .rate: "a rating"
    case .scrobble: "a play"
    case .createPlaylist: "a new playlist"
    case .describePlaylist: "a playlist's new name"
    case .replacePlaylistTracks: "a playlist's new tracks"
    case .deletePlaylist: "deleting a playlist"
    case .createStation: "a new radio station (it stays on this computer)"
    case .describeStation: "a radio station's new name"
    case .deleteStation: "removing a radio station"
    case .savePlayQueue: "the saved queue"
    case .bookmark: "a bookmark"
    }
  }
}
