import Foundation
import Music
import OpenSubsonic
import Threading

/// A server of the protocol that a test can look into and bend: what it holds, and the oddities of real ones.
final class MusicServer: Sendable {
  struct Contents: Sendable {
    var artists: [Wire.ArtistID3] = []
    var albums: [Wire.AlbumID3] = []
    var songs: [Wire.Child] = []
    var starred: Set<String> = []
    var ratings: [String: Int] = [:]
    var scrobbled: [String] = []
    var playlists: [Wire.Playlist] = []
    var entries: [String: [String]] = [:]
    var lastScan: Int64?
    var isScanning = false

    var stations: [Wire.InternetRadioStation] = []

    // Oddities.
    var knowsRadio = true
    /// The next station is made, but its answer does not come through.
    var nextStationAnswerIsLost = false
    /// What a search for nothing finds: with these queries everything, with others nothing.
    var queriesForAll: Set<String> = [""]
    var largestPage = Int.max
    var ignoresOffsets = false
    var tellsChanges = true
    var tellsCreated = true
    var starsOnlyOnce = false
    /// Made public by every replacement.
    var replacingPublishes = false
    /// Answers that come before anything else, by call; each is used up.
    var surprises: [String: [ScriptedReply]] = [:]
    /// What comes in place of the answer after the call was obeyed, by call; each is used up.
    var lostAnswers: [String: [ScriptedReply]] = [:]
    /// What somebody else does right after a call, by call; each is used up.
    var interventions: [String: [@Sendable (inout Contents) -> Void]] = [:]
    /// Says yes and changes nothing.
    var ignoresReplacements = false
    /// Refuses a list with a song that it does not know; else it skips that.
    var refusesUnknownSongs = false
    var createsPublic = false
    /// nil where it keeps none.
    var savedQueue: String?
    var bookmarks: [String: String] = [:]
    var keepsQueues = true
    var tellsPlayed = true
    var nextID = 1
  }

  private let contents: Monitor<Contents>
  let server: ScriptedServer

  init(_ contents: Contents = Contents(), port: UInt16 = 0) {
    let contents = Monitor(contents)
    self.contents = contents
    server = ScriptedServer(port: port) { request in contents.withLock { $0.answer(request) } }
  }

  var base: String { server.base }
  var now: Contents { contents.withLock { $0 } }
  func change(_ body: (inout Contents) -> Void) { contents.update { body(&$0) } }
  /// How often each call was made.
  func count(_ call: String) -> Int { server.requests.filter { $0.call == call }.count }
}

extension MusicServer.Contents {
  /// `count` albums of two tracks each, by half as many artists.
  static func sample(albums count: Int) -> MusicServer.Contents {
    var contents = MusicServer.Contents()
    for number in 0..<count {
      let artist = "ar-\(number / 2)"
      if number.isMultiple(of: 2) {
        contents.artists.append(Wire.ArtistID3(id: artist, name: "Artist \(number / 2)", albumCount: 2))
      }
      var album = Wire.AlbumID3(id: "al-\(number)", name: "Album \(number)")
      album.artist = "Artist \(number / 2)"
      album.artistId = artist
      album.songCount = 2
      contents.albums.append(album)
      for track in 1...2 { contents.songs.append(song(number * 2 + track, on: album)) }
    }
    return contents
  }

  private static func song(_ number: Int, on album: Wire.AlbumID3) -> Wire.Child {
    var song = Wire.Child(id: "tr-\(number)", title: "Track \(number)")
    song.album = album.name
    song.albumId = album.id
    song.artist = album.artist
    song.artistId = album.artistId
    song.suffix = "mp3"
    song.duration = 60
    return song
  }

  fileprivate mutating func answer(_ request: ScriptedRequest) -> ScriptedReply {
    if surprises[request.call]?.isEmpty == false { return surprises[request.call]!.removeFirst() }
    defer {
      if interventions[request.call]?.isEmpty == false { interventions[request.call]!.removeFirst()(&self) }
    }
    var response = Wire.Response(version: "1.16.1")
    if request.call.hasSuffix("InternetRadioStation"), nextStationAnswerIsLost {
      nextStationAnswerIsLost = false
      _ = fill(&response, request)
      return .html("a proxy's words", status: "502 Bad Gateway")
    }
    if let failure = fill(&response, request) {
      response = Wire.Response(version: "1.16.1", error: failure)
    }
    if lostAnswers[request.call]?.isEmpty == false { return lostAnswers[request.call]!.removeFirst() }
    return .json(String(decoding: try! Wire.Envelope(response).json(), as: UTF8.self))
  }

  /// - Returns: what is wrong with the request.
  private mutating func fill(_ response: inout Wire.Response, _ request: ScriptedRequest) -> Wire.Failure? {
    switch request.call {
    case "ping": return nil
    case "getScanStatus":
      response.scanStatus = Wire.ScanStatus(scanning: isScanning, count: songs.count)
      response.scanStatus?.lastScan = lastScan.map { WireDate(Timestamp(seconds: $0)) }
    case "getIndexes": break
    case "search3": response.searchResult3 = search(request)
    case "getArtists":
      response.artists = Wire.ArtistsID3(ignoredArticles: "", index: [Wire.IndexID3(name: "A", artist: artists)])
    case "getAlbumList2": response.albumList2 = Wire.AlbumList2(album: page(albums, request["size"], request["offset"]))
    case "getAlbum":
      guard let album = albums.first(where: { $0.id == request["id"] }) else { return notFound }
      response.album = Wire.AlbumID3WithSongs(album, song: songs.filter { $0.albumId == album.id })
    case "getStarred2":
      response.starred2 = Wire.Starred2(
        artist: artists.filter { starred.contains($0.id) }, album: albums.filter { starred.contains($0.id) },
        song: songs.filter { starred.contains($0.id) })
    case "star", "unstar": return star(request)
    case "setRating": ratings[request["id"]!] = Int(request["rating"]!)
    case "scrobble": scrobbled.append(request["id"]! + "@" + request["time"]!)
    case _ where request.call.contains("InternetRadioStation"): return stationCall(&response, request)
    case "getSong": return song(&response, request)
    case "savePlayQueue", "createBookmark", "deleteBookmark": return keep(request)
    default: return playlistCall(&response, request)
    }
    return nil
  }

  private func song(_ response: inout Wire.Response, _ request: ScriptedRequest) -> Wire.Failure? {
    guard var song = songs.first(where: { $0.id == request["id"] }) else { return notFound }
    let plays = scrobbled.filter { $0.hasPrefix(song.id + "@") }.compactMap { Int64($0.split(separator: "@")[1]) }
    if tellsPlayed { song.played = plays.max().map { WireDate(Timestamp(seconds: $0 / 1000)) } }
    response.song = song
    return nil
  }

  private mutating func keep(_ request: ScriptedRequest) -> Wire.Failure? {
    guard keepsQueues else { return Wire.Failure(code: 0, message: "Not implemented") }
    switch request.call {
    case "savePlayQueue":
      savedQueue =
        request.all("id").joined(separator: ",") + " \(request["current"] ?? "-") \(request["position"] ?? "-")"
    case "createBookmark": bookmarks[request["id"]!] = request["position"]! + " " + (request["comment"] ?? "")
    default: if bookmarks.removeValue(forKey: request["id"]!) == nil { return notFound }
    }
    return nil
  }

  private var notFound: Wire.Failure { Wire.Failure(code: 70, message: "not found") }

  private func search(_ request: ScriptedRequest) -> Wire.SearchResult3 {
    guard queriesForAll.contains(request["query"] ?? "none") else { return Wire.SearchResult3() }
    return Wire.SearchResult3(
      artist: page(artists, request["artistCount"], request["artistOffset"]),
      album: page(albums, request["albumCount"], request["albumOffset"]),
      song: page(songs, request["songCount"], request["songOffset"]))
  }

  private func page<Item>(_ items: [Item], _ count: String?, _ offset: String?) -> [Item] {
    let offset = ignoresOffsets ? 0 : Int(offset ?? "0")!
    return Array(items.dropFirst(offset).prefix(min(Int(count ?? "20")!, largestPage)))
  }

  private mutating func star(_ request: ScriptedRequest) -> Wire.Failure? {
    for id in request.all("id") + request.all("albumId") + request.all("artistId") {
      guard (songs.map(\.id) + albums.map(\.id) + artists.map(\.id)).contains(id) else { return notFound }
      if request.call == "unstar" {
        starred.remove(id)
      } else if !starred.insert(id).inserted, starsOnlyOnce {
        return Wire.Failure(code: 0, message: "Track \(id) already starred")
      }
    }
    return nil
  }
}

extension MusicServer.Contents {
  private mutating func playlistCall(_ response: inout Wire.Response, _ request: ScriptedRequest) -> Wire.Failure? {
    switch request.call {
    case "getPlaylists": response.playlists = Wire.Playlists(playlist: playlists)
    case "getPlaylist":
      guard let list = playlists.first(where: { $0.id == request["id"] }) else { return absent }
      response.playlist = whole(list)
    case "createPlaylist":
      guard let id = create(request) else { return absent }
      if tellsCreated { response.playlist = whole(playlists.first { $0.id == id }!) }
    case "updatePlaylist":
      guard let index = playlists.firstIndex(where: { $0.id == request["playlistId"] }) else { return absent }
      if let name = request["name"] { playlists[index].name = name }
      if let comment = request["comment"] { playlists[index].comment = comment }
      if let isPublic = request["public"] { playlists[index].public = isPublic == "true" }
    case "deletePlaylist":
      guard let index = playlists.firstIndex(where: { $0.id == request["id"] }) else { return absent }
      playlists.remove(at: index)
    default: return Wire.Failure(code: 0, message: "Unknown method")
    }
    return nil
  }

  private var absent: Wire.Failure { Wire.Failure(code: 70, message: "not found") }

  private mutating func create(_ request: ScriptedRequest) -> String? {
    var id = request["playlistId"]
    if id != nil && ignoresReplacements { return id }
    let known = Set(songs.map(\.id))
    if refusesUnknownSongs, !known.isSuperset(of: request.all("songId")) { return nil }
    if id == nil {
      id = "pl-\(nextID)"
      var list = Wire.Playlist(id: id!, name: request["name"] ?? "")
      list.owner = "bob"
      list.public = createsPublic
      list.created = WireDate(Timestamp(seconds: 1_800_000_000 + Int64(nextID)))
      playlists.append(list)
    }
    guard let index = playlists.firstIndex(where: { $0.id == id }) else { return nil }
    nextID += 1
    entries[playlists[index].id] = request.all("songId").filter { known.contains($0) }
    playlists[index].songCount = entries[playlists[index].id]!.count
    playlists[index].changed = tellsChanges ? WireDate(Timestamp(seconds: 1_800_000_000 + Int64(nextID))) : nil
    if replacingPublishes, request["playlistId"] != nil { playlists[index].public = true }
    return id
  }

  private func whole(_ list: Wire.Playlist) -> Wire.PlaylistWithSongs {
    let ids = entries[list.id] ?? []
    return Wire.PlaylistWithSongs(list, entry: ids.compactMap { id in songs.first { $0.id == id } })
  }

  /// Writes the tracks of a playlist as another client would.
  mutating func setEntries(_ index: Int, _ tracks: [String]) {
    nextID += 1
    entries[playlists[index].id] = tracks
    playlists[index].songCount = tracks.count
    playlists[index].changed = tellsChanges ? WireDate(Timestamp(seconds: 1_800_000_000 + Int64(nextID))) : nil
  }

  /// Adds a playlist as another client would.
  mutating func addPlaylist(_ name: String, _ tracks: [String]) {
    var request = ScriptedRequest()
    request.parameters = [("name", name)] + tracks.map { ("songId", $0) }
    _ = create(request)
  }
}

extension MusicServer.Contents {
  private mutating func stationCall(_ response: inout Wire.Response, _ request: ScriptedRequest) -> Wire.Failure? {
    guard knowsRadio else { return Wire.Failure(code: 0, message: "Not implemented") }
    let index = stations.firstIndex { $0.id == request["id"] }
    switch request.call {
    case "getInternetRadioStations": response.internetRadioStations = .init(internetRadioStation: stations)
    case "createInternetRadioStation":
      nextID += 1
      stations.append(.init(id: "new-\(nextID)", name: request["name"]!, streamUrl: request["streamUrl"]!))
    case "updateInternetRadioStation":
      guard let index else { return Wire.Failure(code: 70, message: "not found") }
      stations[index].name = request["name"]!
      stations[index].streamUrl = request["streamUrl"]!
    default:
      guard let index else { return Wire.Failure(code: 70, message: "not found") }
      stations.remove(at: index)
    }
    return nil
  }
}
