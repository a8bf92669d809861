import Core
import FoundationEssentials
import Glibc
import Music
import Threading

/// What `dulcet-server scan` says, a line at a time.
private struct ScanLine: Decodable {
  var done: Int?
  var total: Int?
  var error: String?
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
  func scan(_ folder: String, isNew: Bool) {
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
    let command = [server, "scan", folder, "--library", paths.catalogueFile]
    errands.async { [inbox] in
      do throws(FileError) {
        var failure: String?
        let code = try ChildProcess(command).readLines { failure = Self.tell($0, inbox) ?? failure }
        inbox.post(.sync(code == 0 ? .finished(nil) : .failed(Self.sentence(code, failure, folder))))
      } catch {
        inbox.post(.sync(.failed(error.sentence)))
      }
      inbox.post(.catalogueChanged)
    }
  }

  private static func tell(_ line: String, _ inbox: Inbox) -> String? {
    guard let line = try? JSONDecoder().decode(ScanLine.self, from: Data(line.utf8)) else { return nil }
    if let done = line.done { inbox.post(.sync(.progress(section: "files", done: done, total: line.total))) }
    return line.error
  }

  private static func sentence(_ code: Int32, _ failure: String?, _ folder: String) -> String {
    "The folder \(folder) could not be read: \(failure ?? "the scan ended with \(code)")."
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
