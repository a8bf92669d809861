package import OpenSubsonic

/// What proves who signs in, as it was typed. Never stored, never printed.
package enum SignInSecret: Sendable, CustomStringConvertible, CustomReflectable {
  case password(String)
  case apiKey(String)
  package var description: String { "…" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// A sign-in that succeeded: what to keep of it.
package struct SignIn: Hashable, Sendable {
  /// Where the server really is, after redirects.
  package var address: ServerAddress
  /// A token or a key; a password only where the server takes nothing better.
  package var credentials: Credentials
  /// What the server calls itself; empty on classic servers.
  package var serverType: String
  package var serverVersion: String
  /// The protocol version to speak with it.
  package var version: String
  package var isOpenSubsonic: Bool
  package var extensions: Set<String>
  /// What the server is known by at whichever address; nil where it tells none.
  package var identity: String?
}
