import Glibc
package import Music

/// A moment as the wire writes it: RFC 3339, sent with `Z` and no fraction; read with or without zone or fraction.
package struct WireDate: Hashable, Sendable {
  package let timestamp: Timestamp

  package init(_ timestamp: Timestamp) { self.timestamp = timestamp }

  /// nil when it is no date at all. Without a zone it is taken as UTC. Years before 1970 mean "never" and are nil too.
  package init?(_ text: String) {
    var rest = text.utf8[...]
    guard let year = number(&rest, digits: 4), skip(&rest, "-"), let month = number(&rest, digits: 2), skip(&rest, "-"),
      let day = number(&rest, digits: 2)
    else { return nil }
    var moment = tm()
    moment.tm_year = Int32(year - 1900)
    moment.tm_mon = Int32(month - 1)
    moment.tm_mday = Int32(day)
    var offset = 0
    if skip(&rest, "T") || skip(&rest, "t") || skip(&rest, " ") {
      guard let hour = number(&rest, digits: 2), skip(&rest, ":"), let minute = number(&rest, digits: 2) else {
        return nil
      }
      moment.tm_hour = Int32(hour)
      moment.tm_min = Int32(minute)
      if skip(&rest, ":") { moment.tm_sec = Int32(number(&rest, digits: 2) ?? 0) }
      if skip(&rest, ".") || skip(&rest, ",") { rest = rest.drop { isDigit($0) } }
      guard let zone = zoneOffset(&rest) else { return nil }
      offset = zone
    }
    guard (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
    timestamp = Timestamp(seconds: Int64(timegm(&moment) - offset))
  }

  package var text: String {
    var seconds = time_t(clamping: timestamp.seconds)
    var moment = tm()
    gmtime_r(&seconds, &moment)
    let date = [
      padded(Int(moment.tm_year) + 1900, 4), padded(Int(moment.tm_mon) + 1, 2), padded(Int(moment.tm_mday), 2),
    ]
    let clock = [moment.tm_hour, moment.tm_min, moment.tm_sec].map { padded(Int($0), 2) }
    return date.joined(separator: "-") + "T" + clock.joined(separator: ":") + "Z"
  }
}

extension WireDate: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let date = WireDate(text) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no date"))
    }
    self = date
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

private func number(_ rest: inout Substring.UTF8View, digits: Int) -> Int? {
  let part = rest.prefix(digits)
  guard part.count == digits, part.allSatisfy(isDigit) else { return nil }
  rest = rest.dropFirst(digits)
  return part.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
}

private func skip(_ rest: inout Substring.UTF8View, _ mark: Unicode.Scalar) -> Bool {
  guard rest.first == UInt8(ascii: mark) else { return false }
  rest = rest.dropFirst()
  return true
}

/// Seconds east of UTC: nothing, `Z`, `+02:00`, `+0200` or `+02`; nil when it is something else.
private func zoneOffset(_ rest: inout Substring.UTF8View) -> Int? {
  if rest.isEmpty || skip(&rest, "Z") || skip(&rest, "z") { return 0 }
  let sign = skip(&rest, "+") ? 1 : skip(&rest, "-") ? -1 : 0
  guard sign != 0, let hours = number(&rest, digits: 2) else { return nil }
  _ = skip(&rest, ":")
  return sign * (hours * 3600 + (number(&rest, digits: 2) ?? 0) * 60)
}
