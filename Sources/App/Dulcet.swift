/// The program: does what the words say.
/// - Parameter words: the command line without the program's name.
/// - Returns: the exit code: 0 done, 1 failed, 2 the words were not understood.
package func runDulcet(_ words: [String]) -> Int32 {
  let arguments: Arguments
  do {
    arguments = try Arguments(parsing: words)
  } catch {
    complain("\(error.reason).\(helpHint)")
    return 2
  }
  let paths = Paths()
  switch arguments.action {
  case .play(let face):
    return play(face, isOffline: arguments.isOffline, output: arguments.output, paths: paths)
  case .login(let address, let user, let password): return login(address, user, password, paths: paths)
  case .addAddress(let address, let account): return addAddress(address, to: account, paths: paths)
  case .cache(let action): return manageCache(action, paths: paths)
  case .playlist(let action): return exchangePlaylist(action, paths: paths)
  case .pack(let wish): return pack(wish, paths: paths)
  case .exportTracks(let playlists, let folder): return exportTracks(playlists, to: folder, paths: paths)
  case .doctor: return examine(paths: paths)
  case .command(let words, let json): return sendCommand(words, json: json, paths: paths)
  case .help(let command):
    guard let text = helpText(of: command) else {
      complain(unknownCommand(command ?? ""))
      return 2
    }
    print(text)
    return 0
  case .version:
    print("dulcet \(version)")
    return 0
  }
}

/// Semantic versioning; the same in CHANGELOG.md.
package let version = "0.1.0"
