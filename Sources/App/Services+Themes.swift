import Core
import Glibc
import TUI

extension Services {
  /// The listener's own directory comes first: a theme there hides one of the same name that came with dulcet.
  private var themeDirectories: [String] {
    [paths.configuration + "/themes", Installation.themes].compactMap { $0 }
  }

  func announceThemes() {
    let names = themeDirectories.flatMap { fileNames(in: $0) }.compactMap { $0.removingSuffix(".theme") }
    inbox.post(.themesFound(Set(names).sorted()))
  }

  func loadTheme(_ name: String) {
    do {
      inbox.post(.theme(try readTheme(name, in: themeDirectories)))
    } catch {
      inbox.post(.notice(Notice(.error, error.sentence)))
    }
  }
}

/// Why a theme cannot be had.
enum ThemeProblem: Error {
  case missing(String)
  case unreadable(FileError)
  case malformed(path: String, ThemeError)

  var sentence: String {
    switch self {
    case .missing(let name): "There is no theme “\(name)”. “:theme ” and Tab list what there is."
    case .unreadable(let error): error.sentence
    case .malformed(let path, let error): "\(path), \(error)"
    }
  }
}

func readTheme(_ name: String, in directories: [String]) throws(ThemeProblem) -> Theme {
  // A name is a file's name and nothing more: it may come from a control socket.
  guard !name.contains("/") else { throw .missing(name) }
  for directory in directories {
    let path = "\(directory)/\(name).theme"
    let bytes: [UInt8]?
    do { bytes = try readFile(path) } catch { throw .unreadable(error) }
    guard let bytes else { continue }
    do {
      return try Theme(name: name, parsing: String(decoding: bytes, as: UTF8.self))
    } catch {
      throw .malformed(path: path, error)
    }
  }
  throw .missing(name)
}

func fileNames(in directory: String) -> [String] {
  guard let stream = opendir(directory) else { return [] }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != "." && name != ".." { names.append(name) }
  }
  return names
}

extension String {
  fileprivate func removingSuffix(_ suffix: String) -> String? {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : nil
  }
}
