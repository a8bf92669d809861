package import Music

/// The radio's screen, and what the station that plays tells of itself.
package struct RadioState: Sendable {
  @Boxed package internal(set) var stations = Pane<RadioStation>()
  /// What the station says that it plays, and which station (as it stands in the queue) says so.
  var title: (track: TrackID, text: String)?
}

/// What a station's connection reports.
package enum RadioNews: Hashable, Sendable {
  /// What it plays now; nil: it does not say.
  case title(String?)
  /// The connection was lost: why, in a few words, and when it is tried again.
  case lost(reason: String, retryIn: Duration)
  /// It sounds again after it was lost.
  case back
}

/// What is asked of the radio.
package enum RadioCommand: Hashable, Sendable {
  case play(String)
  case add(streamURL: String, name: String?)
  /// Without a name it asks for one.
  case rename(String?)
  case remove
}

extension AppState {
  mutating func perform(_ command: RadioCommand) -> [Effect] {
    switch command {
    case .play(let name): return playStation(named: name)
    case .add(let url, let name): return addStation(url, name)
    case .rename(let name): return renameStation(name)
    case .remove: return removeStation()
    }
  }

  /// The current track as the bar and the shell tell it: a station by what it plays.
  package var currentTrack: Track? {
    guard var track = queue.current?.track, track.isRadio else { return queue.current?.track }
    guard let title = radio.title, title.track == track.id, !title.text.isEmpty else { return track }
    track.artist = track.title
    track.title = title.text
    track.album = ""
    return track
  }

  mutating func take(_ news: RadioNews, from id: TrackID) {
    guard let track = queue.current?.track, track.id == id else { return }
    switch news {
    case .title(let text): radio.title = text.map { (id, $0) }
    case .lost(let reason, let delay):
      let seconds = max(1, delay.components.seconds)
      post(Notice(.warning, "“\(track.title)” was lost (\(reason)). Trying again in \(seconds) s."))
    case .back: post(Notice(.information, "“\(track.title)” is back."))
    }
  }

  /// Enter: the queue becomes this station.
  mutating func playStation() -> [Effect] {
    guard let station = radio.stations.selected else { return [] }
    return playTracks([station.track])
  }

  /// What cannot be done with a station's sound, said once.
  mutating func refuseForRadio(_ text: String) -> [Effect] {
    post(Notice(.warning, text))
    return []
  }

  /// The station of exactly that name, else one whose name holds it.
  private mutating func playStation(named name: String) -> [Effect] {
    let wanted = name.lowercased()
    let stations = radio.stations.rows
    let station =
      stations.first { $0.name.lowercased() == wanted } ?? stations.first { $0.name.lowercased().contains(wanted) }
    guard let station else {
      post(Notice(.warning, "There is no radio station “\(name)”. “radio add URL NAME” makes one."))
      return []
    }
    return playTracks([station.track])
  }

  private mutating func addStation(_ url: String, _ name: String?) -> [Effect] {
    let lower = url.lowercased()
    guard lower.hasPrefix("http://") || lower.hasPrefix("https://") else {
      post(Notice(.warning, "“\(url)” is no address of a station: it begins with http:// or https://."))
      return []
    }
    let host = url.split(separator: "/").dropFirst().first.map(String.init) ?? url
    return [.edit(.createStation(name: name ?? host, streamURL: url))]
  }

  mutating func renameStation(_ name: String?) -> [Effect] {
    guard let station = chosenStation() else { return [] }
    guard let name else { return ask("New name", .renameStation(station.id), text: station.name) }
    return rename(station.id, name)
  }

  mutating func rename(_ id: StationID, _ name: String) -> [Effect] {
    trimmed(name).isEmpty ? [] : [.edit(.renameStation(id, name: trimmed(name)))]
  }

  mutating func removeStation() -> [Effect] {
    guard let station = chosenStation() else { return [] }
    return confirm("Remove the station “\(station.name)”?", .removeStation(station.id))
  }

  private mutating func chosenStation() -> RadioStation? {
    guard screen == .radio, let station = radio.stations.selected else {
      post(Notice(.warning, "Go to the radio (\(key(for: .view(.radio)))) and choose a station first."))
      return nil
    }
    return station
  }
}

extension PlaybackFailure {
  /// nil where a station fails as any track does.
  func radioSentence(for name: String) -> String? {
    switch self {
    case .offline: "The station “\(name)” cannot be reached now."
    case .cutShort: "The station “\(name)” stopped, and cannot be reached any more."
    case .unsupported(let format): "The station “\(name)” sends \(format), which is not decoded here: only MP3 is."
    case .notAudio: "What the station “\(name)” sends is no MP3."
    case .refused(let reason): "The station “\(name)” cannot be heard\(reason.map { ": \($0)." } ?? ".")"
    case .unreadable, .output: nil
    }
  }
}

extension CommandArguments {
  /// `radio`, `radio play NAME`, `radio add URL [NAME]`, `radio rename [NAME]`, `radio remove`.
  func radio() throws(CommandError) -> Command {
    let (verb, argument) = splitWord(rest)
    let text = argument.isEmpty ? nil : unquoted(argument)
    switch verb {
    case "": return .view(.radio)
    case "play":
      guard let text else { throw .missing("a station’s name", of: "radio play") }
      return .radio(.play(text))
    case "add":
      let (url, name) = splitWord(argument)
      guard !url.isEmpty else { throw .missing("an address", of: "radio add") }
      return .radio(.add(streamURL: url, name: name.isEmpty ? nil : unquoted(name)))
    case "rename": return .radio(.rename(text))
    case "remove":
      guard argument.isEmpty else { throw .unexpected(argument, of: "radio remove") }
      return .radio(.remove)
    default: throw .invalid(verb, expected: "one of play, add, rename, remove", of: name)
    }
  }
}

extension RadioCommand {
  /// What follows `radio` on a line.
  var words: String {
    switch self {
    case .play(let name): "play \(quoted(name)!)"
    case .add(let url, let name): "add \(url)" + (quoted(name).map { " " + $0 } ?? "")
    case .rename(let name): "rename" + (quoted(name).map { " " + $0 } ?? "")
    case .remove: "remove"
    }
  }

  var summary: String {
    switch self {
    case .play(let name): "play the station “\(name)”"
    case .add: "add a radio station"
    case .rename: "rename the station"
    case .remove: "remove the station"
    }
  }
}
