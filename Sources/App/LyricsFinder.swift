import Core
import Glibc
import HTTP
import Library
import Music
import Remote

/// Finds the words of tracks: those kept in the catalogue, else the server's or the file's, which are then kept.
///
/// Belongs to one thread, which may wait for a server.
struct LyricsFinder: Sendable {
  let catalogue: CatalogueConnection
  let clients: Clients

  /// Who had none is asked again after so long: somebody may have written them down.
  private static let absenceLasts: Int64 = 7 * 24 * 3600

  func find(_ track: Track) -> LyricsAnswer {
    let now = Timestamp(seconds: Int64(time(nil)))
    let kept = (try? catalogue.open().lyrics(of: track.id)) ?? nil
    if let kept, Self.isSettled(kept, at: now) { return Self.answer(kept) }
    do {
      let fresh = try fetch(track)
      try? catalogue.open().keep(fresh, of: track.id, asked: now)
      return fresh.map { .found($0, offset: kept?.offset ?? .zero) } ?? .none
    } catch {
      return kept.map(Self.answer) ?? (error.meansOffline || error.isWorthRetrying ? .offline : .none)
    }
  }

  /// Nobody needs to be asked now.
  func isSettled(_ track: Track) -> Bool {
    let kept = (try? catalogue.open().lyrics(of: track.id)) ?? nil
    return kept.map { Self.isSettled($0, at: Timestamp(seconds: Int64(time(nil)))) } ?? false
  }

  /// An absence that was noted "in the future" was noted by a clock that has been set back since: it says nothing.
  static func isSettled(_ kept: KeptLyrics, at now: Timestamp) -> Bool {
    kept.lyrics != nil || (0..<absenceLasts).contains(now.seconds - kept.asked.seconds)
  }

  private func fetch(_ track: Track) throws(RemoteError) -> Lyrics? {
    switch track.origin {
    case .local:
      guard let path = try? catalogue.open().path(of: track.id),
        let text = askServerProgram("lyrics", about: path, atMost: 1 << 20)
      else { return nil }
      let lyrics = Lyrics(text: String(decoding: text, as: UTF8.self), source: .file)
      return lyrics.isEmpty ? nil : lyrics
    case .remote(let server):
      guard let client = clients[server] else { throw .transport(.unreachable) }
      return try client.lyrics(of: track)
    }
  }

  private static func answer(_ kept: KeptLyrics) -> LyricsAnswer {
    kept.lyrics.map { .found($0, offset: kept.offset) } ?? .none
  }
}
