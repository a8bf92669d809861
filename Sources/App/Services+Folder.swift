import Core
import FoundationEssentials
import Glibc
import Library
import Music
import Remote
import Synchronization
import TUI

/// What `dulcet-server scan` says, a line at a time.
private struct ScanLine: Decodable {
  var seen: Int
  var total: Int?
  var unusable: Int
  var isFinished: Bool?
  var added: Int?
  var changed: Int?
  var removed: Int?
  var withheld: Int?
  var unusableFiles: [String]?
}

/// The last line of a scan so far.
private final class ScanSummary: Sendable {
  let last = Mutex<ScanLine?>(nil)
}

extension ScanLine {
  /// What the folder brought; nil when nothing changed.
  /// - Parameter list: the file that names what could not be read.
  fileprivate func sentence(naming list: String) -> String? {
    var summary = PullSummary()
    (summary.added, summary.changed, summary.removed) = (added ?? 0, changed ?? 0, removed ?? 0)
    let broken = unusable == 0 ? nil : brokenFiles(unusable, named: unusableFiles ?? [], in: list)
    let parts = [summary.sentence, broken].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }
}

/// Which files could not be read: a few are named here, more in a file.
func brokenFiles(_ count: Int, named names: [String], in list: String) -> String {
  let shown = names.prefix(3).joined(separator: ", ")
  let start = "\(counted(count, "file")) could not be read as music"
  if names.isEmpty { return start + "." }
  return count <= 3 ? "\(start): \(shown)." : "\(start): \(shown)… All are named in \(list)."
}

extension ScanLine {
  /// What was kept, since it cannot be meant; nil where nothing was.
  fileprivate func doubt(about folder: String) -> String? {
    guard let withheld else { return nil }
    let finding =
      seen == unusable
      ? "There is no music in \(folder): is a disk not mounted? Nothing was taken away."
      : "Much is gone from \(folder): is a disk not mounted? It stays."
    return "\(finding) If it is meant, :forget missing lets go of \(counted(withheld, "track"))."
  }
}

extension Services {
  func openFolder(_ path: String) {
    guard let folder = absoluteFolder(path) else {
      inbox.post(.signInFailed("There is no folder \(path). Give the path of a folder with music."))
      return
    }
    scan(folder, isNew: true)
  }

  func openDemo() {
    guard let demo = Installation.demo else {
      inbox.post(.signInFailed("The demo music is not installed. “make install” puts it beside dulcet."))
      return
    }
    scan(demo, isNew: true)
  }

  /// Reads the folder's tags in a child, so that a broken file can at worst stop the child.
  func scan(_ folder: String, isNew: Bool, forgetsMissing: Bool = false) {
    guard let server = Installation.server else {
      inbox.post(.signInFailed("dulcet-server, which reads folders, was not found beside dulcet or on the PATH."))
      return
    }
    if isNew {
      changeAccounts { accounts in
        accounts.folder = folder
        accounts.currentID = nil
      }
    }
    var command = [server, "scan", folder, "--library", paths.catalogueFile]
    if forgetsMissing { command.append("--forget-missing") }
    let summary = ScanSummary()
    let list = paths.state + "/not-music"
    let isNewScan = scans.start(command) { [inbox] line in
      guard let line = try? JSONDecoder().decode(ScanLine.self, from: Data(line.utf8)) else { return }
      summary.last.withLock { $0 = line }
      inbox.post(
        .activity(
          .progress(Activity(.scan, "Reading files", done: Int64(line.seen), total: line.total.map(Int64.init)))))
    } onEnd: { [inbox] end in
      inbox.post(.activity(.ended(.scan)))
      switch end {
      case .exited(0):
        let line = summary.last.withLock { $0 }
        if let names = line?.unusableFiles { Self.write(names, to: list) }
        inbox.post(.sync(.finished(line?.sentence(naming: list))))
        if let doubt = line?.doubt(about: folder) { inbox.post(.notice(Notice(.warning, doubt))) }
      case .exited(let code): inbox.post(.sync(.failed(Self.sentence(code, folder))))
      case .failed(let error): inbox.post(.sync(.failed(error.sentence)))
      case .cancelled: break
      }
      inbox.post(.catalogueChanged)
    }
    if !isNewScan { inbox.post(.notice(Notice(.information, "The folder is being read already."))) }
  }

  /// Ends what the listener no longer waits for.
  func cancel(_ id: Activity.ID) {
    switch id {
    case .synchronization: remote?.cancelSynchronization()
    case .scan: scans.cancel()
    case .importing, .exporting: exchange.cancel(id)
    case .downloads: break  // they are paused
    }
  }

  private static func write(_ names: [String], to list: String) {
    let lines = names.map { sanitize($0) + "\n" }.joined()
    do throws(FileError) { try SettingsFile.write(Array(lines.utf8), to: list) } catch { complain(error.sentence) }
  }

  private static func sentence(_ code: Int32, _ folder: String) -> String {
    "The folder \(folder) could not be read to its end (the scan ended with \(code)). “:sync” tries again."
  }

  private func absoluteFolder(_ path: String) -> String? {
    let home = currentEnvironment()["HOME"] ?? ""
    let expanded = path == "~" || path.hasPrefix("~/") ? home + path.dropFirst() : path
    guard let resolved = realpath(expanded, nil) else { return nil }
    defer { free(resolved) }
    var status = stat()
    guard stat(resolved, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
    return String(cString: resolved)
  }
}
