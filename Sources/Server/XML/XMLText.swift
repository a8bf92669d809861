/// Writes XML 1.0 in UTF-8 as the protocol wants it: scalars are attributes, objects are child elements, lists repeat
/// their element, and a field called `value` is the element's text.
struct XMLText {
  private var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"

  /// - Parameters:
  ///   - root: the outermost element's name.
  ///   - attributes: of the outermost element, before its own.
  static func document(_ root: String, attributes: [(String, String)], _ tree: WireTree) -> String {
    var writer = XMLText()
    writer.element(root, tree, attributes: attributes)
    return writer.text
  }

  private mutating func element(_ name: String, _ tree: WireTree, attributes: [(String, String)] = []) {
    switch tree.content {
    case .nothing: break
    case .list(let elements): for element in elements { self.element(name, element) }
    case .scalar(let value): enclosed(name, attributes) { $0.append(value, quoted: false) }
    case .object(let fields): object(name, attributes, fields)
    }
  }

  private mutating func object(
    _ name: String, _ attributes: [(String, String)], _ fields: [(key: String, value: WireTree)]
  ) {
    var attributes = attributes
    var content: String?
    var children: [(key: String, value: WireTree)] = []
    for field in fields {
      if case .scalar(let value) = field.value.content {
        if field.key == "value" { content = value } else { attributes.append((field.key, value)) }
      } else {
        children.append(field)
      }
    }
    enclosed(name, attributes) { writer in
      if let content { writer.append(content, quoted: false) }
      for child in children { writer.element(child.key, child.value) }
    }
  }

  private mutating func enclosed(
    _ name: String, _ attributes: [(String, String)], _ content: (inout XMLText) -> Void
  ) {
    text += "<" + name
    for (name, value) in attributes {
      text += " " + name + "=\""
      append(value, quoted: true)
      text += "\""
    }
    text += ">"
    let empty = text.utf8.count
    content(&self)
    if text.utf8.count == empty {
      text.removeLast()
      text += "/>"
    } else {
      text += "</" + name + ">"
    }
  }

  /// Escapes what must be; drops what XML 1.0 cannot hold at all (its `Char` production).
  private mutating func append(_ value: String, quoted: Bool) {
    for scalar in value.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"" where quoted: text += "&quot;"
      case "\t" where quoted, "\n" where quoted, "\r": text += "&#\(scalar.value);"
      case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": break
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
