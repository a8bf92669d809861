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
  private let finder: LyricsFinder

  init(cataloguePath: String, clients: Clients) {
    finder = LyricsFinder(catalogue: CatalogueConnection(path: cataloguePath), clients: clients)
  }

  /// `answer` is called on the lyrics' thread, once.
  func find(_ track: Track, answer: @escaping @Sendable (LyricsAnswer) -> Void) {
    thread.async { [self] in answer(finder.find(track)) }
  }

  /// Keeps how much earlier the listener wants the lines of a track.
  func setOffset(_ offset: Duration, of track: TrackID) {
    thread.async { [self] in try? finder.catalogue.open().setLyricsOffset(offset, of: track) }
  }

  func stop() { thread.stop() }
}
