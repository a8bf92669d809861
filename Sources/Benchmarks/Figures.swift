/// The same thing measured several times.
struct Figures {
  private(set) var values: [Double]

  init(_ values: [Double] = []) { self.values = values }

  /// In milliseconds; nothing where it never came.
  mutating func add(_ duration: Duration?) {
    if let duration { values.append(duration.milliseconds) }
  }

  mutating func add(_ value: Double) { values.append(value) }

  var median: Double? { quantile(0.5) }

  func quantile(_ part: Double) -> Double? {
    guard !values.isEmpty else { return nil }
    return values.sorted()[min(values.count - 1, Int(part * Double(values.count)))]
  }

  /// The slowest of a hundred, as one figure.
  var percentile99: Figures { Figures(quantile(0.99).map { [$0] } ?? []) }

  /// `4.10 (3.90–5.20)`: median, smallest, largest.
  var text: String {
    guard let median, let least = values.min(), let most = values.max() else { return "–" }
    return values.count == 1 ? short(median) : "\(short(median)) (\(short(least))–\(short(most)))"
  }
}

extension Duration {
  var milliseconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) * 1000 + Double(attoseconds) / 1e15
  }
}

/// Two decimals below 10, one below 100, none above.
func short(_ value: Double) -> String {
  guard value >= 0 else { return "-" + short(-value) }
  let decimals = value < 10 ? 2 : value < 100 ? 1 : 0
  let scale = [1.0, 10, 100][decimals]
  let scaled = Int((value * scale).rounded())
  guard decimals > 0 else { return "\(scaled)" }
  let fraction = String(scaled % Int(scale))
  return "\(scaled / Int(scale))." + String(repeating: "0", count: decimals - fraction.count) + fraction
}
