// Colours for terminals that show fewer of them.

extension Style {
  /// The nearest style that a terminal of this depth shows, still readable.
  package func reduced(to depth: ColourDepth) -> Style {
    var style = self
    style.foreground = foreground.reduced(to: depth)
    style.background = background.reduced(to: depth)
    if depth == .palette { style.keepReadable(as: self) }
    if depth == .eight { style.giveUpBrightness() }
    // Many terminals draw bold black as dark grey.
    if depth == .eight || depth == .sixteen, style.foreground == .indexed(0) { style.attributes.remove(.bold) }
    if style.foreground == style.background, style.foreground != .standard, foreground != background {
      style.foreground = style.background == .indexed(0) ? .indexed(7) : .indexed(0)
    }
    return style
  }

  /// The dark grey among the bright colours has no dark twin: faint text stands in for it. That of the bright blue can
  /// hardly be read on black: cyan can.
  private mutating func giveUpBrightness() {
    background = background.withoutBrightness
    if foreground == .indexed(8) {
      attributes.insert(.faint)
      foreground = background == .standard ? .standard : background == .indexed(7) ? .indexed(0) : .indexed(7)
    }
    if foreground == .indexed(12), background == .indexed(0) { foreground = .indexed(6) }
    foreground = foreground.withoutBrightness
  }
}

extension Colour {
  /// The nearest colour of this depth.
  package func reduced(to depth: ColourDepth) -> Colour {
    switch depth {
    case .none: return .standard
    case .direct: return self
    case .palette:
      guard case .rgb(let red, let green, let blue) = self else { return self }
      return .indexed(nearest(red, green, blue, in: 16...255))
    case .eight, .sixteen:
      switch self {
      case .standard: return self
      case .indexed(let index) where index < 16: return self
      case .indexed(let index):
        let (red, green, blue) = paletteColour(index)
        return .indexed(nearest(red, green, blue, in: 0...15))
      case .rgb(let red, let green, let blue): return .indexed(nearest(red, green, blue, in: 0...15))
      }
    }
  }

  fileprivate var withoutBrightness: Colour {
    if case .indexed(let index) = self, (8...15).contains(index) { return .indexed(index - 8) }
    return self
  }
}

private let namedColours: [(UInt8, UInt8, UInt8)] = [
  (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
  (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
  (255, 255, 255),
]

/// xterm's palette: 16 named colours, a cube of 6×6×6, 24 greys.
package func paletteColour(_ index: UInt8) -> (UInt8, UInt8, UInt8) {
  if index < 16 { return namedColours[Int(index)] }
  if index >= 232 {
    let grey = 8 + 10 * (index - 232)
    return (grey, grey, grey)
  }
  let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
  let place = Int(index) - 16
  return (levels[place / 36], levels[place / 6 % 6], levels[place % 6])
}

/// What the eye makes of the palette's colours.
private let perceivedPalette: [Perceived] = (0...255).map { index in
  let (red, green, blue) = paletteColour(UInt8(index))
  return Perceived(Double(red), Double(green), Double(blue))
}

private func nearest(_ red: UInt8, _ green: UInt8, _ blue: UInt8, in range: ClosedRange<UInt8>) -> UInt8 {
  nearest(to: Perceived(Double(red), Double(green), Double(blue)), among: range) ?? range.lowerBound
}

/// The first of the nearest.
private func nearest(to wanted: Perceived, among indices: some Sequence<UInt8>) -> UInt8? {
  var best: (index: UInt8, distance: Double)?
  for index in indices {
    let distance = perceivedPalette[Int(index)].distance(to: wanted)
    if best == nil || distance < best!.distance { best = (index, distance) }
  }
  return best?.index
}

extension Style {
  /// Text that read well and does not any more takes the nearest colour that does.
  fileprivate mutating func keepReadable(as original: Style) {
    guard let before = original.contrast, let now = contrast, now < min(before, 4.5),
      case .rgb(let red, let green, let blue) = original.foreground
    else { return }
    let wanted = Perceived(Double(red), Double(green), Double(blue))
    let ground = background
    let good = (UInt8(16)...255).filter { (TUI.contrast(.indexed($0), ground) ?? 0) >= min(before, 4.5) }
    if let best = nearest(to: wanted, among: good) { foreground = .indexed(best) }
  }
}
