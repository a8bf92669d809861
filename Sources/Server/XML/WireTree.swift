/// What a value says of itself when it is encoded: the shape between the wire's structs and XML.
final class WireTree {
  enum Content {
    case nothing
    /// As XML writes it.
    case scalar(String)
    case object([(key: String, value: WireTree)])
    case list([WireTree])
  }

  var content = Content.nothing

  /// A new field of this object.
  func field(_ key: String) -> WireTree {
    let value = WireTree()
    if case .object(var fields) = content {
      content = .nothing
      fields.append((key, value))
      content = .object(fields)
    } else {
      content = .object([(key, value)])
    }
    return value
  }

  /// A new element of this list.
  func element() -> WireTree {
    let value = WireTree()
    if case .list(var elements) = content {
      content = .nothing
      elements.append(value)
      content = .list(elements)
    } else {
      content = .list([value])
    }
    return value
  }

  func becomeObject() { if case .object = content { return } else { content = .object([]) } }
  func becomeList() { if case .list = content { return } else { content = .list([]) } }
  var count: Int { if case .list(let elements) = content { elements.count } else { 0 } }
}
