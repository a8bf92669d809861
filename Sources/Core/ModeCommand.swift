import Music

/// What the listener asks of the order of events: when the music stops, what becomes of what was heard, what is fetched
/// ahead.
package enum ModeCommand: Hashable, Sendable {
  /// nil: after this track, or not any more.
  case stopAfter(StopPoint?)
  case consume(Switch)
  /// nil: lets a time be chosen.
  case sleep(SleepTime?)
  /// How many tracks of the queue are fetched ahead.
  case prefetch(Int)
  case metered(Switch)
}

package enum StopPoint: String, Hashable, Sendable, CaseIterable { case off, track, queue }

package enum SleepTime: Hashable, Sendable {
  case off
  /// In seconds.
  case after(Int)
  /// At the end of this track or album.
  case track
  case album
}

// MARK: As text

extension ModeCommand {
  static let parsers: [String: SoundCommand.Parser] = [
    "stop-after": { (a) throws(CommandError) in .mode(.stopAfter(try a.optionalWord())) },
    "consume": { (a) throws(CommandError) in .mode(.consume(try a.word(default: .toggle))) },
    "sleep": { (a) throws(CommandError) in .mode(.sleep(try a.sleepTime())) },
    "prefetch": { (a) throws(CommandError) in .mode(.prefetch(try a.number(in: 0...10))) },
    "metered": { (a) throws(CommandError) in .mode(.metered(try a.word(default: .toggle))) },
  ]

  /// Name and argument.
  var words: (String, String?) {
    switch self {
    case .stopAfter(let point): ("stop-after", point?.rawValue)
    case .consume(let value): ("consume", value == .toggle ? nil : value.rawValue)
    case .sleep(let time): ("sleep", time?.description)
    case .prefetch(let count): ("prefetch", String(count))
    case .metered(let value): ("metered", value == .toggle ? nil : value.rawValue)
    }
  }

  var summary: String {
    switch self {
    case .stopAfter(.queue): "stop after the queue"
    case .stopAfter(.off): "do not stop after this track"
    case .stopAfter: "stop after this track"
    case .consume: "take out of the queue what was heard"
    case .sleep: "sleep timer"
    case .prefetch(let count): "fetch \(counted(count, "track")) ahead"
    case .metered: "fetch nothing ahead on a metered network"
    }
  }
}

extension SleepTime: CustomStringConvertible {
  package var description: String {
    switch self {
    case .off: "off"
    case .track: "track"
    case .album: "album"
    case .after(let seconds) where seconds % 3600 == 0: "\(seconds / 3600)h"
    case .after(let seconds) where seconds % 60 == 0: "\(seconds / 60)m"
    case .after(let seconds): "\(seconds)s"
    }
  }
}

extension CommandArguments {
  /// `30m`, `1h`, `90s`, `30` (minutes), `1:30` (hours and minutes), `track`, `album` or `off`.
  fileprivate func sleepTime() throws(CommandError) -> SleepTime? {
    let named: [String: SleepTime] = ["off": .off, "track": .track, "album": .album]
    if rest.isEmpty { return nil }
    if let time = named[rest] { return time }
    guard let seconds = sleepSeconds, (1...86_400).contains(seconds) else {
      throw .invalid(rest, expected: "a time like 30m, 1h or 1:30 (at most a day), track, album or off", of: name)
    }
    return .after(seconds)
  }

  private var sleepSeconds: Int? {
    let fields = rest.split(separator: ":", omittingEmptySubsequences: false)
    if fields.count == 2 {
      guard fields.allSatisfy({ $0.count <= 4 }), let hours = UInt16(fields[0]), let minutes = UInt16(fields[1])
      else { return nil }
      return (Int(hours) * 60 + Int(minutes)) * 60
    }
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600]
    let unit = rest.last.flatMap { units[$0] }
    guard let number = UInt32(unit == nil ? rest[...] : rest.dropLast()) else { return nil }
    return Int(number) * (unit ?? 60)
  }
}
