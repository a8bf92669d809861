/// Which files are taken for music, by their ending.
package enum AudioKind {
  /// Ending without the dot, lower case → what HTTP calls the contents.
  private static let contentTypes = [
    "mp3": "audio/mpeg", "flac": "audio/flac", "ogg": "audio/ogg", "oga": "audio/ogg", "opus": "audio/ogg",
    "m4a": "audio/mp4", "m4b": "audio/mp4", "aac": "audio/aac", "wav": "audio/wav", "aif": "audio/aiff",
    "aiff": "audio/aiff", "aifc": "audio/aiff", "wma": "audio/x-ms-wma", "ape": "audio/x-ape",
    "mpc": "audio/x-musepack",
    "wv": "audio/x-wavpack", "tta": "audio/x-tta", "spx": "audio/ogg",
  ]

  /// nil for what is not music.
  package static func contentType(ofSuffix suffix: String) -> String? { contentTypes[suffix] }

  /// The ending of a name, lower case, without the dot; "" when it has none.
  package static func suffix(of name: some Collection<UInt8>) -> String {
    let name = Array(name)
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0, name.count - dot <= 6 else { return "" }
    return String(decoding: name[(dot + 1)...], as: UTF8.self).lowercased()
  }

  static func isMusic(_ name: [UInt8]) -> Bool { contentType(ofSuffix: suffix(of: name)) != nil }
}
