// Numbers and times as people write them on a command line.

/// `3`, `-1.5`, `0.25`: what `decimalNumber` reads back as the same number.
package func plain(_ number: Double) -> String {
  let rounded = hundredths(number)
  return rounded == rounded.rounded() ? String(Int(rounded)) : "\(rounded)"
}

/// `+1.5 dB`, `-6 dB`.
package func decibels(_ gain: Double) -> String { (gain > 0 ? "+" : "") + plain(gain) + " dB" }

func hundredths(_ number: Double) -> Double { (number * 100).rounded() / 100 }

/// A number with a point or a comma; nil for anything else, `inf` and hexadecimal too.
func decimalNumber(_ text: some StringProtocol) -> Double? {
  let plain = text.map { $0 == "," ? "." : $0 }
  guard plain.count <= 12, plain.allSatisfy({ "+-.0123456789".contains($0) }) else { return nil }
  return Double(String(plain)).map(hundredths)
}

/// `90`, `1:30`, `1:02:03.5` as milliseconds.
func milliseconds(of text: some StringProtocol) -> Int? {
  let fields = text.split(separator: ":", omittingEmptySubsequences: false)
  guard (1...3).contains(fields.count), let last = fields.last else { return nil }
  var whole = 0
  for field in fields.dropLast() {
    guard field.count <= 6, let number = UInt32(field) else { return nil }
    whole = (whole + Int(number)) * 60
  }
  let parts = last.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
  guard parts[0].count <= 6, let seconds = UInt32(parts[0]) else { return nil }
  var fraction = 0
  if parts.count == 2 {
    guard (1...3).contains(parts[1].count), let digits = UInt32(parts[1]) else { return nil }
    fraction = Int(digits) * [100, 10, 1][parts[1].count - 1]
  }
  return (whole + Int(seconds)) * 1000 + fraction
}

/// `1:30`, `0:12.5`: what `milliseconds(of:)` reads back as the same time.
func preciseClock(_ milliseconds: Int) -> String {
  let time = clock(.milliseconds(milliseconds))
  let fraction = milliseconds % 1000
  guard fraction > 0 else { return time }
  var digits = String(1000 + fraction).dropFirst()
  while digits.last == "0" { digits = digits.dropLast() }
  return "\(time).\(digits)"
}

extension CommandArguments {
  /// A number, with or without its unit.
  func decimal(in range: ClosedRange<Double>, unit: String, step: Double = 0.1) throws(CommandError) -> Double {
    let expected = "a number from \(plain(range.lowerBound)) to \(plain(range.upperBound))"
    guard !rest.isEmpty else { throw .missing(expected, of: name) }
    var text = rest[...]
    if text.lowercased().hasSuffix(unit.lowercased()) { text = text.dropLast(unit.count) }
    guard let number = decimalNumber(trimmed(text)) else { throw .invalid(rest, expected: expected, of: name) }
    let rounded = hundredths((number / step).rounded() * step)
    guard range.contains(rounded) else { throw .invalid(rest, expected: expected, of: name) }
    return rounded
  }
}

/// `10G`, `512M`, `1.5G`, or bytes; nil for anything else.
package func parseByteCount(_ text: String) -> Int64? {
  let units: [Character: Double] = ["K": 1024, "M": 1_048_576, "G": 1_073_741_824, "T": 1_099_511_627_776]
  guard let last = text.uppercased().last else { return nil }
  let unit = units[last]
  guard let number = Double(unit == nil ? text[...] : text.dropLast()), number >= 0 else { return nil }
  return Int64(exactly: (number * (unit ?? 1)).rounded(.down))
}
