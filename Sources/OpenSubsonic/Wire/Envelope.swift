package import FoundationEssentials

/// The protocol's objects, shaped and named as on the wire; mapped to `Music`'s words by whoever receives them.
package enum Wire {
  /// The outermost object: `{"subsonic-response": …}`.
  package struct Envelope: Codable, Sendable {
    package var response: Response

    package init(_ response: Response) { self.response = response }

    package enum CodingKeys: String, CodingKey { case response = "subsonic-response" }

    /// The JSON text of a response (`f=json`): the same bytes for the same answer, by which a client knows it again.
    package func json() throws -> Data {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
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
  /// Reads a body that should hold an envelope, also a failed one; nil when it holds none.
  package static func read(_ body: Data) -> Wire.Response? {
    guard let envelope = try? JSONDecoder().decode(Wire.Envelope.self, from: body) else { return nil }
    return envelope.response.status.isEmpty ? nil : envelope.response
  }

  /// The failure that the envelope tells of; a failed one without an error is a generic failure.
  package var failure: Wire.Failure? {
    error ?? (status == "ok" ? nil : Wire.Failure(code: ErrorCode.generic.rawValue, message: ""))
  }
}
