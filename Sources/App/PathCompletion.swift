import Glibc
import PlaylistFiles

/// What a path is completed for.
enum WantedPaths {
  case folders
  /// Files with playlists, and the folders that lead to them.
  case playlists

  fileprivate func holds(_ name: String, _ mode: mode_t) -> Bool {
    switch self {
    case .folders: isFolder(mode)
    case .playlists:
      isFolder(mode) || mode & S_IFMT == S_IFREG && name.contains(".") && PlaylistFileFormat(fileName: name) != nil
    }
  }
}

/// The paths that begin so, at most a hundred, by name; folders end with a slash, `~` stays as it is. May block.
func completions(ofPath start: String, with wanted: WantedPaths) -> [String] {
  let slash = start.lastIndex(of: "/")
  let shown = slash.map { String(start[...$0]) } ?? ""
  let beginning = slash.map { String(start[start.index(after: $0)...]) } ?? start
  let home = currentEnvironment()["HOME"] ?? "/"
  let directory = shown.isEmpty ? "." : shown.hasPrefix("~/") ? home + shown.dropFirst(1) : shown
  let names = fileNames(in: directory).filter { name in
    name.hasPrefix(beginning) && (name.first != "." || beginning.first == ".")
  }
  let found = names.compactMap { name -> String? in
    var status = stat()
    guard stat(directory + "/" + name, &status) == 0, wanted.holds(name, status.st_mode) else { return nil }
    return shown + name + (isFolder(status.st_mode) ? "/" : "")
  }
  return Array(found.sorted().prefix(100))
}

private func isFolder(_ mode: mode_t) -> Bool { mode & S_IFMT == S_IFDIR }
