package import Music

/// A line of the history's screen: a day, or something that was heard.
package enum HistoryRow: Hashable, Sendable, Identifiable {
  case day(HeardTrack.Day)
  case play(HeardTrack)

  package enum ID: Hashable, Sendable {
    case day(Int, Int, Int)
    case play(Int64)
  }

  package var id: ID {
    switch self {
    case .day(let day): .day(day.year, day.month, day.day)
    case .play(let play): .play(play.id)
    }
  }

  var isDay: Bool { if case .day = self { true } else { false } }
  package var play: HeardTrack? { if case .play(let play) = self { play } else { nil } }
}

/// What was heard, the latest first: read further when the cursor comes near the end.
package struct HistoryState: Sendable {
  @Boxed package internal(set) var plays = Pane<HistoryRow>()
  /// How many plays were asked for.
  var limit = HistoryState.page
  /// Whether there are no more.
  package internal(set) var isWhole = false

  static let page = 250
}

extension AppState {
  mutating func showHistory() -> [Effect] {
    history.plays.question == nil
      ? history.plays.ask(.library(.history(limit: history.limit)), &tickets) : history.plays.refresh(&tickets)
  }

  mutating func takePlays(_ plays: [HeardTrack]) -> [Effect] {
    history.isWhole = plays.count < history.limit
    var rows: [HistoryRow] = []
    rows.reserveCapacity(plays.count + 32)
    var day: HeardTrack.Day?
    for play in plays {
      if play.day != day { rows.append(.day(play.day)) }
      day = play.day
      rows.append(.play(play))
    }
    let isFirst = history.plays.rows.isEmpty
    let effects = history.plays.accept(rows, &tickets)
    if isFirst { history.plays.list.cursor = min(1, max(0, rows.count - 1)) }
    return effects
  }

  /// The cursor comes near the end: more is asked for.
  mutating func followHistory() -> [Effect] {
    let isNear = history.plays.list.cursor + 2 * layout.listHeight >= history.plays.rows.count
    guard isNear, !history.isWhole, history.plays.isLoaded else { return [] }
    history.limit *= 2
    return history.plays.ask(.library(.history(limit: history.limit)), &tickets)
  }
}

extension HeardTrack.Day {
  /// `Today`, `Yesterday`, `Thursday 19 November`, with the year where it is another one.
  package func title(thisYear: Int) -> String {
    if daysAgo == 0 { return "Today" }
    if daysAgo == 1 { return "Yesterday" }
    let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    ]
    guard weekdays.indices.contains(weekday), months.indices.contains(month - 1) else { return "\(year)" }
    let date = "\(weekdays[weekday]) \(day) \(months[month - 1])"
    return year == thisYear ? date : "\(date) \(year)"
  }
}
