import Glibc
import HTTP
import Remote
import TUI

/// `dulcet login`: signs in from the shell and keeps what the server allows to keep.
/// - Returns: the exit code.
func login(_ address: String, _ user: String?, _ source: Arguments.PasswordSource, paths: Paths) -> Int32 {
  do {
    try paths.create()
    let store = AccountStore(path: paths.accountsFile)
    var accounts = try store.load().accounts
    let user = try user ?? askUser(source)
    let prompt = user.isEmpty ? "API key: " : "Password of \(user): "
    let password = try source.read(prompt: prompt)
    let secret: SignInSecret = user.isEmpty ? .apiKey(password) : .password(password)
    let result = try signIn(to: address, user: user, secret: secret, http: HTTPClient())
    let account = Account(id: newServerID(), user: user, signIn: result)
    accounts.add(account)
    try store.save(accounts)
    print("Signed in as \(sanitize(account.title)). Start with “dulcet”.")
    return 0
  } catch let error as SignInFailure {
    complain(error.sentence)
  } catch {
    complain(sentence(for: error))
  }
  return 1
}

/// An empty name means that an API key follows. Where the password comes from standard input, so cannot the name.
private func askUser(_ source: Arguments.PasswordSource) throws(PasswordError) -> String {
  guard source == .terminal else { return "" }
  print("User (empty to use an API key): ", terminator: "")
  fflush(nil)
  guard let line = readLine() else { throw .noTerminal }
  return line
}
