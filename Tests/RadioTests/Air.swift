import Glibc
import Threading

/// Heads and bodies of stations.
enum Air {
  static func head(_ fields: String..., type: String = "audio/mpeg", status: String = "HTTP/1.0 200 OK") -> String {
    ([status, "Content-Type: \(type)"] + fields).joined(separator: "\r\n") + "\r\n\r\n"
  }

  /// Metadata as it stands in a stream: its count, the text, and zeros.
  static func text(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let blocks = (bytes.count + 15) / 16
    return [UInt8(blocks)] + bytes + [UInt8](repeating: 0, count: blocks * 16 - bytes.count)
  }

  static func title(_ text: String) -> [UInt8] { self.text(Array("StreamTitle='\(text)';StreamUrl='';".utf8)) }

  /// `count` numbered bytes from `start` on: whatever is lost or put in between shows.
  static func sound(_ count: Int, from start: Int = 0) -> [UInt8] {
    (start..<(start + count)).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 8) }
  }
}

/// Asks until it holds; false when that would never come.
func holds(_ condition: () -> Bool) -> Bool {
  let deadline = monotonicNow() + .seconds(30)
  while monotonicNow() < deadline {
    if condition() { return true }
    usleep(5000)
  }
  return false
}
