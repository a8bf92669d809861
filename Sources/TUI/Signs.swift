/// A sign or a piece of a line that the theme may draw in its own way. Each is one column wide.
package enum Sign: String, Hashable, Sendable, CaseIterable {
  // Lines and corners.
  case horizontal, vertical
  case topLeft = "top-left"
  case topRight = "top-right"
  case bottomLeft = "bottom-left"
  case bottomRight = "bottom-right"
  case teeLeft = "tee-left"
  case teeRight = "tee-right"
  case teeTop = "tee-top"
  case teeBottom = "tee-bottom"
  case cross
  // The progress of a track, a download, a scan: done, here we are, here already, not here.
  case played = "bar-played"
  case head = "bar-head"
  case fetched = "bar-fetched"
  case missing = "bar-missing"
  case scrollThumb = "scroll-thumb"
  case scrollTrack = "scroll-track"
  // What plays and how.
  case playing, paused, stopped, buffering
  case shuffled, repeated
  case repeatedOne = "repeated-one"
  // What is told of a row.
  case star, marked
  case readOnly = "read-only"
  /// A list that is a search.
  case smart
  case ratingOn = "rating-on"
  case ratingOff = "rating-off"
  /// Kept whatever becomes of the cache; here whole; here in part; not to be had now.
  case pinned, whole, partial, absent
  // Trees, choices, headings.
  case expanded, collapsed, chosen
  case notChosen = "not-chosen"
  case up, down
  // Text.
  case ellipsis, separator, dash, prompt, bullet, warning
  // Levels of the spectrum, from nearly nothing to full.
  case level1 = "level-1"
  case level2 = "level-2"
  case level3 = "level-3"
  case level4 = "level-4"
  case level5 = "level-5"
  case level6 = "level-6"
  case level7 = "level-7"
  case level8 = "level-8"

  /// The eight levels, lowest first.
  package static let levels: [Sign] = [.level1, .level2, .level3, .level4, .level5, .level6, .level7, .level8]
}

/// Signs → what is drawn for them.
package struct Signs: Hashable, Sendable {
  private var changed: [Sign: String]
  private var base: Base

  /// A set to begin with; a theme may change single signs of it.
  package enum Base: String, Hashable, Sendable, CaseIterable {
    /// Thin lines and square corners.
    case line
    /// As `line`, with round corners.
    case rounded
    case heavy
    case double
    /// Bars of blocks and shades.
    case block
    /// Nothing but ASCII.
    case ascii
  }

  package init(_ base: Base = .line) {
    self.base = base
    changed = [:]
  }

  package subscript(sign: Sign) -> String {
    get { changed[sign] ?? Signs.own(sign, of: base) ?? Signs.line(sign) }
    set { changed[sign] = newValue }
  }

  /// Makes another set the base; what was changed stays.
  mutating func begin(with base: Base) { self.base = base }
}

// What the sets draw: code, not tables, since none has to be built before the first frame.
extension Signs {
  /// What a set draws in its own way; nil where it draws what `line` does.
  private static func own(_ sign: Sign, of base: Base) -> String? {
    switch base {
    case .line: nil
    case .rounded: rounded(sign)
    case .heavy: heavy(sign)
    case .double: double(sign)
    case .block: block(sign)
    case .ascii: ascii(sign)
    }
  }

  private static func line(_ sign: Sign) -> String {
    switch sign {
    case .horizontal: "─"
    case .vertical: "│"
    case .topLeft: "┌"
    case .topRight: "┐"
    case .bottomLeft: "└"
    case .bottomRight: "┘"
    case .teeLeft: "├"
    case .teeRight: "┤"
    case .teeTop: "┬"
    case .teeBottom: "┴"
    case .cross: "┼"
    case .played: "━"
    case .head: "●"
    case .fetched: "─"
    case .missing: "┄"
    case .scrollThumb: "┃"
    case .scrollTrack: " "
    case .playing: "▸"
    case .paused: "‖"
    case .stopped: "■"
    case .buffering: "◌"
    case .shuffled: "⇄"
    case .repeated: "↻"
    case .repeatedOne: "↺"
    case .star: "★"
    case .marked: "+"
    case .readOnly: "="
    case .smart: "≈"
    case .ratingOn: "★"
    case .ratingOff: "☆"
    case .pinned: "◆"
    case .whole: "●"
    case .partial: "◐"
    case .absent: "×"
    case .expanded: "▾"
    case .collapsed: "▸"
    case .chosen: "◉"
    case .notChosen: "○"
    case .up: "↑"
    case .down: "↓"
    case .ellipsis: "…"
    case .separator: "·"
    case .dash: "–"
    case .prompt: "›"
    case .bullet: "•"
    case .warning: "!"
    case .level1: "▁"
    case .level2: "▂"
    case .level3: "▃"
    case .level4: "▄"
    case .level5: "▅"
    case .level6: "▆"
    case .level7: "▇"
    case .level8: "█"
    }
  }

  private static func rounded(_ sign: Sign) -> String? {
    switch sign {
    case .topLeft: "╭"
    case .topRight: "╮"
    case .bottomLeft: "╰"
    case .bottomRight: "╯"
    default: nil
    }
  }

  private static func heavy(_ sign: Sign) -> String? {
    switch sign {
    case .horizontal: "━"
    case .vertical: "┃"
    case .topLeft: "┏"
    case .topRight: "┓"
    case .bottomLeft: "┗"
    case .bottomRight: "┛"
    case .teeLeft: "┣"
    case .teeRight: "┫"
    case .teeTop: "┳"
    case .teeBottom: "┻"
    case .cross: "╋"
    case .head: "┿"
    case .fetched: "━"
    case .missing: "╌"
    case .scrollThumb: "█"
    default: nil
    }
  }

  private static func double(_ sign: Sign) -> String? {
    switch sign {
    case .horizontal: "═"
    case .vertical: "║"
    case .topLeft: "╔"
    case .topRight: "╗"
    case .bottomLeft: "╚"
    case .bottomRight: "╝"
    case .teeLeft: "╠"
    case .teeRight: "╣"
    case .teeTop: "╦"
    case .teeBottom: "╩"
    case .cross: "╬"
    case .played: "═"
    case .head: "╪"
    case .scrollThumb: "║"
    default: nil
    }
  }

  private static func block(_ sign: Sign) -> String? {
    switch sign {
    case .played: "█"
    case .head: "█"
    case .fetched: "▒"
    case .missing: "░"
    case .scrollThumb: "▐"
    default: rounded(sign)
    }
  }

  private static func ascii(_ sign: Sign) -> String {
    switch sign {
    case .horizontal: "-"
    case .vertical: "|"
    case .topLeft: "+"
    case .topRight: "+"
    case .bottomLeft: "+"
    case .bottomRight: "+"
    case .teeLeft: "+"
    case .teeRight: "+"
    case .teeTop: "+"
    case .teeBottom: "+"
    case .cross: "+"
    case .played: "="
    case .head: "O"
    case .fetched: "-"
    case .missing: "."
    case .scrollThumb: "#"
    case .scrollTrack: " "
    case .playing: ">"
    case .paused: "="
    case .stopped: "-"
    case .buffering: "~"
    case .shuffled: "%"
    case .repeated: "@"
    case .repeatedOne: "1"
    case .star: "*"
    case .marked: "+"
    case .readOnly: "="
    case .smart: "~"
    case .ratingOn: "*"
    case .ratingOff: "."
    case .pinned: "#"
    case .whole: "@"
    case .partial: "o"
    case .absent: "x"
    case .expanded: "v"
    case .collapsed: ">"
    case .chosen: "o"
    case .notChosen: " "
    case .up: "^"
    case .down: "v"
    case .ellipsis: "~"
    case .separator: "-"
    case .dash: "-"
    case .prompt: ">"
    case .bullet: "*"
    case .warning: "!"
    case .level1: "."
    case .level2: "."
    case .level3: ":"
    case .level4: ":"
    case .level5: "+"
    case .level6: "*"
    case .level7: "#"
    case .level8: "@"
    }
  }
}
