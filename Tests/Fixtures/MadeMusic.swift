import Foundation

/// A folder of MP3 files made for a test: noise, which no encoder can shrink, so that bytes and seconds are known.
package final class MadeMusic: Sendable {
  private let directory = TemporaryDirectory()
  package var folder: String { directory.path }

  package init() {}

  /// Adds a track of 320 kbit/s, 40 000 bytes a second; returns its path.
  @discardableResult
  package func add(_ title: String, seconds: Int, seed: UInt64 = 1) async throws -> String {
    // A second of noise, again and again: as random to an encoder that looks at a 38th of it.
    let second = Data(noise(44100 * 4, seed: seed))
    var samples = Data(capacity: second.count * seconds)
    for _ in 0..<seconds { samples.append(second) }
    let raw = directory.file(title + ".raw")
    let path = directory.file(title + ".mp3")
    try samples.write(to: URL(fileURLWithPath: raw))
    defer { try? FileManager.default.removeItem(atPath: raw) }
    _ = try await Program.run(
      "lame",
      [
        "--quiet", "-r", "-s", "44.1", "--bitwidth", "16", "-q", "9", "-b", "320", "--tt", title, "--ta",
        "Noise Makers",
        "--tl", "Long Noises", "--id3v2-only", raw, path,
      ])
    return path
  }
}
