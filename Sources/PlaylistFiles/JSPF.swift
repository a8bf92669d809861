import FoundationEssentials
import Music

// JSPF, https://www.xspf.org/jspf: XSPF in JSON.

private struct Document: Codable {
  struct List: Codable {
    var title: String?
    var track: [Item]?
  }

  struct Item: Codable {
    var location: Several?
    var identifier: Several?
    var title: String?
    var creator: String?
    var album: String?
    var trackNum: Int?
    /// In milliseconds.
    var duration: Int?

    enum CodingKeys: CodingKey { case location, identifier, title, creator, album, trackNum, duration }
  }

  /// The standard says a list; many write one.
  struct Several: Codable {
    var values: [String]

    init(_ value: String) { values = [value] }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let value = try? container.decode(String.self) {
        values = [value]
      } else {
        values = try container.decode([String].self)
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(values)
    }
  }

  var playlist: List
}

extension Document.Item {
  /// A field of another kind than it should be is as good as missing: one odd track does not spoil the list.
  init(from decoder: any Decoder) throws {
    guard let fields = try? decoder.container(keyedBy: CodingKeys.self) else { return }
    location = try? fields.decodeIfPresent(Document.Several.self, forKey: .location)
    identifier = try? fields.decodeIfPresent(Document.Several.self, forKey: .identifier)
    title = try? fields.decodeIfPresent(String.self, forKey: .title)
    creator = try? fields.decodeIfPresent(String.self, forKey: .creator)
    album = try? fields.decodeIfPresent(String.self, forKey: .album)
    trackNum = try? fields.decodeIfPresent(Int.self, forKey: .trackNum)
    duration = try? fields.decodeIfPresent(Int.self, forKey: .duration)
  }
}

func readJSPF(_ bytes: [UInt8]) throws(PlaylistFileError) -> PlaylistFile {
  guard let list = try? JSONDecoder().decode(Document.self, from: Data(bytes)).playlist else {
    throw .noPlaylist(.json)
  }
  var file = PlaylistFile(title: list.title ?? "")
  let items = list.track ?? []
  file.isCutShort = items.count > PlaylistFile.mostTracks
  file.tracks = items.prefix(PlaylistFile.mostTracks).map { item in
    var track = TrackDescription()
    for value in item.location?.values ?? [] { track.take(value, named: "location") }
    for value in item.identifier?.values ?? [] { track.take(value, named: "identifier") }
    track.take(item.title ?? "", named: "title")
    track.take(item.creator ?? "", named: "creator")
    track.take(item.album ?? "", named: "album")
    track.take(item.trackNum.map(String.init) ?? "", named: "trackNum")
    track.take(item.duration.map(String.init) ?? "", named: "duration")
    return track
  }
  return file
}

func writeJSPF(_ file: PlaylistFile) -> [UInt8] {
  let items = file.tracks.map { track in
    var item = Document.Item()
    item.location = track.path.isEmpty ? nil : .init(uri(ofPath: track.path))
    item.identifier = track.musicBrainzID.map { .init(uri(ofMusicBrainzID: $0)) }
    item.title = track.title.isEmpty ? nil : track.title
    item.creator = track.artist.isEmpty ? nil : track.artist
    item.album = track.album.isEmpty ? nil : track.album
    item.trackNum = track.trackNumber > 0 ? track.trackNumber : nil
    item.duration = track.duration > 0 ? track.duration * 1000 : nil
    return item
  }
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  // Strings and numbers: encoding them cannot fail.
  return Array(try! encoder.encode(Document(playlist: .init(title: file.title, track: items)))) + [0x0a]
}
