extension Theme {
  /// Reads a theme file.
  ///
  ///     # a comment
  ///     inherit = dark                        all that the other theme says, unless said otherwise here
  ///     $night = #16161e                      a name for a colour; it counts in what is inherited, too
  ///     cursor = #c0caf5 on $night bold       role = colour [on colour] [attributes]
  ///     cursor = white on blue bold / …       after a slash: for terminals with 16 or fewer colours
  ///     signs = rounded                       line, rounded, heavy, double, block, ascii
  ///     [signs]
  ///     star = ♥                              sign = what is drawn for it, one column wide
  ///
  /// `$cover-ground`, `$cover-text`, `$cover-1` to `$cover-4` are given by the cover of what plays; a theme that uses them gives
  /// its own for when there is none.
  ///
  /// - Parameter ancestor: gives the text of a theme to inherit from; nil where there is none of that name.
  package init(
    name: String, parsing text: String, ancestor: (String) -> String? = { _ in nil }
  ) throws(ThemeError) {
    var sources = [try ThemeSource(theme: name, text: text)]
    while let parent = sources[0].parent {
      let line = parent.line
      if sources.contains(where: { $0.theme == parent.name }) {
        throw ThemeError(theme: sources[0].theme, line: line, fault: .inheritsItself(parent.name))
      }
      guard let text = ancestor(parent.name) else {
        throw ThemeError(theme: sources[0].theme, line: line, fault: .noSuchTheme(parent.name))
      }
      sources.insert(try ThemeSource(theme: parent.name, text: text), at: 0)
    }
    try self.init(name: name, sources: sources, palette: nil)
  }

  /// The themes that are in it, itself last: a change of one of their files is a change of this theme.
  package var lineage: [String] { sources.map(\.theme) }

  init(name: String, sources: [ThemeSource], palette: CoverPalette?) throws(ThemeError) {
    self.init(name: name)
    self.sources = sources
    let names = try colourNames(sources, palette)
    for source in sources {
      for line in source.lines where !line.key.hasPrefix("$") {
        do throws(ThemeError.Fault) {
          try assign(line, names)
        } catch {
          throw ThemeError(theme: source.theme, line: line.number, fault: error)
        }
      }
    }
  }

  private mutating func assign(_ line: ThemeSource.Line, _ names: [String: Colour]) throws(ThemeError.Fault) {
    if line.section == .signs { return try assignSign(line.key, line.words) }
    if line.key == "signs" {
      guard let base = Signs.Base(rawValue: line.words.joined(separator: " ")) else {
        throw .unknownSigns(line.words.joined(separator: " "))
      }
      return signs.begin(with: base)
    }
    guard let role = Role(rawValue: line.key) else { throw .unknownRole(line.key) }
    let parts = line.words.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    styles[role] = try style(Array(parts[0]), names)
    fewColours[role] = parts.count == 2 ? try style(Array(parts[1]), names) : nil
  }

  private mutating func assignSign(_ name: String, _ words: [String]) throws(ThemeError.Fault) {
    guard let sign = Sign(rawValue: name) else { throw .unknownSign(name) }
    // Nothing after the "=" is a blank: that sign is not drawn.
    let text = sanitize(words.joined(separator: " "))
    guard words.isEmpty || columnWidth(of: text) == 1 else { throw .notOneColumn(text) }
    signs[sign] = words.isEmpty ? " " : text
  }
}

/// All names for colours: a younger theme's counts wherever an older one uses it, a cover's above all.
private func colourNames(_ sources: [ThemeSource], _ palette: CoverPalette?) throws(ThemeError) -> [String: Colour] {
  var names: [String: Colour] = [:]
  let given = palette?.colours ?? [:]
  for source in sources {
    for line in source.lines where line.key.hasPrefix("$") {
      do throws(ThemeError.Fault) {
        guard line.words.count == 1 else { throw line.words.isEmpty ? .missingColour : .unknownWord(line.words[1]) }
        let own = try colour(line.words[0], names)
        names[line.key] = given[line.key] ?? own
      } catch {
        throw ThemeError(theme: source.theme, line: line.number, fault: error)
      }
    }
  }
  return names
}

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
  if let index = sixteenNames.firstIndex(of: word) { return .indexed(UInt8(index)) }
  throw .unknownColour(word)
}

private let sixteenNames = [
  "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright-black", "bright-red", "bright-green",
  "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan", "bright-white",
]

private let attributeNames: [String: Attributes] = [
  "bold": .bold, "faint": .faint, "italic": .italic, "underline": .underline, "reverse": .reverse,
]
