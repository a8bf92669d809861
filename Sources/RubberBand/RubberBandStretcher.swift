package import Audio
import CRubberBand

/// librubberband in real-time mode: the same pitch at another speed.
///
/// The library is opened when the first one is made, and starts no thread. It lives on the decoder thread.
package final class RubberBandStretcher: Stretcher {
  private let state: RubberBandState
  private let channels: Int
  /// Frames that it gives out for the silence it was begun with.
  private var delay: Int
  private let planes: UnsafeMutableBufferPointer<Float>
  private let pointers: UnsafeMutableBufferPointer<UnsafeMutablePointer<Float>?>
  private static let blockLength = 1024

  /// - Parameter speed: 2 plays twice as fast.
  /// - Returns: nil where librubberband is not installed.
  package init?(format: AudioFormat, speed: Double) {
    guard dulcet_rubberband_load() == 0, (1...32).contains(format.channels), (1...768_000).contains(format.rate),
      (0.1...10).contains(speed),
      let state = dulcet_rubberband_new(UInt32(format.rate), UInt32(format.channels), 1 / speed)
    else { return nil }
    self.state = state
    channels = format.channels
    dulcet_rubberband_set_max_process_size(state, UInt32(Self.blockLength))
    planes = .allocate(capacity: channels * Self.blockLength)
    planes.initialize(repeating: 0)
    pointers = .allocate(capacity: channels)
    for channel in 0..<channels { pointers[channel] = planes.baseAddress! + channel * Self.blockLength }
    delay = Int(dulcet_rubberband_start_delay(state))
    var pad = Int(dulcet_rubberband_start_pad(state))
    while pad > 0 {
      process(min(pad, Self.blockLength), isLast: false)
      pad -= Self.blockLength
    }
  }

  deinit {
    dulcet_rubberband_free(state)
    planes.deallocate()
    pointers.deallocate()
  }

  package func put(_ frames: UnsafeBufferPointer<Float>, isLast: Bool) {
    let count = frames.count / channels
    var first = 0
    repeat {
      let length = min(Self.blockLength, count - first)
      for channel in 0..<channels {
        let plane = channel * Self.blockLength
        for frame in 0..<length { planes[plane + frame] = frames[(first + frame) * channels + channel] }
      }
      first += length
      process(length, isLast: isLast && first >= count)
    } while first < count
  }

  package func take(into frames: UnsafeMutableBufferPointer<Float>) -> Int {
    while true {
      let available = Int(dulcet_rubberband_available(state))
      let room = delay > 0 ? min(delay, Self.blockLength) : min(frames.count / channels, Self.blockLength)
      let wanted = min(available, room)
      guard wanted > 0 else { return 0 }
      let count = pointers.withMemoryRebound(to: UnsafeMutablePointer<Float>?.self) {
        Int(dulcet_rubberband_retrieve(state, $0.baseAddress, UInt32(wanted)))
      }
      guard count > 0 else { return 0 }
      guard delay == 0 else {
        delay -= count
        continue
      }
      for channel in 0..<channels {
        let plane = channel * Self.blockLength
        for frame in 0..<count { frames[frame * channels + channel] = planes[plane + frame] }
      }
      return count
    }
  }

  private func process(_ frames: Int, isLast: Bool) {
    pointers.withMemoryRebound(to: UnsafePointer<Float>?.self) {
      dulcet_rubberband_process(state, $0.baseAddress, UInt32(frames), isLast ? 1 : 0)
    }
  }
}
