import Music
import SQLite

// How rows become values. Each list of columns stands beside the function that reads it: keep the two in step.

extension Catalogue {
  static let trackColumns = """
    t.id, t.origin, t.remote_id, t.title, t.artist, t.artist_id, t.album, t.album_id, t.album_artist, t.track_number,
    t.disc_number, t.year, t.genre, t.duration, t.size, t.bit_rate, t.suffix, t.content_type, t.cover_id,
    t.starred IS NOT NULL, t.rating, t.play_count, t.sample_rate, t.bit_depth, t.channel_count, t.track_gain,
    t.album_gain, t.track_peak, t.album_peak
    """

  func track(_ row: Statement) -> Track {
    Track(
      id: TrackID(row.int64(0)), origin: origin(ofRow: row.int64(1)), remoteID: row.text(2), title: row.text(3),
      artist: row.text(4), artistID: row.optionalInt64(5).map(ArtistID.init), album: row.text(6),
      albumID: row.optionalInt64(7).map(AlbumID.init), albumArtist: row.text(8), trackNumber: row.int(9),
      discNumber: row.int(10), year: row.int(11), genre: row.text(12), duration: row.int(13), size: row.int64(14),
      bitRate: row.int(15), suffix: row.text(16), contentType: row.text(17), coverID: row.optionalText(18),
      isStarred: row.bool(19), rating: row.int(20), playCount: row.int(21), replayGain: replayGain(row),
      sampleRate: row.int(22), bitDepth: row.int(23), channelCount: row.int(24))
  }

  private func replayGain(_ row: Statement) -> ReplayGain? {
    let gain = ReplayGain(
      trackGain: row.optionalFloat(25), albumGain: row.optionalFloat(26), trackPeak: row.optionalFloat(27),
      albumPeak: row.optionalFloat(28))
    return gain == ReplayGain() ? nil : gain
  }

  static let storedTrackColumns =
    trackColumns
      + """
      , t.path, t.created, t.starred, t.last_played, t.musicbrainz_id,
      (SELECT remote_id FROM artist WHERE id = t.artist_id), (SELECT remote_id FROM album WHERE id = t.album_id)
      """

  func storedTrack(_ row: Statement) -> StoredTrack {
    var stored = StoredTrack(track: track(row))
    stored.path = row.text(29)
    stored.created = row.timestamp(30)
    stored.starred = row.timestamp(31)
    stored.lastPlayed = row.timestamp(32)
    stored.musicBrainzID = row.optionalText(33)
    stored.artistRemoteID = row.optionalText(34)
    stored.albumRemoteID = row.optionalText(35)
    return stored
  }

  static let albumColumns = """
    a.id, a.remote_id, a.name, a.artist, a.artist_id, a.year, a.genre,
    (SELECT count(*) FROM track WHERE album_id = a.id),
    (SELECT coalesce(sum(duration), 0) FROM track WHERE album_id = a.id),
    a.cover_id, a.starred IS NOT NULL, a.rating, a.created
    """

  func album(_ row: Statement) -> Album {
    Album(
      id: AlbumID(row.int64(0)), remoteID: row.text(1), name: row.text(2), artist: row.text(3),
      artistID: row.optionalInt64(4).map(ArtistID.init), year: row.int(5), genre: row.text(6), trackCount: row.int(7),
      duration: row.int(8), coverID: row.optionalText(9), isStarred: row.bool(10), rating: row.int(11),
      created: row.timestamp(12))
  }

  static let storedAlbumColumns =
    albumColumns
      + """
      , a.starred, (SELECT coalesce(sum(play_count), 0) FROM track WHERE album_id = a.id AND play_count > 0),
      (SELECT max(last_played) FROM track WHERE album_id = a.id AND play_count > 0), a.musicbrainz_id,
      (SELECT remote_id FROM artist WHERE id = a.artist_id), a.sort_key
      """

  func storedAlbum(_ row: Statement) -> StoredAlbum {
    var stored = StoredAlbum(album: album(row))
    stored.starred = row.timestamp(13)
    stored.playCount = row.int(14)
    stored.lastPlayed = row.timestamp(15)
    stored.musicBrainzID = row.optionalText(16)
    stored.artistRemoteID = row.optionalText(17)
    stored.sortKey = row.text(18)
    return stored
  }

  static let artistColumns = """
    r.id, r.remote_id, r.name, (SELECT count(*) FROM album WHERE artist_id = r.id), r.cover_id, r.starred IS NOT NULL
    """

  func artist(_ row: Statement) -> Artist {
    Artist(
      id: ArtistID(row.int64(0)), remoteID: row.text(1), name: row.text(2), albumCount: row.int(3),
      coverID: row.optionalText(4), isStarred: row.bool(5))
  }

  static let storedArtistColumns = artistColumns + ", r.starred, r.rating, r.musicbrainz_id, r.sort_key"

  func storedArtist(_ row: Statement) -> StoredArtist {
    var stored = StoredArtist(artist: artist(row))
    stored.starred = row.timestamp(6)
    stored.rating = row.int(7)
    stored.musicBrainzID = row.optionalText(8)
    stored.sortKey = row.text(9)
    return stored
  }

  static let playlistColumns = """
    p.id, p.remote_id, p.name, p.comment, p.owner, p.is_public, p.is_read_only,
    (SELECT count(*) FROM playlist_track WHERE playlist = p.id),
    (SELECT coalesce(sum(duration), 0) FROM playlist_track JOIN track ON track.id = track WHERE playlist = p.id),
    p.changed
    """

  func playlist(_ row: Statement) -> Playlist {
    Playlist(
      id: PlaylistID(row.int64(0)), remoteID: row.optionalText(1), name: row.text(2), comment: row.text(3),
      owner: row.text(4), isPublic: row.bool(5), isReadOnly: row.bool(6), trackCount: row.int(7), duration: row.int(8),
      changed: row.timestamp(9))
  }
}

extension Statement {
  func timestamp(_ column: Int) -> Timestamp? { optionalInt64(column).map { Timestamp(seconds: $0) } }
  func optionalFloat(_ column: Int) -> Float? { isNull(column) ? nil : Float(double(column)) }
}
