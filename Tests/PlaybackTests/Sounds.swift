import Fixtures
import Foundation
import Testing

/// MP3 files made for the tests of this process with `lame`, and what the `mpg123` program decodes from them.
final class Sounds: Sendable {
  static let shared = Sounds()

  private let directory: String

  private init() {
    directory = NSTemporaryDirectory() + "/dulcet-sounds-\(getpid())"
    try! FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(atPath: NSTemporaryDirectory() + "/dulcet-sounds-\(getpid())") }
    let long = sweep(seconds: 12, rate: 44100, channels: 2)
    encode(long, "cbr192", rate: 44100, channels: 2, "-b", "192")
    encode(long, "cbr320", rate: 44100, channels: 2, "-b", "320")
    encode(long, "vbr", rate: 44100, channels: 2, "-V", "3")
    encode(sweep(seconds: 60, rate: 44100, channels: 2), "long-vbr", rate: 44100, channels: 2, "-V", "0", "-b", "128")
    encode(long, "untagged", rate: 44100, channels: 2, "-t", "-b", "128")
    encode(long, "untagged-vbr", rate: 44100, channels: 2, "-t", "-V", "3")
    encode(sweep(seconds: 5, rate: 22050, channels: 1), "mono", rate: 22050, channels: 1, "-b", "64")
    encode(sweep(seconds: 4, rate: 48000, channels: 2), "48k", rate: 48000, channels: 2, "-b", "160")
    let piece = sweep(seconds: 6, rate: 44100, channels: 2)
    encode(Array(piece[..<(2 * 123_457)]), "part1", rate: 44100, channels: 2, "-b", "160")
    encode(Array(piece[(2 * 123_457)...]), "part2", rate: 44100, channels: 2, "-b", "160")
    encode(sweep(seconds: 4, rate: 44100, channels: 2), "free", rate: 44100, channels: 2, "--freeformat", "-b", "400")
    encode(sweep(seconds: 4, rate: 24000, channels: 2), "mpeg2", rate: 24000, channels: 2, "-V", "4")
    encode(sweep(seconds: 4, rate: 11025, channels: 2), "mpeg25", rate: 11025, channels: 2, "-b", "48")
    encode(sweep(seconds: 3, rate: 44100, channels: 1), "other", rate: 44100, channels: 1, "-t", "-b", "96")
    var rest = piece[...]
    for (index, options) in [["-b", "128"], ["-V", "2"], ["-b", "320"], ["-V", "6"], ["-b", "192"]].enumerated() {
      encode(Array(rest.prefix(2 * Self.cuts[index])), "cut\(index + 1)", rate: 44100, channels: 2, options)
      rest = rest.dropFirst(2 * Self.cuts[index])
    }
    encode(sweep(seconds: 1, rate: 44100, channels: 2), "short", rate: 44100, channels: 2, "-b", "128")
  }

  /// One piece of six seconds, cut into `cut1`, `cut2`… of so many frames, each encoded in its own way.
  static let cuts = [70001, 51313, 20011, 90007, 33268]

  func path(_ name: String) -> String { "\(directory)/\(name).mp3" }
  func bytes(_ name: String) -> [UInt8] { [UInt8](FileManager.default.contents(atPath: path(name))!) }

  /// What `mpg123 -q -s` writes for it: interleaved signed 16-bit samples.
  func reference(_ name: String) -> [Int16] { Self.decode(path(name)) }

  static func decode(_ path: String) -> [Int16] {
    let out = path + ".\(UUID().uuidString).raw"
    defer { try? FileManager.default.removeItem(atPath: out) }
    run("sh", "-c", "exec mpg123 -q -s \"$0\" > \"$1\"", path, out)
    return samples(path: out)
  }

  static func samples(path: String) -> [Int16] {
    let data = FileManager.default.contents(atPath: path) ?? Data()
    return data.withUnsafeBytes { Array($0.prefix(data.count & ~1).bindMemory(to: Int16.self)) }
  }

  private func encode(_ samples: [Int16], _ name: String, rate: Int, channels: Int, _ options: String...) {
    encode(samples, name, rate: rate, channels: channels, options)
  }

  private func encode(_ samples: [Int16], _ name: String, rate: Int, channels: Int, _ options: [String]) {
    let raw = "\(directory)/\(name).raw"
    try! samples.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: raw))
    let shape = ["-r", "--signed", "--bitwidth", "16", "-s", "\(Double(rate) / 1000)"]
    Self.run("lame", ["--quiet"] + shape + (channels == 1 ? ["-m", "m"] : []) + options + [raw, path(name)])
    try! FileManager.default.removeItem(atPath: raw)
  }

  static func run(_ program: String, _ arguments: String...) { run(program, arguments) }

  /// Blocks until it is done. (Foundation's `Process` is not for tests that run side by side: at times it never learns of
  /// a child's end.)
  static func run(_ program: String, _ arguments: [String]) {
    let child = try! Program(program, arguments)
    while child.exitStatus == nil { usleep(1000) }
    precondition(child.exitStatus == 0, "\(program) \(arguments): \(child.errors)")
  }
}

/// Two tones that rise and a beat: every second differs from every other, so that a wrong place is seen.
private func sweep(seconds: Int, rate: Int, channels: Int) -> [Int16] {
  let count = seconds * rate
  var samples: [Int16] = []
  samples.reserveCapacity(count * channels)
  for frame in 0..<count {
    let time = Double(frame) / Double(rate)
    for channel in 0..<channels {
      let low = sin(2 * .pi * (200 + 100 * time * Double(channel + 1)) * time)
      let high = sin(2 * .pi * (3000 - 90 * time) * time) * (0.5 + 0.5 * cos(7 * time))
      samples.append(Int16(9000 * low + 5000 * high))
    }
  }
  return samples
}

/// Fails with the first difference. (`#expect` of two long arrays would look for the shortest edit between them, for minutes.)
func expectSame(
  _ samples: [Int16], _ reference: [Int16], _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard samples != reference else { return }
  let place = zip(samples, reference).prefix { $0 == $1 }.count
  let counts = "\(samples.count) samples, \(reference.count) expected, the first other one at \(place)"
  Issue.record("\(counts) \(comment?.rawValue ?? "")", sourceLocation: sourceLocation)
}
