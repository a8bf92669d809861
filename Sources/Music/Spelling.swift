/// The word that was probably meant where another was typed: a slip of the finger away, two in longer words; nil where
/// none is so near.
package func nearest(to typed: String, among words: some Sequence<String>) -> String? {
  let letters = Array(typed.lowercased().unicodeScalars)
  // Few letters are near to everything, and nobody means what goes on for a line.
  guard (3...40).contains(letters.count) else { return nil }
  let allowed = letters.count > 5 ? 2 : 1
  var best: (word: String, cost: Int)?
  for word in words {
    let other = Array(word.unicodeScalars)
    guard abs(other.count - letters.count) <= allowed else { continue }
    let slips = slips(from: letters, to: other)
    guard slips <= allowed else { continue }
    // A letter left out is likelier than another one in its place.
    let cost = 2 * slips - (other.count > letters.count ? 1 : 0)
    if best.map({ cost < $0.cost }) ?? true { best = (word, cost) }
  }
  return best?.word
}

/// How many letters were left out, added, changed, or swapped with their neighbour.
private func slips(from typed: [Unicode.Scalar], to word: [Unicode.Scalar]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...word.count)
  for (row, letter) in typed.enumerated() {
    var line = [row + 1]
    for (column, other) in word.enumerated() {
      var cost = min(
        last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, line[column] + 1)
      if row > 0, column > 0, letter == word[column - 1], other == typed[row - 1] {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      line.append(cost)
    }
    (beforeLast, last) = (last, line)
  }
  return last[word.count]
}
