import Core
import Glibc
import Music
import Synchronization
import Threading

/// The attached player's line to the one that has the data. It blocks: for the attached player's control thread alone.
final class AttachedLink: Sendable {
  enum News: Sendable {
    case mirror(Mirror)
    case notice(Notice)
    /// The player is gone.
    case ended
  }

  /// What the queue was asked for last, to ask again only when it may be another.
  private struct Seen: Hashable, Sendable {
    var place: Int?
    var count: Int
    var track: StatusLine.TrackLine?
  }

  private struct State: Sendable {
    var client: ControlClient?
    var seen: Seen?
    var isBroken = false
  }

  private let path: String
  private let state = Mutex(State())

  init(path: String) { self.path = path }

  /// Whether the player went away.
  var isBroken: Bool { state.withLock { $0.isBroken } }

  /// Says the command, where there is one, and asks how things stand.
  func ask(_ command: Command?) -> [News] {
    state.withLock { state in
      guard !state.isBroken else { return [] }
      do {
        let client = try state.client ?? Self.open(path)
        state.client = client
        var news: [News] = []
        if let command {
          let reply = try Self.say(command.description, to: client)
          if let error = reply.error { news.append(.notice(Notice(.warning, error))) }
          if let words = reply.words { news.append(.notice(Notice(.information, words))) }
          // What was asked may have changed the queue without changing its length.
          state.seen = nil
        }
        return news + [.mirror(try Self.look(client, &state.seen))]
      } catch {
        state.isBroken = true
        return [.ended]
      }
    }
  }

  private struct Gone: Error {}

  /// One that has just begun may not listen yet.
  private static func open(_ path: String) throws -> ControlClient {
    let deadline = monotonicNow() + .seconds(3)
    while true {
      do { return try ControlClient(path: path) } catch {
        guard monotonicNow() < deadline else { throw Gone() }
        usleep(50_000)
      }
    }
  }

  private static func say(_ line: String, to client: ControlClient) throws -> ReplyLine {
    guard let answer = client.ask(line), let reply = ReplyLine(parsing: answer) else { throw Gone() }
    return reply
  }

  private static func look(_ client: ControlClient, _ seen: inout Seen?) throws -> Mirror {
    guard let status = try say("status", to: client).status else { throw Gone() }
    let now = Seen(place: status.place, count: status.entries, track: status.track)
    var tracks: [Track]?
    if now != seen {
      tracks = try say("queue", to: client).queue?.tracks.enumerated().map { $1.track(number: $0) }
      seen = now
    }
    return Mirror(status, queue: tracks)
  }
}

extension Mirror {
  init(_ status: StatusLine, queue: [Track]?) {
    self.init(
      state: PlayState(rawValue: status.state) ?? .stopped, position: .seconds(status.position),
      duration: .seconds(status.duration), volume: status.volume, isMuted: status.muted, isOffline: status.offline,
      isBuffering: status.buffering,
      shuffleMode: status.shuffle ? ShuffleMode(rawValue: status.shuffledBy ?? "") ?? .tracks : .off,
      repeatMode: RepeatMode(rawValue: status.repeat) ?? .off, currentIndex: status.place.map { $0 - 1 },
      queue: queue, account: status.account)
  }
}

extension StatusLine.TrackLine {
  /// As far as it was told; its id means nothing to any catalogue.
  fileprivate func track(number: Int) -> Track {
    Track(
      id: TrackID(Int64(number) + 1), origin: .local, remoteID: "", title: title, artist: artist, album: album,
      duration: duration, isStarred: starred)
  }
}
