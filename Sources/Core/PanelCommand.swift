/// What the listener asks of the panel beside the lists: cover, words, what comes next, spectrum.
package enum PanelCommand: Hashable, Sendable {
  case show(Switch)
  case content(PanelContent)
  /// The next of its contents; where it is hidden, it comes.
  case next
  /// By hand, where it has more than fits.
  case scroll(Direction)
  case lyricsOffset(OffsetChange)
  case pictures(PictureChoice)
  case spectrum(SpectrumStyle)
  case spectrumRate(SpectrumRate)
}

package enum PanelContent: String, Hashable, Sendable, CaseIterable {
  /// The cover over the lyrics, where there is room for both.
  case both
  case cover, lyrics, queue, spectrum
}

/// How much earlier the lines of the lyrics come, in seconds.
package enum OffsetChange: Hashable, Sendable {
  case by(Double)
  case to(Double)
}

/// How pictures are shown.
package enum PictureChoice: String, Hashable, Sendable, CaseIterable { case auto, off, symbols, kitty, sixel, iterm }

package enum SpectrumStyle: String, Hashable, Sendable, CaseIterable { case bars, braille }

/// Frames a second.
package enum SpectrumRate: Hashable, Sendable {
  /// As many as suit the line to the terminal; over a network none.
  case auto
  case off
  case fixed(Int)

  package static let range = 1...30
}

// MARK: As text

extension PanelCommand {
  static let parsers: [String: SoundCommand.Parser] = [
    "panel": { (a) throws(CommandError) in .panel(try a.panel()) },
    "lyrics": { (a) throws(CommandError) in try a.alone(.panel(.content(.lyrics))) },
    "lyrics-offset": { (a) throws(CommandError) in .panel(.lyricsOffset(try a.offset())) },
    "pictures": { (a) throws(CommandError) in .panel(.pictures(try a.word())) },
    "spectrum": { (a) throws(CommandError) in .panel(.spectrum(try a.word())) },
    "spectrum-rate": { (a) throws(CommandError) in .panel(.spectrumRate(try a.spectrumRate())) },
  ]

  static let panelWords =
    ["on", "off", "next", "up", "down"] + PanelContent.allCases.map(\.rawValue)

  /// Name and argument.
  var words: (String, String?) {
    switch self {
    case .show(let value): ("panel", value == .toggle ? nil : value.rawValue)
    case .content(let content): ("panel", content.rawValue)
    case .next: ("panel", "next")
    case .scroll(let direction): ("panel", direction.rawValue)
    case .lyricsOffset(.to(let seconds)): ("lyrics-offset", plain(seconds))
    case .lyricsOffset(.by(let seconds)): ("lyrics-offset", (seconds < 0 ? "" : "+") + plain(seconds))
    case .pictures(let choice): ("pictures", choice.rawValue)
    case .spectrum(let style): ("spectrum", style.rawValue)
    case .spectrumRate(let rate): ("spectrum-rate", rate.description)
    }
  }

  var summary: String {
    switch self {
    case .show: "panel on or off"
    case .content(.both): "cover and lyrics"
    case .content(.queue): "what comes next, in the panel"
    case .content(let content): "\(content.rawValue) in the panel"
    case .next: "panel: cover, lyrics, queue, spectrum"
    case .scroll(let direction): "lyrics a line \(direction.rawValue)"
    case .lyricsOffset(.by(let seconds)): seconds < 0 ? "lyrics later" : "lyrics earlier"
    case .lyricsOffset(.to): "lyrics as they are timed"
    case .pictures: "how covers are drawn"
    case .spectrum(let style): "spectrum in \(style.rawValue)"
    case .spectrumRate: "frames a second of the spectrum"
    }
  }
}

extension SpectrumRate: CustomStringConvertible {
  package var description: String {
    switch self {
    case .auto: "auto"
    case .off: "off"
    case .fixed(let rate): String(rate)
    }
  }
}

extension CommandArguments {
  fileprivate func panel() throws(CommandError) -> PanelCommand {
    if rest.isEmpty { return .show(.toggle) }
    if rest == "next" { return .next }
    if let value = Switch(rawValue: rest) { return .show(value) }
    if let content = PanelContent(rawValue: rest) { return .content(content) }
    if let direction = Direction(rawValue: rest) { return .scroll(direction) }
    throw .invalid(rest, expected: "one of \(PanelCommand.panelWords.joined(separator: ", "))", of: name)
  }

  fileprivate func offset() throws(CommandError) -> OffsetChange {
    let isStep = rest.first == "+" || rest.first == "-"
    let number = try decimal(in: -60...60, unit: "s", step: 0.05)
    return isStep ? .by(number) : .to(number)
  }

  fileprivate func spectrumRate() throws(CommandError) -> SpectrumRate {
    switch rest {
    case "auto": return .auto
    case "off", "0": return .off
    default: return .fixed(try number(in: SpectrumRate.range))
    }
  }
}
