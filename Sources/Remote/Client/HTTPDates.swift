import Glibc

/// Reads the three forms of a date in HTTP (RFC 9110 §5.6.7), in seconds since 1970:
/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`. nil for anything else.
func secondsOfHTTPDate(_ text: String) -> Int64? {
  let words = text.split { $0 == " " || $0 == "," || $0 == "-" }.map(String.init)
  guard words.count >= 5, let clock = words.first(where: { $0.contains(":") }).flatMap(clockTime) else { return nil }
  // The name of the day first; then day and month, in asctime's form month and day.
  let (first, second) = (words[1], words[2])
  guard let month = months.firstIndex(of: first.lowercased()) ?? months.firstIndex(of: second.lowercased()),
    let day = Int32(first) ?? Int32(second), (1...31).contains(day)
  else { return nil }
  guard let last = words.dropFirst(3).compactMap({ Int32($0) }).first, (0...9999).contains(last) else { return nil }
  var moment = tm()
  moment.tm_year = last >= 100 ? last - 1900 : last < 70 ? last + 100 : last
  moment.tm_mon = Int32(month)
  moment.tm_mday = day
  (moment.tm_hour, moment.tm_min, moment.tm_sec) = clock
  return Int64(timegm(&moment))
}

private let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

private func clockTime(_ text: String) -> (Int32, Int32, Int32)? {
  let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int32($0) }
  guard parts.count == 3, let hour = parts[0], let minute = parts[1], let second = parts[2],
    (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
  else { return nil }
  return (hour, minute, second)
}
