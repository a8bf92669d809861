/// The same numbers in every run.
struct SmallNumbers {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  /// Below `limit`.
  mutating func next(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }
}
