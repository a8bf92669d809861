/// Why the server cannot start or work.
package enum ServerError: Error, Hashable, Sendable {
  case cannotListen(String, errno: Int32)
  /// The data directory, or a file in it.
  case cannotUse(path: String, errno: Int32)
  /// The key file is damaged or belongs to other secrets.
  case secretUnreadable(user: String)
  case userExists(String)
  case noSuchUser(String)
  case badUserName
  /// libmicrohttpd or libsodium refused to start.
  case libraryFailed(String)
}
