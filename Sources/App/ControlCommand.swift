import Core
import Glibc
import TUI

/// `dulcet next`: says the words to the player that runs and prints what it answers.
/// - Returns: the exit code.
func sendCommand(_ words: [String], json: Bool, paths: Paths) -> Int32 {
  // One line is one command, whatever was pasted into the words.
  let line = String(words.joined(separator: " ").map { $0.isNewline ? " " : $0 })
  let command: Command
  do {
    command = try Command(parsing: line)
  } catch {
    if case .unknown(let name) = error { complain(unknownCommand(name)) } else { complain(error.sentence + helpHint) }
    return 2
  }
  guard let client = try? ControlClient(path: paths.controlSocket) else {
    if case .hand(.keys(let view)) = command { return printKeys(of: view, paths: paths) }
    complain("No player is running. Start one with “dulcet”, or “dulcet --headless”.")
    return 1
  }
  defer { client.close() }
  guard let answer = client.ask(line), let reply = ReplyLine(parsing: answer) else {
    complain("The player did not answer.")
    return 1
  }
  if let error = reply.error { complain(error) }
  if let text = reply.status.map({ json ? $0.json : $0.text }) ?? reply.queue?.text ?? reply.words.map(printable),
    !text.isEmpty
  {
    print(text)
  }
  return reply.ok ? 0 : 1
}

/// The keys as they would be in the next run; what is wrong with the configuration goes to standard error.
private func printKeys(of view: ScreenName?, paths: Paths) -> Int32 {
  let configuration = Configuration(path: paths.configurationFile)
  let settings = SettingsFile(path: paths.settingsFile)
  for remark in configuration.problems + configuration.notes(under: settings.commands) { complain(remark) }
  print(Keymap(after: settings.commands + configuration.commands).lines(for: view).joined(separator: "\n"))
  return 0
}

/// A sentence on standard error. It may hold a server's words: no control character gets to the terminal.
func complain(_ sentence: String) {
  _ = writeAll(Array("dulcet: \(sanitize(sentence))\n".utf8), to: 2)
}

/// Lines that may hold a device's or a track's words: no control character gets to the terminal.
private func printable(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { sanitize(String($0)) }.joined(separator: "\n")
}

/// The same on standard output.
func printSafely(_ text: String) { print(printable(text)) }
