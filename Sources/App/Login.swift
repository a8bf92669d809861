import Glibc
import HTTP
import Remote
import TUI

/// `dulcet login`: signs in from the shell and keeps what the server allows to keep.
/// - Returns: the exit code.
func login(_ address: String, _ user: String?, _ source: Arguments.PasswordSource, paths: Paths) -> Int32 {
  do {
    // Nobody is asked for a name and a password that go nowhere.
    if ServerAddress.candidates(for: address).isEmpty { throw SignInFailure.badAddress }
    try paths.create()
    let store = AccountStore(path: paths.accountsFile)
    var accounts = try store.load().accounts
    let user = try user ?? askUser(source)
    let prompt = user.isEmpty ? "API key: " : "Password of \(user): "
    let password = try source.read(prompt: prompt)
    let secret: SignInSecret = user.isEmpty ? .apiKey(password) : .password(password)
    let result = try signIn(to: address, user: user, secret: secret, http: HTTPClient())
    let fresh = Account(id: newServerID(), user: user, signIn: result)
    if let known = account(at: fresh, among: accounts, cataloguePath: paths.catalogueFile, http: HTTPClient()),
      wantsOne(known, fresh)
    {
      accounts.join(fresh, to: known.id)
      print("One account, reached at \(accounts.addressWords(of: known.id)).")
    } else {
      accounts.add(fresh)
    }
    try store.save(accounts)
    print("Signed in as \(sanitize(fresh.title)). Start with “dulcet”.")
    return 0
  } catch let error as SignInFailure {
    complain(error.sentence)
  } catch {
    complain(sentence(for: error))
  }
  return 1
}

/// Asks where somebody can answer; else one server is one account.
private func wantsOne(_ known: Account, _ fresh: Account) -> Bool {
  guard isatty(0) == 1 else { return true }
  print(
    "\(fresh.address) has the same music as \(known.address). Is it the same server, to be one account? [Y/n] ",
    terminator: "")
  fflush(nil)
  return readLine().map { !$0.lowercased().hasPrefix("n") } ?? false
}

/// An empty name means that an API key follows. Where the password comes from standard input, so cannot the name.
private func askUser(_ source: Arguments.PasswordSource) throws(PasswordError) -> String {
  guard source == .terminal else { return "" }
  print("User (empty to use an API key): ", terminator: "")
  fflush(nil)
  guard let line = readLine() else { throw .noTerminal }
  return line
}
