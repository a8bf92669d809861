import Music
import SQLite

// One record of each kind. The values stand in the order of the columns beside them.

extension Ingest {
  private static let artistText = RowText(
    "artist", columns: ["name", "sort_key", "spelled", "cover_id", "musicbrainz_id", "is_invented"],
    marks: ["starred", "rating"])

  mutating func take(_ record: ArtistRecord) throws {
    let name = Unknown.artist(record.name)
    let values: [StoredValue] = [
      .text(name), .text(Folding.sortKey(record.sortName ?? name)), .text(Folding.spelled(name)),
      StoredValue(record.coverID), StoredValue(record.musicBrainzID), .integer(0),
    ]
    let (row, _) = try write(
      Self.artistText, record.remoteID, values, told: Marks(starred: record.starred, rating: record.rating),
      item: { .artist(ArtistID($0)) }, readMarks: starAndRating, markValues: starAndRating)
    artistsByRemoteID[record.remoteID] = row
    rows.append(row)
    try see(row, Self.artistText)
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
    let values: [StoredValue] = [
      .text(name), .text(Folding.sortKey(name)), .text(Folding.spelled(name, artistName)), .text(artistName),
      .integer(artist), StoredValue(record.year), .text(record.genre), StoredValue(record.coverID),
      StoredValue(record.created?.seconds), StoredValue(record.musicBrainzID), .integer(0),
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
    let values: [StoredValue] = [
      .text(record.title), .text(record.artist), StoredValue(artist), .text(record.album),
      .integer(try album(of: record)), .text(record.albumArtist), StoredValue(record.trackNumber),
      StoredValue(record.discNumber), StoredValue(record.year), .text(record.genre), StoredValue(record.duration),
      .integer(record.size), StoredValue(record.bitRate), .text(record.suffix), .text(record.contentType),
      StoredValue(record.coverID), .text(record.path), .text(record.stamp), StoredValue(record.created?.seconds),
      StoredValue(record.musicBrainzID),
      .text(Folding.spelled(record.title, record.artist, record.album, record.albumArtist)),
      StoredValue(record.sampleRate), StoredValue(record.bitDepth), StoredValue(record.channelCount),
      StoredValue(gain?.trackGain.map(Double.init)), StoredValue(gain?.albumGain.map(Double.init)),
      StoredValue(gain?.trackPeak.map(Double.init)), StoredValue(gain?.albumPeak.map(Double.init)),
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
      markValues: { marks in
        [
          StoredValue(marks.starred?.seconds), StoredValue(marks.rating), StoredValue(marks.playCount),
          StoredValue(marks.lastPlayed?.seconds),
        ]
      })
    rows.append(row)
    if outcome == .added { added += 1 }
    if outcome == .changed { changed += 1 }
    try see(row, Self.trackText)
  }
}

/// The first two marks, where `RowText.compare` puts them.
private func starAndRating(_ row: Statement) -> Marks { Marks(starred: row.timestamp(2), rating: row.int(3)) }

private func starAndRating(_ marks: Marks) -> [StoredValue] {
  [StoredValue(marks.starred?.seconds), StoredValue(marks.rating)]
}
