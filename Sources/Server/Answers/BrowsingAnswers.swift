import Library
import Music
import OpenSubsonic
import Scan

// Browsing: by tags; the folder calls of old clients show artists and albums as folders.
extension Call {
  private static let folderName = "Music"

  func musicFolders() -> Wire.Response {
    let name = root.split(separator: UInt8(ascii: "/")).last.map { String(decoding: $0, as: UTF8.self) }
    var response = Wire.Response.ours()
    response.musicFolders = .init(musicFolder: [.init(id: 1, name: name ?? Self.folderName)])
    return response
  }

  func artists() throws -> Wire.Response {
    var response = Wire.Response.ours()
    response.artists = .init(ignoredArticles: Self.ignoredArticles, index: try artistIndex())
    return response
  }

  func indexes() throws -> Wire.Response {
    let modified = scans.status.finished.map { $0.seconds * 1000 } ?? 0
    let since = try request.number("ifModifiedSince") ?? 0
    let isModified = since == 0 || Int64(since) < modified
    var response = Wire.Response.ours()
    response.indexes = .init(
      ignoredArticles: Self.ignoredArticles, lastModified: modified, index: isModified ? try artistIndex() : [])
    return response
  }

  func artist() throws -> Wire.Response {
    let artist = try artist(request.required("id"))
    let albums = try catalogue.storedAlbums(of: artist.id).map { try albumID3($0) }
    var response = Wire.Response.ours()
    response.artist = .init(try artistID3(artist), album: albums)
    return response
  }

  func album() throws -> Wire.Response {
    let album = try album(request.required("id"))
    let tracks = try catalogue.storedTracks(of: album.id).map { try child($0) }
    var response = Wire.Response.ours()
    response.album = .init(try albumID3(album), song: tracks)
    return response
  }

  func song() throws -> Wire.Response {
    var response = Wire.Response.ours()
    response.song = try child(track(request.required("id")))
    return response
  }

  func genres() throws -> Wire.Response {
    var response = Wire.Response.ours()
    response.genres = .init(
      genre: try catalogue.genres().map {
        .init(value: $0.name, songCount: $0.trackCount, albumCount: $0.albumCount)
      })
    return response
  }

  /// An artist's albums, or an album's tracks.
  func directory() throws -> Wire.Response {
    let id = try request.required("id")
    var response = Wire.Response.ours()
    if id.hasPrefix("ar-") {
      let artist = try artist(id)
      let albums = try catalogue.storedAlbums(of: artist.id).map { try folder($0) }
      response.directory = .init(id: id, name: artist.artist.name, child: albums)
    } else {
      let album = try album(id)
      let tracks = try catalogue.storedTracks(of: album.id).map { try child($0) }
      response.directory = .init(id: id, parent: album.artistRemoteID, name: album.album.name, child: tracks)
    }
    return response
  }

  private static let ignoredArticles = "The El La Los Las Le Les Der Die Das"

  private func folder(_ album: StoredAlbum) throws -> Wire.Child {
    let tagged = try albumID3(album)
    var child = Wire.Child(id: tagged.id, title: tagged.name, isDir: true)
    child.parent = tagged.artistId
    child.album = tagged.name
    child.artist = tagged.artist
    child.artistId = tagged.artistId
    child.year = tagged.year
    child.genre = tagged.genre
    child.coverArt = tagged.coverArt
    child.duration = tagged.duration
    child.created = tagged.created
    child.starred = tagged.starred
    child.userRating = tagged.userRating
    child.playCount = tagged.playCount
    child.mediaType = "album"
    return child
  }

  /// Under the first letter of the sort key; what begins with something else stands under `#`, first.
  private func artistIndex() throws -> [Wire.IndexID3] {
    var index: [Wire.IndexID3] = []
    var places: [String: Int] = [:]
    for artist in try catalogue.storedArtists() {
      let first = artist.sortKey.first.map { $0.isLetter ? $0.uppercased() : "#" } ?? "#"
      if places[first] == nil {
        places[first] = index.count
        index.append(.init(name: first, artist: []))
      }
      index[places[first]!].artist.append(try artistID3(artist))
    }
    return index.filter { $0.name == "#" } + index.filter { $0.name != "#" }
  }
}
