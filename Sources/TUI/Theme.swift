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
