import CXML
import Music

// XSPF, https://www.xspf.org/spec: read with libxml2, written by hand, since writing needs no parser.

func readXSPF(_ bytes: [UInt8]) throws(PlaylistFileError) -> PlaylistFile {
  guard dulcet_xml_load() == 0 else { throw .noXML }
  let file = bytes.withUnsafeBytes { buffer -> PlaylistFile? in
    guard let reader = XMLPullReader(buffer) else { return nil }
    var parser = XSPFParser()
    while parser.file.tracks.count < PlaylistFile.mostTracks {
      guard let node = reader.next() else { break }
      parser.take(node)
    }
    parser.file.isCutShort = reader.isDamaged || parser.file.tracks.count >= PlaylistFile.mostTracks
    return parser.isPlaylist ? parser.file : nil
  }
  guard let file else { throw .noPlaylist(.xspf) }
  return file
}

/// Owns one of libxml2's readers for as long as it lives; belongs to one thread. It never follows a reference.
private final class XMLPullReader {
  enum Node {
    case start(String, depth: Int, isEmpty: Bool)
    case text(String, depth: Int)
    case end(depth: Int)
    case other
  }

  private let reader: UnsafeMutableRawPointer
  private(set) var isDamaged = false

  /// - Parameter bytes: outlive it.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self), let count = Int32(exactly: bytes.count),
      let reader = dulcet_xml_open(start, count)
    else { return nil }
    self.reader = reader
  }

  deinit { dulcet_xml_close(reader) }

  /// nil at the end, also where that is too early.
  func next() -> Node? {
    let answer = dulcet_xml_next(reader)
    isDamaged = answer < 0
    guard answer == 1 else { return nil }
    let depth = Int(dulcet_xml_depth(reader))
    switch dulcet_xml_kind(reader) {
    case 1:
      let name = dulcet_xml_name(reader).map { String(cString: $0) } ?? ""
      return .start(name, depth: depth, isEmpty: dulcet_xml_is_empty(reader) == 1)
    case 3, 4: return .text(dulcet_xml_text(reader).map { String(cString: $0) } ?? "", depth: depth)
    case 15: return .end(depth: depth)
    default: return .other
    }
  }
}

/// Nodes become a playlist: `playlist/trackList/track/…`, whatever else stands between.
private struct XSPFParser {
  var file = PlaylistFile()
  private(set) var isPlaylist = false
  /// Names of the open elements.
  private var open: [String] = []
  private var track: TrackDescription?
  private var text = ""
  /// More is no name.
  private static let longestText = 64 * 1024

  mutating func take(_ node: XMLPullReader.Node) {
    switch node {
    case .start(let name, let depth, let isEmpty):
      close(to: depth)
      if depth == 0 { isPlaylist = name == "playlist" }
      open.append(name)
      text = ""
      if open == ["playlist", "trackList", "track"] { track = TrackDescription() }
      if isEmpty { close(to: depth) }
    case .text(let more, _): if text.utf8.count < Self.longestText { text += more }
    case .end(let depth): close(to: depth)
    case .other: break
    }
  }

  private mutating func close(to depth: Int) {
    while open.count > depth {
      ended()
      open.removeLast()
      text = ""
    }
  }

  private mutating func ended() {
    guard isPlaylist else { return }
    let value = trimmed(text)
    if open == ["playlist", "title"] { file.title = value }
    guard open.starts(with: ["playlist", "trackList", "track"]), var track else { return }
    if open.count == 3 {
      file.tracks.append(track)
      self.track = nil
    } else if open.count == 4 {
      track.take(value, named: open[3])
      self.track = track
    }
  }
}

extension TrackDescription {
  /// One of the elements that XSPF and JSPF know.
  mutating func take(_ value: String, named name: String) {
    switch name {
    case "location": if path.isEmpty { path = PlaylistFiles.path(ofURI: value) ?? "" }
    case "identifier": musicBrainzID = musicBrainzID ?? PlaylistFiles.musicBrainzID(in: value)
    case "title": title = value
    case "creator": artist = value
    case "album": album = value
    case "trackNum": trackNumber = Int(value).map { min(max(0, $0), 1 << 16) } ?? 0
    case "duration": duration = Int(value).map { min(max(0, $0), 1 << 34) / 1000 } ?? 0
    default: break
    }
  }
}

func writeXSPF(_ file: PlaylistFile) -> [UInt8] {
  var text = """
    <?xml version="1.0" encoding="UTF-8"?>
    <playlist version="1" xmlns="http://xspf.org/ns/0/">
    """
  func add(_ name: String, _ value: String, indented spaces: String) {
    if !value.isEmpty { text += "\n\(spaces)<\(name)>\(escaped(value))</\(name)>" }
  }
  add("title", file.title, indented: "  ")
  text += "\n  <trackList>"
  for track in file.tracks {
    text += "\n    <track>"
    add("location", uri(ofPath: track.path), indented: "      ")
    add("identifier", track.musicBrainzID.map { uri(ofMusicBrainzID: $0) } ?? "", indented: "      ")
    add("title", track.title, indented: "      ")
    add("creator", track.artist, indented: "      ")
    add("album", track.album, indented: "      ")
    add("trackNum", track.trackNumber > 0 ? String(track.trackNumber) : "", indented: "      ")
    add("duration", track.duration > 0 ? String(track.duration * 1000) : "", indented: "      ")
    text += "\n    </track>"
  }
  return Array((text + "\n  </trackList>\n</playlist>\n").utf8)
}

/// What XML 1.0 cannot hold becomes U+FFFD.
private func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x26: result += "&amp;"
    case 0x3c: result += "&lt;"
    case 0x3e: result += "&gt;"
    case 0x09, 0x0a, 0x0d: result += "&#\(scalar.value);"
    case 0..<0x20, 0xfffe, 0xffff: result.unicodeScalars.append("\u{FFFD}")
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
