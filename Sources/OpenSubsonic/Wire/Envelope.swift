package import FoundationEssentials

/// The protocol's objects, shaped and named as on the wire; mapped to `Music`'s words by whoever receives them.
package enum Wire {
  /// The outermost object: `{"subsonic-response": …}`.
  package struct Envelope: Codable, Sendable {
    package var response: Response

    package init(_ response: Response) { self.response = response }

    package enum CodingKeys: String, CodingKey { case response = "subsonic-response" }

    /// The JSON text of a response (`f=json`).
    package func json() throws -> Data {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .withoutEscapingSlashes
      return try encoder.encode(self)
    }
  }

  package struct Failure: Codable, Hashable, Sendable {
    package var code: Int
    package var message: String
    package var helpUrl: String?

    package init(code: Int, message: String, helpUrl: String? = nil) {
      self.code = code
      self.message = message
      self.helpUrl = helpUrl
    }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      code = fields.int(.code) ?? 0
      message = fields.string(.message) ?? ""
      helpUrl = fields.string(.helpUrl)
    }
  }
}

extension Wire.Response {
  /// Reads a body that should hold an envelope; a failed one is thrown.
  package static func parse(_ body: Data) throws(SubsonicError) -> Wire.Response {
    guard let envelope = try? JSONDecoder().decode(Wire.Envelope.self, from: body), !envelope.response.status.isEmpty
    else { throw .notAnEnvelope }
    let response = envelope.response
    if let failure = response.error {
      throw .server(code: failure.code, message: failure.message, serverVersion: response.version)
    }
    guard response.status == "ok" else {
      throw .server(code: ErrorCode.generic.rawValue, message: "", serverVersion: response.version)
    }
    return response
  }
}
