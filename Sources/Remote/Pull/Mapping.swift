import Library
import Music
import OpenSubsonic

// The border: what the wire calls songs becomes tracks.

extension ArtistRecord {
  init(_ artist: Wire.ArtistID3) {
    self.init(remoteID: artist.id, name: artist.name)
    sortName = artist.sortName
    coverID = artist.coverArt
    starred = artist.starred?.timestamp
    rating = artist.userRating ?? 0
    musicBrainzID = artist.musicBrainzId
  }
}

extension AlbumRecord {
  init(_ album: Wire.AlbumID3) {
    self.init(remoteID: album.id, name: album.name)
    artist = firstOf(album.displayArtist, album.artist, album.artists?.first?.name)
    artistRemoteID = named(album.artistId) ?? album.artists?.first?.id
    year = album.year ?? 0
    genre = firstOf(album.genre, album.genres?.first?.name)
    coverID = named(album.coverArt)
    created = album.created?.timestamp
    starred = album.starred?.timestamp
    rating = album.userRating ?? 0
    playCount = album.playCount ?? 0
    musicBrainzID = named(album.musicBrainzId)
  }
}

extension TrackRecord {
  /// nil for what is no track: a folder, a video.
  init?(_ song: Wire.Child) {
    guard !song.isDir, song.isVideo != true else { return nil }
    let fileName = song.path?.split(separator: "/").last.map(String.init)
    self.init(remoteID: song.id, title: firstOf(song.title, fileName, song.id))
    readNames(song)
    readFile(song)
    trackNumber = song.track ?? 0
    discNumber = song.discNumber ?? 0
    year = song.year ?? 0
    duration = max(0, song.duration ?? 0)
    coverID = named(song.coverArt)
    created = song.created?.timestamp
    starred = song.starred?.timestamp
    rating = song.userRating ?? 0
    playCount = song.playCount ?? 0
    lastPlayed = song.played?.timestamp
    musicBrainzID = named(song.musicBrainzId)
  }

  private mutating func readNames(_ song: Wire.Child) {
    artist = firstOf(song.displayArtist, song.artist, song.artists?.first?.name)
    artistRemoteID = named(song.artistId) ?? song.artists?.first?.id
    album = song.album ?? ""
    albumRemoteID = named(song.albumId)
    albumArtist = firstOf(song.displayAlbumArtist, song.albumArtists?.first?.name)
    genre = firstOf(song.genre, song.genres?.first?.name)
  }

  private mutating func readFile(_ song: Wire.Child) {
    size = max(0, song.size ?? 0)
    // Some servers count in bit/s.
    let rate = max(0, song.bitRate ?? 0)
    bitRate = rate > 20_000 ? rate / 1000 : rate
    suffix = song.suffix?.lowercased() ?? ""
    contentType = song.contentType?.lowercased() ?? ""
    path = song.path ?? ""
  }
}

extension PlaylistRecord {
  init(_ playlist: Wire.Playlist) {
    self.init(remoteID: playlist.id, name: playlist.name)
    comment = playlist.comment ?? ""
    owner = playlist.owner ?? ""
    isPublic = playlist.public ?? false
    isReadOnly = playlist.readonly ?? false
    created = playlist.created?.timestamp
    changed = playlist.changed?.timestamp
  }
}

private func named(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
private func firstOf(_ candidates: String?...) -> String { candidates.lazy.compactMap(named).first ?? "" }
