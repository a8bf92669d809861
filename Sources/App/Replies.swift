import Core
import FoundationEssentials
import Music
import TUI

/// One line of JSON: what the control socket answers.
package struct ReplyLine: Codable, Hashable, Sendable {
  package var ok: Bool
  package var error: String?
  package var status: StatusLine?
  package var queue: QueueLine?
  package var words: String?

  init(_ reply: Reply) {
    switch reply {
    case .done: ok = true
    case .failed(let sentence):
      ok = false
      error = sentence
    case .status(let report):
      ok = true
      status = StatusLine(report)
    case .queue(let report):
      ok = true
      queue = QueueLine(report)
    case .words(let text):
      ok = true
      words = text
    }
  }

  init(error: String) {
    ok = false
    self.error = error
  }

  package var text: String { jsonText(self) }

  package init?(parsing text: String) {
    guard let line = try? JSONDecoder().decode(ReplyLine.self, from: Data(text.utf8)) else { return nil }
    self = line
  }
}

/// What `dulcet status --json` prints. Times are seconds.
package struct StatusLine: Codable, Hashable, Sendable {
  package struct TrackLine: Codable, Hashable, Sendable {
    package var title: String
    package var artist: String
    package var album: String
    package var duration: Int
    package var starred: Bool

    init(_ track: Track) {
      title = track.title
      artist = track.artist
      album = track.album
      duration = track.duration
      starred = track.isStarred
    }

    /// For a terminal: whatever the tags say, no control character gets there.
    var text: String { sanitize("\(title) – \(artist)") }
  }

  package struct OutputLine: Codable, Hashable, Sendable {
    package var kind: String
    package var device: String
    package var rate: Int
    package var channels: Int
    package var format: String
  }

  package var state: String
  package var track: TrackLine?
  package var position: Double
  package var duration: Double
  package var buffering: Bool
  package var volume: Int
  package var muted: Bool
  package var shuffle: Bool
  /// `tracks` or `albums`, when it is on.
  package var shuffledBy: String?
  package var `repeat`: String
  package var offline: Bool
  package var underruns: Int
  package var output: OutputLine?
  package var place: Int?
  package var entries: Int
  package var account: String?
  package var consume: Bool
  package var stopAfter: String
  /// Seconds until the sleep timer ends, when it is set to a time.
  package var sleep: Double?
  package var speed: Double
  package var replayGain: String
  /// `FLAC 24/96`, `MP3 320`.
  package var format: String?

  init(_ report: StatusReport) {
    state = report.state.rawValue
    track = report.track.map { TrackLine($0) }
    position = report.position.inSeconds
    duration = report.duration.inSeconds
    buffering = report.isBuffering
    volume = report.volume
    muted = report.isMuted
    shuffle = report.shuffleMode != .off
    shuffledBy = shuffle ? report.shuffleMode.rawValue : nil
    consume = report.modes.isConsuming
    stopAfter = report.modes.stopAfter.rawValue
    sleep = report.sleepTimeLeft?.inSeconds
    speed = report.settings.speed
    replayGain = report.settings.replayGain.rawValue
    format = report.decoded?.badge
    `repeat` = report.repeatMode.rawValue
    offline = report.isOffline
    underruns = report.underruns
    output = report.output.map {
      OutputLine(kind: "\($0.kind)", device: $0.device, rate: $0.rate, channels: $0.channels, format: $0.format)
    }
    place = report.place
    entries = report.entryCount
    account = report.account
  }

  package var json: String { jsonText(self) }

  /// For people: two lines.
  package var text: String {
    guard let track else { return "\(state), nothing in the queue plays\(offline ? ", offline" : "")" }
    let modes = [
      format, muted ? "muted" : nil, shuffle ? (shuffledBy == "albums" ? "shuffle albums" : "shuffle") : nil,
      speed == 1 ? nil : "speed \(speed)", replayGain == "off" ? nil : "replay gain \(replayGain)",
      consume ? "consume" : nil, stopAfter == "off" ? nil : "stop after \(stopAfter)",
      sleep.map { "sleep in \(minutes($0))" },
      `repeat` == "off" ? nil : "repeat \(`repeat`)", offline ? "offline" : nil,
      buffering ? "buffering" : nil, underruns > 0 ? counted(underruns, "underrun") : nil,
    ].compactMap { $0 }
    let time = "\(minutes(position)) of \(minutes(duration))"
    return "\(state): \(track.text)\n"
      + ([time, "\(place ?? 0) of \(entries)", "volume \(volume)"] + modes).joined(separator: ", ")
  }
}

/// What `dulcet queue` prints.
package struct QueueLine: Codable, Hashable, Sendable {
  package var current: Int?
  package var tracks: [StatusLine.TrackLine]

  init(_ report: QueueReport) {
    current = report.currentIndex
    tracks = report.tracks.map { StatusLine.TrackLine($0) }
  }

  package var text: String {
    tracks.enumerated().map { index, track in
      "\(index == current ? ">" : " ") \(index + 1). \(track.text)"
    }.joined(separator: "\n")
  }
}

private func jsonText(_ value: some Encodable) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  // Strings and finite numbers: encoding them cannot fail.
  return String(decoding: try! encoder.encode(value), as: UTF8.self)
}

private func minutes(_ seconds: Double) -> String {
  let whole = Int(exactly: seconds.rounded(.down)) ?? 0
  let rest = whole % 60
  return "\(whole / 60):\(rest < 10 ? "0" : "")\(rest)"
}

extension Duration {
  /// To the millisecond.
  var inSeconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds / 1_000_000_000_000_000) / 1000
  }
}
