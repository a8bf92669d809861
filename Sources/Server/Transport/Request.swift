import OpenSubsonic

/// One request, read completely: what the answering thread needs of it.
struct Request: Sendable {
  /// Upper case: `GET`, `HEAD`, `POST`.
  var method: String
  /// Decoded, from its first slash.
  var path: String
  /// Of the query and then of the body, in order.
  var parameters: [Parameter]
  /// Lower-case name → value; of a repeated one the last.
  var headers: [String: String]
  /// Of the other end, without port.
  var address: String

  /// The first value of a parameter; nil when it is missing.
  func value(_ name: String) -> String? { parameters.first { $0.name == name }?.value }
  func values(_ name: String) -> [String] { parameters.filter { $0.name == name }.map(\.value) }
}
