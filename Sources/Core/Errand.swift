import Music

/// Something that waits for tracks from the catalogue before it can be done.
struct Errand: Sendable {
  enum Purpose: Sendable {
    /// The queue becomes these tracks.
    case play
    case add
    case addNext
    /// Asks which playlist they go to.
    case choosePlaylist
    /// The queue becomes what it was.
    case bringBack(HistoryReturn, QueuePlan)
    /// Makes a playlist of them.
    case freeze(name: String)
    case note(Register)
    /// What the playlist of this name holds comes into the list.
    case merge(ListPlace, String)
    /// The text that the editor left; the tracks are those that it names.
    case edited(String)
    /// Finds what these words mean, then plays it.
    case playFound(String)
  }

  var purpose: Purpose
  /// Questions still to be asked after the one that is under way.
  var questions: [CatalogueQuestion] = []
  var tracks: [Track] = []
  var replyTo: ReplyToken?
}

extension AppState {
  /// Asks the first question of an errand; without questions it is done at once.
  mutating func begin(_ errand: Errand) -> [Effect] {
    var errand = errand
    guard !errand.questions.isEmpty else { return finish(errand) }
    let question = errand.questions.removeFirst()
    let ticket = tickets.next()
    errands[ticket] = errand
    return [.ask(ticket, question)]
  }

  /// Goes on with an errand; nil when the ticket belongs to none.
  mutating func advanceErrand(_ ticket: Ticket, _ answer: CatalogueAnswer) -> [Effect]? {
    guard var errand = errands.removeValue(forKey: ticket) else { return nil }
    switch answer {
    case .tracks(let tracks):
      errand.tracks += tracks
      return begin(errand)
    case .found(let artists, let albums, let tracks):
      guard case .playFound(let words) = errand.purpose else { return [] }
      return playBest(of: artists, albums, tracks, words: words, errand)
    case .failed(let reason):
      return fail(errand, Notice(.error, "The library could not be read: \(reason)"))
    case .artists, .albums, .playlists, .genres, .stations, .groups, .plays, .history, .versions, .outbox,
      .outboxCounts:
      return []
    }
  }

  private mutating func finish(_ errand: Errand) -> [Effect] {
    let tracks = errand.tracks
    if case .bringBack(let news, let plan) = errand.purpose { return bringBack(news, plan, tracks) }
    if case .edited(let text) = errand.purpose { return takeEdited(text, knowing: tracks) }
    guard !tracks.isEmpty else { return fail(errand, Notice(.warning, "There are no tracks in it.")) }
    switch errand.purpose {
    case .play, .playFound: return playTracks(tracks) + done(errand)
    case .add: return add(tracks) + done(errand)
    case .addNext: return addNext(tracks) + done(errand)
    case .choosePlaylist: return choosePlaylist(for: tracks) + done(errand)
    case .freeze(let name): return [.edit(.createPlaylist(name: name, tracks: tracks.map(\.id)))] + done(errand)
    case .note(let register): return note(tracks, in: register, isCut: false) + done(errand)
    case .merge(let place, let name): return merge(name, tracks, into: place) + done(errand)
    case .bringBack, .edited: return []
    }
  }

  /// The artist or album of exactly that name, else the tracks, else whatever was found.
  private mutating func playBest(
    of artists: [Artist], _ albums: [Album], _ tracks: [Track], words: String, _ errand: Errand
  ) -> [Effect] {
    var errand = errand
    errand.purpose = .play
    let wanted = words.lowercased()
    if let artist = artists.first(where: { $0.name.lowercased() == wanted }) {
      errand.questions = [.tracksOfArtist(artist.id)]
    } else if let album = albums.first(where: { $0.name.lowercased() == wanted }) {
      errand.questions = [.tracksOfAlbum(album.id)]
    } else if !tracks.isEmpty {
      errand.tracks = tracks
    } else if let album = albums.first {
      errand.questions = [.tracksOfAlbum(album.id)]
    } else if let artist = artists.first {
      errand.questions = [.tracksOfArtist(artist.id)]
    } else {
      let complaint = Query(parsing: words).complaint.map { $0 + "." }
      return fail(errand, Notice(.warning, complaint ?? "Nothing in the library matches “\(words)”."))
    }
    return begin(errand)
  }

  private func done(_ errand: Errand) -> [Effect] { errand.replyTo.map { [.reply($0, .done)] } ?? [] }

  private mutating func fail(_ errand: Errand, _ notice: Notice) -> [Effect] {
    post(notice)
    if case .bringBack = errand.purpose { return endTurn() }
    return errand.replyTo.map { [.reply($0, .failed(notice.text))] } ?? []
  }
}
