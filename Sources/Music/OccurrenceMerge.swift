/// The merge of three lists of codes, of which equal ones mean equal elements.
///
/// Every occurrence has a number: those of the base their position in it, then those that were added, in any order.
/// Of the two sides one is the placing one: where both have a say on where an occurrence stands, it decides.
struct OccurrenceMerge {
  /// Where an occurrence is found: list 0 is the base, 1 the placing side, 2 the other.
  struct Place {
    var list: Int
    var position: Int
  }

  /// One side as it stands, in the numbers of occurrences.
  private struct View {
    var items: [Int]
    /// Against the base; by position.
    var isMoved: [Bool]
  }

  /// Who says where an occurrence stands.
  private enum Authority {
    /// Removed by either side: it stands nowhere.
    case gone
    /// It kept its order among others of the kind on both sides.
    case skeleton
    case placing
    case other
  }

  private var places: [Place]
  private var views: [View] = []
  private var authorities: [Authority] = []
  /// In the base, so that it is no addition.
  private let baseCount: Int

  init(base: [Int], placing: [Int], other: [Int], codeCount: Int) {
    baseCount = base.count
    places = base.indices.map { Place(list: 0, position: $0) }
    // Additions of the same element on both sides are one and the same, counted one by one.
    var added: [[Int]] = Array(repeating: [], count: codeCount)
    for (list, side) in [(1, placing), (2, other)] {
      let matching = ListMatching(from: base, to: side, codeCount: codeCount)
      var used = Array(repeating: 0, count: codeCount)
      let items = side.indices.map { position in
        if let origin = matching.origins[position] { return origin }
        let code = side[position]
        if list == 2, used[code] < added[code].count {
          used[code] += 1
          return added[code][used[code] - 1]
        }
        places.append(Place(list: list, position: position))
        if list == 1 { added[code].append(places.count - 1) }
        return places.count - 1
      }
      views.append(View(items: items, isMoved: matching.isMoved))
    }
    decide()
  }

  private func isAddition(_ item: Int) -> Bool { item >= baseCount }

  // MARK: Who says where each stands

  private mutating func decide() {
    var positions = Array(repeating: Array(repeating: -1, count: places.count), count: 2)
    for view in 0..<2 {
      for (position, item) in views[view].items.enumerated() { positions[view][item] = position }
    }
    var isCommon = Array(repeating: false, count: places.count)
    authorities = places.indices.map { item in
      let (here, there) = (positions[0][item], positions[1][item])
      if isAddition(item) {
        isCommon[item] = here >= 0 && there >= 0
        return here >= 0 ? .placing : .other
      }
      guard here >= 0, there >= 0 else { return .gone }
      let (movedHere, movedThere) = (views[0].isMoved[here], views[1].isMoved[there])
      isCommon[item] = movedHere == movedThere
      return movedHere || !movedThere ? .placing : .other
    }
    // Those that both sides place: as many as agree are the skeleton, the rest stand where the placing side has them.
    var chain = IncreasingChain()
    for item in views[0].items where isCommon[item] { chain.offer(positions[1][item], at: item) }
    for link in chain.longest { authorities[link.position] = .skeleton }
  }

  // MARK: The order

  /// - Parameter placingFirst: where both sides put something into one place, the placing side's comes first.
  func ordered(placingFirst: Bool) -> [Place] {
    let sides: [(view: View, authority: Authority)] =
      placingFirst
      ? [(views[0], .placing), (views[1], .other)] : [(views[1], .other), (views[0], .placing)]
    let frame = placed(sides.map { gaps($0.view, $0.authority) })
    let additions = sides.map { Additions(of: runs($0.view, $0.authority)) }
    var order = additions.flatMap(\.atStart)
    for item in frame {
      for side in additions { order += side.before[item] ?? [] }
      order.append(item)
      for side in additions { order += side.after[item] ?? [] }
    }
    order += additions.flatMap(\.atEnd)
    return order.map { places[$0] }
  }

  /// What a side placed, additions of its own apart, for each gap of the skeleton. The last gap is behind it.
  private func gaps(_ view: View, _ authority: Authority) -> [[Int]] {
    var gaps: [[Int]] = [[]]
    for item in view.items {
      if authorities[item] == .skeleton { gaps.append([]) }
      if authorities[item] == authority, !isOwnAddition(item) { gaps[gaps.count - 1].append(item) }
    }
    return gaps
  }

  /// Added by one side only: its place hangs on its neighbours, not on the skeleton alone.
  private func isOwnAddition(_ item: Int) -> Bool {
    isAddition(item) && authorities[item] != .skeleton
  }

  /// The skeleton with the gaps filled: everything but the additions.
  private func placed(_ gaps: [[[Int]]]) -> [Int] {
    var order = gaps.flatMap { $0[0] }
    var gap = 0
    for item in views[0].items where authorities[item] == .skeleton {
      gap += 1
      order.append(item)
      for side in gaps { order += side[gap] }
    }
    return order
  }

  /// A side's additions, with those that surround them.
  private func runs(_ view: View, _ authority: Authority) -> [Run] {
    var runs: [Run] = []
    var left: Int?
    var items: [Int] = []
    for item in view.items where authorities[item] != .gone {
      if isAddition(item), authorities[item] == authority {
        items.append(item)
      } else if !isAddition(item) || authorities[item] == .skeleton {
        if !items.isEmpty { runs.append(Run(items: items, left: left, right: item)) }
        items = []
        left = item
      }
    }
    if !items.isEmpty { runs.append(Run(items: items, left: left, right: nil)) }
    for index in runs.indices {
      // Beside the neighbour that the other side has not moved away; the left one if both are still there.
      let isSteady = [runs[index].left, runs[index].right].map { neighbour in
        neighbour.map { authorities[$0] == .skeleton || authorities[$0] == authority } ?? false
      }
      runs[index].hangsOnRight = !isSteady[0] && isSteady[1]
    }
    return runs
  }
}

/// Additions of one side that stand together, between two that are no additions of its own.
private struct Run {
  var items: [Int]
  /// nil: the start of the list.
  var left: Int?
  /// nil: the end of the list.
  var right: Int?
  var hangsOnRight = false
}

/// The additions of one side by what they hang on.
private struct Additions {
  var atStart: [Int] = []
  var atEnd: [Int] = []
  var before: [Int: [Int]] = [:]
  var after: [Int: [Int]] = [:]

  init(of runs: [Run]) {
    for run in runs {
      // What was put at the end stays at the end, wherever the track before it goes; so with the start.
      guard let right = run.right else {
        atEnd += run.items
        continue
      }
      guard let left = run.left else {
        atStart += run.items
        continue
      }
      if run.hangsOnRight { before[right] = run.items } else { after[left] = run.items }
    }
  }
}
