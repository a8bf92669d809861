import Glibc

/// How well a colour is read on another: 1 (not at all) to 21, by WCAG 2's relative luminance. nil where one of them is
/// the terminal's own, which nobody here knows.
package func contrast(_ a: Colour, _ b: Colour) -> Double? {
  guard let first = a.channels, let second = b.channels else { return nil }
  let (light, dark) = (max(luminance(first), luminance(second)), min(luminance(first), luminance(second)))
  return (light + 0.05) / (dark + 0.05)
}

extension Style {
  /// The contrast of its text on its ground; nil where one of them is the terminal's own.
  package var contrast: Double? { TUI.contrast(foreground, background) }
}

extension Colour {
  /// Red, green and blue from 0 to 255; nil for the terminal's own.
  package var channels: (Double, Double, Double)? {
    switch self {
    case .standard: return nil
    case .rgb(let red, let green, let blue): return (Double(red), Double(green), Double(blue))
    case .indexed(let index):
      let (red, green, blue) = paletteColour(index)
      return (Double(red), Double(green), Double(blue))
    }
  }

  /// The colour moved towards white or black, whichever is farther from the ground, until it reads this well on it.
  package func readable(on ground: Colour, contrast wanted: Double) -> Colour {
    guard let base = channels, let under = ground.channels, let now = TUI.contrast(self, ground) else { return self }
    if now >= wanted { return self }
    let goal = luminance(under) < 0.18 ? (255.0, 255.0, 255.0) : (0.0, 0.0, 0.0)
    for step in 1...40 {
      let moved = blend(base, goal, Double(step) / 40)
      if let reached = TUI.contrast(moved, ground), reached >= wanted { return moved }
    }
    return blend(base, goal, 1)
  }

  /// So much of the other in this one, from 0 to 1; the terminal's own does not mix.
  package func mixed(with other: Colour, _ share: Double) -> Colour {
    guard let a = channels, let b = other.channels else { return self }
    return blend(a, b, share)
  }
}

private func blend(_ a: (Double, Double, Double), _ b: (Double, Double, Double), _ share: Double) -> Colour {
  func channel(_ x: Double, _ y: Double) -> UInt8 { UInt8(max(0, min(255, (x + (y - x) * share).rounded()))) }
  return .rgb(channel(a.0, b.0), channel(a.1, b.1), channel(a.2, b.2))
}

private func luminance(_ colour: (Double, Double, Double)) -> Double {
  0.2126 * linear(colour.0) + 0.7152 * linear(colour.1) + 0.0722 * linear(colour.2)
}

/// From sRGB to light.
func linear(_ channel: Double) -> Double {
  let value = channel / 255
  return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
}

/// A colour as the eye orders colours: lightness, green to red, blue to yellow (Björn Ottosson's Oklab).
struct Perceived {
  var lightness: Double
  var a: Double
  var b: Double

  init(_ red: Double, _ green: Double, _ blue: Double) {
    let (r, g, b) = (linear(red), linear(green), linear(blue))
    let l = cbrt(0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b)
    let m = cbrt(0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b)
    let s = cbrt(0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b)
    lightness = 0.210_454_255_3 * l + 0.793_617_785 * m - 0.004_072_046_8 * s
    a = 1.977_998_495_1 * l - 2.428_592_205 * m + 0.450_593_709_9 * s
    self.b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766 * s
  }

  func distance(to other: Perceived) -> Double {
    let (x, y, z) = (lightness - other.lightness, a - other.a, b - other.b)
    return x * x + y * y + z * z
  }

  /// How colourful it is.
  var chroma: Double { (a * a + b * b).squareRoot() }
}
