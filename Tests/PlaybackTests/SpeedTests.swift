import Audio
import Foundation
import Music
import RubberBand
import Testing

@testable import Playback

/// Speed with the pitch kept.
@Suite(.timeLimit(.minutes(40))) struct SpeedTests {
  /// What comes of `samples`, fed in uneven portions.
  private func stretched(_ samples: [Float], format: AudioFormat, speed: Double) throws -> [Float] {
    var settings = SoundSettings()
    settings.speed = speed
    let stretcher = try #require(RubberBandStretcher(format: format, speed: speed))
    var chain = SoundChain(Treatment(settings), format: format, stretcher: stretcher)
    var result: [Float] = []
    var rest = samples[...]
    var round = 0
    while !rest.isEmpty {
      round += 1
      var portion = Array(rest.prefix((1 + round * 613 % 5000) * format.channels))
      rest = rest.dropFirst(portion.count)
      portion.withUnsafeMutableBufferPointer { chain.run($0) { result += $0 } }
    }
    chain.finish { result += $0 }
    return result
  }

  private func tone(_ frequency: Double, _ format: AudioFormat, seconds: Int = 2) -> [Float] {
    (0..<seconds * format.rate).flatMap { frame in
      let value = Float(0.5 * sin(2 * .pi * frequency * Double(frame) / Double(format.rate)))
      return [Float](repeating: value, count: format.channels)
    }
  }

  /// By the signs of the first channel.
  private func frequency(_ samples: [Float], _ format: AudioFormat) -> Double {
    let channel = stride(from: 0, to: samples.count, by: format.channels).map { samples[$0] }
    let middle = channel.dropFirst(channel.count / 5).dropLast(channel.count / 5)
    let crossings = zip(middle, middle.dropFirst()).count { $0 < 0 && $1 >= 0 }
    return Double(crossings) * Double(format.rate) / Double(middle.count)
  }

  @Test(
    "twice as fast lasts half as long, to the frame, at the same pitch",
    arguments: [0.5, 0.77, 1.25, 2], [AudioFormat(rate: 44100, channels: 2), AudioFormat(rate: 8000, channels: 1)])
  func length(speed: Double, format: AudioFormat) throws {
    let samples = tone(440, format)
    let result = try stretched(samples, format: format, speed: speed)
    let frames = samples.count / format.channels
    #expect(result.count / format.channels == Int((Double(frames) / speed).rounded()))
    #expect(abs(frequency(result, format) - 440) < 4)
    let loudest = result.map(abs).max() ?? 0
    #expect(loudest > 0.4 && loudest < 0.7)
  }

  @Test("what sounds at a place sounds there at another speed too", arguments: [0.5, 1.5, 2])
  func place(speed: Double) throws {
    let format = AudioFormat(rate: 44100, channels: 1)
    // Silence, and from the middle on a tone.
    let samples = [Float](repeating: 0, count: 44100) + tone(1000, format, seconds: 1)
    let result = try stretched(samples, format: format, speed: speed)
    let begin = try #require(result.firstIndex { abs($0) > 0.25 })
    #expect(abs(Double(begin) * speed - 44100) < 44100 * 0.03, "\(begin)")
  }

  @Test("very short sounds come out too", arguments: [1, 10, 1000])
  func short(frames: Int) throws {
    let format = AudioFormat(rate: 44100, channels: 2)
    let result = try stretched([Float](repeating: 0.1, count: frames * 2), format: format, speed: 0.5)
    #expect(result.count == frames * 4)
  }

  @Test("a track plays at its speed: in the time, with the positions of the track")
  func playing() {
    let rig = Rig(.exact)
    var settings = SoundSettings()
    settings.speed = 2
    rig.send(.setSound(settings))
    rig.play("part1", before: Rig.entry("part2", id: 2))
    rig.wait(.ended)
    let frames = [Sounds.shared.reference("part1"), Sounds.shared.reference("part2")].map { $0.count / 2 }
    #expect(rig.heard.count / 2 == frames.reduce(0) { $0 + Int((Double($1) / 2).rounded()) })
    #expect(rig.deviceOpenings == 1)
  }

  @Test("positions go as fast as the music, and the duration stays")
  func positions() {
    let rig = Rig(.card(speed: 2))
    var settings = SoundSettings()
    settings.speed = 2
    rig.send(.setSound(settings))
    rig.play("cbr192", at: .seconds(4))
    rig.until { $0.state == .playing && $0.position > .seconds(6) }
    // Both stand still while they are compared.
    rig.send(.pause)
    rig.until { $0.state == .paused }
    let heard = rig.heard.count / 2
    let position = rig.player.status.position
    #expect(rig.player.status.duration! > .milliseconds(11900))
    let frames = AudioFormat(rate: 44100, channels: 2).frameCount(in: position - .seconds(4)) / 2
    #expect(abs(heard - frames) < 44100, "\(heard) frames heard, \(frames) by the position")
  }
}
