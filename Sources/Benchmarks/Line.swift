/// One line of the table: what was measured, our figure, the goal, and the others' figures.
struct Line {
  enum Goal {
    case none
    case atMost(Double)
    case atLeast(Double)
    /// Times the figure of a peer.
    case atMostTimes(Double, of: String)
  }

  var what: String
  var ours: Figures
  var goal: Goal
  var peers: [(name: String, figures: Figures)]

  init(_ what: String, _ ours: Figures, goal: Goal = .none, peers: [(name: String, figures: Figures)] = []) {
    self.what = what
    self.ours = ours
    self.goal = goal
    self.peers = peers
  }

  static let head = """
    | what: median (least–most) | dulcet | goal | | beside it, and ours as a part of theirs |
    |---|---|---|---|---|
    """

  var text: String { "| \(what) | \(ours.text) | \(goalText) | \(verdict) | \(peersText) |" }

  private var limit: Double? {
    switch goal {
    case .none: nil
    case .atMost(let limit), .atLeast(let limit): limit
    case .atMostTimes(let factor, let name): peers.first { $0.name == name }?.figures.median.map { $0 * factor }
    }
  }

  private var goalText: String {
    switch goal {
    case .none: "–"
    case .atMost(let limit): "≤ \(plain(limit))"
    case .atLeast(let limit): "≥ \(plain(limit))"
    case .atMostTimes(let factor, let name): "≤ \(plain(factor)) × \(name)"
    }
  }

  private var verdict: String {
    guard let limit, let median = ours.median else { return "" }
    let isMet = if case .atLeast = goal { median >= limit } else { median <= limit }
    return isMet ? "met" : "MISSED"
  }

  private var peersText: String {
    peers.map { peer in
      guard let theirs = peer.figures.median, theirs > 0, let median = ours.median else {
        return "\(peer.name) \(peer.figures.text)"
      }
      return "\(peer.name) \(short(theirs)) (\(short(median / theirs)) ×)"
    }.joined(separator: ", ")
  }

  /// A goal as it was written: `6`, not `6.00`.
  private func plain(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
}
