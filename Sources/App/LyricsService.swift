import Core
import Glibc
import HTTP
import Library
import Music
import Remote
import Threading

/// Finds the words of tracks: those kept in the catalogue, else the server's or the file's, which are then kept.
///
/// Lives on a thread of its own, with a catalogue connection of its own there. All calls are safe from any thread.
final class LyricsService: Sendable {
  private let thread = SerialThread("lyrics", stackSize: 1024 * 1024)
  private let catalogue: CatalogueConnection
  private let clients: Clients

  /// Who had none is asked again after so long: somebody may have written them down.
  private static let absenceLasts: Int64 = 7 * 24 * 3600

  init(cataloguePath: String, clients: Clients) {
    catalogue = CatalogueConnection(path: cataloguePath)
    self.clients = clients
  }

  /// `answer` is called on the lyrics' thread, once.
  func find(_ track: Track, answer: @escaping @Sendable (LyricsAnswer) -> Void) {
    thread.async { [self] in answer(find(track)) }
  }

  /// Keeps how much earlier the listener wants the lines of a track.
  func setOffset(_ offset: Duration, of track: TrackID) {
    thread.async { [self] in try? catalogue.open().setLyricsOffset(offset, of: track) }
  }

  func stop() { thread.stop() }

  private func find(_ track: Track) -> LyricsAnswer {
    let now = Timestamp(seconds: Int64(time(nil)))
    let kept = (try? catalogue.open().lyrics(of: track.id)) ?? nil
    if let kept, kept.lyrics != nil || now.seconds - kept.asked.seconds < Self.absenceLasts { return Self.answer(kept) }
    do {
      let fresh = try fetch(track)
      try? catalogue.open().keep(fresh, of: track.id, asked: now)
      return fresh.map { .found($0, offset: kept?.offset ?? .zero) } ?? .none
    } catch {
      return kept.map(Self.answer) ?? (error.meansOffline || error.isWorthRetrying ? .offline : .none)
    }
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
