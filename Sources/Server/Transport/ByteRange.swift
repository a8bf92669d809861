/// What a `Range` header asks of a body of known size (RFC 9110 §14).
enum ByteRange: Hashable, Sendable {
  /// No range, one of another unit or form, or several: the whole body goes out with 200.
  case whole
  case part(start: Int64, count: Int64)
  /// 416.
  case unsatisfiable

  init(header: String?, size: Int64) {
    guard let header, let equals = header.firstIndex(of: "="), header[..<equals].lowercased() == "bytes" else {
      self = .whole
      return
    }
    let ends = header[header.index(after: equals)...].split(separator: "-", omittingEmptySubsequences: false)
      .map { $0.filter { $0 != " " && $0 != "\t" } }
    guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy(Self.isDigit) }) else {
      self = .whole
      return
    }
    self = Self.parse(first: ends[0], last: ends[1], size: size)
  }

  private static func parse(first: String, last: String, size: Int64) -> ByteRange {
    if first.isEmpty {
      guard !last.isEmpty else { return .whole }
      let count = min(Int64(last) ?? .max, size)
      return count == 0 ? .unsatisfiable : .part(start: size - count, count: count)
    }
    let start = Int64(first) ?? .max
    let end = last.isEmpty ? Int64.max : Int64(last) ?? .max
    guard start <= end else { return .whole }
    guard start < size else { return .unsatisfiable }
    return .part(start: start, count: min(end, size - 1) - start + 1)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
