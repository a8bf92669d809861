// The pen: colours and attributes of what is written next.
extension ScreenWriter {
  func suits(_ pen: Look, _ look: Look, _ isBlank: Bool) -> Bool {
    pen == look || isBlank && pen.ground == look.ground
  }

  mutating func setPen(_ look: Look, forBlank: Bool = false) {
    if let pen, suits(pen, look, forBlank) { return }
    output += vocabulary.change(from: pen, to: look) { change(to: look.style) }
    pen = look
  }

  private func change(to style: Style) -> [UInt8] {
    if let change = pen.flatMap({ words(from: $0.style, to: style) }) { return joined(change) }
    return joined([language.plain] + (words(from: .plain, to: style) ?? []))
  }

  /// - Returns: nil where the way leads over the plain style.
  private func words(from: Style, to: Style) -> [[UInt8]]? {
    // One word ends both.
    if from.attributes.isSuperset(of: [.bold, .faint]), from.attributes != to.attributes { return nil }
    guard var words = language.words(ending: from.attributes.subtracting(to.attributes)) else { return nil }
    words += language.words(for: to.attributes.subtracting(from.attributes))
    if from.foreground != to.foreground {
      guard let word = language.foreground(to.foreground) else { return nil }
      words.append(word)
    }
    if from.background != to.background {
      guard let word = language.background(to.background) else { return nil }
      words.append(word)
    }
    return words
  }

  /// `ESC [ 1 m`, `ESC [ 3 1 m` → `ESC [ 1 ; 3 1 m` (ECMA-48, SGR).
  private func joined(_ words: [[UInt8]]) -> [UInt8] {
    guard words.count > 1 else { return words.first ?? [] }
    let bodies = words.map(selection)
    guard bodies.allSatisfy({ $0 != nil }) else { return words.flatMap { $0 } }
    return [0x1B, 0x5B] + bodies.map { $0! }.joined(separator: [UInt8(ascii: ";")]) + [UInt8(ascii: "m")]
  }

  private func selection(_ word: [UInt8]) -> ArraySlice<UInt8>? {
    guard word.count >= 3, word.starts(with: [0x1B, 0x5B]), word.last == UInt8(ascii: "m") else { return nil }
    let body = word.dropFirst(2).dropLast()
    return body.allSatisfy { (0x30...0x3B).contains($0) } ? body : nil
  }
}
