import Glibc
import HTTP
import Library
import Music
import Remote
import TUI

// One server at two addresses, at home and from outside, is one account: one library, one cache.

/// The account whose server `fresh` is, too: the same user, and the same identity, or where servers tell none the same
/// music under the same names. nil where none is known to be. Asks the server; blocks for seconds.
func account(at fresh: Account, among accounts: Accounts, cataloguePath: String, http: HTTPClient) -> Account? {
  accounts.all.first { known in
    known.user == fresh.user && known.serverType == fresh.serverType && !known.addresses.contains(fresh.address)
      && (try? isSame(fresh, known, cataloguePath: cataloguePath, http: http)) == true
  }
}

/// nil where the server tells no identity and nothing is known of the account's music yet: then nothing can be compared.
private func isSame(_ fresh: Account, _ known: Account, cataloguePath: String, http: HTTPClient) throws -> Bool? {
  if let theirs = fresh.identity, let ours = known.identity { return theirs == ours }
  guard access(cataloguePath, F_OK) == 0 else { return nil }
  let sample = try Catalogue(path: cataloguePath).someTracks(of: .remote(known.id), count: 12)
  if sample.isEmpty { return nil }
  return try hasSameMusic(SubsonicClient(account: fresh.remote, http: http), as: sample)
}

/// `dulcet login --also URL`: another address of a server that is signed in to.
/// - Parameter name: of the account; nil for the current one.
/// - Returns: the exit code.
func addAddress(_ typed: String, to name: String?, paths: Paths) -> Int32 {
  do {
    let store = AccountStore(path: paths.accountsFile)
    var accounts = try store.load().accounts
    guard let known = name.map({ accounts.account(named: $0) }) ?? accounts.current else {
      complain("There is no such account. Sign in first: dulcet login ADDRESS.")
      return 1
    }
    guard let fresh = try reach(known, at: typed) else {
      complain("“\(sanitize(typed))” is no address. It looks like https://music.example.org or 192.168.1.5:4533.")
      return 1
    }
    switch try isSame(fresh, known, cataloguePath: paths.catalogueFile, http: HTTPClient()) {
    case nil:
      complain(
        "Nothing is known of \(sanitize(known.title))’s music yet, so nothing can be compared. Start dulcet once.")
      return 1
    case false?:
      complain("\(fresh.address) is another server than \(sanitize(known.title)): sign in to it by itself.")
      return 1
    case true?: break
    }
    accounts.join(fresh, to: known.id)
    try store.save(accounts)
    print("\(sanitize(known.title)) is reached at \(accounts.addressWords(of: known.id)).")
    return 0
  } catch let error as RemoteError {
    complain("The server could not be asked there: \(error.reason).")
  } catch {
    complain(sentence(for: error))
  }
  return 1
}

/// The account as it would be with another address, at which its server lets us in; nil where that is none.
private func reach(_ known: Account, at typed: String) throws(RemoteError) -> Account? {
  var failure: RemoteError?
  for address in ServerAddress.candidates(for: typed) {
    var fresh = known
    fresh.address = address
    fresh.others = nil
    let client = SubsonicClient(account: fresh.remote, http: HTTPClient())
    // Another server is told no credentials.
    if known.identity != nil { fresh.identity = client.identity(at: address) }
    if fresh.identity != known.identity, fresh.identity != nil { return fresh }
    do {
      try client.ping()
      return fresh
    } catch { failure = error }
  }
  if let failure { throw failure }
  return nil
}

extension Accounts {
  /// `https://a/, then https://b/`.
  func addressWords(of id: ServerID) -> String {
    let addresses = all.first { $0.id == id }?.addresses ?? []
    return addresses.map(\.description).joined(separator: ", then ")
  }
}
