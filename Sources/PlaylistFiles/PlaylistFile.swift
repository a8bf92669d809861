package import Music

/// A playlist as a file: what other players write and read.
package struct PlaylistFile: Hashable, Sendable {
  package var title = ""
  package var tracks: [TrackDescription] = []
  /// The file ends in the middle, or goes on with what is no playlist: these are the tracks before that place.
  package var isCutShort = false

  package init(title: String = "", tracks: [TrackDescription] = []) {
    self.title = title
    self.tracks = tracks
  }
}

package enum PlaylistFileFormat: String, Hashable, Sendable, CaseIterable {
  /// Paths, one a line, with `#EXTINF` lines between them; UTF-8.
  case m3u8
  /// XML: https://www.xspf.org/spec
  case xspf
  /// The same in JSON: https://www.xspf.org/jspf
  case json

  /// By the ending of a file's name; nil for one that is none of ours.
  package init?(fileName: String) {
    switch fileName.split(separator: ".").last?.lowercased() {
    case "m3u", "m3u8": self = .m3u8
    case "xspf": self = .xspf
    case "json", "jspf": self = .json
    default: return nil
    }
  }

  /// By what the bytes begin with: names lie.
  init(bytes: some Collection<UInt8>) {
    let first = bytes.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0a && $0 != 0x0d }
    self = first == UInt8(ascii: "{") || first == UInt8(ascii: "[") ? .json : first == UInt8(ascii: "<") ? .xspf : .m3u8
  }
}

package enum PlaylistFileError: Error, Hashable, Sendable {
  /// In bytes.
  case tooLarge(limit: Int)
  /// It is of this format, but no playlist.
  case noPlaylist(PlaylistFileFormat)
  /// libxml2 is not installed.
  case noXML
}

extension PlaylistFile {
  /// A list of 100 000 tracks has some 30 MB.
  package static let longest = 64 << 20
  /// More is no list that anybody made.
  static let mostTracks = 1_000_000

  /// Reads any of the formats, known by its content. Any thread; takes a second for 50 MB.
  package init(reading bytes: [UInt8]) throws(PlaylistFileError) {
    guard bytes.count <= Self.longest else { throw .tooLarge(limit: Self.longest) }
    // A byte order mark says UTF-8, which is what is expected anyway.
    let body = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes[3...] : bytes[...]
    switch PlaylistFileFormat(bytes: body) {
    case .m3u8: self = readM3U(body)
    case .xspf: self = try readXSPF(Array(body))
    case .json: self = try readJSPF(Array(body))
    }
  }

  package func bytes(as format: PlaylistFileFormat) -> [UInt8] {
    switch format {
    case .m3u8: writeM3U(self)
    case .xspf: writeXSPF(self)
    case .json: writeJSPF(self)
    }
  }
}
