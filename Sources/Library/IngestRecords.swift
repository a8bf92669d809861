import Music
import SQLite

// One record of each kind. The values stand in the order of the columns beside them.

extension Ingest {
  private static let artistText = RowText(
    "artist", columns: ["name", "sort_key", "spelled", "cover_id", "musicbrainz_id", "is_invented"],
    marks: ["starred", "rating"])

  mutating func take(_ record: ArtistRecord) throws {
    let name = Unknown.artist(record.name)
    let values: [(any Bindable)?] = [
      name, Folding.sortKey(record.sortName ?? name), Folding.spelled(name), record.coverID,
      record.musicBrainzID, false,
    ]
    let (row, _) = try write(
      Self.artistText, record.remoteID, values, told: Marks(starred: record.starred, rating: record.rating),
      item: { .artist(ArtistID($0)) }, readMarks: starAndRating, markValues: starAndRating)
    artistsByRemoteID[record.remoteID] = row
    rows.append(row)
    try database.run("INSERT OR IGNORE INTO seen_artist(id) VALUES (?)", row)
  }

  private static let albumText = RowText(
    "album",
    columns: [
      "name", "sort_key", "spelled", "artist", "artist_id", "year", "genre", "cover_id", "created", "musicbrainz_id",
      "is_invented",
    ],
    marks: ["starred", "rating"])

  mutating func take(_ record: AlbumRecord) throws {
    let name = Unknown.album(record.name)
    let artistName = Unknown.artist(record.artist)
    let artist = try artist(record.artistRemoteID, named: artistName)
    let values: [(any Bindable)?] = [
      name, Folding.sortKey(name), Folding.spelled(name, artistName), artistName, artist,
      record.year, record.genre, record.coverID, record.created?.seconds, record.musicBrainzID, false,
    ]
    let (row, _) = try write(
      Self.albumText, record.remoteID, values, told: Marks(starred: record.starred, rating: record.rating),
      item: { .album(AlbumID($0)) }, readMarks: starAndRating, markValues: starAndRating)
    albumsByRemoteID[record.remoteID] = row
    rows.append(row)
  }

  private static let trackText = RowText(
    "track",
    columns: [
      "title", "artist", "artist_id", "album", "album_id", "album_artist", "track_number", "disc_number", "year",
      "genre", "duration", "size", "bit_rate", "suffix", "content_type", "cover_id", "path", "stamp", "created",
      "musicbrainz_id", "spelled", "sample_rate", "bit_depth", "channel_count", "track_gain", "album_gain",
      "track_peak",
      "album_peak",
    ],
    marks: ["starred", "rating", "play_count", "last_played"])

  mutating func take(_ record: TrackRecord) throws {
    let artist =
      record.artist.isEmpty && record.artistRemoteID == nil
      ? nil : try artist(record.artistRemoteID, named: record.artist)
    let gain = record.replayGain
    let values: [(any Bindable)?] = [
      record.title, record.artist, artist, record.album, try album(of: record), record.albumArtist,
      record.trackNumber, record.discNumber, record.year, record.genre, record.duration, record.size, record.bitRate,
      record.suffix, record.contentType, record.coverID, record.path, record.stamp, record.created?.seconds,
      record.musicBrainzID,
      Folding.spelled(record.title, record.artist, record.album, record.albumArtist),
      record.sampleRate, record.bitDepth, record.channelCount, gain?.trackGain.map(Double.init),
      gain?.albumGain.map(Double.init), gain?.trackPeak.map(Double.init), gain?.albumPeak.map(Double.init),
    ]
    let told = Marks(
      starred: record.starred, rating: record.rating, playCount: record.playCount, lastPlayed: record.lastPlayed)
    let (row, outcome) = try write(
      Self.trackText, record.remoteID, values, told: told, item: { .track(TrackID($0)) },
      readMarks: { row in
        var marks = starAndRating(row)
        marks.playCount = row.int(4)
        marks.lastPlayed = row.timestamp(5)
        return marks
      },
      markValues: { starAndRating($0) + [$0.playCount, $0.lastPlayed?.seconds] })
    rows.append(row)
    if outcome == .added { added += 1 }
    if outcome == .changed { changed += 1 }
    try database.run("INSERT OR IGNORE INTO seen_track(id) VALUES (?)", row)
  }
}

/// The first two marks, where `RowText.compare` puts them.
private func starAndRating(_ row: Statement) -> Marks { Marks(starred: row.timestamp(2), rating: row.int(3)) }

private func starAndRating(_ marks: Marks) -> [(any Bindable)?] { [marks.starred?.seconds, marks.rating] }
