/// Why a theme's text is no theme: the line (from 1) and what is wrong there.
package struct ThemeError: Error, Hashable, Sendable {
  package enum Fault: Hashable, Sendable {
    case notAnAssignment
    case unknownRole(String)
    case unknownColour(String)
    case unknownWord(String)
    case missingColour
  }
  package var line: Int
  package var fault: Fault

  package init(line: Int, fault: Fault) {
    self.line = line
    self.fault = fault
  }
}

extension ThemeError: CustomStringConvertible {
  package var description: String {
    let fault =
      switch fault {
      case .notAnAssignment: "there is no “role = colour” in this line"
      case .unknownRole(let name): "there is no role “\(name)”"
      case .unknownColour(let name): "“\(name)” is no colour (#rrggbb, 0 to 255, a name, default)"
      case .unknownWord(let word): "“\(word)” is no attribute (bold, faint, italic, underline, reverse)"
      case .missingColour: "a colour is missing"
      }
    return "line \(line): \(fault)"
  }
}

extension Theme {
  /// Reads a theme file.
  ///
  ///     # a comment
  ///     $night = #16161e                      a name for a colour
  ///     cursor = #c0caf5 on $night bold       role = colour [on colour] [attributes]
  ///     cursor = white on blue bold / …       after a slash: for terminals with 16 or fewer colours
  package init(name: String, parsing text: String) throws(ThemeError) {
    self.init(name: name)
    var names: [String: Colour] = [:]
    for (index, rawLine) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let words = rawLine.split { $0.isWhitespace }.map(String.init)
      guard let first = words.first, !(first.hasPrefix("#")) else { continue }
      do throws(ThemeError.Fault) {
        guard words.count >= 2, words[1] == "=" else { throw .notAnAssignment }
        let value = Array(words[2...])
        if first.hasPrefix("$") {
          guard value.count == 1 else { throw value.isEmpty ? .missingColour : .unknownWord(value[1]) }
          names[first] = try colour(value[0], names)
        } else {
          try assign(first, value, names)
        }
      } catch {
        throw ThemeError(line: index + 1, fault: error)
      }
    }
  }

  private mutating func assign(
    _ roleName: String, _ words: [String], _ names: [String: Colour]
  ) throws(ThemeError.Fault) {
    guard let role = Role(rawValue: roleName) else { throw .unknownRole(roleName) }
    let parts = words.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    styles[role] = try style(Array(parts[0]), names)
    if parts.count == 2 { fewColours[role] = try style(Array(parts[1]), names) }
  }
}

extension ThemeError.Fault: Error {}

private func style(_ words: [String], _ names: [String: Colour]) throws(ThemeError.Fault) -> Style {
  guard let first = words.first else { throw .missingColour }
  var style = Style(foreground: try colour(first, names))
  var rest = words.dropFirst()
  if rest.first == "on" {
    rest = rest.dropFirst()
    guard let background = rest.popFirst() else { throw .missingColour }
    style.background = try colour(background, names)
  }
  for word in rest {
    guard let attribute = attributeNames[word] else { throw .unknownWord(word) }
    style.attributes.insert(attribute)
  }
  return style
}

private func colour(_ word: String, _ names: [String: Colour]) throws(ThemeError.Fault) -> Colour {
  if let colour = names[word] { return colour }
  if word == "default" { return .standard }
  if word.hasPrefix("#"), word.utf8.count == 7, word.dropFirst().allSatisfy(\.isHexDigit),
    let value = UInt32(word.dropFirst(), radix: 16)
  {
    return .rgb(UInt8(value >> 16), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
  }
  if let index = UInt8(word) { return .indexed(index) }
  if let index = colourNames.firstIndex(of: word) { return .indexed(UInt8(index)) }
  throw .unknownColour(word)
}

private let colourNames = [
  "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright-black", "bright-red", "bright-green",
  "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan", "bright-white",
]

private let attributeNames: [String: Attributes] = [
  "bold": .bold, "faint": .faint, "italic": .italic, "underline": .underline, "reverse": .reverse,
]
