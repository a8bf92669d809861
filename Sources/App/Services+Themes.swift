import CLinux
import Core
import Glibc
package import TUI
import Threading

/// The themes that there are: the listener's own directory comes first, a theme there hides one of the same name that came
/// with dulcet.
struct ThemeFiles: Sendable {
  let directories: [String]

  init(_ paths: Paths) {
    directories = [paths.configuration + "/themes", Installation.themes].compactMap { $0 }
  }

  var names: [String] {
    Set(directories.flatMap { fileNames(in: $0) }.compactMap { $0.removingSuffix(".theme") }).sorted()
  }

  func read(_ name: String) throws(ThemeProblem) -> Theme { try readTheme(name, in: directories) }

  /// Those that can be read, as such a terminal shows them.
  func all(for depth: ColourDepth, isASCII: Bool) -> [Theme] {
    names.compactMap { try? read($0) }.map { $0.adapted(to: depth, isASCII: isASCII) }
  }
}

extension Services {
  var themes: ThemeFiles { ThemeFiles(paths) }

  func announceThemes() { inbox.post(.themesFound(themes.names)) }

  func loadTheme(_ name: String, replyTo token: ReplyToken?) {
    do {
      let theme = try themes.read(name)
      themeName = name
      inbox.post(.theme(theme, replyTo: token))
    } catch {
      inbox.post(.told(Notice(.error, error.sentence), replyTo: token))
    }
  }

  /// Shown only while it is looked at: the one that is worn stays the one whose file is watched.
  func previewTheme(_ name: String) {
    if let theme = try? themes.read(name) { inbox.post(.themePreview(theme)) }
  }

  func readThemes() {
    inbox.post(.themesRead(themes.all(for: pictureTerminal.depth, isASCII: pictureTerminal.isASCII)))
  }

  /// From now on a theme whose file changes is read again. The thread that waits for it ends with the process.
  func watchThemes() {
    let directories = themes.directories
    let inbox = inbox
    OSThread("themes", stackSize: 256 * 1024) {
      let watch = dulcet_watch_begin()
      guard watch >= 0 else { return }
      directories.forEach { Self.watch($0, in: watch) }
      while dulcet_watch_wait(watch) == 0 {
        directories.forEach { Self.watch($0, in: watch) }
        inbox.post { $0.rereadTheme() }
      }
    }.detach()
  }

  /// A directory that is not there yet is waited for in the nearest one above it that is.
  private static func watch(_ directory: String, in watch: Int32) {
    guard dulcet_watch_directory(watch, directory) < 0 else { return }
    var above = directory[...]
    while let slash = above.lastIndex(of: "/") {
      above = above[..<slash]
      if dulcet_watch_for_new(watch, above.isEmpty ? "/" : String(above)) >= 0 { return }
    }
  }

  /// Something in a directory of themes is another: what is shown may be, too.
  private func rereadTheme() {
    announceThemes()
    guard let themeName else { return }
    do {
      inbox.post(.theme(try themes.read(themeName)))
    } catch {
      // A file that is gone for the moment is an editor's way to write it.
      if case .missing = error { return }
      inbox.post(.notice(Notice(.error, error.sentence, of: .theme)))
    }
  }
}

/// Why a theme cannot be had.
package enum ThemeProblem: Error {
  case missing(String)
  case unreadable(FileError)
  case malformed(path: String, ThemeError)

  var sentence: String {
    switch self {
    case .missing(let name): "There is no theme “\(name)”. “:theme ” and Tab list what there is."
    case .unreadable(let error): error.sentence
    // The file's name says enough, and leaves room for what is wrong.
    case .malformed(let path, let error): "\(path.split(separator: "/").last ?? ""), \(error)"
    }
  }
}

package func readTheme(_ name: String, in directories: [String]) throws(ThemeProblem) -> Theme {
  // A name is a file's name and nothing more: it may come from a control socket.
  guard !name.contains("/") else { throw .missing(name) }
  for directory in directories {
    let path = "\(directory)/\(name).theme"
    let bytes: [UInt8]?
    do { bytes = try readFile(path) } catch { throw .unreadable(error) }
    guard let bytes else { continue }
    return try readTheme(name, String(decoding: bytes, as: UTF8.self), at: path, in: directories)
  }
  throw .missing(name)
}

/// Ancestors are looked for in all directories: a theme of the listener's may inherit from one that came with dulcet.
private func readTheme(
  _ name: String, _ text: String, at path: String, in directories: [String]
) throws(ThemeProblem) -> Theme {
  var paths = [name: path]
  do {
    return try Theme(name: name, parsing: text) { ancestor in
      guard !ancestor.contains("/") else { return nil }
      for directory in directories {
        let path = "\(directory)/\(ancestor).theme"
        if let bytes = (try? readFile(path)) ?? nil {
          paths[ancestor] = path
          return String(decoding: bytes, as: UTF8.self)
        }
      }
      return nil
    }
  } catch {
    throw .malformed(path: paths[error.theme] ?? path, error)
  }
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
