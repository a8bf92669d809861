import Music

// Paths as URIs (RFC 3986), and MusicBrainz's ids in theirs.

/// - Parameter isWhole: names the scheme also for a path that begins nowhere.
func uri(ofPath path: String, isWhole: Bool = false) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var encoded: [UInt8] = []
  for byte in PathText.bytes(of: path) {
    if isUnreserved(byte) {
      encoded.append(byte)
    } else {
      encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  let text = String(decoding: encoded, as: UTF8.self)
  return path.hasPrefix("/") ? "file://" + text : isWhole ? "file:" + text : text
}

private func isUnreserved(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
    UInt8(ascii: "~"), UInt8(ascii: "/"):
    true
  default: false
  }
}

/// nil for a place that is no file, such as one on the web.
func path(ofURI uri: String) -> String? {
  var rest = Substring(uri)
  if rest.lowercased().hasPrefix("file:") {
    rest = rest.dropFirst(5)
    if rest.hasPrefix("//") {
      // A host may stand before the path.
      rest = rest.dropFirst(2)
      rest = rest.drop { $0 != "/" }
    }
  } else if let colon = rest.firstIndex(of: ":"), rest[..<colon].count > 1,
    rest[..<colon].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) })
  {
    return nil
  }
  let bytes = percentDecoded(rest)
  return bytes.contains(0) ? nil : PathText.text(of: bytes)
}

private func percentDecoded(_ text: Substring) -> [UInt8] {
  let bytes = Array(text.utf8)
  var decoded: [UInt8] = []
  decoded.reserveCapacity(bytes.count)
  var index = 0
  while index < bytes.count {
    if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = digit(bytes[index + 1]),
      let low = digit(bytes[index + 2])
    {
      decoded.append(high << 4 | low)
      index += 3
    } else {
      decoded.append(bytes[index])
      index += 1
    }
  }
  return decoded
}

private func digit(_ byte: UInt8) -> UInt8? { Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) } }

private let recording = "https://musicbrainz.org/recording/"

func uri(ofMusicBrainzID id: String) -> String { recording + id }

/// The last thing in the text that looks like one: 8-4-4-4-12 hexadecimal digits.
func musicBrainzID(in text: String) -> String? {
  text.split { $0 == "/" || $0 == ":" || $0 == "?" || $0 == "#" }.last { part in
    let groups = part.split(separator: "-", omittingEmptySubsequences: false)
    return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.joined().allSatisfy { $0.isASCII && $0.isHexDigit }
  }.map { $0.lowercased() }
}

func trimmed(_ text: some StringProtocol) -> String {
  var part = text.drop { $0.isWhitespace }
  while part.last?.isWhitespace == true { part = part.dropLast() }
  return String(part)
}
