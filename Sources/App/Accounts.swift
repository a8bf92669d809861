import FoundationEssentials
import Glibc
package import Music
package import OpenSubsonic
package import Remote

/// What a listener signs in with, on one server. `id` also names the server's rows in the catalogue and its cached bytes.
package struct Account: Codable, Hashable, Sendable {
  package var id: ServerID
  package var address: ServerAddress
  /// Further addresses of the same server, to be tried in this order where the first does not answer.
  package var others: [ServerAddress]?
  package var user: String
  /// A token or a key; a password only where the server takes nothing better.
  package var credentials: Credentials
  /// The protocol version that the server answered to.
  package var version: String
  package var isOpenSubsonic: Bool
  package var extensions: Set<String>
  package var serverType: String
  /// What the server is known by at whichever address; nil where it tells none.
  package var identity: String?

  package init(id: ServerID, user: String, signIn: SignIn) {
    self.id = id
    address = signIn.address
    self.user = user
    credentials = signIn.credentials
    version = signIn.version
    isOpenSubsonic = signIn.isOpenSubsonic
    extensions = signIn.extensions
    serverType = signIn.serverType
    identity = signIn.identity
  }

  /// For the eye: `bob@music.example.org`, never a secret.
  package var title: String { user.isEmpty ? address.host : "\(user)@\(address.host)" }

  package var addresses: [ServerAddress] { [address] + (others ?? []) }

  var remote: RemoteAccount {
    var remote = RemoteAccount(
      server: id, address: address, credentials: credentials, version: version, isOpenSubsonic: isOpenSubsonic,
      extensions: extensions, serverType: serverType)
    remote.others = others ?? []
    remote.identity = identity
    return remote
  }
}

/// Every account, and which one is current.
package struct Accounts: Codable, Hashable, Sendable {
  package var all: [Account] = []
  package var currentID: ServerID?
  /// The folder on this computer whose music belongs to the library; nil: none.
  package var folder: String?

  package init() {}

  package var current: Account? { all.first { $0.id == currentID } }

  /// Adds the account and makes it current. The same user on the same address keeps its identity, so what was cached
  /// and synchronised stays.
  package mutating func add(_ account: Account) {
    var account = account
    if let index = all.firstIndex(where: { $0.addresses.contains(account.address) && $0.user == account.user }) {
      account.id = all[index].id
      (account.address, account.others) = (all[index].address, all[index].others)
      all[index] = account
    } else {
      all.append(account)
    }
    currentID = account.id
  }

  /// The server of the account was signed in to at another address: it is one account, tried at home first.
  package mutating func join(_ fresh: Account, to id: ServerID) {
    guard let index = all.firstIndex(where: { $0.id == id }) else { return add(fresh) }
    let known = all[index].addresses.filter { $0 != fresh.address }
    let addresses = fresh.address.isPrivate ? [fresh.address] + known : known + [fresh.address]
    var joined = fresh
    joined.id = id
    joined.address = addresses[0]
    joined.others = Array(addresses[1...])
    joined.identity = fresh.identity ?? all[index].identity
    all[index] = joined
    currentID = id
  }

  /// What the server is known by from now on, where nothing was known.
  mutating func identify(_ id: ServerID, as identity: String) {
    if let index = all.firstIndex(where: { $0.id == id }), all[index].identity == nil { all[index].identity = identity }
  }

  /// The first of those that are left becomes current where it was.
  mutating func remove(_ id: ServerID) {
    all.removeAll { $0.id == id }
    if currentID == id { currentID = all.first?.id }
  }

  /// Takes over what the file says of accounts, and keeps those that it does not have.
  mutating func adopt(_ stored: [Account]) {
    let known = Set(stored.map(\.id))
    all = stored + all.filter { !known.contains($0.id) }
  }

  package func account(named text: String) -> Account? {
    all.first { $0.title == text } ?? all.first { $0.id.rawValue == text }
      ?? Int(text).flatMap { all.indices.contains($0 - 1) ? all[$0 - 1] : nil }
      ?? all.first { $0.title.lowercased().contains(text.lowercased()) }
  }
}

/// Why the accounts could not be read.
package enum AccountsError: Error, Hashable, Sendable {
  case file(FileError)
  /// Another user owns the file: its contents are not to be trusted.
  case foreignOwner(path: String)
  /// Not what dulcet writes; it is left as it is.
  case damaged(path: String)
}

/// The file that holds them: mode 0600, replaced whole.
package struct AccountStore: Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  /// - Returns: the accounts, and whether others could read the file until now (it has been closed to them).
  package func load() throws(AccountsError) -> (accounts: Accounts, wasExposed: Bool) {
    let bytes: [UInt8]?
    do { bytes = try readFile(path) } catch { throw .file(error) }
    guard let bytes else { return (Accounts(), false) }
    let wasExposed = try closeToOthers()
    guard let accounts = try? JSONDecoder().decode(Accounts.self, from: Data(bytes)) else {
      throw .damaged(path: path)
    }
    return (accounts, wasExposed)
  }

  package func save(_ accounts: Accounts) throws(AccountsError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    // Strings, numbers and booleans: encoding them cannot fail.
    let data = try! encoder.encode(accounts)
    do { try replaceFile(path, with: Array(data), mode: 0o600) } catch { throw .file(error) }
  }

  private func closeToOthers() throws(AccountsError) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .file(FileError(code: errno, path: path, action: .read)) }
    guard status.st_uid == getuid() else { throw .foreignOwner(path: path) }
    guard status.st_mode & 0o077 != 0 else { return false }
    guard chmod(path, 0o600) == 0 else { throw .file(FileError(code: errno, path: path, action: .write)) }
    return true
  }
}
