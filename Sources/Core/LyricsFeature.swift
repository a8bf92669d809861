package import Music
import TUI

/// What is known of a track's words.
package enum LyricsAnswer: Hashable, Sendable {
  /// `offset` is the listener's, as it is kept.
  case found(Lyrics, offset: Duration)
  /// Nobody has any.
  case none
  /// They are not here, and there is no network.
  case offline
}

/// The words of what plays, as rows of the panel, and which of them are sung.
package struct LyricsState: Sendable {
  package enum Phase: Hashable, Sendable { case nothing, loading, shown, none, offline }

  /// A line of the words, or what of it stands in one row.
  package struct Row: Hashable, Sendable {
    package var line: Int
    package var text: String
    package var isRightToLeft = false
  }

  package internal(set) var phase = Phase.nothing
  package internal(set) var lyrics: Lyrics?
  /// Positive: lines come earlier.
  package internal(set) var offset = Duration.zero
  /// Broken to `width` columns.
  package internal(set) var rows: [Row] = []
  /// The line that is sung; nil before the first, and where times are not known.
  package internal(set) var line: Int?
  /// The first row that is seen, where the listener scrolled.
  var top: Int?
  var scrolled = Timestamp(seconds: 0)
  var width = 0
  var track: TrackID?
  var asked: TrackID?
  var armed: Duration?
  private var sawOutage = false

  /// Seconds after which lyrics that were scrolled by hand follow the music again.
  static let lookAround: Int64 = 8

  mutating func isDueAgain(isOffline: Bool) -> Bool {
    guard phase == .offline else {
      sawOutage = false
      return false
    }
    if isOffline { sawOutage = true }
    return sawOutage && !isOffline
  }
}

extension LyricsState {
  /// The first row that is seen where so many fit: the sung line is in the middle, once it has come there.
  package func top(height: Int) -> Int {
    if let top { return max(0, min(top, rows.count - height)) }
    guard lyrics?.isSynced == true else { return 0 }
    guard let line, let first = rows.firstIndex(where: { $0.line == line }) else { return 0 }
    let count = rows[first...].prefix { $0.line == line }.count
    return max(0, first - (height - min(count, height)) / 2)
  }

  mutating func scroll(_ motion: Motion, height: Int, now: Timestamp) {
    top = motion.scrolled(from: max(0, top(height: height)), count: rows.count, height: height)
    scrolled = now
  }

  fileprivate mutating func take(_ fresh: Lyrics?, width: Int) {
    lyrics = fresh
    self.width = width
    guard width > 0, let fresh else { return rows = [] }
    rows = fresh.lines.enumerated().flatMap { index, line in
      let isRightToLeft = line.text.unicodeScalars.first { $0.properties.isAlphabetic }.map(isRightToLeft) ?? false
      let pieces = broken(line.text, to: width)
      return (pieces.isEmpty ? [""] : pieces).map { Row(line: index, text: $0, isRightToLeft: isRightToLeft) }
    }
  }
}

extension AppState {
  mutating func followLyrics() -> [Effect] {
    guard let rect = panelLayout?.lyrics, !rect.isEmpty, let track = currentTrack, !track.isRadio else {
      panel.lyrics.armed = nil
      // What was not asked for yet is asked for when it is seen.
      if panel.lyrics.asked == nil { panel.lyrics.track = nil }
      if currentTrack == nil || currentTrack?.isRadio == true { panel.lyrics = LyricsState() }
      return []
    }
    if track.id != panel.lyrics.track || panel.lyrics.isDueAgain(isOffline: isOffline) {
      panel.lyrics = LyricsState()
      panel.lyrics.track = track.id
      panel.lyrics.phase = .loading
      return [.alarm(.panel, after: CoverState.rest)]
    }
    if rect.columns != panel.lyrics.width { panel.lyrics.take(panel.lyrics.lyrics, width: rect.columns) }
    return followLine()
  }

  /// Which line is sung now, and when the next begins: nobody has to look at a clock meanwhile.
  private mutating func followLine() -> [Effect] {
    guard let lyrics = panel.lyrics.lyrics, lyrics.isSynced else { return [] }
    let line = lyrics.line(at: player.position, offset: panel.lyrics.offset)
    if line != panel.lyrics.line {
      panel.lyrics.line = line
      if now.seconds >= panel.lyrics.scrolled.seconds + LyricsState.lookAround { panel.lyrics.top = nil }
    }
    guard player.state == .playing, !player.isBuffering, !player.isSettling,
      let next = lyrics.nextChange(after: player.position, offset: panel.lyrics.offset)
    else {
      panel.lyrics.armed = nil
      return []
    }
    let wait = (next - player.position) / max(0.1, sound.settings.speed) + .milliseconds(2)
    // What comes later is looked at again when the position is told next.
    guard wait <= .milliseconds(1100), panel.lyrics.armed != player.position else { return [] }
    panel.lyrics.armed = player.position
    return [.alarm(.lyrics, after: wait)]
  }

  mutating func askLyrics() -> [Effect] {
    guard let track = currentTrack, track.id == panel.lyrics.track, panel.lyrics.asked != track.id else { return [] }
    panel.lyrics.asked = track.id
    return [.askLyrics(track)]
  }

  mutating func take(_ answer: LyricsAnswer, for track: TrackID) {
    guard track == panel.lyrics.asked, track == panel.lyrics.track else { return }
    switch answer {
    case .found(let lyrics, let offset):
      panel.lyrics.phase = .shown
      panel.lyrics.offset = offset
      panel.lyrics.take(lyrics, width: panelLayout?.lyrics.columns ?? 0)
    case .none: panel.lyrics.phase = .none
    case .offline: panel.lyrics.phase = .offline
    }
  }

  /// Whether there are lyrics on the screen that can be moved.
  package var canScrollPanel: Bool { panelLayout?.lyrics.isEmpty == false && panel.lyrics.lyrics != nil }

  mutating func scrollPanel(_ motion: Motion) {
    guard canScrollPanel, let rect = panelLayout?.lyrics else { return }
    panel.lyrics.scroll(motion, height: rect.rows, now: now)
  }

  mutating func setLyricsOffset(_ change: OffsetChange) -> [Effect] {
    guard let track = panel.lyrics.track, panel.lyrics.lyrics?.isSynced == true else {
      post(Notice(.warning, "There are no timed lyrics to be moved."))
      return []
    }
    let wanted =
      switch change {
      case .by(let step): seconds(panel.lyrics.offset) + step
      case .to(let value): value
      }
    let offset = hundredths(max(-60, min(60, wanted)))
    panel.lyrics.offset = .milliseconds(Int((offset * 1000).rounded()))
    panel.lyrics.armed = nil
    panel.lyrics.top = nil
    let words = offset == 0 ? "as they are timed" : "\(plain(abs(offset))) s \(offset > 0 ? "earlier" : "later")"
    post(Notice(.information, "Lyrics \(words)."))
    return [.keepLyricsOffset(panel.lyrics.offset, of: track)]
  }
}
