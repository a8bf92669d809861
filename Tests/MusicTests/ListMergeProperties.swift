import Music
import Testing

/// A base and two versions of it, made by random edits.
struct MergeCase: CustomStringConvertible {
  let seed: UInt64
  let hasDuplicates: Bool
  var base: [Int] = []
  var ours: [Int] = []
  var theirs: [Int] = []
  private var fresh = 1000

  /// - Parameters:
  ///   - hasDuplicates: tracks stand many times; without, each once, and none is added on both sides.
  ///   - moves: whether edits move tracks, or only add and remove.
  init(seed: UInt64, hasDuplicates: Bool, moves: Bool) {
    self.seed = seed
    self.hasDuplicates = hasDuplicates
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 0...30, using: &generator)
    base = hasDuplicates ? (0..<count).map { _ in Int.random(in: 0..<8, using: &generator) } : Array(0..<count)
    ours = edited(&generator, hasDuplicates, moves)
    theirs = edited(&generator, hasDuplicates, moves)
  }

  private mutating func edited(_ generator: inout SeededGenerator, _ hasDuplicates: Bool, _ moves: Bool) -> [Int] {
    var list = base
    for _ in 0..<Int.random(in: 0...10, using: &generator) {
      switch Int.random(in: 0..<(moves ? 4 : 2), using: &generator) {
      case 0:
        fresh += 1
        let track = hasDuplicates ? Int.random(in: 0..<8, using: &generator) : fresh
        list.insert(track, at: Int.random(in: 0...list.count, using: &generator))
      case 1 where !list.isEmpty: list.remove(at: Int.random(in: 0..<list.count, using: &generator))
      case 2 where !list.isEmpty:
        let track = list.remove(at: Int.random(in: 0..<list.count, using: &generator))
        list.insert(track, at: Int.random(in: 0...list.count, using: &generator))
      case 3 where list.count > 3:
        // A block goes elsewhere.
        let start = Int.random(in: 0..<(list.count - 2), using: &generator)
        let block = Array(list[start..<(start + 2)])
        list.removeSubrange(start..<(start + 2))
        list.insert(contentsOf: block, at: Int.random(in: 0...list.count, using: &generator))
      default: break
      }
    }
    if moves, Int.random(in: 0..<8, using: &generator) == 0 { list.shuffle(using: &generator) }
    return list
  }

  var merged: [Int] { ListMerge.merge(base: base, ours: ours, theirs: theirs) }
  var description: String { "seed \(seed): \(base) → \(ours) | \(theirs) → \(merged)" }
}

private func counts(_ list: [Int]) -> [Int: Int] { Dictionary(list.map { ($0, 1) }, uniquingKeysWith: +) }

@Suite("Merging random edits")
struct ListMergeProperties {
  static let seeds = UInt64(1)...3000

  private func each(_ body: (MergeCase) -> String?) {
    for seed in Self.seeds {
      for kind in 0..<4 {
        let merge = MergeCase(seed: seed, hasDuplicates: kind & 1 != 0, moves: kind & 2 != 0)
        if let complaint = body(merge) {
          Issue.record("\(complaint): \(merge)")
          return
        }
      }
    }
  }

  @Test("no track is lost that nobody removed, none appears that nobody added")
  func counted() {
    each { merge in
      let (base, ours, theirs) = (counts(merge.base), counts(merge.ours), counts(merge.theirs))
      let merged = counts(merge.merged)
      for track in Set(merge.base + merge.ours + merge.theirs + merge.merged) {
        let (b, o, t) = (base[track] ?? 0, ours[track] ?? 0, theirs[track] ?? 0)
        let (goneHere, goneThere) = (max(b - o, 0), max(b - t, 0))
        let added = max(o - b, t - b, 0)
        let count = merged[track] ?? 0
        // Where both removed one of several equal ones, it may have been the same one or not.
        if count < max(b - goneHere - goneThere, 0) + added { return "\(track) was lost" }
        if count > b - max(goneHere, goneThere) + added { return "\(track) appeared" }
      }
      return nil
    }
  }

  @Test("both orders converge: the other way round brings the same, with the ties the other way round")
  func converges() {
    each { merge in
      let other = ListMerge.merge(
        base: merge.base, ours: merge.theirs, theirs: merge.ours, ties: .standard.mirrored)
      if other != merge.merged { return "the other way \(other)" }
      // As a multiset, whatever the ties.
      let plain = ListMerge.merge(base: merge.base, ours: merge.theirs, theirs: merge.ours)
      return counts(plain) == counts(merge.merged) ? nil : "other tracks \(plain)"
    }
  }

  @Test("merging with itself, with nothing, and with what was merged already changes nothing")
  func idempotent() {
    each { merge in
      let merged = merge.merged
      if ListMerge.merge(base: merge.base, ours: merge.ours, theirs: merge.ours) != merge.ours { return "with itself" }
      if ListMerge.merge(base: merge.base, ours: merge.ours, theirs: merge.base) != merge.ours { return "with nothing" }
      if ListMerge.merge(base: merge.theirs, ours: merged, theirs: merged) != merged { return "after both" }
      // Where tracks stand many times, which of them was removed can be read in more than one way.
      if merge.hasDuplicates { return nil }
      if counts(ListMerge.merge(base: merge.base, ours: merge.ours, theirs: merged)) != counts(merged) {
        return "sent already: \(ListMerge.merge(base: merge.base, ours: merge.ours, theirs: merged))"
      }
      return nil
    }
  }

  @Test("without moves each side's tracks keep the order that the side gave them")
  func order() {
    for seed in Self.seeds {
      let merge = MergeCase(seed: seed, hasDuplicates: false, moves: false)
      let merged = merge.merged
      for side in [merge.ours, merge.theirs] {
        let kept = Set(merged)
        let members = Set(side)
        guard merged.filter(members.contains) == side.filter(kept.contains) else {
          Issue.record("\(merge)")
          return
        }
      }
    }
  }

  @Test("the additions of one side stand beside a neighbour that they were put beside")
  func neighbours() {
    for seed in Self.seeds {
      let merge = MergeCase(seed: seed, hasDuplicates: false, moves: true)
      let merged = merge.merged
      let additions = Set(merge.ours).subtracting(merge.base)
      for (index, track) in merge.ours.enumerated() where additions.contains(track) {
        let place = merged.firstIndex(of: track)!
        // Looking outwards, past what was removed or added: at least one side's next old track is the same.
        let isOld = { (other: Int) in merge.base.contains(other) && merged.contains(other) }
        let before = (merge.ours[..<index].last(where: isOld), merged[..<place].last(where: isOld))
        let after = (merge.ours[(index + 1)...].first(where: isOld), merged[(place + 1)...].first(where: isOld))
        guard before.0 == before.1 || after.0 == after.1 else {
          Issue.record("\(track): \(merge)")
          return
        }
      }
    }
  }

  @Test("10 000 tracks are merged, also when both sides shuffled them, also when all are the same")
  func long() {
    var generator = SeededGenerator(seed: 5)
    let base = Array(0..<10_000)
    let (ours, theirs) = (base.shuffled(using: &generator), base.shuffled(using: &generator) + [20_000])
    let merged = ListMerge.merge(base: base, ours: ours, theirs: theirs)
    #expect(merged.count == 10_001 && Set(merged).count == 10_001 && merged.last == 20_000)
    let same = [Int](repeating: 1, count: 10_000)
    #expect(ListMerge.merge(base: same, ours: same + [1], theirs: [1, 1] + same).count == 10_002)
    let few = base.map { $0 % 100 }
    let mixed = ListMerge.merge(base: few, ours: few.reversed(), theirs: few.shuffled(using: &generator))
    #expect(counts(mixed) == counts(few))
  }
}
