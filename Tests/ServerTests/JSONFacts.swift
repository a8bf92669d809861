import Foundation

/// The scalars of a JSON answer as `path=value` lines, as `XMLElement.facts` writes them.
struct JSONFacts {
  let lines: [String]

  init(_ body: [UInt8]) throws {
    guard case .object(let root) = try JSONDecoder().decode(Value.self, from: Data(body)) else {
      lines = []
      return
    }
    lines = root["subsonic-response"].map { Self.facts($0, "") } ?? []
  }

  private enum Value: Decodable {
    case scalar(String)
    case list([Value])
    case object([String: Value])

    init(from decoder: any Decoder) throws {
      if let object = try? [String: Value](from: decoder) {
        self = .object(object)
      } else if let list = try? [Value](from: decoder) {
        self = .list(list)
      } else {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
          self = .scalar(String(flag))
        } else if let number = try? container.decode(Int64.self) {
          self = .scalar(String(number))
        } else if let number = try? container.decode(Double.self) {
          self = .scalar(String(number))
        } else {
          self = .scalar(try container.decode(String.self))
        }
      }
    }
  }

  private static func facts(_ value: Value, _ path: String) -> [String] {
    switch value {
    case .scalar(let text): path.hasSuffix("/value") && text.isEmpty ? [] : ["\(path)=\(text)"]
    case .object(let fields): fields.flatMap { facts($0.value, path + "/" + $0.key) }
    case .list(let elements):
      elements.flatMap { element in
        if case .object = element { facts(element, path) } else { facts(element, path + "/value") }
      }
    }
  }
}
