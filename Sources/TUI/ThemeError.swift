/// Why a theme's text is no theme: whose text, the line (from 1) and what is wrong there.
package struct ThemeError: Error, Hashable, Sendable {
  package enum Fault: Error, Hashable, Sendable {
    case notAnAssignment
    case unknownRole(String)
    case unknownColour(String)
    case unknownWord(String)
    case missingColour
    case unknownSign(String)
    case notOneColumn(String)
    case unknownSigns(String)
    case unknownSection(String)
    case noSuchTheme(String)
    case inheritsItself(String)
  }
  /// The theme in whose text it is: an ancestor may be the one.
  package var theme: String
  package var line: Int
  package var fault: Fault

  package init(theme: String, line: Int, fault: Fault) {
    self.theme = theme
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
      case .unknownSign(let name): "there is no sign “\(name)”"
      case .notOneColumn(let text): "“\(text)” is not one column wide"
      case .unknownSigns(let name):
        "there are no signs “\(name)” (\(Signs.Base.allCases.map(\.rawValue).joined(separator: ", ")))"
      case .unknownSection(let name): "there is no part “\(name)” ([roles], [signs])"
      case .noSuchTheme(let name): "there is no theme “\(name)” to inherit from"
      case .inheritsItself(let name): "the theme “\(name)” inherits from itself"
      }
    return "line \(line): \(fault)"
  }
}
