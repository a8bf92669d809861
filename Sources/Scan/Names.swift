import Digest
package import Music

/// The names that the scan gives to tracks, albums and artists. They last: the same tree gives the same names on any
/// machine and under any root, and what did not move keeps its name.
package enum Names {
  package static func track(path: String) -> RemoteID { "tr-" + digest(path) }

  static func artist(_ name: String) -> RemoteID { "ar-" + digest(folded(name)) }

  /// - Parameter place: MusicBrainz's name of the release, else the folder: two records of one title are two.
  static func album(_ name: String, by artist: String, at place: String) -> RemoteID {
    "al-" + digest([folded(artist), folded(name), place].joined(separator: "\u{1}"))
  }

  static func album(releaseID: String) -> RemoteID { "al-" + digest("release\u{1}" + releaseID.lowercased()) }

  /// Case and runs of spaces do not make two names.
  static func folded(_ name: String) -> String {
    name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func digest(_ text: String) -> String { String(md5Hex(text.utf8).prefix(20)) }
}

/// The name of a cover: which track it stands with, where the picture is, and which version of it.
///
/// As the version is part of the name, a client may keep the picture for ever.
package struct CoverName: Hashable, Sendable {
  package enum Place: String, Sendable {
    /// In the track's file.
    case embedded = "ce"
    /// Beside the track's file.
    case folder = "cf"
  }

  package let place: Place
  package let track: RemoteID
  let version: String

  init(place: Place, track: RemoteID, version: String) {
    self.place = place
    self.track = track
    self.version = version
  }

  /// Of an embedded picture.
  package static func version(of picture: [UInt8]) -> String {
    String(picture.withUnsafeBytes { xxh3($0) }, radix: 36)
  }

  /// nil for what is no name of a cover.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, let place = Place(rawValue: String(parts[0])), !parts[1].isEmpty else { return nil }
    self.place = place
    track = "tr-" + parts[1]
    version = String(parts[2])
  }

  package var text: String { [place.rawValue, String(track.dropFirst(3)), version].joined(separator: "-") }
}
