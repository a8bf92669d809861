package import Foundation

/// A sound card that keeps what it is given: ALSA's `file` plugin over its `null`. It is not paced by the clock.
package final class SoundCapture: Sendable {
  private let directory = TemporaryDirectory()

  /// Makes `default` such a card.
  package init() throws {
    let settings = """
      </usr/share/alsa/alsa.conf>
      pcm.!default {
        type file
        slave.pcm "null"
        file "\(directory.path)/heard-%r-%c-%f.raw"
        format "raw"
        truncate 0
      }
      """
    try settings.write(toFile: directory.file("asound.conf"), atomically: true, encoding: .utf8)
  }

  /// Give these to the program that plays.
  package var environment: [String: String] { ["ALSA_CONFIG_PATH": directory.file("asound.conf")] }

  /// What reached the card since the start, one recording for each time it was opened and played, in that order.
  package var recordings: [Recording] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return names.filter { $0.hasPrefix("heard-") }.map { Recording(path: directory.file($0)) }
      .filter { $0.size > 0 }.sorted { $0.lastWritten < $1.lastWritten }
  }

  package struct Recording: Sendable {
    package let path: String
    /// "44100-2-S16_LE"
    package var format: String {
      let name = path.split(separator: "/").last.map(String.init) ?? ""
      return String(name.dropFirst("heard-".count).prefix { $0 != "." })
    }
    package var samples: Data { (try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data() }
    fileprivate var size: Int { attributes[.size] as? Int ?? 0 }
    fileprivate var lastWritten: Date { attributes[.modificationDate] as? Date ?? .distantPast }
    private var attributes: [FileAttributeKey: Any] {
      (try? FileManager.default.attributesOfItem(atPath: path)) ?? [:]
    }
  }
}
