import Digest

/// What proves who asks. Never printed: `description` hides the secret.
package enum Credentials: Hashable, Sendable, Codable {
  /// `t` and `s`: the token is md5(password + salt), lower-case hexadecimal.
  case token(user: String, salt: String, token: String)
  /// `p`: only where the server knows nothing better. Goes out as `enc:` and hexadecimal.
  case password(user: String, password: String)
  /// OpenSubsonic's `apiKey`: goes without a user name (error 43 otherwise).
  case apiKey(String)

  /// Token credentials from a password, with a salt of its own.
  package init(user: String, password: String, salt: String = Self.freshSalt()) {
    self = .token(user: user, salt: salt, token: Self.token(password: password, salt: salt))
  }

  package var user: String? {
    switch self {
    case .token(let user, _, _), .password(let user, _): user
    case .apiKey: nil
    }
  }

  /// As request parameters, not yet percent-encoded.
  package var parameters: [Parameter] {
    switch self {
    case .token(let user, let salt, let token):
      [Parameter("u", user), Parameter("t", token), Parameter("s", salt)]
    case .password(let user, let password):
      [Parameter("u", user), Parameter("p", Self.encode(password: password))]
    case .apiKey(let key): [Parameter("apiKey", key)]
    }
  }
}

extension Credentials {
  package static func token(password: String, salt: String) -> String {
    md5Hex(Array(password.utf8) + Array(salt.utf8))
  }

  /// Sixteen random hexadecimal digits; the protocol asks for six characters or more.
  package static func freshSalt() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// `enc:` and the hexadecimal of the UTF-8 bytes: not a protection, only safe in any URL.
  package static func encode(password: String) -> String {
    password.utf8.reduce(into: "enc:") { text, byte in
      text += byte < 16 ? "0" : ""
      text += String(byte, radix: 16)
    }
  }

  /// The password of a `p` parameter, plain or `enc:`; nil when the hexadecimal is broken.
  package static func password(fromParameter value: String) -> String? {
    guard value.hasPrefix("enc:") else { return value }
    let digits = Array(value.utf8.dropFirst(4))
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16) else {
        return nil
      }
      bytes.append(byte)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String {
    switch self {
    case .token(let user, _, _): "token of \(user)"
    case .password(let user, _): "password of \(user)"
    case .apiKey: "API key"
    }
  }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
