extension Activity {
  /// How far: `12 500 of 250 000`, `31.0 of 96.2 MiB`.
  package var countText: String {
    switch unit {
    case .things: total.map { "\(grouped(done)) of \(grouped($0))" } ?? grouped(done)
    case .bytes: total.map { "\(byteCount(done)) of \(byteCount($0))" } ?? byteCount(done)
    }
  }

  /// How fast and how long still; empty while nobody knows.
  package var paceText: [String] {
    if isEnding { return ["ending"] }
    if isPaused { return ["waiting"] }
    var parts: [String] = []
    if rate > 0 { parts.append((unit == .bytes ? byteCount(rate) : grouped(rate)) + "/s") }
    if let secondsLeft { parts.append("\(clock(.seconds(secondsLeft))) left") }
    return parts
  }
}

/// `12 500`: thousands apart by a space that no language takes for a point.
package func grouped(_ number: some BinaryInteger) -> String {
  let digits = String(number)
  var result = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0, digits[digits.index(digits.startIndex, offsetBy: index - 1)] != "-" {
      result += " "
    }
    result.append(digit)
  }
  return result
}

/// `1.4 GiB`: one decimal, binary units.
package func byteCount(_ count: Int64) -> String {
  let units = ["B", "KiB", "MiB", "GiB", "TiB"]
  var tenths = count * 10
  var unit = 0
  while tenths >= 10240, unit < units.count - 1 {
    tenths /= 1024
    unit += 1
  }
  return unit == 0 ? "\(count) B" : "\(tenths / 10).\(tenths % 10) \(units[unit])"
}
