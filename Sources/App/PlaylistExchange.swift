import FoundationEssentials
import Glibc
import Library
import Music
import PlaylistFiles

// Playlists from and into files of other players. On whichever thread has the catalogue.

/// What came of a file.
struct ImportReport {
  var name: String
  var found = 0
  var missing: [TrackDescription] = []
  var isCutShort = false
  /// The file that keeps what was not found; nil where all was, or it could not be written.
  var keptIn: String?

  var sentence: String {
    var text = "“\(name)”: \(found) of \(found + missing.count) tracks found."
    if isCutShort { text += " The file is cut short." }
    guard !missing.isEmpty else { return text }
    let some = missing.prefix(3).map(\.words).joined(separator: "; ")
    text += " Not here: \(some)\(missing.count > 3 ? "…" : "")."
    if let keptIn { text += " They are kept in \(keptIn): import that again when the music is there." }
    return text
  }
}

enum ExchangeError: Error {
  case file(PlaylistFileError, path: String)
  case unknownEnding(String)
  case noSuchList(String)
  case nothingFound(ImportReport)
  /// By the listener's wish.
  case ended
}

extension ExchangeError {
  var sentence: String {
    switch self {
    case .file(.tooLarge(let limit), let path): "\(path) is larger than \(describeBytes(Int64(limit))): no playlist is."
    case .file(.noPlaylist(let format), let path): "\(path) is no playlist, though it looks like \(format.name)."
    case .file(.noXML, _): "Reading XSPF needs libxml2. Install the package libxml2."
    case .unknownEnding(let path): "“\(path)” does not say what to write: end it with .m3u8, .xspf or .json."
    case .ended: "It was ended before anything was changed."
    case .noSuchList(let name): "There is no playlist “\(name)”."
    case .nothingFound(let report):
      report.missing.isEmpty ? "There is no track in it." : "Nothing of it is in the library. \(report.sentence)"
    }
  }
}

extension PlaylistFileFormat {
  fileprivate var name: String {
    switch self {
    case .m3u8: "M3U"
    case .xspf: "XML"
    case .json: "JSON"
    }
  }
}

extension Catalogue {
  /// Makes a playlist of a file's tracks, as far as the library has them; the others are listed, and kept in a file.
  /// - Parameters:
  ///   - origin: where the list comes to be; a server's takes only its own tracks.
  ///   - folder: for what is not found.
  ///   - report: told how much of the library was looked at; ends the search by throwing.
  func importPlaylist(
    _ path: String, named name: String?, on origin: Origin, keepingMissingIn folder: String,
    report progress: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
  ) throws -> ImportReport {
    guard let bytes = try readFile(expanded(path)) else { throw FileError(code: ENOENT, path: path, action: .read) }
    let file: PlaylistFile
    do { file = try PlaylistFile(reading: bytes) } catch { throw ExchangeError.file(error, path: path) }
    let stem = String(fileName(path).prefix { $0 != "." })
    let wanted = [name, file.title, stem].compactMap(\.self).first { !$0.isEmpty } ?? "Imported"
    let found = try find(file.tracks, among: origin == .local ? scope : [origin], report: progress)
    let tracks = found.compactMap { $0?.id }
    var report = ImportReport(name: try freshName(wanted), found: tracks.count, isCutShort: file.isCutShort)
    report.missing = zip(file.tracks, found).filter { $0.1 == nil }.map(\.0)
    if !report.missing.isEmpty { report.keptIn = keep(report.missing, of: report.name, in: folder) }
    guard !tracks.isEmpty else { throw ExchangeError.nothingFound(report) }
    _ = try createPlaylist(named: report.name, tracks: tracks, on: origin)
    return report
  }

  /// - Returns: how many tracks were written.
  func exportPlaylist(_ tracks: [TrackDescription], title: String, to path: String) throws -> Int {
    guard let format = PlaylistFileFormat(fileName: path) else { throw ExchangeError.unknownEnding(path) }
    try replaceFile(expanded(path), with: PlaylistFile(title: title, tracks: tracks).bytes(as: format), mode: 0o644)
    return tracks.count
  }

  /// The list of that name, in whatever case.
  func playlist(named name: String) throws -> Playlist {
    let lists = try playlists()
    let found =
      lists.first { $0.name == name } ?? lists.first { $0.name.lowercased() == name.lowercased() }
      ?? Int64(name).flatMap { number in lists.first { $0.id.rawValue == number } }
    guard let found else { throw ExchangeError.noSuchList(name) }
    return found
  }

  /// A name that no list here has.
  private func freshName(_ name: String) throws -> String {
    let taken = Set(try playlists().map(\.name))
    if !taken.contains(name) { return name }
    return (2...).lazy.map { "\(name) \($0)" }.first { !taken.contains($0) }!
  }

  private func keep(_ missing: [TrackDescription], of name: String, in folder: String) -> String? {
    let path = folder + "/" + safeFileName(name) + ".m3u8"
    do {
      try makeDirectory(folder)
      try replaceFile(path, with: PlaylistFile(title: name, tracks: missing).bytes(as: .m3u8), mode: 0o600)
      return path
    } catch { return nil }
  }
}

/// `~/x` as a shell would read it.
func expanded(_ path: String) -> String {
  guard path == "~" || path.hasPrefix("~/"), let home = currentEnvironment()["HOME"] else { return path }
  return home + path.dropFirst()
}

func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
