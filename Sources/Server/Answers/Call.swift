import Glibc
import Library
import Music
import OpenSubsonic

/// One authenticated call and what is needed to answer it. On the answering thread.
struct Call {
  let request: Request
  let user: String
  let isAdmin: Bool
  let catalogue: Catalogue
  let store: UserStore
  let scans: ScanService
  /// The scanned folder, absolute.
  let root: [UInt8]
  /// What the server is known by; nil where it lasts for one run only.
  let identity: String?

  var marks: Marks { Marks(connection: store.connection, user: user) }
  var playlists: Playlists { Playlists(connection: store.connection, user: user) }
  var now: Timestamp { Timestamp(seconds: Int64(time(nil))) }

  func track(_ name: RemoteID) throws -> StoredTrack {
    guard let track = try catalogue.storedTrack(name, from: .local) else { throw Refusal.notFound("Song") }
    return track
  }

  func album(_ name: RemoteID) throws -> StoredAlbum {
    guard let id = try catalogue.albumID(name, from: .local), let album = try catalogue.storedAlbum(id) else {
      throw Refusal.notFound("Album")
    }
    return album
  }

  func artist(_ name: RemoteID) throws -> StoredArtist {
    guard let id = try catalogue.artistID(name, from: .local), let artist = try catalogue.storedArtist(id) else {
      throw Refusal.notFound("Artist")
    }
    return artist
  }

  /// Those that the catalogue holds, in the order given.
  func tracks(_ names: [RemoteID]) throws -> [StoredTrack] {
    try names.compactMap { try catalogue.storedTrack($0, from: .local) }
  }

  func albums(_ names: [RemoteID]) throws -> [StoredAlbum] {
    try names.compactMap { name in
      try catalogue.albumID(name, from: .local).flatMap { try catalogue.storedAlbum($0) }
    }
  }
}
