import FoundationEssentials
import OpenSubsonic

/// In which words an envelope goes out: `f`, and `callback` with `jsonp`.
enum Format: Hashable {
  case xml
  case json
  case jsonp(callback: String)

  /// Throws for a format that there is not, and for a callback that is no plain name (it goes into a script).
  init(_ request: Request) throws(Refusal) {
    switch request.value("f") ?? "xml" {
    case "xml": self = .xml
    case "json": self = .json
    case "jsonp":
      guard let callback = request.value("callback") else { throw .missing("callback") }
      guard !callback.isEmpty, callback.utf8.count <= 128, callback.utf8.allSatisfy(Self.isNamePart) else {
        throw Refusal(.generic, "The callback is not a name.")
      }
      self = .jsonp(callback: callback)
    default: throw Refusal(.generic, "There is no such format: use xml, json or jsonp.")
    }
  }

  func reply(_ response: Wire.Response) throws -> Reply {
    var reply = Reply()
    let type: String
    switch self {
    case .xml:
      type = "application/xml; charset=utf-8"
      let tree = try WireTreeEncoder.tree(of: response)
      let space = [("xmlns", "http://subsonic.org/restapi")]
      reply.body = .bytes(Array(XMLText.document("subsonic-response", attributes: space, tree).utf8))
    case .json:
      type = "application/json"
      reply.body = .bytes(Array(try Wire.Envelope(response).json()))
    case .jsonp(let callback):
      type = "application/javascript; charset=utf-8"
      let json = Array(try Wire.Envelope(response).json())
      reply.body = .bytes(Array((callback + "(").utf8) + json + Array(");".utf8))
    }
    reply.headers = [("Content-Type", type), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")]
    return reply
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}

extension Wire.Response {
  /// An envelope of this server's, without a payload yet.
  static func ours(error: Wire.Failure? = nil) -> Wire.Response {
    Wire.Response(
      version: ServerVersion.protocol, type: ServerVersion.name, serverVersion: ServerVersion.number, error: error)
  }
}
