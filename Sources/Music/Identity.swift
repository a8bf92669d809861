/// Which server something belongs to: a name given once, when the account is made, and kept for good.
/// Two addresses of one server (home and away) share it, so they share catalogue rows and cached bytes.
package struct ServerID: Hashable, Sendable, Codable, CustomStringConvertible {
  package let rawValue: String
  package init(_ rawValue: String) { self.rawValue = rawValue }
  package var description: String { rawValue }
}

/// Where a track comes from.
package enum Origin: Hashable, Sendable {
  case local
  case remote(ServerID)
}

/// The server's own name for a thing: an opaque string. For what is local, the name that the scan gave it.
package typealias RemoteID = String

/// A row of the catalogue. Stable for as long as the row lives; meaningless to any server.
package protocol CatalogueID: Hashable, Sendable, Codable, Comparable {
  var rawValue: Int64 { get }
  init(_ rawValue: Int64)
}

extension CatalogueID {
  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

package struct TrackID: CatalogueID {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

package struct AlbumID: CatalogueID {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

package struct ArtistID: CatalogueID {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

package struct PlaylistID: CatalogueID {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

/// A moment: whole seconds since 1970-01-01T00:00:00Z.
package struct Timestamp: Hashable, Sendable, Codable, Comparable {
  package let seconds: Int64
  package init(seconds: Int64) { self.seconds = seconds }
  package static func < (a: Self, b: Self) -> Bool { a.seconds < b.seconds }
}
