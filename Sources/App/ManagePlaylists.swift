import Core
import Library
import Music

/// `dulcet playlist import FILE [NAME]`, `dulcet playlist export NAME FILE`: with or without a player that runs.
/// - Returns: the exit code: 1 also where something was not found.
func exchangePlaylist(_ action: Arguments.PlaylistAction, paths: Paths) -> Int32 {
  withCatalogue(paths) { catalogue, origin in
    switch action {
    case .importFile(let file, let name):
      let report = try catalogue.importPlaylist(
        file, named: name, on: origin, keepingMissingIn: paths.state + "/not-found")
      printSafely("“\(report.name)”: \(report.found) of \(report.found + report.missing.count) tracks found")
      for track in report.missing { printSafely("not found  \(track.words)") }
      if let path = report.keptIn { printSafely("kept in    \(path)") }
      if report.isCutShort { complain("The file is cut short: what stands behind the cut is not known.") }
      tellPlayer("refresh", paths)
      return report.missing.isEmpty && !report.isCutShort ? 0 : 1
    case .exportList(let name, let file):
      let list = try catalogue.playlist(named: name)
      let count = try catalogue.exportPlaylist(try catalogue.describedTracks(of: list.id), title: list.name, to: file)
      printSafely("“\(list.name)”: \(counted(count, "track")) written to \(file)")
      return 0
    }
  }
}

/// The catalogue as the current account sees it, and where a new playlist comes to be; errors become sentences.
func withCatalogue(_ paths: Paths, _ body: (Catalogue, Origin) throws -> Int32) -> Int32 {
  do {
    try paths.create()
    let book = AccountBook(
      store: AccountStore(path: paths.accountsFile),
      accounts: try AccountStore(path: paths.accountsFile).load().accounts)
    let catalogue = try Catalogue(path: paths.catalogueFile)
    catalogue.scope = book.scope
    return try body(catalogue, book.origin)
  } catch {
    complain(sentence(for: error))
    return 1
  }
}

/// Tells the player that runs, if one does, that the library's file has changed under it.
func tellPlayer(_ line: String, _ paths: Paths) {
  guard let client = try? ControlClient(path: paths.controlSocket) else { return }
  _ = client.ask(line)
  client.close()
}
