/// Merges two lists that come from one base.
///
/// An element is known by its occurrence, for a list may hold a track many times. What either side removed is gone, what
/// either added is there; where both added the same track it is one addition (so that merging what was sent already
/// changes nothing). Order: elements that kept their order on both sides are the skeleton. What one side moved stands
/// in the gap of the skeleton where that side put it; what one side added stands beside the neighbour it was put beside,
/// at the start or the end where it was put there.
package enum ListMerge {
  package enum Side: Hashable, Sendable {
    case ours, theirs
    package var other: Side { self == .ours ? .theirs : .ours }
  }

  /// What decides where both sides have a say. `merge(b, o, t, ties)` is `merge(b, t, o, ties.mirrored)`.
  package struct Ties: Hashable, Sendable {
    /// Whose elements come first where both put some into the same place.
    package var first: Side
    /// Whose place counts where both moved an element, or added the same one, to different places.
    package var placing: Side

    package init(first: Side, placing: Side) {
      self.first = first
      self.placing = placing
    }

    /// What was on the server comes first, as if ours were put there now; and the listener's own move counts.
    package static let standard = Ties(first: .theirs, placing: .ours)
    package var mirrored: Ties { Ties(first: first.other, placing: placing.other) }
  }

  /// The base of the next merge, where a list was sent and no answer came: the server may have taken it or not, and others
  /// may have edited since. What was added by sending is in the base where the server holds it now, so that removing it
  /// again works; where it does not, it is not, so that it is not lost.
  /// - Parameters:
  ///   - base: the last list that the server is known to have held.
  ///   - sent: made from it here, and sent.
  package static func base<Element: Hashable>(_ base: [Element], sent: [Element], theirs: [Element]) -> [Element] {
    if sent == theirs { return sent }
    let matching = ListMatching(from: base, to: sent)
    var spare = Dictionary(theirs.map { ($0, 1) }, uniquingKeysWith: +)
    for (position, element) in sent.enumerated() where matching.origins[position] != nil {
      spare[element, default: 0] -= 1
    }
    var (old, arrived): ([Element], [Element]) = ([], [])
    var (additions, missing) = (0, 0)
    for (position, element) in sent.enumerated() {
      if matching.origins[position] != nil {
        old.append(element)
      } else {
        additions += 1
        spare[element, default: 0] -= 1
        if spare[element, default: 0] < 0 {
          missing += 1
          continue
        }
      }
      arrived.append(element)
    }
    if additions > 0, missing == 0 { return sent }
    return merge(base: old, ours: arrived, theirs: base)
  }

  package static func merge<Element: Hashable>(
    base: [Element], ours: [Element], theirs: [Element], ties: Ties = .standard
  ) -> [Element] {
    if ours == theirs || base == theirs { return ours }
    if base == ours { return theirs }
    var codes = ElementCodes<Element>()
    let (baseCodes, ourCodes, theirCodes) = (codes.codes(of: base), codes.codes(of: ours), codes.codes(of: theirs))
    // From here on no side has a name: one of them is the placing side.
    let isOurs = ties.placing == .ours
    let merge = OccurrenceMerge(
      base: baseCodes, placing: isOurs ? ourCodes : theirCodes, other: isOurs ? theirCodes : ourCodes,
      codeCount: codes.count)
    let order = merge.ordered(placingFirst: ties.first == ties.placing)
    let lists = [base, isOurs ? ours : theirs, isOurs ? theirs : ours]
    return order.map { lists[$0.list][$0.position] }
  }
}
