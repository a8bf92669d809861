/// Where a server is: scheme, host, port and path prefix, as `https://music.example.org/prefix/`.
///
/// The rule for what people type: a scheme that was typed is kept, never weakened. Without one https is meant; only for
/// this computer and private hosts is http tried too, after https. `…/rest`, a query and trailing slashes are dropped.
package struct ServerAddress: Hashable, Sendable, Codable, CustomStringConvertible {
  /// With a slash at its end.
  package let base: String

  /// An address with its scheme; nil when it is none, or when it carries a user name (secrets do not belong in addresses).
  package init?(_ text: String) {
    guard let (scheme, rest) = Self.split(text), scheme == "http" || scheme == "https" else { return nil }
    let path = rest.prefix { $0 != "?" && $0 != "#" }
    let authority = String(path.prefix { $0 != "/" })
    guard Self.isAuthority(authority) else { return nil }
    var parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    if let index = parts.dropFirst().lastIndex(of: "rest") { parts.removeSubrange(index...) }
    parts[0] = authority.lowercased()
    base = scheme + "://" + parts.joined(separator: "/") + "/"
  }

  /// What to try, in order, for a text that somebody typed; empty when it is no address.
  package static func candidates(for typed: String) -> [ServerAddress] {
    let text = String(typed.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    if Self.split(text) != nil { return ServerAddress(text).map { [$0] } ?? [] }
    guard let secure = ServerAddress("https://" + text) else { return [] }
    guard secure.isPrivate, let plain = ServerAddress("http://" + text) else { return [secure] }
    return [secure, plain]
  }

  package var description: String { base }

  package var isSecure: Bool { base.hasPrefix("https://") }

  /// The host without port, in lower case; an IPv6 address without brackets.
  package var host: String {
    let authority = base.split(separator: "/", omittingEmptySubsequences: true)[1]
    if authority.hasPrefix("[") { return String(authority.dropFirst().prefix { $0 != "]" }) }
    return String(authority.prefix { $0 != ":" })
  }

  /// This computer, or one that only a private network reaches: where http is no worse than the network itself.
  package var isPrivate: Bool {
    let host = host
    if host == "localhost" || host == "::1" || !host.contains(where: { $0 == "." || $0 == ":" }) { return true }
    if [".localhost", ".local", ".lan", ".home", ".internal", ".home.arpa"].contains(where: host.hasSuffix) {
      return true
    }
    if host.contains(":") { return ["fe80:", "fc", "fd"].contains { host.hasPrefix($0) } }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    guard numbers.count == 4, let first = numbers[0], let second = numbers[1] else { return false }
    return first == 127 || first == 10 || (first == 192 && second == 168)
      || (first == 172 && (16...31).contains(second))
      || (first == 169 && second == 254)
  }

  /// Scheme in lower case and what follows `://`.
  private static func split(_ text: String) -> (scheme: String, rest: Substring)? {
    guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else { return nil }
    return (text[..<colon].lowercased(), text[text.index(colon, offsetBy: 3)...])
  }

  private static func isAuthority(_ text: String) -> Bool {
    let allowed = text.unicodeScalars.allSatisfy {
      $0.value > 0x20 && $0.value != 0x7F && !"@\"<>\\^`{|}%".unicodeScalars.contains($0)
    }
    guard allowed, !text.isEmpty, !text.hasPrefix(":") else { return false }
    let afterHost = text.hasPrefix("[") ? text.drop { $0 != "]" }.dropFirst() : text.drop { $0 != ":" }
    if text.hasPrefix("["), !text.contains("]") { return false }
    return afterHost.isEmpty || (afterHost.first == ":" && UInt16(afterHost.dropFirst()) != nil)
  }
}
