package import TUI

/// How a terminal shows pictures.
package enum PictureWay: Hashable, Sendable {
  /// With characters, in as many colours as there are.
  case symbols(ColourDepth, isASCII: Bool)
  /// kitty's graphics under characters that stand for them: they move and go with the text. Inside of tmux they are passed on.
  case kitty(isInTmux: Bool)
  /// kitty's graphics at a place of the screen.
  case kittyPlaced
  case sixel
  case iTerm
}

extension PictureWay {
  /// The best way that is known from the environment alone; nothing is asked of the terminal.
  ///
  /// - Parameters:
  ///   - attributes: what the terminal answered to the question for its primary attributes (DA1), where it did.
  ///   - passesOn: whether tmux passes on what it does not understand (`allow-passthrough`).
  package init(
    environment: [String: String], depth: ColourDepth, isASCII: Bool = false, attributes: Set<Int> = [],
    passesOn: Bool = false
  ) {
    let symbols = PictureWay.symbols(depth, isASCII: isASCII)
    // Pictures are many bytes, and over a slow line they are late.
    if isASCII || depth < .palette || environment["SSH_CONNECTION"] != nil { self = symbols; return }
    let knowsPlaceholders = PictureWay.knowsPlaceholders(environment)
    if environment["TMUX"] != nil {
      // What tmux itself was started from; it shows sixels itself where it was built to.
      self = knowsPlaceholders && passesOn ? .kitty(isInTmux: true) : attributes.contains(4) ? .sixel : symbols
    } else if environment["STY"] != nil || environment["TERM"]?.hasPrefix("screen") == true {
      self = symbols
    } else if knowsPlaceholders {
      self = .kitty(isInTmux: false)
    } else if PictureWay.iTerms.contains(environment["TERM_PROGRAM"] ?? "") || environment["LC_TERMINAL"] == "iTerm2" {
      self = .iTerm
    } else if environment["KONSOLE_VERSION"].flatMap({ Int($0) }) ?? 0 >= 220_400 {
      self = .kittyPlaced
    } else {
      self = attributes.contains(4) ? .sixel : symbols
    }
  }

  /// What the listener may say instead: symbols, kitty, sixel, iterm; nil for other words and for `auto`.
  package init?(named name: String, depth: ColourDepth, isASCII: Bool, isInTmux: Bool) {
    switch name {
    case "symbols": self = .symbols(depth, isASCII: isASCII)
    case "kitty": self = .kitty(isInTmux: isInTmux)
    case "sixel": self = .sixel
    case "iterm": self = .iTerm
    default: return nil
    }
  }

  private static let iTerms: Set<String> = ["iTerm.app", "WezTerm", "mintty", "vscode"]

  private static func knowsPlaceholders(_ environment: [String: String]) -> Bool {
    if environment["KITTY_WINDOW_ID"] != nil || environment["GHOSTTY_RESOURCES_DIR"] != nil { return true }
    return ["xterm-kitty", "xterm-ghostty"].contains(environment["TERM"] ?? "")
  }
}
