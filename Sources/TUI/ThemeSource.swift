/// The lines of one theme's text that say something, cut into words; what they mean is found when all ancestors are there.
struct ThemeSource: Hashable, Sendable {
  enum Section: String, Hashable, Sendable { case roles, signs }

  struct Line: Hashable, Sendable {
    var number: Int
    var section: Section
    var key: String
    var words: [String]
  }

  var theme: String
  /// The theme that it builds on, and the line that says so.
  var parent: (name: String, line: Int)? { inherits.map { ($0.words[0], $0.number) } }
  private(set) var lines: [Line] = []
  private var inherits: Line?

  /// Whether it paints with colours that a cover gives.
  var followsCover: Bool { lines.contains { $0.words.contains { $0.hasPrefix("$cover-") } } }

  init(theme: String, text: String) throws(ThemeError) {
    self.theme = theme
    var section = Section.roles
    // A line's end may be "\r\n", which Swift takes for one character.
    for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let words = words(of: raw)
      guard let first = words.first, !first.hasPrefix("#") else { continue }
      do throws(ThemeError.Fault) {
        if let name = sectionName(words) {
          guard let known = Section(rawValue: name) else { throw .unknownSection(name) }
          section = known
        } else {
          try add(words, index + 1, section)
        }
      } catch {
        throw ThemeError(theme: theme, line: index + 1, fault: error)
      }
    }
  }

  private mutating func add(_ words: [String], _ number: Int, _ section: Section) throws(ThemeError.Fault) {
    guard words.count >= 2, words[1] == "=" else { throw .notAnAssignment }
    let line = Line(number: number, section: section, key: words[0], words: Array(words[2...]))
    guard line.key == "inherit", section == .roles else { return lines.append(line) }
    guard line.words.count == 1 else { throw line.words.isEmpty ? .noSuchTheme("") : .unknownWord(line.words[1]) }
    inherits = line
  }

  /// `[signs]`; nil where the line is none of that kind.
  private func sectionName(_ words: [String]) -> String? {
    guard words.count == 1, let word = words.first, word.hasPrefix("["), word.hasSuffix("]") else { return nil }
    return String(word.dropFirst().dropLast())
  }
}

/// Themes are read before the first frame; nearly all of their lines are ASCII, where nothing has to be looked up.
private func words(of line: Substring) -> [String] {
  guard line.utf8.allSatisfy({ $0 < 0x80 }) else { return line.split { $0.isWhitespace }.map(String.init) }
  return line.utf8.split { $0 == 0x20 || (0x09...0x0D).contains($0) }.map { String($0)! }
}
