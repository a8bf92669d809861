import Library
import Music
import OpenSubsonic

// Lists and search.
extension Call {
  private enum Limits {
    static let list = 500
    static let search = 10_000
  }

  func albumList() throws -> Wire.Response {
    let type = try request.required("type")
    let page = Page(
      limit: try request.count("size", default: 10, most: Limits.list), offset: try request.offset("offset"))
    var response = Wire.Response.ours()
    response.albumList2 = .init(album: try albums(ofType: type, page: page).map { try albumID3($0) })
    return response
  }

  private func albums(ofType type: String, page: Page) throws -> [StoredAlbum] {
    switch type {
    case "random": try catalogue.storedAlbums(.ordered(.random), page: Page(limit: page.limit))
    case "newest": try catalogue.storedAlbums(.ordered(.newest), page: page)
    case "alphabeticalByName": try catalogue.storedAlbums(.ordered(.name), page: page)
    case "alphabeticalByArtist": try catalogue.storedAlbums(.ordered(.artist), page: page)
    case "byGenre": try catalogue.storedAlbums(.genre(request.required("genre")), page: page)
    case "byYear": try catalogue.storedAlbums(years(), page: page)
    case "starred": try part(page, of: albums(marks.starred(.album)))
    case "frequent": try part(page, of: albums(marks.mostPlayed(.album)))
    case "recent": try part(page, of: albums(marks.lastPlayed(.album)))
    case "highest": try part(page, of: albums(marks.bestRated(.album)))
    default: throw Refusal(.generic, "There is no such list type.")
    }
  }

  private func years() throws(Refusal) -> AlbumList {
    guard let from = try request.number("fromYear") else { throw .missing("fromYear") }
    guard let to = try request.number("toYear") else { throw .missing("toYear") }
    return .years(from: from, to: to)
  }

  func randomSongs() throws -> Wire.Response {
    let tracks = try catalogue.randomStoredTracks(
      limit: request.count("size", default: 10, most: Limits.list), genre: request.value("genre"),
      fromYear: request.number("fromYear"), toYear: request.number("toYear"))
    var response = Wire.Response.ours()
    response.randomSongs = .init(song: try tracks.map { try child($0) })
    return response
  }

  func songsByGenre() throws -> Wire.Response {
    let page = Page(
      limit: try request.count("count", default: 10, most: Limits.list), offset: try request.offset("offset"))
    let tracks = try catalogue.storedTracks(inGenre: request.required("genre"), page: page)
    var response = Wire.Response.ours()
    response.songsByGenre = .init(song: try tracks.map { try child($0) })
    return response
  }

  /// Who hears what just now is not kept.
  func nothingPlaying() -> Wire.Response {
    var response = Wire.Response.ours()
    response.nowPlaying = .init(entry: [])
    return response
  }

  func starred() throws -> Wire.Response {
    var response = Wire.Response.ours()
    response.starred2 = .init(
      artist: try marks.starred(.artist).compactMap { name in
        try catalogue.artistID(name, from: .local).flatMap { try catalogue.storedArtist($0) }
      }.map { try artistID3($0) },
      album: try albums(marks.starred(.album)).map { try albumID3($0) },
      song: try tracks(marks.starred(.track)).map { try child($0) })
    return response
  }

  /// An empty query, also written as two quotes, finds everything, page by page.
  func search() throws -> Wire.Response {
    guard var query = request.value("query") else { throw Refusal.missing("query") }
    if query == "\"\"" { query = "" }
    let found = try catalogue.storedSearch(
      query, artists: page("artist"), albums: page("album"), tracks: page("song"))
    var response = Wire.Response.ours()
    response.searchResult3 = .init(
      artist: try found.artists.map { try artistID3($0) }, album: try found.albums.map { try albumID3($0) },
      song: try found.tracks.map { try child($0) })
    return response
  }

  private func page(_ section: String) throws(Refusal) -> Page {
    Page(
      limit: try request.count(section + "Count", default: 20, most: Limits.search),
      offset: try request.offset(section + "Offset"))
  }

  private func part<Element>(_ page: Page, of all: [Element]) -> [Element] {
    Array(all.dropFirst(page.offset).prefix(page.limit))
  }
}
