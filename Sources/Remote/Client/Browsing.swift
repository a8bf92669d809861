import Music
package import OpenSubsonic

// The calls that read.

extension SubsonicClient {
  package func ping() throws(RemoteError) { try call(SubsonicRequest(.ping)) }

  /// Names and versions; empty on classic servers.
  package func extensions() throws(RemoteError) -> [Wire.OpenSubsonicExtension] {
    try call(SubsonicRequest(.getOpenSubsonicExtensions)).openSubsonicExtensions ?? []
  }

  /// A page of one or more sections; a section with a count of 0 is not wanted.
  package func search3(
    _ query: String, artists: Window = .none, albums: Window = .none, songs: Window = .none
  ) throws(RemoteError) -> Wire.SearchResult3 {
    try call(Self.search3(query, artists: artists, albums: albums, songs: songs)).searchResult3 ?? Wire.SearchResult3()
  }

  static func search3(
    _ query: String, artists: Window = .none, albums: Window = .none, songs: Window = .none
  ) -> SubsonicRequest {
    SubsonicRequest(
      .search3,
      [
        Parameter("query", query),
        Parameter("artistCount", artists.count), Parameter("artistOffset", artists.offset),
        Parameter("albumCount", albums.count), Parameter("albumOffset", albums.offset),
        Parameter("songCount", songs.count), Parameter("songOffset", songs.offset),
      ])
  }

  package func albumList2(type: String, _ window: Window) throws(RemoteError) -> [Wire.AlbumID3] {
    let request = SubsonicRequest(
      .getAlbumList2,
      [Parameter("type", type), Parameter("size", window.count), Parameter("offset", window.offset)])
    return try call(request).albumList2?.album ?? []
  }

  package func album(_ id: String) throws(RemoteError) -> Wire.AlbumID3WithSongs? {
    try call(SubsonicRequest(.getAlbum, [Parameter("id", id)])).album
  }

  package func artists() throws(RemoteError) -> [Wire.ArtistID3] {
    try call(SubsonicRequest(.getArtists)).artists?.index.flatMap(\.artist) ?? []
  }

  package func starred2() throws(RemoteError) -> Wire.Starred2 {
    try call(SubsonicRequest(.getStarred2)).starred2 ?? Wire.Starred2()
  }

  package func scanStatus() throws(RemoteError) -> Wire.ScanStatus? {
    try call(SubsonicRequest(.getScanStatus)).scanStatus
  }

  package func startScan() throws(RemoteError) -> Wire.ScanStatus? {
    try call(SubsonicRequest(.startScan)).scanStatus
  }

  /// The folder tree's roots if they changed after that moment (milliseconds since 1970).
  package func indexes(ifModifiedSince moment: Int64) throws(RemoteError) -> Wire.Indexes? {
    try call(SubsonicRequest(.getIndexes, [Parameter("ifModifiedSince", String(moment))])).indexes
  }

  /// A picture, as the server holds it or `size` pixels on its longer side.
  /// - Parameter id: a `coverID`, never another id.
  package func coverArt(_ id: String, size: Int? = nil) throws(RemoteError) -> [UInt8] {
    let parameters = [Parameter("id", id)] + (size.map { [Parameter("size", $0)] } ?? [])
    return try bytes(SubsonicRequest(.getCoverArt, parameters), maximum: 16 << 20)
  }
}

/// Which part of a list is wanted.
package struct Window: Hashable, Sendable {
  package var count: Int
  package var offset: Int
  package static let none = Window(count: 0, offset: 0)

  package init(count: Int, offset: Int) {
    self.count = count
    self.offset = offset
  }
}
