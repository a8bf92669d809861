/// A station's address often is that of a small playlist which names the addresses of its sound: .m3u or .pls.
struct StationPlaylist {
  /// In its order.
  private(set) var addresses: [String] = []
  /// It lists pieces of sound (RFC 8216), which is another thing.
  private(set) var isHLS = false

  init(_ bytes: [UInt8]) {
    for line in decoded(bytes).split(whereSeparator: \.isNewline) {
      let line = line.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
      if line.hasPrefix("#EXT-X-") { isHLS = true }
      let value = line.lowercased().hasPrefix("file") ? line.drop { $0 != "=" }.dropFirst() : line
      let address = value.drop { $0.isWhitespace }.prefix { !$0.isWhitespace }
      if isWebAddress(address), addresses.count < 8 { addresses.append(String(address)) }
    }
  }

  /// By what HTTP calls the body, else by the ending of the address.
  static func isPlaylist(contentType: String?, url: String) -> Bool {
    let known = [
      "audio/x-mpegurl", "audio/mpegurl", "application/x-mpegurl", "application/vnd.apple.mpegurl", "audio/x-scpls",
      "application/pls+xml", "application/pls",
    ]
    if let contentType, known.contains(contentType) { return true }
    // Sound is sound, whatever its address ends in.
    if let contentType, contentType.hasPrefix("audio/") || contentType == "text/html" { return false }
    let path = url.prefix { $0 != "?" && $0 != "#" }.lowercased()
    return [".m3u", ".m3u8", ".pls"].contains { path.hasSuffix($0) }
  }
}

func isWebAddress(_ text: some StringProtocol) -> Bool {
  let lower = text.prefix(8).lowercased()
  return lower.hasPrefix("http://") || lower.hasPrefix("https://")
}
