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
    rating = stars(artist.userRating)
    musicBrainzID = artist.musicBrainzId
  }
}

extension AlbumRecord {
  init(_ album: Wire.AlbumID3) {
    self.init(remoteID: album.id, name: album.name)
    artist = firstOf(album.displayArtist, album.artist, album.artists?.first?.name)
    artistRemoteID = named(album.artistId) ?? album.artists?.first?.id
    year = bounded(album.year)
    genre = firstOf(album.genre, album.genres?.first?.name)
    coverID = named(album.coverArt)
    created = album.created?.timestamp
    starred = album.starred?.timestamp
    rating = stars(album.userRating)
    playCount = bounded(album.playCount)
    musicBrainzID = named(album.musicBrainzId)
  }
}

extension TrackRecord {
  /// nil for what is no track: a folder, a video.
  init?(_ song: Wire.Child) {
    guard !song.isDir, song.isVideo != true else { return nil }
    let title = named(song.title) ?? song.path?.split(separator: "/").last.map(String.init)
    self.init(remoteID: song.id, title: firstOf(title, song.id))
    readNames(song)
    readFile(song)
    trackNumber = bounded(song.track)
    discNumber = bounded(song.discNumber)
    year = bounded(song.year)
    duration = bounded(song.duration)
    coverID = named(song.coverArt)
    created = song.created?.timestamp
    starred = song.starred?.timestamp
    rating = stars(song.userRating)
    playCount = bounded(song.playCount)
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
    size = min(max(0, song.size ?? 0), 1 << 48)
    // Some servers count in bit/s.
    let rate = bounded(song.bitRate)
    bitRate = rate > 20_000 ? rate / 1000 : rate
    suffix = song.suffix?.lowercased() ?? ""
    contentType = song.contentType?.lowercased() ?? ""
    path = song.path ?? ""
    sampleRate = sensible(song.samplingRate, most: 768_000 * 8)
    bitDepth = sensible(song.bitDepth, most: 64)
    channelCount = sensible(song.channelCount, most: 64)
    replayGain = song.replayGain.flatMap { gain in
      ReplayGain(
        toldTrackGain: gain.trackGain ?? gain.fallbackGain, albumGain: gain.albumGain ?? gain.fallbackGain,
        trackPeak: gain.trackPeak, albumPeak: gain.albumPeak)
    }
  }
}

extension StationRecord {
  init(_ station: Wire.InternetRadioStation) {
    self.init(
      remoteID: station.id, name: firstOf(station.name, station.streamUrl), streamURL: station.streamUrl,
      homePage: station.homePageUrl ?? "")
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

/// Any number may come; what is kept can be added up over a whole library without overflow.
private func bounded(_ number: Int?) -> Int { min(max(0, number ?? 0), Int(Int32.max)) }
/// A number beyond what there is says nothing.
private func sensible(_ number: Int?, most: Int) -> Int { number.map { (0...most).contains($0) ? $0 : 0 } ?? 0 }
private func stars(_ rating: Int?) -> Int { min(max(0, rating ?? 0), 5) }
