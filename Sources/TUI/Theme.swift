/// Roles → styles, signs → what is drawn for them. Pure; where a theme comes from is not its concern.
package struct Theme: Hashable, Sendable {
  package var name: String
  /// For terminals with many colours.
  package var styles: [Role: Style] { didSet { lookup = ThemeLookup() } }
  /// For terminals with 16 or fewer; a role without an entry is reduced to the nearest colours.
  package var fewColours: [Role: Style]
  package var signs: Signs { didSet { lookup = ThemeLookup() } }
  /// What it was read from, oldest ancestor first: it is read again in the colours of a cover.
  var sources: [ThemeSource] = []
  private var lookup = ThemeLookup()

  package init(
    name: String, styles: [Role: Style] = [:], fewColours: [Role: Style] = [:], signs: Signs = Signs()
  ) {
    self.name = name
    self.styles = styles
    self.fewColours = fewColours
    self.signs = signs
  }

  /// The style of a role; a role that the theme does not name looks as its stem does, in the end as text does.
  package subscript(role: Role) -> Style {
    if !lookup.styles.isEmpty { return lookup.styles[role.ordinal] }
    var role: Role? = role
    while let named = role {
      if let style = styles[named] { return style }
      role = named.stem
    }
    return .plain
  }

  package subscript(sign: Sign) -> String { lookup.signs.isEmpty ? signs[sign] : lookup.signs[sign.ordinal] }

  /// Whether its colours follow the cover of what plays.
  package var followsCover: Bool { sources.contains(where: \.followsCover) }

  /// The theme in the colours of a cover; as it is where it does not follow one.
  package func tinted(by palette: CoverPalette) -> Theme {
    guard followsCover, let result = try? Theme(name: name, sources: sources, palette: palette) else { return self }
    return result
  }
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
  ///
  /// - Parameter isASCII: draw no sign beyond ASCII, since the locale knows no other.
  package func adapted(to depth: ColourDepth, isASCII: Bool = false) -> Theme {
    var result = reduced(to: depth, isASCII: isASCII)
    result.lookup = ThemeLookup(result)
    return result
  }

  private func reduced(to depth: ColourDepth, isASCII: Bool) -> Theme {
    var result = self
    if isASCII { result.signs = Signs(.ascii) }
    switch depth {
    case .direct: return result
    case .none: result.styles = Theme.plain.styles
    case .palette:
      // Many roles look the same.
      var known: [Style: Style] = [:]
      for (role, style) in styles {
        let reduced = known[style] ?? style.reduced(to: depth)
        known[style] = reduced
        result.styles[role] = reduced
      }
    case .eight, .sixteen:
      result.styles = [:]
      for role in Role.allCases { result.styles[role] = fewColours(role).reduced(to: depth) }
    }
    return result
  }

  /// What the nearest role that the theme names says of few colours, else of many.
  private func fewColours(_ role: Role) -> Style {
    var place: Role? = role
    while let named = place {
      if let style = fewColours[named] ?? styles[named] { return style }
      place = named.stem
    }
    return .plain
  }
}
