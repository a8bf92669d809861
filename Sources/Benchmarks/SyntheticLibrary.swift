import Library
import Music

/// Fills a catalogue with music that nobody wrote: ten tracks an album, five albums an artist.
func fillCatalogue(_ path: String, tracks count: Int, from origin: Origin = .local) throws {
  let catalogue = try Catalogue(path: path)
  let pull = try catalogue.beginPull(of: origin)
  for start in stride(from: 0, to: count, by: 500) {
    try catalogue.ingest(tracks: (start..<min(start + 500, count)).map(syntheticTrack), in: pull)
  }
  _ = try catalogue.finishPull(pull)
}

private func syntheticTrack(_ number: Int) -> TrackRecord {
  let album = number / 10
  let artist = album / 5
  var track = TrackRecord(remoteID: "t\(number)", title: "\(words[number % words.count]) number \(number)")
  track.artist = "Artist \(artist) \(words[artist % words.count])"
  track.albumArtist = track.artist
  track.album = "Album \(album) of \(words[album % words.count])"
  track.artistRemoteID = "r\(artist)"
  track.albumRemoteID = "a\(album)"
  track.trackNumber = number % 10 + 1
  track.duration = 180 + number % 120
  track.year = 1950 + number % 70
  track.suffix = "mp3"
  track.genre = "Genre \(album % 37)"
  if number % 5 == 0 {
    (track.playCount, track.lastPlayed) = (number % 40, Timestamp(seconds: Int64(1_700_000_000 + number)))
  }
  track.path = "\(artist)/\(album)/\(number).mp3"
  return track
}

private let words = [
  "Dawn", "Harbour", "夜", "Ночь", "Señorita", "Bridge", "Winter", "Électricité", "River", "Machine", "Paper", "Über",
]
