import Cache
import Core
import Glibc
import Library
import Music

extension Services {
  /// What the catalogue and the cache know of a track, each on its own thread.
  func tellFacts(of track: Track, replyTo token: ReplyToken?) {
    let place = place(of: track)
    library.withStoredTrack(track.id) { [cache, inbox] stored in
      var facts = TrackFacts(stored)
      facts.place = place
      guard let key = track.renditionKey else {
        return inbox.post(.facts(facts, of: track, replyTo: token))
      }
      facts.rendition = track.rendition
      let known = facts
      cache.withMarks(of: [track]) { marks in
        let mark = marks[track.id] ?? .absent
        cache.withHeldRanges(of: key) { ranges in
          var facts = known
          facts.mark = mark
          facts.heldPart = ranges.reduce(0) { $0 + ($1.upperBound - $1.lowerBound) }
          inbox.post(.facts(facts, of: track, replyTo: token))
        }
      }
    }
  }

  /// Where it comes from, as a listener knows it.
  private func place(of track: Track) -> String? {
    switch track.origin {
    case .local: accounts.accounts.folder
    case .remote(let id): accounts.accounts.all.first { $0.id == id }?.title
    }
  }
}

extension TrackFacts {
  fileprivate init(_ stored: StoredTrack?) {
    self.init()
    guard let stored else { return }
    path = stored.path
    created = stored.created.map { LocalTime(here: $0) }
    starred = stored.starred.map { LocalTime(here: $0) }
    lastPlayed = stored.lastPlayed.map { LocalTime(here: $0) }
    playCount = stored.track.playCount
    musicBrainzID = stored.musicBrainzID
  }
}

extension LocalTime {
  /// In the time zone of this process.
  init(here time: Timestamp) {
    var seconds = time_t(time.seconds)
    var local = tm()
    self.init(time, offset: localtime_r(&seconds, &local) == nil ? 0 : Int64(local.tm_gmtoff))
  }
}
