/// Puts the scalars of characters (extended grapheme clusters, UAX #29) together to glyphs.
///
/// A character is mostly one glyph. Where it has several bases, as in Indic conjuncts, each base is a glyph: terminals
/// that count scalars and terminals that count clusters then agree about the columns.
struct GlyphComposer {
  /// What more marks do to a line is no text any more.
  private static let maximumMarks = 6

  private(set) var glyphs: [Glyph] = []
  private(set) var columns = 0
  /// Once so many columns are full, the rest of a character is left.
  let limit: Int
  private var base: Unicode.Scalar?
  private var marks = 0
  /// Whether marks of this character have something to stand on.
  private var hasGround = false

  init(limit: Int) { self.limit = limit }

  /// A scalar that is a character alone.
  mutating func add(_ scalar: Unicode.Scalar, width: Int) {
    base = scalar
    marks = 0
    columns += width
    glyphs.append(Glyph(text: String(scalar), width: width))
  }

  /// The scalars of one character.
  mutating func add(_ scalars: [Unicode.Scalar]) {
    base = nil
    hasGround = false
    var index = 0
    while index < scalars.count, columns <= limit {
      if let sequence = emojiSequence(scalars[index...]) {
        begin(sequence.text, sequence.width, isSure: sequence.isSure)
        index += sequence.count
        hasGround = true
        continue
      }
      add(scalars[index])
      index += 1
    }
  }

  private mutating func add(_ scalar: Unicode.Scalar) {
    switch ScalarKind(scalar) {
    case .dropped: break
    case .nonJoiner: if base.map(isArabic) ?? false { append(scalar) }
    case .space: begin(" ", 1)
    case .unknown: begin("\u{FFFD}", 1)
    case .letterOfFlag: begin(String(Unicode.Scalar(scalar.value - 0x1F1E6 + 0x41)!), 1)
    case .mark: addMark(scalar)
    case .spacingMark: addSpacingMark(scalar)
    case .base(let width):
      // A linker stands before it: the one before may reach over here.
      if base != nil { glyphs[glyphs.count - 1].isSure = false }
      begin(String(scalar), width, isSure: isWellKnown(scalar))
      glyphs[glyphs.count - 1].isRightToLeft = isRightToLeft(scalar)
      base = scalar
    }
  }

  private mutating func begin(_ text: String, _ width: Int, isSure: Bool = true) {
    marks = 0
    base = nil
    columns += width
    glyphs.append(Glyph(text: text, width: width, isSure: isSure))
  }

  private mutating func addMark(_ scalar: Unicode.Scalar) {
    guard let base else {
      if !hasGround { begin(" ", 1) }
      hasGround = true
      return
    }
    if marks == 0, let syllable = hangulSyllable(base, scalar) {
      self.base = syllable
      glyphs[glyphs.count - 1].text = String(syllable)
    } else {
      append(scalar)
      if !isWellKnown(scalar) || isJamo(scalar) { glyphs[glyphs.count - 1].isSure = false }
    }
  }

  /// One column in some terminals, none in others: it has one here, and room for one.
  private mutating func addSpacingMark(_ scalar: Unicode.Scalar) {
    guard base != nil, glyphs[glyphs.count - 1].width == 1, marks < Self.maximumMarks else {
      return begin(String(scalar), 1, isSure: false)
    }
    append(scalar)
    glyphs[glyphs.count - 1].width = 2
    glyphs[glyphs.count - 1].isSure = false
    columns += 1
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    guard marks < Self.maximumMarks else { return }
    glyphs[glyphs.count - 1].text.unicodeScalars.append(scalar)
    marks += 1
  }
}

/// Whether terminals of the last years have it in their tables.
func isWellKnown(_ scalar: Unicode.Scalar) -> Bool { (scalar.properties.age?.major ?? 1) <= 12 }

private func isArabic(_ scalar: Unicode.Scalar) -> Bool {
  (0x620...0x6D5).contains(scalar.value) || (0x750...0x77F).contains(scalar.value)
}

/// Vowels and finals of conjoining Hangul.
func isJamo(_ scalar: Unicode.Scalar) -> Bool {
  (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FF).contains(scalar.value)
}

/// The Hangul syllable of an initial and a vowel, or of a syllable and a final (Unicode 3.12); nil for anything else.
private func hangulSyllable(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
  let (a, b) = (first.value, second.value)
  if (0x1100...0x1112).contains(a), (0x1161...0x1175).contains(b) {
    return Unicode.Scalar(0xAC00 + ((a - 0x1100) * 21 + (b - 0x1161)) * 28)
  }
  if (0xAC00...0xD7A3).contains(a), (a - 0xAC00) % 28 == 0, (0x11A8...0x11C2).contains(b) {
    return Unicode.Scalar(a + (b - 0x11A7))
  }
  return nil
}
