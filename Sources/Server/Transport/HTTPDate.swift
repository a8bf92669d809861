import Glibc
import Music

/// A moment as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7).
func httpDate(_ time: Timestamp) -> String {
  let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  var seconds = time_t(clamping: time.seconds)
  var moment = tm()
  gmtime_r(&seconds, &moment)
  let two = { (number: Int32) in (number < 10 ? "0" : "") + String(number) }
  let date = "\(two(moment.tm_mday)) \(months[Int(moment.tm_mon)]) \(moment.tm_year + 1900)"
  let clock = [moment.tm_hour, moment.tm_min, moment.tm_sec].map(two).joined(separator: ":")
  return "\(days[Int(moment.tm_wday)]), \(date) \(clock) GMT"
}
