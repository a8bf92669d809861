import Core
import Fixtures
import Foundation
import Glibc
import Music
import OpenSubsonic
import Testing

@testable import App
@testable import Remote

@Suite("Accounts and the file that keeps them")
struct AccountsTests {
  let directory = TemporaryDirectory()

  private func account(_ id: String, user: String = "bob", address: String = "https://m.example.org") -> Account {
    let signIn = SignIn(
      address: ServerAddress(address)!, credentials: .token(user: user, salt: "c19b2d", token: "26719a"),
      serverType: "navidrome", serverVersion: "0.55", version: "1.16.1", isOpenSubsonic: true, extensions: ["formPost"])
    return Account(id: ServerID(id), user: user, signIn: signIn)
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    stat(path, &status)
    return status.st_mode & 0o777
  }

  @Test("what is saved is loaded again, and only the user can read it")
  func roundTrip() throws {
    let store = AccountStore(path: directory.file("accounts.json"))
    var accounts = Accounts()
    accounts.add(account("a"))
    accounts.folder = "/music"
    try store.save(accounts)
    #expect(try store.load().accounts == accounts)
    #expect(mode(store.path) == 0o600)
  }

  @Test("a damaged file is set aside under a name of its own; each start says where until there are accounts again")
  func setAside() throws {
    let paths = Paths(environment: ["HOME": directory.path])
    try paths.create()
    let file = paths.accountsFile
    try "{ rubbish".write(toFile: file, atomically: true, encoding: .utf8)
    try "older".write(toFile: file + ".damaged", atomically: true, encoding: .utf8)
    let told = "\(file) is damaged, and is kept as \(file).damaged2. "
    for _ in 0..<2 {
      guard let message = StoredAccounts(paths).messages.first, case .notice(let notice) = message else {
        Issue.record("nothing was told")
        return
      }
      #expect(notice.text.hasPrefix(told))
    }
    #expect(try String(contentsOfFile: file + ".damaged", encoding: .utf8) == "older")
    #expect(try String(contentsOfFile: file + ".damaged2", encoding: .utf8) == "{ rubbish")
    var book = StoredAccounts(paths).book
    try book.change { $0.folder = "/music" }
    #expect(StoredAccounts(paths).messages.isEmpty)
  }

  @Test("a file that others can read is closed to them, and that is told")
  func exposed() throws {
    let store = AccountStore(path: directory.file("accounts.json"))
    try store.save(Accounts())
    chmod(store.path, 0o644)
    #expect(try store.load().wasExposed)
    #expect(mode(store.path) == 0o600)
    #expect(try !store.load().wasExposed)
  }

  @Test("no file means no account")
  func missing() throws {
    #expect(try AccountStore(path: directory.file("none.json")).load().accounts == Accounts())
  }

  @Test("a damaged file is an error and stays as it is")
  func damaged() throws {
    let path = directory.file("accounts.json")
    try replaceFile(path, with: Array("{\"all\": 3".utf8), mode: 0o600)
    #expect(throws: AccountsError.damaged(path: path)) { try AccountStore(path: path).load() }
    #expect(try readFile(path) == Array("{\"all\": 3".utf8))
  }

  @Test("signing in again on the same address keeps the identity, so that cached bytes stay")
  func sameAddress() {
    var accounts = Accounts()
    accounts.add(account("first"))
    accounts.add(account("second"))
    accounts.add(account("third", user: "alice"))
    #expect(accounts.all.map(\.id.rawValue) == ["first", "third"])
    #expect(accounts.current?.user == "alice")
  }

  @Test("an account added by another shell meanwhile is kept")
  func meanwhile() throws {
    let store = AccountStore(path: directory.file("accounts.json"))
    var book = AccountBook(store: store, accounts: Accounts())
    try book.change { $0.add(account("a")) }
    var elsewhere = try store.load().accounts
    elsewhere.add(account("b", user: "alice"))
    try store.save(elsewhere)
    try book.change { $0.folder = "/music" }
    let stored = try store.load().accounts
    #expect(stored.all.map(\.id.rawValue) == ["a", "b"])
    #expect(stored.folder == "/music")
    #expect(stored.currentID == ServerID("a"))
  }

  @Test("a file that cannot be understood is not replaced; the change holds for this run")
  func notReplaced() throws {
    let path = directory.file("accounts.json")
    try replaceFile(path, with: Array("{}".utf8), mode: 0o600)
    var book = AccountBook(store: AccountStore(path: path), accounts: Accounts())
    #expect(throws: AccountsError.damaged(path: path)) { try book.change { $0.folder = "/music" } }
    #expect(book.accounts.folder == "/music")
    #expect(try readFile(path) == Array("{}".utf8))
  }

  @Test("an account that is removed stays removed, and the first of the others is current")
  func removing() throws {
    let store = AccountStore(path: directory.file("accounts.json"))
    var book = AccountBook(store: store, accounts: Accounts())
    try book.change { $0.add(account("a")) }
    try book.change { $0.add(account("b", user: "alice")) }
    try book.change { $0.remove(ServerID("b")) }
    #expect(book.accounts.currentID == ServerID("a"))
    try book.change { $0.folder = "/music" }
    #expect(try store.load().accounts.all.map(\.id.rawValue) == ["a"])
    try book.change { $0.remove(ServerID("a")) }
    #expect(book.accounts.current == nil)
    #expect(try store.load().accounts.all.isEmpty)
  }

  @Test("an account is found by number, title, or part of it")
  func names() {
    var accounts = Accounts()
    accounts.add(account("a"))
    accounts.add(account("b", user: "alice"))
    #expect(accounts.account(named: "2")?.user == "alice")
    #expect(accounts.account(named: "bob@m.example.org")?.id.rawValue == "a")
    #expect(accounts.account(named: "ALICE")?.user == "alice")
    #expect(accounts.account(named: "carol") == nil)
  }
}
