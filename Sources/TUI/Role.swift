/// What a piece of the screen is for. Screens name roles; only a theme names colours.
package enum Role: String, Hashable, Sendable, CaseIterable {
  /// Rows, and the ground of the whole screen.
  case text
  /// Less important: albums beside titles, hints.
  case dim
  /// What cannot be used now, such as a row that cannot be played offline.
  case disabled
  case border
  case tab
  case tabCurrent = "tab-current"
  case brand
  /// A pane's heading; the one with the keyboard's attention has a role of its own.
  case heading
  case headingFocused = "heading-focused"
  /// The cursor's row in the pane with the keyboard's attention, and in the others.
  case cursor
  case cursorUnfocused = "cursor-unfocused"
  case marked
  /// The entry being played, in lists.
  case current
  case star
  case cached
  case scrollbar
  /// The now-playing bar.
  case barTitle = "bar-title"
  case barText = "bar-text"
  case barMode = "bar-mode"
  case played
  /// Not yet played, but here.
  case fetched
  /// Not yet played and not here.
  case missing
  case notice
  case warning
  case error
  case prompt
  case field
  case fieldFocused = "field-focused"
  /// A key's name in hints and in the help.
  case key
  // Columns of lists.
  case artist, album, time, number
  /// The letters that a search or a filter found.
  case match
  /// The ground beside the lists: cover, lyrics, queue.
  case panel
  /// Menus and palettes over the screen.
  case popup
  case popupBorder = "popup-border"
  case popupTitle = "popup-title"
  /// Format, bits and rate in a word.
  case badge
  /// Modes that are on, such as shuffle.
  case modeOn = "mode-on"
  case online, offline
  /// Work that goes on: a scan, a download, reading the catalogue.
  case progress
  case lyric
  case lyricCurrent = "lyric-current"
  case lyricPast = "lyric-past"
  case spectrumLow = "spectrum-low"
  case spectrumMiddle = "spectrum-middle"
  case spectrumHigh = "spectrum-high"
}

extension Role {
  /// Whose look it takes where a theme does not name it.
  var stem: Role? {
    switch self {
    case .text: nil
    case .artist, .album, .time, .number, .lyric: .dim
    case .match, .modeOn: .key
    case .panel, .popup: .text
    case .popupBorder: .border
    case .popupTitle: .headingFocused
    case .badge: .barMode
    case .online: .cached
    case .offline: .warning
    case .progress, .spectrumMiddle: .played
    case .lyricCurrent: .current
    case .lyricPast: .disabled
    case .spectrumLow: .cached
    case .spectrumHigh: .warning
    default: .text
    }
  }
}
