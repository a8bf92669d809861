import Fixtures
import FoundationEssentials
import Glibc
import Threading

/// A fake card of its own for one player, which knows it as ALSA's `default`, and what happened to it.
///
/// Needs the environment's `ALSA_CONFIG_PATH` to be `configuration`.
final class Card {
  let configuration: String
  private let heardPath: String
  private let logPath: String
  /// What lay in both files when `mark` was called.
  private var heardBefore = 0
  private var logBefore = 0

  struct Event {
    var name: Substring
    var time: Duration
    var number: Int
  }

  /// - Parameter isWatched: without it nothing is written down, and the card costs as little as can be.
  init(in directory: String, speed: Double = 1, isWatched: Bool = true) {
    configuration = directory + "/asound.conf"
    heardPath = directory + "/heard.raw"
    logPath = directory + "/card.log"
    let files = isWatched ? "file \"\(heardPath)\"\n  log \"\(logPath)\"" : ""
    let text = """
      <\(SoundCards.shared.configurationPath)>
      pcm.!default {
        type fakecard
        speed \(speed)
        pause true
        \(files)
      }
      ctl.!default { type fakecard }

      """
    try? Data(text.utf8).write(to: URL(fileURLWithPath: configuration))
  }

  /// From here on.
  func mark() {
    heardBefore = size(of: heardPath)
    logBefore = size(of: logPath)
  }

  /// Since `mark`.
  var events: [Event] { events(from: logBefore) }

  private func events(from offset: Int) -> [Event] {
    (readText(logPath, from: offset) ?? "").split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard words.count == 3, let time = Int(words[1]), let number = Int(words[2]) else { return nil }
      return Event(name: words[0], time: .nanoseconds(time), number: number)
    }
  }

  /// What was heard, byte for byte.
  var heard: [UInt8] { readBytes(heardPath, from: heardBefore) ?? [] }

  /// Bytes of a frame, since the card was opened last.
  var frameSize: Int { events(from: 0).last { $0.name == "frame" }?.number ?? 4 }

  /// When the frame at this place of `heard` left the card, at 44 100 Hz.
  func time(ofHeard place: Int) -> Duration? {
    let frame = (heardBefore + place) / frameSize
    var opened = 0
    var best: (time: Duration, frame: Int)?
    for event in events(from: 0) {
      if event.name == "close" { opened += event.number }
      if event.name == "start", opened + event.number <= frame { best = (event.time, opened + event.number) }
    }
    return best.map { $0.time + .nanoseconds((frame - $0.frame) * 1_000_000_000 / 44_100) }
  }

  /// When the first sound after `mark` left the card.
  func firstSound(patience: Duration = .seconds(5), while reading: () -> Void) -> Duration? {
    let deadline = monotonicNow() + patience
    while monotonicNow() < deadline {
      reading()
      if let place = heard.firstIndex(where: { $0 != 0 }) { return time(ofHeard: place) }
    }
    return nil
  }

  func first(_ name: String, patience: Duration = .seconds(3), while reading: () -> Void) -> Duration? {
    let deadline = monotonicNow() + patience
    while monotonicNow() < deadline {
      if let event = events.first(where: { $0.name == name }) { return event.time }
      reading()
    }
    return nil
  }

  private func size(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }
}
