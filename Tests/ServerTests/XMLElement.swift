import Foundation
import FoundationXML

/// An element of a parsed document, read by a parser that is not ours.
final class XMLElement {
  let name: String
  let attributes: [String: String]
  var children: [XMLElement] = []
  var text = ""

  init(name: String, attributes: [String: String]) {
    self.name = name
    self.attributes = attributes
  }

  /// nil when the document is not well-formed.
  static func parse(_ document: Data) -> XMLElement? {
    let builder = Builder()
    let parser = XMLParser(data: document)
    parser.delegate = builder
    return parser.parse() ? builder.root.children.first : nil
  }

  /// Every attribute and text below, as `path=value` lines: comparable with JSON's.
  func facts(_ path: String = "") -> [String] {
    var facts = attributes.map { "\(path)/\($0.key)=\($0.value)" }
    if !text.isEmpty, children.isEmpty { facts.append("\(path)/value=\(text)") }
    return facts + children.flatMap { $0.facts("\(path)/\($0.name)") }
  }
}

private final class Builder: NSObject, XMLParserDelegate {
  let root = XMLElement(name: "", attributes: [:])
  private var open: [XMLElement] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let element = XMLElement(name: name, attributes: attributes)
    (open.last ?? root).children.append(element)
    open.append(element)
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { open.last?.text += string }
}
