package import Music

/// What details are told of.
package enum DetailsSubject: Hashable, Sendable {
  case track(Track)
  case album(Album)
  case artist(Artist)
  case playlist(Playlist)

  var title: String {
    switch self {
    case .track(let track): track.isRadio ? "Radio station" : "Track"
    case .album: "Album"
    case .artist: "Artist"
    case .playlist: "Playlist"
    }
  }
}

/// A moment as the listener's clocks show it.
package struct LocalTime: Hashable, Sendable {
  package var time: Timestamp
  /// Seconds east of UTC, there and then: summer has others than winter.
  package var offset: Int64

  package init(_ time: Timestamp, offset: Int64) {
    self.time = time
    self.offset = offset
  }
}

/// What a list does not know of a track: where its bytes are, and what the catalogue keeps beside.
package struct TrackFacts: Hashable, Sendable {
  /// As the scan or the server gave it.
  package var path = ""
  package var created: LocalTime?
  package var starred: LocalTime?
  package var lastPlayed: LocalTime?
  package var playCount: Int?
  package var musicBrainzID: String?
  /// nil for a file of this computer.
  package var mark: CacheMark?
  /// The part of the track that is in the cache, 0…1.
  package var heldPart = 0.0
  package var rendition: SoundReport.Rendition?
  /// The server's or folder's name.
  package var place: String?

  package init() {}
}

extension AppState {
  mutating func showDetails(ofPlaying: Bool, replyTo token: ReplyToken?) -> [Effect] {
    if token == nil, case .details? = sheet?.content {
      sheet = nil
      return []
    }
    if screen == .help, !ofPlaying, token == nil {
      tellHelpRow()
      return []
    }
    guard let subject = ofPlaying ? currentTrack.map({ .track($0) }) : subjectInHand else {
      post(Notice(.information, ofPlaying ? "Nothing is playing." : "There is no row to tell details of."))
      return []
    }
    if token == nil { sheet = Sheet(.details(subject, nil)) }
    if case .track(let track) = subject, !track.isRadio { return [.askFacts(of: track, replyTo: token)] }
    return token.map { [.reply($0, .words(lines(of: detailRows(subject, nil))))] } ?? []
  }

  mutating func take(_ facts: TrackFacts, of track: Track, replyTo token: ReplyToken?) -> [Effect] {
    if let token { return [.reply(token, .words(lines(of: detailRows(.track(track), facts))))] }
    guard case .details(.track(let shown), _)? = sheet?.content, shown.id == track.id else { return [] }
    sheet?.content = .details(.track(track), facts)
    return []
  }

  /// Whether there is something under the cursor of which more is known.
  package var hasDetails: Bool { subjectInHand != nil }

  /// The row under the cursor, whatever is marked.
  private var subjectInHand: DetailsSubject? {
    guard let place = placeInHand, count(of: place) > 0 else { return nil }
    switch rows(of: place, at: [min(self[place].cursor, count(of: place) - 1)]) {
    case .tracks(let rows)?: return rows.first.map { .track($0) }
    case .albums(let rows)?: return rows.first.map { .album($0) }
    case .artists(let rows)?: return rows.first.map { .artist($0) }
    case .playlists(let rows)?: return rows.first.map { .playlist($0) }
    case .groups?, nil: return nil
    }
  }
}
