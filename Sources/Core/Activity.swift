import Music

/// Something long that goes on beside the music: what, how far, how fast, how long still.
package struct Activity: Hashable, Sendable, Identifiable {
  /// There is at most one of each.
  package enum ID: String, Hashable, Sendable, CaseIterable, Comparable {
    case synchronization = "sync"
    case scan, downloads
    case importing = "import"
    case exporting = "export"

    package static func < (one: ID, other: ID) -> Bool {
      allCases.firstIndex(of: one)! < allCases.firstIndex(of: other)!
    }
  }

  package enum Unit: Hashable, Sendable { case things, bytes }

  package var id: ID
  /// In words, with a capital: `Reading tracks`.
  package var what: String
  package var done: Int64
  /// nil while unknown.
  package var total: Int64?
  package var unit = Unit.things
  /// Of its unit, per second; 0 while unknown.
  package internal(set) var rate: Int64 = 0
  package var isPaused = false
  /// It was told to end, and has not yet.
  package internal(set) var isEnding = false

  package init(_ id: ID, _ what: String, done: Int64 = 0, total: Int64? = nil, unit: Unit = .things) {
    self.id = id
    self.what = what
    self.done = done
    self.total = total
    self.unit = unit
  }

  /// nil while nobody can know.
  package var secondsLeft: Int64? {
    guard let total, total > done, rate > 0, !isPaused else { return nil }
    return (total - done) / rate
  }

  /// 0…1; nil while nobody can know.
  package var fraction: Double? {
    guard let total, total > 0 else { return nil }
    return min(1, Double(done) / Double(total))
  }
}

/// What became of an activity.
package enum ActivityNews: Hashable, Sendable {
  /// Its rate is found out from this and what was told before.
  case progress(Activity)
  case ended(Activity.ID)
}

/// Everything that goes on, and how fast.
package struct ActivitiesState: Hashable, Sendable {
  private struct Sample: Hashable, Sendable {
    var time: Timestamp
    var done: Int64
  }

  /// In the order of their kinds.
  package private(set) var list: [Activity] = []
  private var samples: [Activity.ID: [Sample]] = [:]
  /// What the rate is taken from, in seconds.
  private static let window: Int64 = 8

  package subscript(id: Activity.ID) -> Activity? { list.first { $0.id == id } }

  mutating func advance(_ news: Activity, now: Timestamp) {
    var activity = news
    let old = self[news.id]
    if old?.what != news.what || old.map({ $0.done > news.done }) ?? true { samples[news.id] = [] }
    if activity.rate == 0 { activity.rate = rate(of: activity, now: now) }
    activity.isEnding = old?.isEnding ?? false
    if let place = list.firstIndex(where: { $0.id == news.id }) {
      list[place] = activity
    } else {
      list.append(activity)
      list.sort { $0.id < $1.id }
    }
  }

  /// Rates are found out anew.
  mutating func forgetSamples() { samples = [:] }

  mutating func end(_ id: Activity.ID) {
    list.removeAll { $0.id == id }
    samples[id] = nil
  }

  mutating func markEnding(_ id: Activity.ID) {
    if let place = list.firstIndex(where: { $0.id == id }) { list[place].isEnding = true }
  }

  /// From what was done in the last seconds; 0 until there is a whole one.
  private mutating func rate(of activity: Activity, now: Timestamp) -> Int64 {
    var known = samples[activity.id] ?? []
    if known.last?.time != now { known.append(Sample(time: now, done: activity.done)) }
    known.removeAll { $0.time.seconds < now.seconds - Self.window }
    samples[activity.id] = known
    guard let first = known.first, now.seconds > first.time.seconds else { return 0 }
    return (activity.done - first.done) / (now.seconds - first.time.seconds)
  }
}

// MARK: What goes on, and ending it

extension AppState {
  mutating func take(_ news: ActivityNews) {
    switch news {
    case .progress(let activity): activities.advance(activity, now: now)
    case .ended(let id): activities.end(id)
    }
  }

  /// The downloads tell of themselves; as an activity they are there while something comes or is to come.
  mutating func noteDownloads() {
    let report = downloads.report
    guard report.rows.contains(where: { if case .failed = $0.progress { false } else { true } }) else {
      return activities.end(.downloads)
    }
    var activity = Activity(
      .downloads, "Downloading \(report.whole) of \(report.count)", done: report.bytes,
      total: report.missingBytes > 0 ? report.bytes + report.missingBytes : nil, unit: .bytes)
    activity.rate = report.bytesPerSecond
    activity.isPaused = report.isPaused
    activities.advance(activity, now: now)
  }

  /// Ends one of those that run; lets one be chosen where there are several.
  mutating func cancelActivity(_ id: Activity.ID?) -> [Effect] {
    let running = activities.list.filter { !$0.isPaused && !$0.isEnding }
    guard let id = id ?? (running.count == 1 ? running[0].id : nil) else {
      if running.isEmpty {
        post(Notice(.information, "Nothing goes on that could be ended."))
        return []
      }
      return choose("cancel", "End: ", running.map(\.what), values: running.map(\.id.rawValue))
    }
    guard running.contains(where: { $0.id == id }) else {
      post(Notice(.information, "There is no \(id.rawValue) under way."))
      return []
    }
    if id == .downloads { return steerDownloads(.pause) }
    activities.markEnding(id)
    post(Notice(.information, id.sentenceOfEnd))
    return [.cancel(id)]
  }
}

extension Activity.ID {
  fileprivate var sentenceOfEnd: String {
    switch self {
    case .synchronization: "Reading from the server ends. What was read stays; :sync goes on from there."
    case .scan: "Reading the folder ends. What was read stays; :sync goes on from there."
    case .importing, .exporting, .downloads: "It ends."
    }
  }
}
