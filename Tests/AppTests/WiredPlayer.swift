import Fixtures
import Foundation
import Library
import Music
import OpenSubsonic
import Server
import TUI
import Testing
import Threading

@testable import App
@testable import Core
@testable import Remote

/// A player without a terminal: state and services, with the loop's part between them played by the test. What it keeps is
/// in a folder that outlives it.
final class WiredPlayer {
  private(set) var state = AppState(size: Size(columns: 120, rows: 30), seed: 7)
  let services: Services
  let paths: Paths
  private let inbox = Inbox()
  private(set) var notices: [String] = []

  /// - Parameter account: one to sign in with at the first start.
  init(in folder: String, account: Account? = nil) throws {
    paths = Paths(environment: ["HOME": folder, "XDG_RUNTIME_DIR": folder])
    try paths.create()
    let store = AccountStore(path: paths.accountsFile)
    var accounts = try store.load().accounts
    if let account {
      accounts.add(account)
      try store.save(accounts)
    }
    services = Services(
      paths: paths, library: LibraryService(path: paths.catalogueFile, inbox: inbox),
      accounts: AccountBook(store: store, accounts: accounts),
      settings: SettingsFile(path: paths.settingsFile), output: .silent, cacheCapacity: 1 << 28)
    send(.clock(Timestamp(seconds: Int64(Date().timeIntervalSince1970))))
    send(services.accountsMessage)
    services.start()
  }

  deinit { services.stop() }

  func send(_ message: Message) {
    if case .notice(let notice) = message { notices.append(notice.text) }
    let before = state.notices.latest
    for effect in update(&state, message) { services.perform(effect) }
    if let notice = state.notices.latest, notice != before { notices.append(notice.text) }
  }

  /// A line of the command language; throws where it is none.
  func say(_ line: String) throws { send(.command(try Command(parsing: line), replyTo: nil)) }

  func press(_ keys: String...) throws { for key in keys { send(.key(try #require(Key(parsing: key)))) } }

  /// Plays the loop's part until it holds; throws where it never does.
  func wait(_ what: String, _ holds: (WiredPlayer) throws -> Bool) throws {
    let deadline = monotonicNow() + .seconds(60)
    while true {
      for item in inbox.take() {
        switch item {
        case .message(let message): send(message)
        case .task(let task): task(services)
        }
      }
      if try holds(self) { return }
      guard monotonicNow() < deadline else { throw TimedOut(what, after: .seconds(60), seen: "\(notices.suffix(5))") }
      usleep(3000)
    }
  }

  /// What the listener was told, at any time.
  func wasTold(_ words: String) -> Bool { notices.contains { $0.contains(words) } }

  /// The playlist of that name as it is shown.
  func playlist(_ name: String) -> Playlist? { state.playlists.lists.rows.first { $0.name == name } }
}

/// Our server on a folder of music, with an account on it.
final class WiredServer {
  let server: EmbeddedServer
  let port: UInt16
  let account: Account

  init(music: String = DemoMusic.folder, port: UInt16 = 0, id: String = "home", data: String? = nil) throws {
    var configuration = ServerConfiguration(music: music)
    configuration.users = ["ada": "secret"]
    configuration.data = data
    configuration.listen = ListenAddress(port: port)
    server = try EmbeddedServer(configuration)
    self.port = try server.start()
    try #require(server.waitUntilScanned())
    let signIn = SignIn(
      address: try #require(ServerAddress("http://127.0.0.1:\(self.port)")),
      credentials: .password(user: "ada", password: "secret"), serverType: "dulcet", serverVersion: "1",
      version: "1.16.1", isOpenSubsonic: true, extensions: ["indexBasedQueue", "songLyrics"])
    account = Account(id: ServerID(id), user: "ada", signIn: signIn)
  }

  deinit { server.stop() }
}
