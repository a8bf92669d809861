import Glibc

/// Without the spaces, line ends and control characters around it.
func trimmed(_ text: String) -> String {
  let scalars = text.unicodeScalars
  let isBlank: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace || $0.value < 32 || $0.value == 127 }
  guard let first = scalars.firstIndex(where: { !isBlank($0) }), let last = scalars.lastIndex(where: { !isBlank($0) })
  else { return "" }
  return String(scalars[first...last])
}

/// The number in front of "3/12", "3 of 12", "03"; 0 when there is none or it is no sensible one.
func leadingNumber(_ text: String) -> Int {
  let digits = text.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  guard let number = Int(Substring(digits)), number <= 99_999 else { return 0 }
  return number
}

/// The year in front of an ISO date.
func year(of date: String) -> Int? {
  let year = leadingNumber(String(date.prefix(4)))
  return year >= 1 && date.prefix(4).utf8.count == 4 ? year : nil
}

/// "-7.89 dB" → -7.89, also with a comma for the point; nil for what begins with no number.
func number(_ text: String) -> Double? {
  let digits = text.prefix { $0.isASCII && ($0.isNumber || "+-.,eE".contains($0)) }
  return Double(String(digits.map { $0 == "," ? "." : $0 })).flatMap { $0.isFinite ? $0 : nil }
}

/// RFC 7845, 5.2.1: 256ths of a dB, relative to -23 LUFS; ReplayGain's reference is 5 dB louder.
func r128(_ text: String) -> Double? { Int16(text).map { Double($0) / 256 + 5 } }
