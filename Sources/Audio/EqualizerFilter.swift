import Glibc
package import Music

/// Ten filters in a row: shelves at both ends, bells between them. A band at 0 dB has no filter at all.
///
/// As much as the bands lift together is taken away before them, so that what was at full scale stays within it.
/// It lives on the decoder thread.
package struct EqualizerFilter: Sendable {
  private let channels: Int
  private var filters: [Biquad] = []
  /// z⁻¹ and z⁻² of each filter and channel.
  private var memory: [Double] = []
  /// What is taken away first, as a factor.
  package private(set) var headroom: Float = 1

  package init(_ equalizer: Equalizer, rate: Int, channels: Int) {
    self.channels = channels
    // Bands that this rate cannot hold are left out.
    let highest = 0.45 * Double(rate)
    for (band, (gain, middle)) in zip(equalizer.gains, Equalizer.frequencies).enumerated() where gain != 0 {
      // A shelf's frequency is where it has half of its gain: the edge towards the next band.
      let frequency = band == 0 ? middle * 2.0.squareRoot() : band == 9 ? middle / 2.0.squareRoot() : middle
      guard frequency < highest else { continue }
      let shape: Biquad.Shape = band == 0 ? .lowShelf : band == 9 ? .highShelf : .bell
      filters.append(Biquad(shape, frequency: frequency, gain: gain, rate: Double(rate)))
    }
    memory = Array(repeating: 0, count: filters.count * channels * 2)
    headroom = Float(1 / max(loudest(rate: Double(rate)), 1))
  }

  package var isFlat: Bool { filters.isEmpty }

  /// Filters interleaved frames in place, headroom included.
  package mutating func filter(_ samples: UnsafeMutableBufferPointer<Float>) {
    guard !isFlat else { return }
    for index in samples.indices { samples[index] *= headroom }
    memory.withUnsafeMutableBufferPointer { memory in
      var place = 0
      for filter in filters {
        for channel in 0..<channels {
          filter.run(samples, from: channel, step: channels, &memory[place], &memory[place + 1])
          place += 2
        }
      }
    }
  }

  /// The factor at the frequency that is lifted most.
  private func loudest(rate: Double) -> Double {
    let top = 0.499 * rate
    return (0...480).map { step in
      let frequency = 10 * pow(top / 10, Double(step) / 480)
      return filters.reduce(1) { $0 * $1.magnitude(at: frequency, rate: rate) }
    }.max() ?? 1
  }
}

/// A filter of second order, after Robert Bristow-Johnson's "Cookbook formulae for audio equalizer biquad filter
/// coefficients" (w3.org/TR/audio-eq-cookbook).
struct Biquad: Sendable {
  enum Shape { case lowShelf, bell, highShelf }

  private let b0, b1, b2, a1, a2: Double

  /// - Parameter gain: in dB. A bell is an octave wide, a shelf as steep as it can be without a bump.
  init(_ shape: Shape, frequency: Double, gain: Double, rate: Double) {
    let a = pow(10, gain / 40)
    let omega = 2 * Double.pi * frequency / rate
    let cosine = cos(omega)
    let q = 0.5.squareRoot()
    let alpha = shape == .bell ? sin(omega) * sinh(log(2) / 2 * omega / sin(omega)) : sin(omega) / (2 * q)
    let slope = 2 * a.squareRoot() * alpha
    // A high shelf is a low one with the frequency axis turned round.
    let turn: Double = shape == .highShelf ? -1 : 1
    let c = turn * cosine
    let scale: Double
    switch shape {
    case .bell:
      scale = 1 / (1 + alpha / a)
      (b0, b1, b2) = ((1 + alpha * a) * scale, -2 * cosine * scale, (1 - alpha * a) * scale)
      (a1, a2) = (-2 * cosine * scale, (1 - alpha / a) * scale)
    case .lowShelf, .highShelf:
      scale = 1 / ((a + 1) + (a - 1) * c + slope)
      b0 = a * ((a + 1) - (a - 1) * c + slope) * scale
      b1 = turn * 2 * a * ((a - 1) - (a + 1) * c) * scale
      b2 = a * ((a + 1) - (a - 1) * c - slope) * scale
      a1 = turn * -2 * ((a - 1) + (a + 1) * c) * scale
      a2 = ((a + 1) + (a - 1) * c - slope) * scale
    }
  }

  /// Every `step`th sample from `first` on, in place; `one` and `two` are what it remembers (transposed direct form II).
  func run(
    _ samples: UnsafeMutableBufferPointer<Float>, from first: Int, step: Int, _ one: inout Double, _ two: inout Double
  ) {
    var (z1, z2) = (one, two)
    var index = first
    while index < samples.count {
      let x = Double(samples[index])
      let y = b0 * x + z1
      z1 = b1 * x - a1 * y + z2
      z2 = b2 * x - a2 * y
      samples[index] = Float(y)
      index += step
    }
    // What is too small to be heard would only be slow; what is no number would never end.
    one = abs(z1) > 1e-15 && z1.isFinite ? z1 : 0
    two = abs(z2) > 1e-15 && z2.isFinite ? z2 : 0
  }

  /// The factor on a tone.
  func magnitude(at frequency: Double, rate: Double) -> Double {
    let omega = 2 * Double.pi * frequency / rate
    func power(_ c0: Double, _ c1: Double, _ c2: Double) -> Double {
      let real = c0 + c1 * cos(omega) + c2 * cos(2 * omega)
      let imaginary = c1 * sin(omega) + c2 * sin(2 * omega)
      return real * real + imaginary * imaginary
    }
    return (power(b0, b1, b2) / max(power(1, a1, a2), 1e-30)).squareRoot()
  }
}
