import Glibc
import Server

/// `dulcet-server user …`; works while the server runs.
func manageUsers(_ command: UserCommand, data: String?) throws {
  let store = try UserStore(DataDirectory(path: data ?? defaultDataDirectory()))
  switch command {
  case .add(let name, let isAdmin, let fromInput):
    try store.add(name, password: newPassword(fromInput), isAdmin: isAdmin)
    say("Added \(name).")
  case .password(let name, let fromInput):
    try store.setPassword(newPassword(fromInput), of: name)
    say("Changed the password of \(name).")
  case .key(let name): say(try store.makeAPIKey(for: name))
  case .remove(let name):
    try store.remove(name)
    say("Removed \(name).")
  case .list:
    for user in try store.users() {
      let keys = user.apiKeyCount == 0 ? "" : ", API keys: \(user.apiKeyCount)"
      say(user.name + (user.isAdmin ? " (administrator\(keys))" : keys.isEmpty ? "" : " (\(keys.dropFirst(2)))"))
    }
  }
}

/// `$XDG_DATA_HOME/dulcet-server`, where it is absolute; else below the home directory.
func defaultDataDirectory() throws -> String {
  if let data = environment("XDG_DATA_HOME"), data.hasPrefix("/") { return data + "/dulcet-server" }
  guard let home = environment("HOME") else { throw UsageError("There is no home directory: give --data DIR.") }
  return home + "/.local/share/dulcet-server"
}

private func environment(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
}

private func newPassword(_ fromInput: Bool) throws -> String {
  if fromInput { return try passwordFromInput() }
  guard let first = Terminal.password("Password: "), let second = Terminal.password("Again: ") else {
    throw UsageError("There is no terminal to ask for the password: use --password-stdin.")
  }
  guard first == second else { throw UsageError("The two passwords differ.") }
  guard !first.isEmpty else { throw UsageError("The password is empty.") }
  return first
}

/// The first line of the standard input.
func passwordFromInput() throws -> String {
  guard let line = readLine(strippingNewline: true), !line.isEmpty else {
    throw UsageError("There is no password on the standard input.")
  }
  return line
}
