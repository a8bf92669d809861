/// What a search asks for: words that rows hold, and conditions on tracks.
///
///     night train                          every word begins a word of the row
///     artist:björk year:1990..1999         fields; values with spaces in quotes: album:"abbey road"
///     -live rating:>3 is:starred           a minus takes away
///     added:<30d sort:added- limit:100     the newest first
///
/// Any text is a query: what is no condition is a word, and a condition that is not finished yet says so in `problems`.
package struct Query: Hashable, Sendable {
  /// Where words are looked for.
  package enum Field: String, Hashable, Sendable, CaseIterable { case any, title, artist, album, genre, format }

  /// Words that a row must hold, or (`isExcluded`) must not.
  package struct Words: Hashable, Sendable {
    package var field: Field
    package var text: String
    package var isExcluded = false
  }

  package enum Number: String, Hashable, Sendable, CaseIterable {
    case year, rating, plays
    /// In seconds.
    case length
    /// In kbit/s.
    case bitrate
    /// Seconds since it came to the library, and since it was last heard.
    case added, played
  }

  /// A number within bounds, both inclusive.
  package struct Range: Hashable, Sendable {
    package var number: Number
    package var lower: Int64?
    package var upper: Int64?
    package var isExcluded = false
  }

  package enum Trait: String, Hashable, Sendable, CaseIterable { case starred, cached, local, played, rated }

  package struct Quality: Hashable, Sendable {
    package var trait: Trait
    package var isExcluded = false
  }

  package enum SortKey: String, Hashable, Sendable, CaseIterable {
    case title, artist, album, year, rating, plays, length, added, played, random
  }

  package struct Order: Hashable, Sendable {
    package var key: SortKey
    package var isDescending = false
  }

  package var words: [Words] = []
  package var ranges: [Range] = []
  package var qualities: [Quality] = []
  package var order: Order?
  package var limit: Int?
  /// Conditions that could not be understood, as they were typed.
  package var problems: [String] = []

  package init() {}

  /// Whether it is about tracks only: artists and albums have no such conditions.
  package var isAboutTracks: Bool {
    !ranges.isEmpty || !qualities.isEmpty || order != nil || limit != nil
      || words.contains { $0.field != .any || $0.isExcluded }
  }

  package var isEmpty: Bool { words.isEmpty && ranges.isEmpty && qualities.isEmpty && order == nil }
}

// MARK: Reading what was typed.

extension Query {
  package init(parsing text: String) {
    var plain: [String] = []
    for token in Self.tokens(text) where !token.isEmpty {
      var rest = token[...]
      let isExcluded = rest.first == "-" && rest.count > 1
      if isExcluded { rest = rest.dropFirst() }
      if let colon = rest.firstIndex(of: ":"), colon > rest.startIndex,
        take(rest[..<colon].lowercased(), String(rest[rest.index(after: colon)...]), isExcluded)
      {
        continue
      }
      if isExcluded {
        words.append(Words(field: .any, text: Self.bare(String(rest)), isExcluded: true))
      } else {
        plain.append(Self.bare(token))
      }
    }
    if !plain.isEmpty { words.insert(Words(field: .any, text: plain.joined(separator: " ")), at: 0) }
  }

  /// - Returns: false when the name means nothing: then it is a word like others.
  private mutating func take(_ name: String, _ value: String, _ isExcluded: Bool) -> Bool {
    let value = Self.bare(value)
    let typed = "\(name):\(value)"
    if let field = Field(rawValue: name), field != .any {
      if value.isEmpty {
        problems.append(typed)
      } else {
        words.append(Words(field: field, text: value, isExcluded: isExcluded))
      }
    } else if let number = Number(rawValue: name) {
      if let bounds = number.bounds(value) {
        ranges.append(Range(number: number, lower: bounds.lower, upper: bounds.upper, isExcluded: isExcluded))
      } else {
        problems.append(typed)
      }
    } else if name == "is" {
      if let trait = Trait(rawValue: value.lowercased()) {
        qualities.append(Quality(trait: trait, isExcluded: isExcluded))
      } else {
        problems.append(typed)
      }
    } else if name == "sort" {
      let isDescending = value.hasSuffix("-")
      if let key = SortKey(rawValue: (isDescending ? String(value.dropLast()) : value).lowercased()) {
        order = Order(key: key, isDescending: isDescending)
      } else {
        problems.append(typed)
      }
    } else if name == "limit" {
      if let count = Int(value), (1...100_000).contains(count) { limit = count } else { problems.append(typed) }
    } else if Self.isBound(value), name.allSatisfy(\.isLetter) {
      // Nobody calls a song so: a field was meant.
      problems.append(typed)
    } else {
      return false
    }
    return true
  }

  /// `>3`, `<=30d`, `1990..1999`
  private static func isBound(_ value: String) -> Bool {
    if let dots = value.firstRange(of: "..") {
      let ends = [value[..<dots.lowerBound], value[dots.upperBound...]]
      return !ends.allSatisfy(\.isEmpty) && ends.allSatisfy { $0.isEmpty || $0.first?.isASCIIDigit == true }
    }
    guard value.first == "<" || value.first == ">" else { return false }
    return value.dropFirst().drop { $0 == "=" }.first?.isASCIIDigit == true
  }

  /// `Not understood: ratng:>3 (rating?)`; nil where everything was.
  package var complaint: String? {
    guard !problems.isEmpty else { return nil }
    return "Not understood: " + problems.map { $0 + Self.meant(by: $0) }.joined(separator: ", ")
  }

  private static func meant(by problem: String) -> String {
    let name = String(problem.prefix { $0 != ":" })
    if names.contains(name) { return "" }
    return nearest(to: name, among: names).map { " (\($0)?)" } ?? ""
  }

  /// What may stand before a colon.
  private static let names =
    Field.allCases.filter { $0 != .any }.map(\.rawValue) + Number.allCases.map(\.rawValue) + ["is", "sort", "limit"]

  /// Splits at spaces outside of quotes. A quote that is never closed ends with the text.
  private static func tokens(_ text: String) -> [String] {
    var tokens: [String] = []
    var token = ""
    var isQuoted = false
    for character in text {
      if character == "\"" { isQuoted.toggle() }
      if character.isWhitespace, !isQuoted {
        tokens.append(token)
        token = ""
      } else {
        token.append(character)
      }
    }
    return tokens + [token]
  }

  private static func bare(_ text: String) -> String { text.filter { $0 != "\"" } }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}

extension Query.Number {
  /// `5`, `1990..1999`, `1990..`, `>3`, `>=3`, `<30d`.
  fileprivate func bounds(_ text: String) -> (lower: Int64?, upper: Int64?)? {
    if let dots = text.firstRange(of: "..") {
      let (from, to) = (text[..<dots.lowerBound], text[dots.upperBound...])
      let lower = from.isEmpty ? nil : value(from)
      let upper = to.isEmpty ? nil : value(to)
      guard from.isEmpty == (lower == nil), to.isEmpty == (upper == nil), lower != nil || upper != nil else {
        return nil
      }
      return (lower, upper)
    }
    for (sign, isLower, step) in [(">=", true, 0), ("<=", false, 0), (">", true, 1), ("<", false, -1)]
      as [(String, Bool, Int64)]
    where text.hasPrefix(sign) {
      guard let number = value(text.dropFirst(sign.count)) else { return nil }
      // Ages and lengths are measured in seconds: "less than 30 days" and "30 days at most" are one thing.
      let bound = isDuration ? number : number + step
      return isLower ? (bound, nil) : (nil, bound)
    }
    guard let number = value(text[...]) else { return nil }
    // An age alone: as old as that at most. A length alone: that minute.
    switch self {
    case .added, .played: return (nil, number)
    case .length: return (number, number + 59)
    default: return (number, number)
    }
  }

  private var isDuration: Bool { [.added, .played, .length].contains(self) }

  private func value(_ text: some StringProtocol) -> Int64? {
    isDuration ? seconds(String(text)) : Int64(text).flatMap { (0...1_000_000_000).contains($0) ? $0 : nil }
  }

  /// `90` (seconds for lengths, days for ages), `3m`, `3:30`, `2h`, `30d`, `6w`, `3mo`, `1y`.
  private func seconds(_ text: String) -> Int64? {
    if self == .length, let colon = text.firstIndex(of: ":") {
      guard let minutes = Int64(text[..<colon]), let rest = Int64(text[text.index(after: colon)...]),
        (0..<100_000).contains(minutes), (0..<60).contains(rest)
      else { return nil }
      return minutes * 60 + rest
    }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int64(digits), (0...1_000_000).contains(count) else { return nil }
    let units: [String: Int64] = [
      "": self == .length ? 1 : 86_400, "s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800,
      "mo": 2_629_800, "y": 31_557_600,
    ]
    return units[text.dropFirst(digits.count).lowercased()].map { $0 * count }
  }
}
