import Library
import Music
import Tags

/// The files of one folder, grouped into records: who is the album artist, which album, which picture.
struct Shelf {
  static let variousArtists = "Various Artists"

  private(set) var artists: [ArtistRecord] = []
  private(set) var albums: [AlbumRecord] = []
  private(set) var tracks: [TrackRecord] = []

  /// - Parameters:
  ///   - files: of one folder, by name.
  ///   - judging: whether the files are taken for whole records. Not so for a part of a heap of files: there a track
  ///     without an album artist is by its artist.
  init(_ files: [ReadFile], in folder: Folder, stamp: (FoundFile) -> String, judging: Bool) {
    let albumArtists = judging ? Self.albumArtists(of: files) : [:]
    let covers = Covers(files, in: folder, sharing: judging)
    for file in files {
      let albumArtist = Self.named(file) ?? albumArtists[Names.folded(file.tags.album)] ?? file.tags.artist
      let album = Self.albumID(file, by: albumArtist, in: folder)
      let track = Self.track(
        file, album: album, albumArtist: albumArtist, cover: covers.cover(of: file), stamp: stamp(file.file))
      tracks.append(track)
      note(artist: file.tags.artist)
      note(artist: albumArtist)
      note(album: album, of: track, releaseID: file.tags.releaseID)
    }
  }

  /// What the file itself says, if it does.
  private static func named(_ file: ReadFile) -> String? {
    if !file.tags.albumArtist.isEmpty { return file.tags.albumArtist }
    return file.tags.isCompilation ? variousArtists : nil
  }

  /// For the albums of a folder whose files do not say it: the one artist of all, else various ones.
  private static func albumArtists(of files: [ReadFile]) -> [String: String] {
    let silent = files.filter { named($0) == nil }
    return Dictionary(grouping: silent) { Names.folded($0.tags.album) }.mapValues { files in
      let leads = files.map { leadArtist(of: $0.tags.artist) }
      if Set(files.map { Names.folded($0.tags.artist) }).count == 1 { return files[0].tags.artist }
      return Set(leads.map(Names.folded)).count == 1 ? leads[0] : variousArtists
    }
  }

  /// "A feat. B" is by A.
  private static func leadArtist(of artist: String) -> String {
    for mark in [" feat. ", " feat ", " ft. ", " featuring ", " Feat. ", " (feat. "] {
      if let lead = artist.split(separator: mark, maxSplits: 1).first, lead.utf8.count < artist.utf8.count {
        return String(lead)
      }
    }
    return artist
  }

  /// Discs in folders of their own are one album.
  private static func albumID(_ file: ReadFile, by artist: String, in folder: Folder) -> RemoteID {
    if !file.tags.releaseID.isEmpty { return Names.album(releaseID: file.tags.releaseID) }
    var place = folder.path.split(separator: slash)
    if place.count > 1, FileName.disc(String(decoding: place.last!, as: UTF8.self)) != nil { place.removeLast() }
    return Names.album(file.tags.album, by: artist, at: PathText.text(of: Array(place.joined(separator: [slash]))))
  }

  private static func track(
    _ file: ReadFile, album: RemoteID, albumArtist: String, cover: String?, stamp: String
  ) -> TrackRecord {
    let tags = file.tags
    let path = PathText.text(of: file.path)
    var track = TrackRecord(remoteID: Names.track(path: path), title: tags.title)
    track.artist = tags.artist
    track.artistRemoteID = Names.artist(tags.artist)
    track.album = tags.album
    track.albumRemoteID = album
    track.albumArtist = albumArtist
    track.trackNumber = tags.trackNumber
    track.discNumber = tags.discNumber
    track.year = tags.year
    track.genre = tags.genres.first ?? ""
    track.duration = Int((tags.duration / .milliseconds(1) / 1000).rounded())
    track.size = file.file.size
    track.bitRate = tags.bitRate
    track.sampleRate = tags.sampleRate
    track.bitDepth = tags.bitDepth
    track.channelCount = tags.channelCount
    track.replayGain = tags.replayGain
    track.suffix = AudioKind.suffix(of: file.file.name)
    track.contentType = AudioKind.contentType(ofSuffix: track.suffix) ?? ""
    track.coverID = cover
    track.path = path
    track.stamp = stamp
    track.created = Timestamp(seconds: file.file.modified / 1_000_000_000)
    track.musicBrainzID = tags.recordingID.isEmpty ? nil : tags.recordingID
    return track
  }

  private mutating func note(artist: String) {
    let id = Names.artist(artist)
    if !artists.contains(where: { $0.remoteID == id }) { artists.append(ArtistRecord(remoteID: id, name: artist)) }
  }

  private mutating func note(album: RemoteID, of track: TrackRecord, releaseID: String) {
    if let known = albums.firstIndex(where: { $0.remoteID == album }) {
      if albums[known].year == 0 { albums[known].year = track.year }
      if albums[known].genre.isEmpty { albums[known].genre = track.genre }
      if albums[known].coverID == nil { albums[known].coverID = track.coverID }
      if let created = track.created { albums[known].created = max(albums[known].created ?? created, created) }
      return
    }
    var record = AlbumRecord(remoteID: album, name: track.album)
    record.artist = track.albumArtist
    record.artistRemoteID = Names.artist(track.albumArtist)
    record.year = track.year
    record.genre = track.genre
    record.coverID = track.coverID
    record.created = track.created
    record.musicBrainzID = releaseID.isEmpty ? nil : releaseID
    albums.append(record)
  }
}
