import Audio
import Glibc

/// The way of the sound from the decoder to the ring where something is done to it: treated, held back so that the end
/// of a track can be mixed with the start of the next, kept within full scale, made into samples again.
///
/// Frames are counted as the stream counts them. It knows no file and no ring. It lives on the decoder thread, only
/// while there is something to do: otherwise the decoder writes into the ring itself.
final class TreatedSound {
  let format: AudioFormat
  /// Frames kept back at the end.
  var holdBack = 0
  private(set) var chain: SoundChain
  /// The frame written next.
  private(set) var start: Int
  /// The frame at which what is decoded next lands: before `end` while two tracks are mixed.
  private(set) var landing: Int
  private var sound: HeldSound
  private var fade: Range<Int>?
  /// Where sound begins that was altered, or that is the decoder's own again.
  private var turns: [(frame: Int, isAltered: Bool)] = []
  /// Frames that come out of the chain next and are not wanted.
  private var unheard = 0
  private var splice: (frame: Int, before: [Float])?
  private var limiter: Limiter
  private var dither: Dither? = Dither()
  private let raw: UnsafeMutableRawBufferPointer

  /// Frames decoded at a time.
  static let batch = 4096

  init(format: AudioFormat, from frame: Int, chain: SoundChain) {
    self.format = format
    self.chain = chain
    start = frame
    landing = frame
    sound = HeldSound(channels: format.channels)
    limiter = Limiter(rate: format.rate, channels: format.channels)
    raw = .allocate(byteCount: Self.batch * format.bytesPerFrame, alignment: 16)
    turns = [(frame, !chain.treatment.isNothing)]
  }

  deinit { raw.deallocate() }

  /// Frames that are not written yet.
  var held: Int { sound.count }
  var end: Int { start + held }
  /// The frame at which the track's next one will sound.
  var next: Int { landing + chain.pending }
  var isFading: Bool { fade != nil && landing < end }
  /// Frames that may go now.
  var ready: Int { max((isFading ? landing : end - holdBack) - start, 0) }
  /// Frames that could go, those that are kept back included.
  var canGo: Int { max((isFading ? landing : end) - start, 0) }
  /// Whether nothing is left to do.
  var isIdle: Bool { holdBack == 0 && held == 0 && splice == nil && chain.treatment.isNothing }

  /// Decodes at most `limit` frames and treats them.
  func decode(_ decoder: any Decoder, atMost limit: Int) throws(DecoderError) -> Decoded {
    let room = min(limit, Self.batch) * format.bytesPerFrame
    let decoded = try decoder.decode(into: UnsafeMutableRawBufferPointer(rebasing: raw[..<room]))
    guard case .frames(let count) = decoded else { return decoded }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: count * format.channels) { numbers in
      unpack(UnsafeRawBufferPointer(raw), format.sample, into: numbers)
      chain.run(numbers) { self.place($0) }
    }
    return decoded
  }

  /// The track is over: what is still inside the chain follows.
  func finishTrack() {
    chain.finish { self.place($0) }
    if isFading {
      // Over before the other one: that goes on fading out alone.
      withUnsafeTemporaryAllocation(of: Float.self, capacity: (end - landing) * format.channels) { silence in
        silence.initialize(repeating: 0)
        self.place(silence)
      }
    }
  }

  /// Writes what is ready; `all`: what is kept back too.
  /// - Returns: how many frames.
  func write(into samples: UnsafeMutableRawBufferPointer, all: Bool = false) -> Int {
    let count = min(all ? canGo : ready, samples.count / format.bytesPerFrame, Self.batch, untilTurn, untilSpliced)
    guard count > 0 else { return 0 }
    let numbers = sound.frames(from: 0, count: count)
    var noDither: Dither?
    if isAltered { limiter.limit(numbers) }
    let isSpliced = blend(numbers)
    if isAltered || isSpliced {
      pack(UnsafeBufferPointer(numbers), format.sample, into: samples, dither: &dither)
    } else {
      pack(UnsafeBufferPointer(numbers), format.sample, into: samples, dither: &noDither)
    }
    sound.drop(count)
    start += count
    if let fade, start >= fade.upperBound { self.fade = nil }
    return count
  }
}

// What the decoder loop changes.
extension TreatedSound {
  /// From here on another track, or this one treated in another way.
  func setChain(_ chain: SoundChain) {
    self.chain = chain
    turn(at: landing, isAltered: !chain.treatment.isNothing)
  }

  /// The last `length` frames are to sound together with what comes next.
  /// - Returns: them, as they are.
  func beginFade(length: Int, into chain: SoundChain) -> [Float] {
    landing = max(end - length, start)
    let tail = Array(sound.frames(from: landing - start, count: length))
    self.chain = chain
    fade = nil
    guard landing < end else {
      turn(at: landing, isAltered: !chain.treatment.isNothing)
      return tail
    }
    fade = landing..<end
    turn(at: landing, isAltered: true)
    turn(at: end, isAltered: !chain.treatment.isNothing)
    return tail
  }

  /// Forgets everything from `frame` on, which may be written already, and holds `tail` there: the sound of the track
  /// before, as far as it lies behind `frame`. What is decoded next lands at `frame`.
  func goBack(to frame: Int, tail: [Float], fade: Range<Int>?, chain: SoundChain) {
    if frame < start {
      sound.truncate(to: 0)
      start = frame
    }
    sound.truncate(to: frame - start)
    tail.withUnsafeBufferPointer { sound.append($0) }
    landing = frame
    self.chain = chain
    self.fade = fade
    splice = nil
    unheard = 0
    turns.removeAll { $0.frame >= frame }
    let isAltered = !chain.treatment.isNothing
    guard let fade else { return turn(at: frame, isAltered: isAltered) }
    turn(at: frame, isAltered: true)
    turn(at: fade.upperBound, isAltered: isAltered)
  }

  /// The first track is alone again: what is decoded next follows behind all that is held.
  func landAtEnd() {
    landing = end
    fade = nil
  }

  /// The next `count` frames out of the chain are only there to set it going.
  func skip(_ count: Int) { unheard = max(count, 0) }

  /// `before` sounded from `frame` on, and gives way to what is there now without a step.
  func blend(from frame: Int, before: [Float]) { splice = before.isEmpty ? nil : (frame, before) }

  private func turn(at frame: Int, isAltered: Bool) {
    turns.removeAll { $0.frame >= frame }
    turns.append((frame, isAltered))
  }

  private var isAltered: Bool { turns.last { $0.frame <= start }?.isAltered ?? false }
  private var untilSpliced: Int {
    splice.map { max($0.frame + $0.before.count / format.channels - start, 1) } ?? .max
  }
  private var untilTurn: Int {
    if turns.count > 1, turns[1].frame <= start { turns.removeFirst() }
    return turns.first { $0.frame > start }.map { $0.frame - start } ?? .max
  }
}

// What happens to each frame.
extension TreatedSound {
  /// Puts frames where they belong.
  private func place(_ samples: UnsafeMutableBufferPointer<Float>) {
    let channels = format.channels
    let dropped = min(unheard, samples.count / channels)
    unheard -= dropped
    var samples = UnsafeMutableBufferPointer(rebasing: samples[(dropped * channels)...])
    if landing < end {
      let mixed = min(end - landing, samples.count / channels)
      mix(samples, frames: mixed)
      landing += mixed
      samples = UnsafeMutableBufferPointer(rebasing: samples[(mixed * channels)...])
    }
    sound.append(UnsafeBufferPointer(samples))
    landing += samples.count / channels
  }

  /// Of equal power: the squares of the two factors add up to 1.
  private func mix(_ samples: UnsafeMutableBufferPointer<Float>, frames: Int) {
    let under = sound.frames(from: landing - start, count: frames)
    let fade = fade ?? landing..<end
    var index = 0
    for frame in 0..<frames {
      let share = (Float(landing + frame - fade.lowerBound) + 0.5) / Float(max(fade.count, 1))
      let (down, up) = (cos(share * .pi / 2), sin(share * .pi / 2))
      for _ in 0..<format.channels {
        under[index] = under[index] * down + samples[index] * up
        index += 1
      }
    }
  }

  /// - Returns: whether anything was to do.
  private func blend(_ numbers: UnsafeMutableBufferPointer<Float>) -> Bool {
    guard let (frame, before) = splice else { return false }
    let channels = format.channels
    let length = before.count / channels
    var place = start - frame
    if place < length {
      for index in 0..<numbers.count / channels where place >= 0 && place < length {
        let share = Float(place + 1) / Float(length + 1)
        for sample in index * channels..<(index + 1) * channels {
          let old = before[place * channels + sample - index * channels]
          numbers[sample] = old + (numbers[sample] - old) * share
        }
        place += 1
      }
    }
    if start + numbers.count / channels >= frame + length { splice = nil }
    return true
  }
}
