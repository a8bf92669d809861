/// A listen: which track, and when it began.
package struct HeardTrack: Hashable, Sendable, Identifiable {
  package let id: Int64
  package let heard: Timestamp
  /// As the clocks of this place showed it.
  package let day: Day
  /// `14:05`.
  package let time: String
  package let track: Track

  /// A day of the calendar.
  package struct Day: Hashable, Sendable {
    package let year: Int
    package let month: Int
    package let day: Int
    /// 0 is Sunday.
    package let weekday: Int
    /// 0 today, 1 yesterday; when it was asked.
    package let daysAgo: Int

    package init(year: Int, month: Int, day: Int, weekday: Int, daysAgo: Int) {
      self.year = year
      self.month = month
      self.day = day
      self.weekday = weekday
      self.daysAgo = daysAgo
    }
  }

  package init(id: Int64, heard: Timestamp, day: Day, time: String, track: Track) {
    self.id = id
    self.heard = heard
    self.day = day
    self.time = time
    self.track = track
  }
}
