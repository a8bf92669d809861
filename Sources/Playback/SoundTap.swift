import Audio
import Glibc
import Synchronization

/// What was handed to the device last, as one channel, for those who look at the sound.
///
/// The output thread stores each frame while somebody looks, and nothing while nobody does: it never allocates, locks or
/// waits here. Anybody may read, on any thread. `@unchecked Sendable`: the samples are atomics, whose memory lives as long
/// as this; `calloc`'s zeros are their valid first value, and pages that nobody writes cost nothing.
final class SoundTap: @unchecked Sendable {
  /// Frames: twice what a device holds, with a look besides; the other half is where is being written.
  static let capacity = 1 << 18

  let isWanted = Atomic(false)
  private let samples: UnsafeMutablePointer<Atomic<UInt32>>
  /// The stream whose frames from `first` up to `end` are here.
  private let stream = Atomic(0)
  private let first = Atomic(0)
  private let end = Atomic(0)

  init() {
    let memory = calloc(Self.capacity, MemoryLayout<Atomic<UInt32>>.stride)
    precondition(memory != nil, "memory")
    samples = memory!.bindMemory(to: Atomic<UInt32>.self, capacity: Self.capacity)
  }

  deinit { free(samples) }

  /// The output thread alone: these frames of a stream, the first of which is `frame`, were handed over.
  func write(_ frames: UnsafeRawBufferPointer, from frame: Int, of stream: Int, _ format: AudioFormat) {
    guard isWanted.load(ordering: .relaxed), !frames.isEmpty else { return }
    let count = frames.count / format.bytesPerFrame
    let end = self.end.load(ordering: .relaxed)
    let goesOn = stream == self.stream.load(ordering: .relaxed) && frame <= end
    if !goesOn {
      // First what others must not take for frames of this stream.
      self.end.store(0, ordering: .releasing)
      self.stream.store(stream, ordering: .releasing)
    }
    if !goesOn || frame < first.load(ordering: .relaxed) { first.store(frame, ordering: .releasing) }
    for index in 0..<count { store(mixed(frames, index, format), at: frame + index) }
    self.end.store(frame + count, ordering: .releasing)
  }

  private func store(_ sample: Float, at frame: Int) {
    samples[frame & (Self.capacity - 1)].store(sample.bitPattern, ordering: .relaxed)
  }

  /// All channels of a frame as one, full scale at ±1.
  private func mixed(_ frames: UnsafeRawBufferPointer, _ index: Int, _ format: AudioFormat) -> Float {
    var sum: Float = 0
    let start = index * format.channels
    for place in start..<(start + format.channels) {
      switch format.sample {
      case .s16: sum += Float(frames.assumingMemoryBound(to: Int16.self)[place]) / 32_768
      case .s32: sum += Float(frames.assumingMemoryBound(to: Int32.self)[place]) / 2_147_483_648
      case .f32: sum += frames.assumingMemoryBound(to: Float.self)[place]
      }
    }
    return sum / Float(format.channels)
  }

  /// Fills `room` with the frames around one of a stream, as far as they were handed over.
  /// - Returns: false where they are not all here.
  func read(into room: UnsafeMutableBufferPointer<Float>, around frame: Int, of stream: Int) -> Bool {
    let end = min(frame + room.count / 2, self.end.load(ordering: .acquiring))
    let start = end - room.count
    guard isHere(start, stream) else { return false }
    for index in room.indices {
      let bits = samples[(start + index) & (Self.capacity - 1)].load(ordering: .relaxed)
      room[index] = Float(bitPattern: bits)
    }
    // Meanwhile they may have been written over.
    return isHere(start, stream)
  }

  private func isHere(_ start: Int, _ stream: Int) -> Bool {
    self.stream.load(ordering: .acquiring) == stream && start >= first.load(ordering: .acquiring)
      && self.end.load(ordering: .acquiring) - start <= Self.capacity / 2
  }
}
