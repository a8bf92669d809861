import Music

// The words of what plays, told in the line mode.

extension AppState {
  /// `lyrics`
  mutating func askPlainLyrics() -> [Effect] {
    guard let track = currentTrack else { return say("Nothing is playing.") }
    guard !track.isRadio else { return say("The radio tells no lyrics.") }
    lineMode?.wantsLyrics = true
    // No panel shows them: they are asked for each time.
    panel.lyrics = LyricsState()
    (panel.lyrics.track, panel.lyrics.asked) = (track.id, track.id)
    return [.askLyrics(track)]
  }

  /// What came of it. An empty line between verses is nothing to be told.
  func tellLyrics() -> [String] {
    guard let track = currentTrack, panel.lyrics.track == track.id else { return [] }
    switch panel.lyrics.phase {
    case .shown:
      let lines = panel.lyrics.lyrics?.lines.map(\.text).filter { !trimmed($0).isEmpty } ?? []
      return ["The words of “\(track.title)”:"] + lines
    case .offline: return ["The words of “\(track.title)” are not here, and there is no network."]
    case .none: return ["There are no words of “\(track.title)”."]
    case .nothing, .loading: return []
    }
  }
}
