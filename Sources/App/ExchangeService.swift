import Core
import Library
import Music
import Remote
import Synchronization
import Threading

/// Imports and exports playlists while the music goes on.
///
/// Has a thread and a catalogue connection of its own: looking through a large library takes a second, and no screen
/// waits for that. It never talks to a server. Any thread may ask it and end what it does.
final class ExchangeService: Sendable {
  private let thread = SerialThread("exchange", stackSize: 1024 * 1024)
  private let connection: CatalogueConnection
  private let inbox: Inbox
  private let isImportUnwanted = Atomic(false)
  private let isExportUnwanted = Atomic(false)

  init(cataloguePath: String, inbox: Inbox) {
    connection = CatalogueConnection(path: cataloguePath)
    self.inbox = inbox
  }

  /// What is known of the catalogue beside it: see `Catalogue`.
  struct View: Sendable {
    var scope: [Origin]
    var heldTracks: @Sendable () -> [(server: ServerID, track: RemoteID)]
  }

  /// - Parameter folder: for what is not found.
  func importList(
    _ file: String, named name: String?, on origin: Origin, _ view: View, missing folder: String,
    replyTo token: ReplyToken?
  ) {
    isImportUnwanted.store(false, ordering: .relaxed)
    run(.importing, "Importing \(fileName(file))", view, token) { [self] catalogue in
      let report = try catalogue.importPlaylist(file, named: name, on: origin, keepingMissingIn: folder) {
        done, total in
        tell(Activity(.importing, "Importing \(fileName(file))", done: Int64(done), total: Int64(total)))
        if isImportUnwanted.load(ordering: .relaxed) { throw ExchangeError.ended }
      }
      return Notice(report.missing.isEmpty && !report.isCutShort ? .information : .warning, report.sentence)
    }
  }

  func exportList(_ list: ExportedList, _ title: String, _ file: String, _ view: View, replyTo token: ReplyToken?) {
    isExportUnwanted.store(false, ordering: .relaxed)
    run(.exporting, "Exporting “\(title)”", view, token) { [self] catalogue in
      let tracks =
        switch list {
        case .playlist(let id): try catalogue.describedTracks(of: id)
        case .tracks(let ids): try catalogue.describedTracks(ids)
        }
      if isExportUnwanted.load(ordering: .relaxed) { throw ExchangeError.ended }
      let count = try catalogue.exportPlaylist(tracks, title: title, to: file)
      return Notice(.information, "“\(title)”: \(counted(count, "track")) written to \(file).")
    }
  }

  /// Ends what runs, before it has changed anything.
  func cancel(_ id: Activity.ID) {
    if id == .importing { isImportUnwanted.store(true, ordering: .relaxed) }
    if id == .exporting { isExportUnwanted.store(true, ordering: .relaxed) }
  }

  private func tell(_ activity: Activity) { inbox.post(.activity(.progress(activity))) }

  /// Afterwards the screens look anew, and what is to be told to a server is.
  private func run(
    _ id: Activity.ID, _ what: String, _ view: View, _ token: ReplyToken?,
    _ body: @escaping @Sendable (Catalogue) throws -> Notice
  ) {
    thread.async { [self] in
      tell(Activity(id, what))
      defer { inbox.post(.activity(.ended(id))) }
      do {
        let catalogue = try connection.open()
        catalogue.scope = view.scope
        catalogue.heldTracks = view.heldTracks
        inbox.post(.told(try body(catalogue), replyTo: token))
        inbox.post(.catalogueChanged)
        inbox.post { $0.remote?.drainSoon() }
      } catch {
        inbox.post(.told(Notice(.error, sentence(for: error)), replyTo: token))
      }
    }
  }
}
