/// Times of several runs.
struct Figures {
  private var values: [Double] = []

  mutating func add(_ duration: Duration?) {
    guard let duration else { return }
    let (seconds, attoseconds) = duration.components
    values.append(Double(seconds) * 1000 + Double(attoseconds) / 1e15)
  }

  mutating func add(_ value: Double) { values.append(value) }

  /// `4.1 (3.9–5.2)`: median, smallest, largest.
  var text: String {
    guard !values.isEmpty else { return "–" }
    let sorted = values.sorted()
    return "\(short(sorted[sorted.count / 2])) (\(short(sorted[0]))–\(short(sorted[sorted.count - 1])))"
  }
}

/// Two decimals below 10, one below 100, none above.
func short(_ value: Double) -> String {
  let decimals = value < 10 ? 2 : value < 100 ? 1 : 0
  let scale = [1.0, 10, 100][decimals]
  let scaled = Int((value * scale).rounded())
  guard decimals > 0 else { return "\(scaled)" }
  let fraction = String(scaled % Int(scale))
  return "\(scaled / Int(scale))." + String(repeating: "0", count: decimals - fraction.count) + fraction
}
