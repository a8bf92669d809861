/// What the lines of a configuration say of keys, read from the first to the last: finds lines that undo others.
package struct KeymapConflicts: Sendable {
  private var bound: [KeyPlace: Int] = [:]

  package init() {}

  /// What is wrong with this line beside those before it; nil when nothing is. It holds all the same.
  package mutating func note(_ command: Command, line: Int) -> String? {
    switch command {
    case .bind(let place, _):
      defer { bound[place] = line }
      if let before = bound[place] {
        return "“\(place)” is bound in line \(before) already; this line holds."
      }
      guard let other = bound.keys.filter({ $0.hides(place) || place.hides($0) }).min(by: { bound[$0]! < bound[$1]! })
      else { return nil }
      let before = bound.removeValue(forKey: other)!
      let (short, long) = place.hides(other) ? (place, other) : (other, place)
      return "“\(short)” hides “\(long)”, which begins with it: line \(before) no longer holds."
    case .unbind(let place):
      bound[place] = nil
    default: break
    }
    return nil
  }
}
