package import Music

/// What is to be kept on this computer, and how far fetching it has come: the shell tells it whenever that changes.
package struct DownloadsReport: Hashable, Sendable {
  package enum Progress: Hashable, Sendable {
    /// In bytes; `size` nil until the server told.
    case active(held: Int64, size: Int64?)
    case waiting
    /// Why it was given up.
    case failed(String)
  }

  package struct Row: Hashable, Sendable, Identifiable {
    package var id: TrackID
    package var title: String
    package var artist: String
    package var progress: Progress

    package init(id: TrackID, title: String, artist: String, progress: Progress) {
      self.id = id
      self.title = title
      self.artist = artist
      self.progress = progress
    }
  }

  package var pins: Set<PinTarget> = []
  /// What is not here yet: under way, then failed, then waiting (the first few hundred).
  package var rows: [Row] = []
  /// Tracks that the pins mean, and those that are here.
  package var count = 0
  package var whole = 0
  /// Bytes held, and still to come as far as sizes are known.
  package var bytes: Int64 = 0
  package var missingBytes: Int64 = 0
  package var bytesPerSecond: Int64 = 0
  package var isPaused = false

  package init() {}

  /// In seconds; nil while nothing comes.
  package var secondsLeft: Int64? { bytesPerSecond > 0 ? missingBytes / bytesPerSecond : nil }
}

/// What can be done to the downloads as a whole, or to those chosen.
package enum DownloadsAction: String, Hashable, Sendable, CaseIterable {
  case toggle, pause, resume, retry
  /// The chosen rows before the others.
  case first
}

/// The downloads' screen.
package struct DownloadsState: Sendable {
  package internal(set) var report = DownloadsReport()
  package internal(set) var list = ListCursor()
  /// Another number whenever the rows change.
  var revision = 0
  private var told = Timestamp(seconds: 0)
  /// As many seconds as a rate is taken from: whoever hears nothing for so long knows that nothing came.
  private static let silence: Int64 = 5

  mutating func take(_ fresh: DownloadsReport, now: Timestamp) {
    told = now
    revision += 1
    let old = report.rows.indices.contains(list.cursor) ? report.rows[list.cursor].id : nil
    if fresh.rows.map(\.id) != report.rows.map(\.id) { list.unmark() }
    report = fresh
    if let old, let place = fresh.rows.firstIndex(where: { $0.id == old }) { list.cursor = place }
  }

  /// The cache tells of what comes, and not that nothing does.
  /// - Returns: whether what was said of the rate is not true any more.
  mutating func noticeSilence(now: Timestamp) -> Bool {
    guard report.bytesPerSecond > 0, now.seconds >= told.seconds + Self.silence || now < told else { return false }
    stop()
    return true
  }

  /// Nothing comes from now on.
  mutating func stop() { report.bytesPerSecond = 0 }

  /// The marked rows, or the one under the cursor.
  var chosen: [DownloadsReport.Row] { list.chosen(of: report.rows.count).map { report.rows[$0] } }
}

extension AppState {
  package func isPinned(_ target: PinTarget) -> Bool { downloads.report.pins.contains(target) }

  /// Rows changed: what a pinned playlist means may have changed too.
  var keepPinsInStep: [Effect] { downloads.report.pins.isEmpty ? [] : [.refreshPins] }

  /// Keeps the chosen rows on this computer, or no longer.
  mutating func pinRows(_ value: Switch) -> [Effect] {
    let targets = pinTargets
    guard !targets.isEmpty else {
      post(Notice(.warning, "There is nothing here that could be kept."))
      return []
    }
    let on = value == .toggle ? targets.contains { !isPinned($0) } : value == .on
    let changed = targets.filter { isPinned($0) != on }
    clearMarks()
    guard !changed.isEmpty else { return [] }
    let what = changed.count == 1 ? "It" : "\(changed.count) rows"
    let verb = changed.count == 1 ? "is" : "are"
    let later = downloads.report.isPaused ? ", once transfers go on," : ""
    let kept = "\(what) will be downloaded\(later) and kept on this computer."
    post(Notice(.information, on ? kept : "\(what) \(verb) not kept for good any more."))
    return [.pin(changed, on: on)]
  }

  /// Keeps the chosen rows in a smaller rendition, also where they are kept already.
  mutating func pinRows(bitRate: Int) -> [Effect] {
    let targets = pinTargets
    guard !targets.isEmpty else {
      post(Notice(.warning, "There is nothing here that could be kept."))
      return []
    }
    clearMarks()
    post(
      Notice(.information, "\(counted(targets.count, "row")): kept on this computer, with \(bitRate) kbit/s at most."))
    return [.pinRendition(targets, bitRate: bitRate)]
  }

  /// Keeps everything starred, now and later.
  mutating func pinStarred(_ value: Switch) -> [Effect] {
    let on = value == .toggle ? !isPinned(.starred) : value == .on
    guard on != isPinned(.starred) else { return [] }
    let kept = "Everything starred is kept on this computer."
    post(Notice(.information, on ? kept : "What is starred is not kept for good any more."))
    return [.pin([.starred], on: on)]
  }

  private var pinTargets: [PinTarget] {
    switch chosenRows {
    case .artists(let rows)?: rows.map { .artist($0.id) }
    case .albums(let rows)?: rows.map { .album($0.id) }
    case .tracks(let rows)?: rows.filter { $0.origin != .local }.map { .track($0.id) }
    case .playlists(let rows)?: rows.map { .playlist($0.id) }
    case .groups?: []
    case nil: screen == .downloads ? downloads.chosen.map { .track($0.id) } : []
    }
  }

  mutating func steerDownloads(_ action: DownloadsAction) -> [Effect] {
    switch action {
    case .toggle: return steerDownloads(downloads.report.isPaused ? .resume : .pause)
    // Known at once: while nothing is pinned nobody reports.
    case .pause:
      downloads.report.isPaused = true
      downloads.stop()
      post(Notice(.information, "Transfers wait: only what plays is fetched."))
    case .resume:
      downloads.report.isPaused = false
      post(Notice(.information, "Transfers go on."))
    case .retry: break
    case .first:
      let chosen = downloads.chosen.map(\.id)
      downloads.list.unmark()
      return screen == .downloads && !chosen.isEmpty ? [.downloadFirst(chosen)] : []
    }
    return [.downloads(action)]
  }

  /// `d` on the downloads' screen: a track that is kept for its own sake is not any more.
  mutating func removeDownloads() -> [Effect] {
    let own = downloads.chosen.map { PinTarget.track($0.id) }.filter { isPinned($0) }
    downloads.list.unmark()
    guard !own.isEmpty else {
      post(Notice(.warning, "It is kept because its album, artist or playlist is. Take the mark away there."))
      return []
    }
    return [.pin(own, on: false)]
  }
}
