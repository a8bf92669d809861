/// What the listener asks of the screen itself: what it tells beside the lists, and how.
package enum DisplayCommand: Hashable, Sendable {
  /// nil: the other one.
  case time(TimeDisplay?)
  /// Everything that is known of the row under the cursor, or of what plays.
  case details(ofPlaying: Bool)
  /// nil: what goes on, whatever it is.
  case cancel(Activity.ID?)
}

extension DisplayCommand {
  static let parsers: [String: SoundCommand.Parser] = [
    "time": { (a) throws(CommandError) in .display(.time(try a.optionalWord())) },
    "details": { (a) throws(CommandError) in .display(.details(ofPlaying: try a.isOfPlaying())) },
    "cancel": { (a) throws(CommandError) in .display(.cancel(try a.optionalWord())) },
  ]

  /// Name and argument.
  var words: (String, String?) {
    switch self {
    case .time(let display): ("time", display?.rawValue)
    case .details(let ofPlaying): ("details", ofPlaying ? "playing" : nil)
    case .cancel(let id): ("cancel", id?.rawValue)
    }
  }

  var summary: String {
    switch self {
    case .time(.remaining): "show the time that is left"
    case .time(.total): "show the whole time"
    case .time: "show what is left, or the whole time"
    case .details(false): "details of the row"
    case .details(true): "details of what plays"
    case .cancel(nil): "end a sync, a scan, a download"
    case .cancel(let id?): "end the \(id.rawValue)"
    }
  }
}

extension CommandArguments {
  fileprivate func isOfPlaying() throws(CommandError) -> Bool {
    if rest.isEmpty { return false }
    guard rest == "playing" else { throw .invalid(rest, expected: "nothing or “playing”", of: name) }
    return true
  }
}

extension AppState {
  mutating func perform(_ command: DisplayCommand, _ token: ReplyToken?) -> [Effect] {
    switch command {
    case .time(let display):
      timeDisplay = display ?? (timeDisplay == .total ? .remaining : .total)
      return [.saveSetting(name: "time", value: timeDisplay.rawValue)]
    case .details(let ofPlaying): return showDetails(ofPlaying: ofPlaying, replyTo: token)
    case .cancel(let id): return cancelActivity(id)
    }
  }
}
