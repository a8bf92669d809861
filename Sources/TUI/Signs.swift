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
    get { changed[sign] ?? Signs.tables[base]?[sign] ?? Signs.line[sign] ?? " " }
    set { changed[sign] = newValue }
  }

  /// Makes another set the base; what was changed stays.
  mutating func begin(with base: Base) { self.base = base }

  private static let tables: [Base: [Sign: String]] = [
    .rounded: [.topLeft: "╭", .topRight: "╮", .bottomLeft: "╰", .bottomRight: "╯"],
    .heavy: [
      .horizontal: "━", .vertical: "┃", .topLeft: "┏", .topRight: "┓", .bottomLeft: "┗", .bottomRight: "┛",
      .teeLeft: "┣", .teeRight: "┫", .teeTop: "┳", .teeBottom: "┻", .cross: "╋", .head: "┿", .fetched: "━",
      .missing: "╌", .scrollThumb: "█",
    ],
    .double: [
      .horizontal: "═", .vertical: "║", .topLeft: "╔", .topRight: "╗", .bottomLeft: "╚", .bottomRight: "╝",
      .teeLeft: "╠", .teeRight: "╣", .teeTop: "╦", .teeBottom: "╩", .cross: "╬", .played: "═", .head: "╪",
      .scrollThumb: "║",
    ],
    .block: [
      .topLeft: "╭", .topRight: "╮", .bottomLeft: "╰", .bottomRight: "╯", .played: "█", .head: "█", .fetched: "▒",
      .missing: "░", .scrollThumb: "▐",
    ],
    .ascii: ascii,
  ]

  private static let line: [Sign: String] = [
    .horizontal: "─", .vertical: "│", .topLeft: "┌", .topRight: "┐", .bottomLeft: "└", .bottomRight: "┘",
    .teeLeft: "├", .teeRight: "┤", .teeTop: "┬", .teeBottom: "┴", .cross: "┼",
    .played: "━", .head: "●", .fetched: "─", .missing: "┄", .scrollThumb: "┃", .scrollTrack: " ",
    .playing: "▸", .paused: "‖", .stopped: "■", .buffering: "◌", .shuffled: "⇄", .repeated: "↻", .repeatedOne: "↺",
    .star: "★", .marked: "+", .readOnly: "=", .smart: "≈", .ratingOn: "★", .ratingOff: "☆",
    .pinned: "◆", .whole: "●", .partial: "◐", .absent: "×",
    .expanded: "▾", .collapsed: "▸", .chosen: "◉", .notChosen: "○", .up: "↑", .down: "↓",
    .ellipsis: "…", .separator: "·", .dash: "–", .prompt: "›", .bullet: "•", .warning: "!",
    .level1: "▁", .level2: "▂", .level3: "▃", .level4: "▄", .level5: "▅", .level6: "▆", .level7: "▇", .level8: "█",
  ]

  private static let ascii: [Sign: String] = [
    .horizontal: "-", .vertical: "|", .topLeft: "+", .topRight: "+", .bottomLeft: "+", .bottomRight: "+",
    .teeLeft: "+", .teeRight: "+", .teeTop: "+", .teeBottom: "+", .cross: "+",
    .played: "=", .head: "O", .fetched: "-", .missing: ".", .scrollThumb: "#", .scrollTrack: " ",
    .playing: ">", .paused: "=", .stopped: "-", .buffering: "~", .shuffled: "%", .repeated: "@", .repeatedOne: "1",
    .star: "*", .marked: "+", .readOnly: "=", .smart: "~", .ratingOn: "*", .ratingOff: ".",
    .pinned: "#", .whole: "@", .partial: "o", .absent: "x",
    .expanded: "v", .collapsed: ">", .chosen: "o", .notChosen: " ", .up: "^", .down: "v",
    .ellipsis: "~", .separator: "-", .dash: "-", .prompt: ">", .bullet: "*", .warning: "!",
    .level1: ".", .level2: ".", .level3: ":", .level4: ":", .level5: "+", .level6: "*", .level7: "#", .level8: "@",
  ]
}
