import Audio
import Glibc
import Synchronization
import Testing
import Threading

@testable import Playback

@Suite("The tap on the sound")
struct TapTests {
  private let format = AudioFormat(rate: 44_100, channels: 2, sample: .s16)

  /// Frame n has n/32768 on the left and nothing on the right.
  private func frames(_ range: Range<Int>) -> [Int16] { range.flatMap { [Int16($0 % 32_000), 0] } }

  private func read(_ tap: SoundTap, around frame: Int, of stream: Int, count: Int = 64) -> [Float]? {
    var samples = [Float](repeating: -1, count: count)
    return samples.withUnsafeMutableBufferPointer { tap.read(into: $0, around: frame, of: stream) } ? samples : nil
  }

  @Test("nothing is kept while nobody looks")
  func unwanted() {
    let tap = SoundTap()
    frames(0..<1000).withUnsafeBytes { tap.write($0, from: 0, of: 1, format) }
    #expect(read(tap, around: 500, of: 1) == nil)
  }

  @Test("what was handed over is there, around the frame that is audible, as one channel")
  func kept() throws {
    let tap = SoundTap()
    tap.isWanted.store(true, ordering: .relaxed)
    frames(0..<1000).withUnsafeBytes { tap.write($0, from: 0, of: 1, format) }
    let samples = try #require(read(tap, around: 500, of: 1))
    #expect(samples[0] == Float(500 - 32) / 65_536)
    #expect(samples[63] == Float(500 + 31) / 65_536)
    // Not further than it was handed over, and nothing from before.
    #expect(try #require(read(tap, around: 999, of: 1)).last == Float(999) / 65_536)
    #expect(read(tap, around: 10, of: 1) == nil)
    #expect(read(tap, around: 500, of: 2) == nil)
  }

  @Test("another stream takes the place of the one before, and a gap is not bridged")
  func streams() {
    let tap = SoundTap()
    tap.isWanted.store(true, ordering: .relaxed)
    frames(0..<1000).withUnsafeBytes { tap.write($0, from: 0, of: 1, format) }
    frames(0..<200).withUnsafeBytes { tap.write($0, from: 0, of: 2, format) }
    #expect(read(tap, around: 100, of: 1) == nil)
    #expect(read(tap, around: 100, of: 2) != nil)
    frames(5000..<5200).withUnsafeBytes { tap.write($0, from: 5000, of: 2, format) }
    #expect(read(tap, around: 5010, of: 2) == nil)
    #expect(read(tap, around: 5100, of: 2) != nil)
  }

  @Test("all sample formats tell the same")
  func formats() throws {
    let tap = SoundTap()
    tap.isWanted.store(true, ordering: .relaxed)
    let long = AudioFormat(rate: 44_100, channels: 1, sample: .s32)
    [Int32](repeating: 1 << 30, count: 64).withUnsafeBytes { tap.write($0, from: 0, of: 1, long) }
    #expect(try #require(read(tap, around: 32, of: 1)).allSatisfy { $0 == 0.5 })
    let float = AudioFormat(rate: 44_100, channels: 1, sample: .f32)
    [Float](repeating: -0.25, count: 64).withUnsafeBytes { tap.write($0, from: 0, of: 2, float) }
    #expect(try #require(read(tap, around: 32, of: 2)).allSatisfy { $0 == -0.25 })
  }

  @Test("one thread writes while another reads: whatever is read stands in order")
  func threads() {
    let tap = SoundTap()
    tap.isWanted.store(true, ordering: .relaxed)
    let written = Atomic(0)
    let isOver = Atomic(false)
    let format = AudioFormat(rate: 44_100, channels: 1, sample: .s32)
    let looks = Atomic(0)
    let reader = OSThread("reader") {
      while !isOver.load(ordering: .relaxed) {
        var samples = [Float](repeating: 0, count: 256)
        let frame = written.load(ordering: .acquiring) - 2000
        let isHere = samples.withUnsafeMutableBufferPointer { tap.read(into: $0, around: frame, of: 7) }
        guard isHere else { continue }
        looks.wrappingAdd(1, ordering: .relaxed)
        let start = Int((samples[0] * 8_388_608).rounded())
        for index in samples.indices {
          precondition(Int((samples[index] * 8_388_608).rounded()) == (start + index) % 8_388_608, "torn")
        }
      }
    }
    for block in 0..<600 {
      let start = block * 1024
      let frames = (start..<(start + 1024)).map { Int32($0 % 8_388_608) << 8 }
      frames.withUnsafeBytes { tap.write($0, from: start, of: 7, format) }
      written.store(start + 1024, ordering: .releasing)
    }
    while looks.load(ordering: .relaxed) < 10 { sched_yield() }
    isOver.store(true, ordering: .relaxed)
    reader.join()
    #expect(looks.load(ordering: .relaxed) >= 10)
  }
}
