/// Colours that suit a cover: a dark ground of its hue, text on it, and up to four accents that read well there.
package struct CoverPalette: Hashable, Sendable {
  package let ground: Colour
  /// Lighter than the ground: for what stands out of it.
  package let raised: Colour
  package let text: Colour
  /// The most striking first; always four.
  package let accents: [Colour]

  /// How well accents and text read on the ground, at least (WCAG 2, AA).
  package static let leastContrast = 4.5

  /// Takes the colours of a picture: red, green, blue and alpha for each pixel. nil for an empty or invisible one.
  package init?(rgba: [UInt8]) {
    let crowds = Crowd.inPicture(rgba)
    guard let largest = crowds.max(by: { $0.count < $1.count }) else { return nil }
    let ground = CoverPalette.ground(of: largest.colour)
    self.ground = ground
    text = Colour.rgb(226, 228, 236).mixed(with: largest.colour, 0.12).readable(on: ground, contrast: 9)
    let striking = CoverPalette.accents(of: crowds, on: ground)
    let raised = ground.mixed(with: striking[0], 0.16).readable(on: ground, contrast: 1.15)
    self.raised = raised
    accents = striking.map { $0.readable(on: raised, contrast: CoverPalette.leastContrast) }
  }

  /// By the names that themes use.
  var colours: [String: Colour] {
    var result = ["$cover-ground": ground, "$cover-text": text, "$cover-raised": raised]
    for (index, accent) in accents.enumerated() { result["$cover-\(index + 1)"] = accent }
    return result
  }

  /// The hue of the cover, hardly lighter than black.
  private static func ground(of colour: Colour) -> Colour {
    var ground = colour.mixed(with: .rgb(14, 15, 19), 0.55)
    while let c = contrast(ground, .rgb(255, 255, 255)), c < 14.5 { ground = ground.mixed(with: .rgb(6, 6, 8), 0.2) }
    return ground
  }

  private static func accents(of crowds: [Crowd], on ground: Colour) -> [Colour] {
    var chosen: [Crowd] = []
    for crowd in crowds.sorted(by: { $0.appeal > $1.appeal }) where chosen.count < 4 {
      if chosen.allSatisfy({ $0.perceived.distance(to: crowd.perceived) > 0.012 }) { chosen.append(crowd) }
    }
    var accents = chosen.map { $0.colour.readable(on: ground, contrast: leastContrast) }
    // A picture of few colours lends them paler.
    while accents.count < 4 {
      let last = accents.last ?? .rgb(200, 200, 210)
      accents.append(last.mixed(with: .rgb(240, 240, 245), 0.35).readable(on: ground, contrast: leastContrast))
    }
    return accents
  }
}

/// Pixels of nearly one colour.
private struct Crowd {
  var count: Int
  var colour: Colour
  var perceived: Perceived

  /// Colourful ones, neither black nor white, attract; so does size, but less.
  var appeal: Double {
    let middle = 1 - abs(perceived.lightness - 0.65)
    return perceived.chroma * (0.4 + middle) * Double(count).squareRoot()
  }

  /// At most some thousand pixels are looked at, in boxes of 16 values a channel.
  static func inPicture(_ rgba: [UInt8]) -> [Crowd] {
    let pixels = rgba.count / 4
    let step = max(1, pixels / 20_000)
    var sums: [Int: (count: Int, red: Int, green: Int, blue: Int)] = [:]
    for pixel in stride(from: 0, to: pixels, by: step) where rgba[pixel * 4 + 3] >= 128 {
      let (red, green, blue) = (Int(rgba[pixel * 4]), Int(rgba[pixel * 4 + 1]), Int(rgba[pixel * 4 + 2]))
      let key = (red >> 4) << 8 | (green >> 4) << 4 | blue >> 4
      let sum = sums[key] ?? (0, 0, 0, 0)
      sums[key] = (sum.count + 1, sum.red + red, sum.green + green, sum.blue + blue)
    }
    return sums.sorted { ($0.value.count, $0.key) > ($1.value.count, $1.key) }.prefix(256).map { _, sum in
      let (red, green, blue) = (sum.red / sum.count, sum.green / sum.count, sum.blue / sum.count)
      return Crowd(
        count: sum.count, colour: .rgb(UInt8(red), UInt8(green), UInt8(blue)),
        perceived: Perceived(Double(red), Double(green), Double(blue)))
    }
  }
}
