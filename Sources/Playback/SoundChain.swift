import Audio
import Music

/// Replay gain, equaliser and speed for the sound of one track, as numbers. It lives on the decoder thread.
struct SoundChain {
  let treatment: Treatment
  private let channels: Int
  private var gain: Float
  private let gainStep: Float
  private var equalizer: EqualizerFilter
  private let stretcher: (any Stretcher)?
  /// Frames that went into the stretcher and came out.
  private var taken = 0
  private var given = 0

  /// How long a change of gain between two tracks takes, in seconds.
  private static let rampLength: Float = 0.01

  /// - Parameter before: the chain of the track before, where this one goes on without a gap.
  init(_ treatment: Treatment, format: AudioFormat, stretcher: (any Stretcher)?, after before: SoundChain? = nil) {
    self.treatment = treatment
    self.stretcher = stretcher
    channels = format.channels
    gain = before?.treatment.gain ?? treatment.gain
    gainStep = (treatment.gain - gain) / max(Self.rampLength * Float(format.rate), 1)
    equalizer = EqualizerFilter(treatment.equalizer, rate: format.rate, channels: channels)
    if let before, before.treatment.equalizer == treatment.equalizer { equalizer = before.equalizer }
  }

  /// Frames to come out for what went in.
  var pending: Int { stretcher == nil ? 0 : max(Int((Double(taken) / treatment.speed).rounded()) - given, 0) }

  /// Takes interleaved frames (and changes them); hands on what comes of them.
  mutating func run(_ samples: UnsafeMutableBufferPointer<Float>, _ place: (UnsafeMutableBufferPointer<Float>) -> Void)
  {
    multiply(samples)
    equalizer.filter(samples)
    guard let stretcher else { return place(samples) }
    var rest = samples[...]
    while !rest.isEmpty {
      // In small portions: a stretcher holds but little.
      let portion = rest.prefix(1024 * channels)
      rest = rest.dropFirst(portion.count)
      taken += portion.count / channels
      stretcher.put(UnsafeBufferPointer(rebasing: portion), isLast: false)
      handOn(from: stretcher, place)
    }
  }

  /// Nothing follows: hands on what is still inside, to the frame.
  mutating func finish(_ place: (UnsafeMutableBufferPointer<Float>) -> Void) {
    guard let stretcher, taken > 0 else { return }
    stretcher.put(UnsafeBufferPointer(start: nil, count: 0), isLast: true)
    handOn(from: stretcher, place)
    // What the stretcher owes is silence: the length is that of the track.
    let missing = pending
    if missing > 0 {
      withUnsafeTemporaryAllocation(of: Float.self, capacity: missing * channels) { silence in
        silence.initialize(repeating: 0)
        place(silence)
      }
    }
    (taken, given) = (0, 0)
  }

  /// Never more than what went in is worth: a stretcher's last breath may be longer.
  private mutating func handOn(
    from stretcher: any Stretcher, _ place: (UnsafeMutableBufferPointer<Float>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2048 * channels) { block in
      while true {
        let count = stretcher.take(into: block)
        guard count > 0 else { return }
        let wanted = min(count, pending)
        given += wanted
        if wanted > 0 { place(UnsafeMutableBufferPointer(rebasing: block[..<(wanted * channels)])) }
      }
    }
  }

  private mutating func multiply(_ samples: UnsafeMutableBufferPointer<Float>) {
    guard gain != 1 || gainStep != 0 else { return }
    var index = 0
    while gain != treatment.gain, index + channels <= samples.count {
      gain += gainStep
      if gainStep == 0 || (gainStep > 0) == (gain > treatment.gain) { gain = treatment.gain }
      for channel in 0..<channels { samples[index + channel] *= gain }
      index += channels
    }
    guard gain != 1 else { return }
    while index < samples.count {
      samples[index] *= gain
      index += 1
    }
  }
}
