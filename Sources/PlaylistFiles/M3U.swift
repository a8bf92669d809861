import Music

// M3U: a path a line. Lines that begin with # are comments, of which `#EXTINF:seconds,Artist - Title` and a few others
// have a meaning. There is no standard; this is what players agree on.

func readM3U(_ bytes: ArraySlice<UInt8>) -> PlaylistFile {
  var file = PlaylistFile()
  var track = TrackDescription()
  // Old Macs ended lines with a carriage return alone.
  for line in bytes.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }) {
    guard file.tracks.count < PlaylistFile.mostTracks else {
      file.isCutShort = true
      break
    }
    let line = trimmed(line)
    if line.isEmpty { continue }
    if line.first == UInt8(ascii: "#") {
      readDirective(text(of: line), into: &track, &file)
    } else if !line.contains(0) {
      track.path = path(ofLine: line)
      file.tracks.append(track)
      track = TrackDescription()
    }
  }
  return file
}

private func readDirective(_ line: String, into track: inout TrackDescription, _ file: inout PlaylistFile) {
  guard let colon = line.firstIndex(of: ":") else { return }
  let value = trimmed(line[line.index(after: colon)...])
  switch line[..<colon].uppercased() {
  case "#EXTINF": readInformation(value, into: &track)
  case "#PLAYLIST": file.title = value
  case "#EXTALB": track.album = value
  case "#EXTART": if track.artist.isEmpty { track.artist = value }
  case "#MUSICBRAINZ-TRACK": track.musicBrainzID = musicBrainzID(in: value)
  default: break
  }
}

/// `213,Artist - Title`; players put attributes between the seconds and the comma.
private func readInformation(_ text: String, into track: inout TrackDescription) {
  guard let comma = text.firstIndex(of: ",") else { return }
  let number = text[..<comma].prefix { $0.isASCII && ($0.isNumber || $0 == "-" || $0 == ".") }
  track.duration = Double(number).flatMap { Int(exactly: $0.rounded()) }.map { min(max(0, $0), 1 << 24) } ?? 0
  let name = trimmed(text[text.index(after: comma)...])
  if track.artist.isEmpty, let dash = name.firstRange(of: " - ") {
    track.artist = trimmed(name[..<dash.lowerBound])
    track.title = trimmed(name[dash.upperBound...])
  } else {
    track.title = name
  }
}

/// Bytes as text: UTF-8, or else Latin-1, which old files are in.
private func text(of bytes: ArraySlice<UInt8>) -> String {
  String(validating: bytes, as: UTF8.self) ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
}

private func path(ofLine line: ArraySlice<UInt8>) -> String {
  if let text = String(validating: line, as: UTF8.self), text.lowercased().hasPrefix("file:") {
    return path(ofURI: text) ?? text
  }
  // Windows' way of writing paths.
  let isWindows = line.dropFirst().first == UInt8(ascii: ":") || !line.contains(UInt8(ascii: "/"))
  return PathText.text(of: isWindows ? line.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 } : Array(line))
}

private func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  var bytes = bytes
  while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
  while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
  return bytes
}

func writeM3U(_ file: PlaylistFile) -> [UInt8] {
  var bytes = Array("#EXTM3U\n".utf8)
  func add(_ line: String) { bytes += oneLine(line).utf8 + [0x0a] }
  if !file.title.isEmpty { add("#PLAYLIST:" + file.title) }
  for track in file.tracks {
    // A dash in the artist's name would be taken for the one that ends it.
    let isPlain = track.artist.firstRange(of: " - ") == nil && !track.artist.isEmpty
    if !isPlain, !track.artist.isEmpty { add("#EXTART:" + track.artist) }
    let name = isPlain ? "\(track.artist) - \(track.title)" : track.title
    add("#EXTINF:\(track.duration > 0 ? track.duration : -1),\(name)")
    if !track.album.isEmpty { add("#EXTALB:" + track.album) }
    if let id = track.musicBrainzID { add("#MUSICBRAINZ-TRACK:" + id) }
    bytes += line(ofPath: track.path) + [0x0a]
  }
  return bytes
}

/// A path as it is, or as a URI where a line cannot hold it.
private func line(ofPath path: String) -> [UInt8] {
  let bytes = PathText.bytes(of: path)
  let isPlain = !bytes.contains { $0 < 0x20 } && bytes.first != 0x20 && bytes.last != 0x20
  if !isPlain { return Array(uri(ofPath: path, isWhole: true).utf8) }
  return bytes.first == UInt8(ascii: "#") || bytes.isEmpty ? Array("./".utf8) + bytes : bytes
}

/// Text that stays on one line.
private func oneLine(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? " " : $0 }))
}
