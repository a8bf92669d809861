/// Which element of a newer list is which of an older one, where equal elements may stand in both many times: each
/// occurrence is matched at most once.
///
/// Occurrences that kept their order are matched first, as many as can be found; what is left over of equal elements is
/// taken for moved. Takes time in proportion to the lists, times a logarithm, whatever was done to them.
package struct ListMatching: Hashable, Sendable {
  /// For each position of the newer list its position in the older one; nil where it was added.
  package private(set) var origins: [Int?]
  /// By position in the newer list: matched, but out of the order of the others.
  package private(set) var isMoved: [Bool]

  package init<Element: Hashable>(from old: [Element], to new: [Element]) {
    // Only what the lists do not share at their ends needs a number: most edits are small.
    let shorter = min(old.count, new.count)
    var start = 0
    while start < shorter, old[start] == new[start] { start += 1 }
    var end = 0
    while end < shorter - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
    var codes = ElementCodes<Element>()
    self.init(
      from: codes.codes(of: old, in: start..<(old.count - end)),
      to: codes.codes(of: new, in: start..<(new.count - end)), codeCount: max(1, codes.count))
  }

  /// - Parameter codeCount: all codes are below it.
  init(from old: [Int], to new: [Int], codeCount: Int) {
    origins = Array(repeating: nil, count: new.count)
    isMoved = Array(repeating: false, count: new.count)
    let shorter = min(old.count, new.count)
    var start = 0
    while start < shorter, old[start] == new[start] { start += 1 }
    var end = 0
    while end < shorter - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
    for position in 0..<start { origins[position] = position }
    for offset in 1...max(end, 1) where offset <= end { origins[new.count - offset] = old.count - offset }
    let middle = Middle(
      old: old, oldRange: start..<(old.count - end), new: new, newRange: start..<(new.count - end),
      codeCount: codeCount)
    match(middle)
  }

  private mutating func match(_ middle: Middle) {
    if middle.oldRange.isEmpty || middle.newRange.isEmpty { return }
    var isTaken = Array(repeating: false, count: middle.oldRange.count)
    for (origin, position) in middle.inOrder() {
      origins[position] = origin
      isTaken[origin - middle.oldRange.lowerBound] = true
    }
    // What is left over of equal elements was moved: in the order in which it stands.
    var nexts = middle.occurrences.starts
    for position in middle.newRange where origins[position] == nil {
      let code = middle.new[position]
      let end = middle.occurrences.starts[code + 1]
      while nexts[code] < end, isTaken[middle.occurrences.positions[nexts[code]] - middle.oldRange.lowerBound] {
        nexts[code] += 1
      }
      guard nexts[code] < end else { continue }
      origins[position] = middle.occurrences.positions[nexts[code]]
      isMoved[position] = true
      nexts[code] += 1
    }
  }
}

/// Equal elements have equal numbers, counted from 0.
struct ElementCodes<Element: Hashable> {
  private var known: [Element: Int] = [:]
  var count: Int { known.count }

  /// -1, which is no element's, for all that lie outside.
  mutating func codes(of elements: [Element], in range: Range<Int>) -> [Int] {
    var result = Array(repeating: -1, count: elements.count)
    result.replaceSubrange(range, with: codes(of: Array(elements[range])))
    return result
  }

  mutating func codes(of elements: [Element]) -> [Int] {
    known.reserveCapacity(max(known.count, elements.count))
    return elements.map { element in
      if let code = known[element] { return code }
      let code = known.count
      known[element] = code
      return code
    }
  }
}

/// Where each code stands, as slices of one array.
private struct Occurrences {
  /// The positions of code c are `positions[starts[c]..<starts[c + 1]]`, ascending.
  var starts: [Int]
  var positions: [Int]

  init(of codes: [Int], in range: Range<Int>, codeCount: Int) {
    starts = Array(repeating: 0, count: codeCount + 1)
    for position in range { starts[codes[position] + 1] += 1 }
    for code in 0..<codeCount { starts[code + 1] += starts[code] }
    positions = Array(repeating: 0, count: range.count)
    var nexts = starts
    for position in range {
      positions[nexts[codes[position]]] = position
      nexts[codes[position]] += 1
    }
  }

  func count(of code: Int) -> Int { starts[code + 1] - starts[code] }
}

/// What two lists do not share at their ends.
private struct Middle {
  let old: [Int]
  let oldRange: Range<Int>
  let new: [Int]
  let newRange: Range<Int>
  let occurrences: Occurrences
  private let newOccurrences: Occurrences

  /// Up to so many pairs of one element's occurrences are all looked at; of more, only two for each.
  private static let pairLimit = 64

  init(old: [Int], oldRange: Range<Int>, new: [Int], newRange: Range<Int>, codeCount: Int) {
    self.old = old
    self.oldRange = oldRange
    self.new = new
    self.newRange = newRange
    occurrences = Occurrences(of: old, in: oldRange, codeCount: codeCount)
    newOccurrences = Occurrences(of: new, in: newRange, codeCount: codeCount)
  }

  /// Pairs of positions that ascend in both lists: the longest such sequence among those looked at.
  func inOrder() -> [(old: Int, new: Int)] {
    var chain = IncreasingChain()
    var met = Array(repeating: 0, count: newOccurrences.starts.count)
    for position in newRange {
      let code = new[position]
      defer { met[code] += 1 }
      let (first, count) = (occurrences.starts[code], occurrences.count(of: code))
      if count == 0 { continue }
      let newCount = newOccurrences.count(of: code)
      if count * newCount <= Self.pairLimit {
        // The later ones first: so no two of one new position get into one chain.
        for index in stride(from: first + count - 1, through: first, by: -1) {
          chain.offer(occurrences.positions[index], at: position)
        }
      } else {
        // As counted from the front, and as counted from the back.
        let places = [met[code], count - newCount + met[code]].filter { (0..<count).contains($0) }
        for place in Set(places).sorted(by: >) { chain.offer(occurrences.positions[first + place], at: position) }
      }
    }
    return chain.longest.map { (old: $0.value, new: $0.position) }
  }
}

/// Finds the longest increasing sequence among values that are offered one after the other (patience sorting).
struct IncreasingChain {
  private struct Link {
    var value: Int
    var position: Int
    var previous: Int
  }

  private var links: [Link] = []
  /// For each length, the link that ends a sequence of it with the smallest value.
  private var ends: [Int] = []

  /// Values offered at one position must descend.
  mutating func offer(_ value: Int, at position: Int) {
    var (low, high) = (0, ends.count)
    while low < high {
      let middle = (low + high) / 2
      if links[ends[middle]].value < value { low = middle + 1 } else { high = middle }
    }
    links.append(Link(value: value, position: position, previous: low > 0 ? ends[low - 1] : -1))
    if low == ends.count { ends.append(links.count - 1) } else { ends[low] = links.count - 1 }
  }

  var longest: [(value: Int, position: Int)] {
    var result: [(value: Int, position: Int)] = []
    result.reserveCapacity(ends.count)
    var link = ends.last ?? -1
    while link >= 0 {
      result.append((links[link].value, links[link].position))
      link = links[link].previous
    }
    return result.reversed()
  }
}
