import Library
import Music
import OpenSubsonic
import Scan

// The catalogue's rows in the protocol's words, with the user's marks.
extension Call {
  func child(_ stored: StoredTrack) throws -> Wire.Child {
    let track = stored.track
    var child = Wire.Child(id: track.remoteID, title: track.title)
    child.parent = stored.albumRemoteID
    child.album = known(track.album)
    child.artist = known(track.artist)
    child.track = known(track.trackNumber)
    child.discNumber = known(track.discNumber)
    child.year = known(track.year)
    child.genre = known(track.genre)
    child.genres = known(track.genre).map { [Wire.ItemGenre(name: $0)] } ?? []
    child.coverArt = track.coverID
    child.size = track.size
    child.contentType = track.contentType
    child.suffix = track.suffix
    child.duration = track.duration
    child.bitRate = known(track.bitRate)
    child.samplingRate = known(track.sampleRate)
    child.bitDepth = known(track.bitDepth)
    child.channelCount = known(track.channelCount)
    child.replayGain = Wire.ReplayGain(track.replayGain)
    child.path = PathText.displayed(stored.path)
    child.isVideo = false
    child.created = stored.created.map { WireDate($0) }
    child.albumId = stored.albumRemoteID
    child.artistId = stored.artistRemoteID
    child.type = "music"
    child.mediaType = "song"
    child.musicBrainzId = stored.musicBrainzID
    child.displayArtist = track.artist
    child.displayAlbumArtist = track.albumArtist
    child.artists = stored.artistRemoteID.map { [Wire.ArtistID3(id: $0, name: track.artist)] } ?? []
    let mark = try marks.mark(of: Item(kind: .track, name: track.remoteID))
    child.starred = mark.starred.map { WireDate($0) }
    child.userRating = known(mark.rating)
    child.playCount = mark.playCount
    child.played = mark.lastPlayed.map { WireDate($0) }
    return child
  }

  func albumID3(_ stored: StoredAlbum) throws -> Wire.AlbumID3 {
    let source = stored.album
    var album = Wire.AlbumID3(id: source.remoteID, name: source.name)
    album.artist = known(source.artist)
    album.artistId = stored.artistRemoteID
    album.displayArtist = source.artist
    album.artists = stored.artistRemoteID.map { [Wire.ArtistID3(id: $0, name: source.artist)] } ?? []
    album.coverArt = source.coverID
    album.songCount = source.trackCount
    album.duration = source.duration
    album.created = WireDate(source.created ?? Timestamp(seconds: 0))
    album.year = known(source.year)
    album.genre = known(source.genre)
    album.genres = known(source.genre).map { [Wire.ItemGenre(name: $0)] } ?? []
    album.musicBrainzId = stored.musicBrainzID
    album.isCompilation = source.artist == "Various Artists"
    let mark = try marks.mark(of: Item(kind: .album, name: source.remoteID))
    album.starred = mark.starred.map { WireDate($0) }
    album.userRating = known(mark.rating)
    album.playCount = mark.playCount
    album.played = mark.lastPlayed.map { WireDate($0) }
    return album
  }

  func artistID3(_ stored: StoredArtist) throws -> Wire.ArtistID3 {
    let source = stored.artist
    var artist = Wire.ArtistID3(id: source.remoteID, name: source.name, albumCount: source.albumCount)
    artist.coverArt = source.coverID
    artist.musicBrainzId = stored.musicBrainzID
    artist.sortName = stored.sortKey
    artist.roles = source.albumCount > 0 ? ["albumartist"] : ["artist"]
    let mark = try marks.mark(of: Item(kind: .artist, name: source.remoteID))
    artist.starred = mark.starred.map { WireDate($0) }
    artist.userRating = known(mark.rating)
    return artist
  }

  func playlist(_ stored: StoredPlaylist, tracks: [StoredTrack]) -> Wire.Playlist {
    var playlist = Wire.Playlist(id: stored.id, name: stored.name)
    playlist.comment = stored.comment
    playlist.owner = stored.owner
    playlist.public = stored.isPublic
    playlist.songCount = tracks.count
    playlist.duration = tracks.reduce(0) { $0 + $1.track.duration }
    playlist.created = WireDate(stored.created)
    playlist.changed = WireDate(stored.changed)
    playlist.readonly = playlists.access(to: stored) != .owner
    playlist.coverArt = tracks.lazy.compactMap { $0.track.coverID }.first
    return playlist
  }
}

extension Wire.ReplayGain {
  /// The object is sent also where nothing is known: that tells that the server supports it.
  fileprivate init(_ gain: ReplayGain?) {
    self.init()
    trackGain = gain?.trackGain.map(rounded)
    albumGain = gain?.albumGain.map(rounded)
    trackPeak = gain?.trackPeak.map(rounded)
    albumPeak = gain?.albumPeak.map(rounded)
  }
}

/// The decimal number that was meant, not the binary one beside it: -7.89.
private func rounded(_ number: Float) -> Double { Double(number.description) ?? Double(number) }

/// What is not known is left out on the wire.
private func known(_ text: String) -> String? { text.isEmpty ? nil : text }
private func known(_ number: Int) -> Int? { number == 0 ? nil : number }
