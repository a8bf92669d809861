import Music
import SQLite

// An edit as columns of the outbox, and back.

/// What an edit is in the table `outbox`.
struct EditColumns: Hashable {
  var kind: String
  var itemKind: String?
  var item: Int64?
  /// On or off, the rating, or the time of a play.
  var amount: Int64?
  var remoteID: RemoteID?

  init(_ kind: String, _ item: ItemID, amount: Int64) {
    self.kind = kind
    itemKind = item.table
    self.item = item.row
    self.amount = amount
  }

  init(_ kind: String, _ playlist: PlaylistID) {
    self.kind = kind
    itemKind = "playlist"
    item = playlist.rawValue
  }

  init(_ kind: String, _ station: StationID) {
    self.kind = kind
    itemKind = "station"
    item = station.rawValue
  }

  /// Of a whole server: its row stands for the item.
  init(_ kind: String) {
    self.kind = kind
    itemKind = "origin"
  }

  init(_ kind: String, _ remoteID: RemoteID) {
    self.kind = kind
    self.remoteID = remoteID
  }
}

extension Edit {
  var columns: EditColumns {
    switch self {
    case .star(let item, let on): EditColumns("star", item, amount: on ? 1 : 0)
    case .rate(let item, let rating): EditColumns("rate", item, amount: Int64(rating))
    case .scrobble(let track, let time): EditColumns("scrobble", .track(track), amount: time.seconds)
    case .createPlaylist(let id): EditColumns("createPlaylist", id)
    case .describePlaylist(let id): EditColumns("describePlaylist", id)
    case .replacePlaylistTracks(let id): EditColumns("replacePlaylistTracks", id)
    case .deletePlaylist(let remoteID): EditColumns("deletePlaylist", remoteID)
    case .createStation(let id): EditColumns("createStation", id)
    case .describeStation(let id): EditColumns("describeStation", id)
    case .deleteStation(let remoteID): EditColumns("deleteStation", remoteID)
    case .savePlayQueue: EditColumns("savePlayQueue")
    case .bookmark(let track): EditColumns("bookmark", .track(track), amount: 0)
    }
  }

  /// Says how things shall now be, not what happened.
  var replacesOlder: Bool {
    switch self {
    case .star, .rate, .describePlaylist, .replacePlaylistTracks, .describeStation, .savePlayQueue, .bookmark: true
    case .scrobble, .createPlaylist, .deletePlaylist, .createStation, .deleteStation: false
    }
  }

  /// Reads kind, item_kind, item, amount, remote_id. nil for what no version of this program wrote.
  init?(_ row: Statement, from column: Int) {
    let item = ItemID(row.text(column + 1), row.int64(column + 2))
    let playlist = PlaylistID(row.int64(column + 2))
    let amount = row.int64(column + 3)
    switch (row.text(column), item) {
    case ("star", let item?): self = .star(item, amount != 0)
    case ("rate", let item?): self = .rate(item, Int(amount))
    case ("scrobble", .track(let track)): self = .scrobble(track, Timestamp(seconds: amount))
    case ("createPlaylist", nil): self = .createPlaylist(playlist)
    case ("describePlaylist", nil): self = .describePlaylist(playlist)
    case ("replacePlaylistTracks", nil): self = .replacePlaylistTracks(playlist)
    case ("deletePlaylist", nil): self = .deletePlaylist(row.text(column + 4))
    case ("createStation", nil): self = .createStation(StationID(row.int64(column + 2)))
    case ("describeStation", nil): self = .describeStation(StationID(row.int64(column + 2)))
    case ("deleteStation", nil): self = .deleteStation(row.text(column + 4))
    case ("savePlayQueue", nil): self = .savePlayQueue
    case ("bookmark", .track(let track)): self = .bookmark(track)
    default: return nil
    }
  }
}

extension ItemID {
  init?(_ table: String, _ row: Int64) {
    switch table {
    case "track": self = .track(TrackID(row))
    case "album": self = .album(AlbumID(row))
    case "artist": self = .artist(ArtistID(row))
    default: return nil
    }
  }
}
