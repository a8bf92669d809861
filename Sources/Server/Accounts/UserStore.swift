import Glibc
import SQLite

/// Who may sign in. Passwords are sealed with the data directory's key, as token sign-in needs them back; of API keys
/// only a hash is kept.
///
/// One SQLite connection, on one thread. Other processes (`dulcet-server user add`) may write to the same file.
package final class UserStore {
  let connection: Connection
  private let key: [UInt8]

  package init(_ directory: DataDirectory) throws {
    try Sodium.start()
    key = try directory.boxKey()
    close(open(directory.users, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600))
    connection = try Connection(path: directory.users)
    try UserSchema.migrations.apply(to: connection)
  }

  package struct User: Hashable, Sendable {
    package let name: String
    package let isAdmin: Bool
    package let apiKeyCount: Int
  }

  package func users() throws -> [User] {
    try connection.rows(
      "SELECT name, is_admin, (SELECT count(*) FROM api_key WHERE user = name) FROM user ORDER BY name"
    ) { User(name: $0.text(0), isAdmin: $0.bool(1), apiKeyCount: $0.int(2)) }
  }

  /// The first user is the administrator.
  package func add(_ name: String, password: String, isAdmin: Bool = false) throws {
    guard Self.isGoodName(name) else { throw ServerError.badUserName }
    let secret = Sodium.seal(Array(password.utf8), key: key)
    try connection.transaction {
      guard try !exists(name) else { throw ServerError.userExists(name) }
      try connection.run(
        "INSERT INTO user(name, secret, is_admin) VALUES (?, ?, ? OR NOT EXISTS (SELECT 1 FROM user))", name, secret,
        isAdmin)
    }
  }

  package func setPassword(_ password: String, of name: String) throws {
    try connection.run("UPDATE user SET secret = ? WHERE name = ?", Sodium.seal(Array(password.utf8), key: key), name)
    guard connection.changes == 1 else { throw ServerError.noSuchUser(name) }
  }

  /// With everything that is the user's: keys, stars, plays, playlists.
  package func remove(_ name: String) throws {
    try connection.transaction {
      try connection.run("DELETE FROM user WHERE name = ?", name)
      guard connection.changes == 1 else { throw ServerError.noSuchUser(name) }
      try connection.run("DELETE FROM mark WHERE user = ?", name)
      try connection.run("DELETE FROM play WHERE user = ?", name)
      try connection.run("DELETE FROM playlist WHERE owner = ?", name)
      for table in ["bookmark", "queue", "queue_track"] {
        try connection.run("DELETE FROM \(table) WHERE user = ?", name)
      }
    }
  }

  /// A new API key; this is the only moment at which it can be seen.
  package func makeAPIKey(for name: String) throws -> String {
    guard try exists(name) else { throw ServerError.noSuchUser(name) }
    let key = "dk_" + hexadecimal(Sodium.random(20))
    try connection.run("INSERT INTO api_key(hash, user) VALUES (?, ?)", Sodium.hash(Array(key.utf8)), name)
    return key
  }

  /// nil for nobody. Throws `ServerError.secretUnreadable` where the key file is another one.
  func password(of name: String) throws -> [UInt8]? {
    guard let sealed = try connection.first("SELECT secret FROM user WHERE name = ?", name, read: { $0.bytes(0) })
    else { return nil }
    guard let password = Sodium.open(sealed, key: key) else { throw ServerError.secretUnreadable(user: name) }
    return password
  }

  func user(ofAPIKey key: String) throws -> String? {
    try connection.first("SELECT user FROM api_key WHERE hash = ?", Sodium.hash(Array(key.utf8))) { $0.text(0) }
  }

  /// What the server is known by, whatever its address; made with the file, and lasting as long.
  func identity() throws -> String { try connection.first("SELECT id FROM identity") { $0.text(0) } ?? "" }

  func isAdmin(_ name: String) throws -> Bool {
    try connection.first("SELECT is_admin FROM user WHERE name = ?", name) { $0.bool(0) } ?? false
  }

  private func exists(_ name: String) throws -> Bool {
    try connection.first("SELECT 1 FROM user WHERE name = ?", name) { _ in true } ?? false
  }

  private static func isGoodName(_ name: String) -> Bool {
    (1...64).contains(name.utf8.count) && name.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
  }
}

func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
