import Core
import Music
import OpenSubsonic
import Remote
import Synchronization

/// The accounts of this run, and the file that keeps them. Belongs to the loop.
struct AccountBook {
  private(set) var accounts: Accounts
  private let store: AccountStore

  init(store: AccountStore, accounts: Accounts) {
    self.store = store
    self.accounts = accounts
  }

  /// Changes this run's accounts, and the file's. What `dulcet login` in another shell has added meanwhile is kept.
  /// - Throws: where the file cannot be read or written, or is not ours: it stays as it is, the change holds for this run.
  mutating func change(_ body: (inout Accounts) -> Void) throws(AccountsError) {
    let stored: Result<Accounts, AccountsError>
    do { stored = .success(try store.load().accounts) } catch { stored = .failure(error) }
    if case .success(let others) = stored { accounts.adopt(others.all) }
    body(&accounts)
    _ = try stored.get()
    try store.save(accounts)
  }

  /// Where a new playlist comes to be.
  var origin: Origin { accounts.current.map { .remote($0.id) } ?? .local }

  /// What the screens see: the current server's music and this computer's.
  var scope: [Origin] { accounts.current.map { [.remote($0.id), .local] } ?? [.local] }

  var summaries: [AccountSummary] {
    accounts.all.map {
      AccountSummary(
        id: AccountID($0.id.rawValue), name: $0.title, address: $0.address.description, user: $0.user)
    } + localSummary
  }

  var currentID: AccountID? {
    accounts.current.map { AccountID($0.id.rawValue) } ?? (accounts.folder == nil ? nil : Self.localID)
  }

  /// This computer's music, among the accounts.
  static let localID = AccountID.local

  private var localSummary: [AccountSummary] {
    guard let folder = accounts.folder else { return [] }
    let name = folder == Installation.demo ? "Demo" : "This computer"
    return [AccountSummary(id: Self.localID, name: name, address: folder)]
  }
}

/// The servers that bytes can be asked from, for every thread.
final class Clients: Sendable {
  private let clients = Mutex<[ServerID: SubsonicClient]>([:])

  subscript(_ server: ServerID) -> SubsonicClient? { clients.withLock { $0[server] } }

  func set(_ client: SubsonicClient, for server: ServerID) { clients.withLock { $0[server] = client } }
}

/// A fresh name for a server: 64 random bits.
func newServerID() -> ServerID { ServerID(String(UInt64.random(in: .min ... .max), radix: 36)) }
