import Core
import Library
import Music
import Remote
import Threading

extension Services {
  /// What was not found in a list that was imported.
  var missingFolder: String { paths.state + "/not-found" }

  func importList(_ file: String, replyTo token: ReplyToken?) {
    let (origin, folder) = (accounts.origin, missingFolder)
    exchange(token) { catalogue in
      let report = try catalogue.importPlaylist(file, named: nil, on: origin, keepingMissingIn: folder)
      return Notice(report.missing.isEmpty && !report.isCutShort ? .information : .warning, report.sentence)
    }
  }

  func exportList(_ list: ExportedList, _ title: String, _ file: String, replyTo token: ReplyToken?) {
    exchange(token) { catalogue in
      let tracks =
        switch list {
        case .playlist(let id): try catalogue.describedTracks(of: id)
        case .tracks(let ids): try catalogue.describedTracks(ids)
        }
      let count = try catalogue.exportPlaylist(tracks, title: title, to: file)
      return Notice(.information, "“\(title)”: \(counted(count, "track")) written to \(file).")
    }
  }

  /// On the library's thread; then the screens look anew, and what is to be told to a server is.
  private func exchange(_ token: ReplyToken?, _ body: @escaping @Sendable (Catalogue) throws -> Notice) {
    library.thread.async { [library, inbox] in
      do {
        inbox.post(.told(try body(library.connection.open()), replyTo: token))
        inbox.post(.catalogueChanged)
        inbox.post { $0.remote?.drainSoon() }
      } catch {
        inbox.post(.told(Notice(.error, sentence(for: error)), replyTo: token))
      }
    }
  }
}
