/// A name and a value as they are meant, before any encoding. Repeating a name makes a list.
package struct Parameter: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  package init(_ name: String, _ value: Int) { self.init(name, String(value)) }
  package init(_ name: String, _ value: Bool) { self.init(name, value ? "true" : "false") }
}

/// One call, before it is told to which server, by whom, and how.
package struct SubsonicRequest: Hashable, Sendable {
  /// What the client calls itself (`c`).
  package static let clientName = "dulcet"
  /// The protocol version that the client speaks (`v`).
  package static let clientVersion = "1.16.1"

  package var endpoint: Endpoint
  package var parameters: [Parameter]

  package init(_ endpoint: Endpoint, _ parameters: [Parameter] = []) {
    self.endpoint = endpoint
    self.parameters = parameters
  }

  /// Path below the server's base URL.
  package var path: String { "rest/\(endpoint.rawValue).view" }

  /// All parameters, the common ones too, percent-encoded: a query string or a form's body, never half and half
  /// (some servers read only one of the two).
  /// - Parameter version: `v`; a server may ask for an older one (error 30).
  package func encoded(with credentials: Credentials?, version: String = clientVersion) -> String {
    let common = [Parameter("v", version), Parameter("c", Self.clientName), Parameter("f", "json")]
    return formEncoded((credentials?.parameters ?? []) + common + parameters)
  }
}

/// `name=value&…`, every byte outside RFC 3986's unreserved set as %XX: right in a query and in a form alike.
package func formEncoded(_ parameters: [Parameter]) -> String {
  parameters.map { percentEncoded($0.name) + "=" + percentEncoded($0.value) }.joined(separator: "&")
}

private func percentEncoded(_ text: String) -> String {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count)
  let digits = Array("0123456789ABCDEF".utf8)
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      bytes.append(byte)
    default:
      bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
