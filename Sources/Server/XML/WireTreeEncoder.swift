/// Builds a `WireTree` out of anything `Encodable`.
struct WireTreeEncoder: Encoder {
  let tree: WireTree
  var codingPath: [any CodingKey] = []
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  static func tree(of value: some Encodable) throws -> WireTree {
    let tree = WireTree()
    try value.encode(to: WireTreeEncoder(tree: tree))
    return tree
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    tree.becomeObject()
    return KeyedEncodingContainer(Fields<Key>(tree: tree, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    tree.becomeList()
    return Elements(tree: tree, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Scalar(tree: tree, codingPath: codingPath) }
}

/// Every kind of scalar, and anything that encodes itself.
private struct Scalar: SingleValueEncodingContainer {
  let tree: WireTree
  let codingPath: [any CodingKey]

  func encodeNil() {}
  func encode(_ value: Bool) { tree.content = .scalar(value ? "true" : "false") }
  func encode(_ value: String) { tree.content = .scalar(value) }
  func encode(_ value: Double) { tree.content = .scalar(value.description) }
  func encode(_ value: Float) { tree.content = .scalar(value.description) }
  func encode(_ value: Int) { number(value) }
  func encode(_ value: Int8) { number(value) }
  func encode(_ value: Int16) { number(value) }
  func encode(_ value: Int32) { number(value) }
  func encode(_ value: Int64) { number(value) }
  func encode(_ value: UInt) { number(value) }
  func encode(_ value: UInt8) { number(value) }
  func encode(_ value: UInt16) { number(value) }
  func encode(_ value: UInt32) { number(value) }
  func encode(_ value: UInt64) { number(value) }
  func encode(_ value: some Encodable) throws {
    try value.encode(to: WireTreeEncoder(tree: tree, codingPath: codingPath))
  }

  private func number(_ value: some FixedWidthInteger) { tree.content = .scalar(String(value)) }
}

private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let tree: WireTree
  let codingPath: [any CodingKey]

  func encodeNil(forKey key: Key) {}

  func encode(_ value: some Encodable, forKey key: Key) throws {
    try Scalar(tree: tree.field(key.stringValue), codingPath: codingPath + [key]).encode(any: value)
  }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested>
  {
    encoder(for: key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { encoder(for: key).unkeyedContainer() }
  func superEncoder() -> any Encoder { WireTreeEncoder(tree: tree.field("super"), codingPath: codingPath) }
  func superEncoder(forKey key: Key) -> any Encoder { encoder(for: key) }

  private func encoder(for key: Key) -> WireTreeEncoder {
    WireTreeEncoder(tree: tree.field(key.stringValue), codingPath: codingPath + [key])
  }
}

private struct Elements: UnkeyedEncodingContainer {
  let tree: WireTree
  let codingPath: [any CodingKey]
  var count: Int { tree.count }

  func encodeNil() {}
  func encode(_ value: some Encodable) throws {
    try Scalar(tree: tree.element(), codingPath: codingPath).encode(any: value)
  }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    superEncoder().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { superEncoder().unkeyedContainer() }
  func superEncoder() -> any Encoder { WireTreeEncoder(tree: tree.element(), codingPath: codingPath) }
}

extension Scalar {
  /// The standard library's own scalars would otherwise go round through their generic `encode`.
  fileprivate func encode(any value: some Encodable) throws {
    switch value {
    case let text as String: encode(text)
    case let number as Int: encode(number)
    case let flag as Bool: encode(flag)
    default: try encode(value)
    }
  }
}
