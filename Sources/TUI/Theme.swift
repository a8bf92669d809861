/// Roles → styles. Pure; where a theme comes from is not its concern.
package struct Theme: Hashable, Sendable {
  package var name: String
  /// For terminals with many colours.
  package var styles: [Role: Style]
  /// For terminals with 16 or fewer; a role without an entry is reduced to the nearest colours.
  package var fewColours: [Role: Style]

  package init(name: String, styles: [Role: Style] = [:], fewColours: [Role: Style] = [:]) {
    self.name = name
    self.styles = styles
    self.fewColours = fewColours
  }

  /// The style of a role; roles that the theme does not name look as text does.
  package subscript(role: Role) -> Style { styles[role] ?? styles[.text] ?? .plain }
}

extension Theme {
  /// Attributes alone tell the roles apart: for terminals without colours, and while no theme is loaded.
  package static let plain = Theme(
    name: "plain",
    styles: [
      .text: .plain, .dim: Style(attributes: .faint), .disabled: Style(attributes: .faint),
      .border: Style(attributes: .faint), .tab: .plain, .tabCurrent: Style(attributes: [.bold, .underline]),
      .brand: Style(attributes: .bold), .heading: Style(attributes: .faint),
      .headingFocused: Style(attributes: .bold), .cursor: Style(attributes: .reverse),
      .cursorUnfocused: Style(attributes: .underline), .marked: Style(attributes: [.bold, .underline]),
      .current: Style(attributes: .bold), .star: .plain, .cached: .plain, .scrollbar: .plain,
      .barTitle: Style(attributes: .bold), .barText: .plain, .barMode: Style(attributes: .faint),
      .played: Style(attributes: .bold), .fetched: .plain, .missing: Style(attributes: .faint), .notice: .plain,
      .warning: Style(attributes: .bold), .error: Style(attributes: [.bold, .reverse]),
      .prompt: Style(attributes: .bold), .field: Style(attributes: .underline),
      .fieldFocused: Style(attributes: [.bold, .underline]), .key: Style(attributes: .bold),
    ])

  /// The theme as a terminal with so many colours can show it: no style in it asks for more.
  package func adapted(to depth: ColourDepth) -> Theme {
    switch depth {
    case .direct: return self
    case .none: return Theme(name: name, styles: Theme.plain.styles)
    case .palette: return Theme(name: name, styles: styles.mapValues { $0.reduced(to: depth) })
    case .eight, .sixteen:
      var result = Theme(name: name)
      for role in Role.allCases {
        result.styles[role] = (fewColours[role] ?? self[role]).reduced(to: depth)
      }
      return result
    }
  }
}
