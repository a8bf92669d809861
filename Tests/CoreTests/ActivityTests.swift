import Core
import Music
import TUI
import Testing

@Suite("What goes on")
struct ActivityTests {
  private func scan(_ done: Int64, of total: Int64? = nil) -> Message {
    .activity(.progress(Activity(.scan, "Reading files", done: done, total: total)))
  }

  @Test("the rate is that of the last seconds, and tells how long it still takes")
  func rate() {
    var listener = Listener()
    for second in 0...20 {
      listener.send(.clock(Timestamp(seconds: Int64(second))))
      // Slow at first.
      listener.send(scan(second < 10 ? Int64(second) : Int64(10 + (second - 10) * 100), of: 11_010))
    }
    let activity = listener.state.activities[.scan]
    #expect(activity?.rate == 100)
    #expect(activity?.secondsLeft == 100)
    #expect(activity?.countText == "1 010 of 11 010")
    #expect(activity?.paceText == ["100/s", "1:40 left"])
  }

  @Test("another section begins anew, without a rate")
  func sections() {
    var listener = Listener()
    for second in 0...3 {
      listener.send(.clock(Timestamp(seconds: Int64(second))))
      listener.send(.sync(.progress(section: "albums", done: second * 50, total: 400)))
    }
    #expect(listener.state.activities[.synchronization]?.rate == 50)
    listener.send(.sync(.progress(section: "tracks", done: 10, total: nil)))
    #expect(listener.state.activities[.synchronization]?.rate == 0)
    #expect(listener.state.activities[.synchronization]?.secondsLeft == nil)
    listener.send(.sync(.finished(nil)))
    #expect(listener.state.activities.list.isEmpty)
  }

  @Test("one is ended by a key; of several one is chosen")
  func cancel() {
    var listener = Listener()
    listener.press("^x")
    #expect(listener.notice == "Nothing goes on that could be ended.")
    listener.send(.sync(.progress(section: "tracks", done: 10, total: nil)))
    #expect(listener.press("^x") == [.cancel(.synchronization)])
    #expect(listener.state.activities[.synchronization]?.paceText == ["ending"])
    #expect(listener.press("^x") == [])
    listener.send(scan(5))
    listener.send(.sync(.finished(nil)))
    listener.send(.sync(.progress(section: "tracks", done: 1, total: nil)))
    listener.press("^x")
    #expect(listener.state.prompt?.options == ["Reading tracks", "Reading files"])
    #expect(listener.press("down", "enter") == [.cancel(.scan)])
    #expect(listener.run("cancel sync") == [.cancel(.synchronization)])
    listener.run("cancel import")
    #expect(listener.notice == "There is no import under way.")
  }

  @Test("downloads are an activity while there is something to come; ending them lets them wait")
  func downloads() {
    var listener = Listener()
    var report = DownloadsReport()
    report.count = 12
    report.whole = 3
    report.bytes = 31 << 20
    report.missingBytes = 62 << 20
    report.bytesPerSecond = 1 << 20
    report.rows = [.init(id: TrackID(1), title: "One", artist: "Aurora", progress: .waiting)]
    listener.send(.downloads(report))
    let activity = listener.state.activities[.downloads]
    #expect(activity?.what == "Downloading 3 of 12")
    #expect(activity?.countText == "31.0 MiB of 93.0 MiB")
    #expect(activity?.paceText == ["1.0 MiB/s", "1:02 left"])
    #expect(listener.run("cancel downloads") == [.downloads(.pause)])
    report.rows = []
    listener.send(.downloads(report))
    #expect(listener.state.activities.list.isEmpty)
  }
}

@Suite("Details")
struct DetailsTests {
  private func rows(_ listener: Listener) -> [String: String] {
    Dictionary(listener.state.sheetRows.map { ($0.label, $0.text) }, uniquingKeysWith: { first, _ in first })
  }

  @Test(
    "of the track under the cursor: its tags at once, where its bytes are when the catalogue and the cache have told")
  func track() throws {
    var listener = Listener()
    listener.press("l", "l", "j")
    let effects = listener.press("i")
    let track = listener.state.library.tracks.rows[1]
    #expect(effects == [.askFacts(of: track, replyTo: nil)])
    #expect(rows(listener)["Title"] == "Two")
    #expect(rows(listener)["Where"] == nil)
    var facts = TrackFacts()
    facts.mark = .partial
    facts.heldPart = 0.62
    facts.path = "Aurora/First/02.mp3"
    facts.rendition = .whole
    listener.send(.facts(facts, of: track, replyTo: nil))
    #expect(rows(listener)["Where"] == "62 % in the cache, the rest at the server")
    #expect(rows(listener)["Path"] == "Aurora/First/02.mp3")
    #expect(listener.send(.cacheChanged).contains(.askFacts(of: track, replyTo: nil)))
    listener.press("escape")
    #expect(listener.state.sheet == nil)
  }

  @Test("of what plays, of an artist, of an album, of nothing")
  func others() {
    var listener = Listener()
    listener.run("details playing")
    #expect(listener.notice == "Nothing is playing.")
    listener.press("escape", "i")
    #expect(rows(listener)["Name"] == "Aurora")
    listener.press("i", "l", "i")
    #expect(rows(listener)["Artist"] == "Aurora")
    listener.press("i", "l", "enter", "k", "2")
    listener.run("details playing")
    #expect(rows(listener)["Title"] == listener.playing)
  }

  @Test("at every size each line can be reached", arguments: [(120, 40), (80, 24), (56, 16), (40, 10)])
  func scrolling(columns: Int, rows: Int) {
    var listener = Listener(columns: columns, rows: rows)
    listener.press("l", "l", "i", "G")
    let state = listener.state
    #expect(state.sheet!.top + state.sheetHeight >= state.sheetRows.count)
    #expect(state.sheetRows.allSatisfy { columnWidth(of: $0.text) <= columns })
  }

  @Test(
    "a day of the calendar",
    arguments: [
      (0, "1970-01-01"), (951_782_399, "2000-02-28"), (951_782_400, "2000-02-29"), (1_798_761_599, "2026-12-31"),
      (-1, "1969-12-31"),
    ])
  func days(seconds: Int64, day: String) {
    #expect(calendarDay(LocalTime(Timestamp(seconds: seconds), offset: 0)) == day)
  }

  @Test("a day is that of the listener's clocks")
  func localDays() {
    let evening = Timestamp(seconds: 1_730_674_800)  // 2024-11-03 23:00 UTC
    #expect(calendarDay(LocalTime(evening, offset: 3600)) == "2024-11-04")
    #expect(calendarDay(LocalTime(evening, offset: -3600)) == "2024-11-03")
  }
}
