/// Reads an object's fields as real servers write them: a field that is missing or of a strange kind is nil, never an error.
///
/// Ids come as text or number, numbers as text, booleans as `"true"` or `1`, one object where a list is meant.
struct LenientFields<Key: CodingKey> {
  private let container: KeyedDecodingContainer<Key>

  init(_ decoder: any Decoder, _ keys: Key.Type = Key.self) throws {
    container = try decoder.container(keyedBy: keys)
  }

  func string(_ key: Key) -> String? {
    if let text = present({ try container.decodeIfPresent(String.self, forKey: key) }) { return text }
    guard container.contains(key) else { return nil }
    if let number = present({ try container.decodeIfPresent(Int64.self, forKey: key) }) { return String(number) }
    if let number = present({ try container.decodeIfPresent(Double.self, forKey: key) }) { return String(number) }
    return nil
  }

  /// A string that may not be empty: ids. Throws, so that a list skips the element.
  func id(_ key: Key) throws -> String {
    if let id = string(key), !id.isEmpty { return id }
    throw DecodingError.keyNotFound(key, .init(codingPath: container.codingPath, debugDescription: "no id"))
  }

  func int64(_ key: Key) -> Int64? {
    if let number = present({ try container.decodeIfPresent(Int64.self, forKey: key) }) { return number }
    return double(key).flatMap { Int64(exactly: $0.rounded(.towardZero)) }
  }

  func int(_ key: Key) -> Int? { int64(key).flatMap { Int(exactly: $0) } }

  func double(_ key: Key) -> Double? {
    guard container.contains(key) else { return nil }
    if let number = present({ try container.decodeIfPresent(Double.self, forKey: key) }) { return number }
    let text = present { try container.decodeIfPresent(String.self, forKey: key) }
    return text.flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
  }

  func bool(_ key: Key) -> Bool? {
    if let value = present({ try container.decodeIfPresent(Bool.self, forKey: key) }) { return value }
    switch string(key)?.lowercased() {
    case "true", "1", "yes": return true
    case "false", "0", "no", "": return false
    default: return nil
    }
  }

  func date(_ key: Key) -> WireDate? { string(key).flatMap { WireDate($0) } }

  func object<Value: Decodable>(_ key: Key, _ type: Value.Type = Value.self) -> Value? {
    present { try container.decodeIfPresent(type, forKey: key) }
  }

  /// A list whose bad elements are left out; a lone object is a list of one; anything else is empty.
  func list<Value: Decodable>(_ key: Key, of type: Value.Type = Value.self) -> [Value] {
    guard container.contains(key) else { return [] }
    if let list = present({ try container.decodeIfPresent([Skippable<Value>].self, forKey: key) }) {
      return list.compactMap(\.value)
    }
    return object(key, type).map { [$0] } ?? []
  }

  private func present<Value>(_ read: () throws -> Value?) -> Value? { (try? read()) ?? nil }
}

/// An element that may be broken without breaking its list.
private struct Skippable<Value: Decodable>: Decodable {
  let value: Value?
  init(from decoder: any Decoder) { value = try? Value(from: decoder) }
}
