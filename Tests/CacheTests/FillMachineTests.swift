import Music
import Testing

@testable import Cache

private typealias Machine = FillMachine

private let size: Int64 = 10_000_000

/// A machine whose transfer has begun at 0.
private func begun(acceptsRanges: Bool = true, totalSize: Int64? = size) -> Machine {
  var machine = Machine()
  #expect(machine.next(now: .zero, permitted: true) == [.start(1, offset: 0, end: nil, validator: nil)])
  _ = machine.began(1, head(0, size: totalSize, acceptsRanges: acceptsRanges), now: .zero)
  return machine
}

private func head(
  _ offset: Int64, size: Int64? = size, validator: String? = "v1", acceptsRanges: Bool = true
) -> FetchHead {
  FetchHead(offset: offset, totalSize: size, validator: validator, acceptsRanges: acceptsRanges)
}

extension FillMachine {
  /// So many bytes come for a transfer, as a driver would take them.
  fileprivate mutating func bring(_ count: Int, run: RunID, now: Duration = .zero) {
    let range = wanted(run, count: count)
    arrived(run, range, isNew: true, now: now)
  }
}

@Suite("The filling machine")
struct FillMachineTests {
  @Test("asks once for all that is missing, and for nothing while that runs")
  func oneRequest() {
    var machine = begun()
    #expect(machine.next(now: .zero, permitted: true) == [])
    machine.bring(Int(size), run: 1)
    #expect(machine.ended(1, .finished, now: .zero) == [])
    #expect(machine.isComplete)
    #expect(machine.next(now: .zero, permitted: true) == [])
    #expect(machine.wish(at: .zero) == .nothing)
  }

  @Test("notes what the head says, once")
  func describes() {
    var machine = Machine()
    _ = machine.next(now: .zero, permitted: true)
    let version = Version(size: size, validator: "v1", acceptsRanges: true)
    #expect(machine.began(1, head(0), now: .zero).actions == [.describe(version)])
    #expect(machine.version == version)
  }

  @Test(
    "waits for a byte a little ahead, begins anew for one far ahead",
    arguments: [(300_000, true), (624_288, true), (624_289, false), (5_000_000, false)] as [(Int64, Bool)])
  func seeks(offset: Int64, isServed: Bool) {
    var machine = begun()
    machine.bring(100_000, run: 1)
    machine.want(offset, waiting: true)
    let actions = machine.next(now: .zero, permitted: true)
    if isServed {
      #expect(actions == [])
    } else {
      #expect(actions == [.cancel(1), .start(2, offset: offset, end: nil, validator: "v1")])
    }
  }

  @Test("begins anew for a byte behind, and asks for no more than what is missing there")
  func seekBack() {
    var machine = Machine(version: Version(size: size, validator: "v1"), held: RangeSet(0..<100_000))
    machine.want(5_000_000, waiting: true)
    _ = machine.next(now: .zero, permitted: true)
    _ = machine.began(1, head(5_000_000), now: .zero)
    machine.bring(100_000, run: 1)
    machine.want(2_000_000, waiting: true)
    #expect(
      machine.next(now: .zero, permitted: true)
        == [.cancel(1), .start(2, offset: 2_000_000, end: 5_000_000, validator: "v1")])
  }

  @Test("takes what a cancelled transfer still brings, and comes back for the rest after the end")
  func cancelledBytes() {
    var machine = begun()
    machine.bring(100_000, run: 1)
    machine.want(9_000_000, waiting: true)
    _ = machine.next(now: .zero, permitted: true)
    machine.bring(16_384, run: 1)
    #expect(machine.ended(1, .cancelled, now: .zero) == [])
    _ = machine.began(2, head(9_000_000), now: .zero)
    machine.bring(1_000_000, run: 2)
    machine.want(9_500_000, waiting: false)
    #expect(machine.ended(2, .finished, now: .zero) == [])
    #expect(
      machine.next(now: .zero, permitted: true) == [.start(3, offset: 116_384, end: 9_000_000, validator: "v1")])
  }

  @Test("asks for what a stopped transfer may be bringing only after its end")
  func bytesOnTheirWay() {
    var machine = begun()
    machine.bring(100_000, run: 1)
    machine.want(5_000_000, waiting: true)
    #expect(machine.next(now: .zero, permitted: true).first == .cancel(1))
    machine.want(100_000, waiting: true)
    #expect(machine.next(now: .zero, permitted: true) == [.cancel(2)])
    machine.bring(2036, run: 1)
    machine.want(102_036, waiting: true)
    #expect(machine.next(now: .zero, permitted: true) == [])
    #expect(machine.ended(1, .cancelled, now: .zero) == [])
    #expect(machine.next(now: .zero, permitted: true) == [.start(3, offset: 102_036, end: nil, validator: "v1")])
  }

  @Test("waits no longer than a moment for a stopped transfer to end")
  func endlessEnding() {
    var machine = begun()
    machine.bring(100_000, run: 1)
    #expect(machine.next(now: .zero, permitted: false) == [.cancel(1)])
    #expect(machine.next(now: .zero, permitted: true) == [])
    #expect(machine.wakeTime == .seconds(1))
    #expect(
      machine.next(now: .seconds(1), permitted: true) == [.start(2, offset: 100_000, end: nil, validator: "v1")])
    #expect(machine.wakeTime == nil)
  }

  @Test("takes the bytes of a transfer that was stopped before its answer came, if that is surely of this version")
  func lateHead() {
    for (validator, count) in [("v1", 16_384), ("v2", 0)] {
      var machine = Machine(version: Version(size: size, validator: "v1"), held: RangeSet(0..<100_000))
      _ = machine.next(now: .zero, permitted: true)
      machine.want(5_000_000, waiting: true)
      #expect(machine.next(now: .zero, permitted: true).first == .cancel(1))
      #expect(machine.began(1, head(100_000, validator: validator), now: .zero) == (false, []))
      #expect(machine.wanted(1, count: 16_384).count == count)
      #expect(machine.version.validator == "v1")
    }
  }

  @Test("begins a gap at its start when the wanted byte is near it")
  func nearGap() {
    var machine = begun()
    machine.bring(100_000, run: 1)
    _ = machine.ended(1, .retryLater, now: .zero)
    machine.want(130_000, waiting: true)
    #expect(machine.next(now: .zero, permitted: true) == [.start(2, offset: 100_000, end: nil, validator: "v1")])
  }

  @Test("waits longer and longer after fruitless tries, and tells readers after three")
  func backOff() {
    var machine = Machine()
    machine.want(0, waiting: true)
    var now = Duration.zero
    var pauses: [Duration] = []
    for attempt in 1...7 {
      #expect(machine.next(now: now, permitted: true) == [.start(attempt, offset: 0, end: nil, validator: nil)])
      _ = machine.ended(attempt, .retryLater, now: now)
      #expect(machine.verdict(at: 0) == (attempt < 3 ? .wait : .offline))
      #expect(machine.next(now: now, permitted: true) == [])
      pauses.append(machine.wakeTime! - now)
      now = machine.wakeTime!
    }
    #expect(pauses == [1, 2, 4, 8, 16, 30, 30].map { .seconds($0) })
    machine.retry()
    #expect(machine.verdict(at: 0) == .wait)
    #expect(machine.wish(at: now) == .urgent)
  }

  @Test("goes on at once after a connection that brought something")
  func interrupted() {
    var machine = begun()
    machine.bring(100_000, run: 1)
    _ = machine.ended(1, .retryLater, now: .zero)
    #expect(machine.next(now: .zero, permitted: true) == [.start(2, offset: 100_000, end: nil, validator: "v1")])
    _ = machine.began(2, head(100_000), now: .zero)
    machine.bring(10, run: 2)
    _ = machine.ended(2, .retryLater, now: .zero)
    #expect(machine.next(now: .zero, permitted: true) == [])
    #expect(machine.wakeTime == .seconds(1))
  }

  @Test("drops everything when the server has another version and nobody has heard the old one")
  func changedBefore() {
    var machine = Machine(version: Version(size: size, validator: "v0"), held: RangeSet(0..<100_000))
    _ = machine.next(now: .zero, permitted: true)
    #expect(machine.ended(1, .changed, now: .zero) == [.discard])
    #expect(machine.held.isEmpty && machine.version == Version())
    #expect(machine.next(now: .zero, permitted: true) == [.start(2, offset: 0, end: nil, validator: nil)])
  }

  @Test("goes on with the answer itself when that is of the new version")
  func changedInHead() {
    var machine = Machine(version: Version(size: size, validator: nil), held: RangeSet(0..<100_000))
    _ = machine.next(now: .zero, permitted: true)
    let (isWanted, actions) = machine.began(1, head(100_000, size: 9_000_000), now: .zero)
    #expect(isWanted)
    #expect(actions.first == .discard)
    machine.bring(1000, run: 1)
    #expect(machine.held == RangeSet(100_000..<101_000))
    #expect(machine.version.size == 9_000_000)
  }

  @Test("plays what is held of a version that changed in mid-play, then refuses; given up when closed")
  func changedWhilePlaying() {
    var machine = begun()
    machine.bring(100_000, run: 1)
    machine.isServed = true
    #expect(machine.ended(1, .changed, now: .zero) == [])
    #expect(machine.verdict(at: 99_999) == .held)
    #expect(machine.verdict(at: 100_000) == .refused("the file changed on the server"))
    #expect(machine.next(now: .zero, permitted: true) == [])
    #expect(machine.closed() == [.discard])
    #expect(machine.next(now: .zero, permitted: true) == [.start(2, offset: 0, end: nil, validator: nil)])
  }

  @Test("does not believe a server whose file keeps changing")
  func changesForEver() {
    var machine = Machine()
    var now = Duration.zero
    for attempt in 1...4 {
      #expect(machine.next(now: now, permitted: true).count == 1)
      _ = machine.ended(attempt, .changed, now: now)
      now += .seconds(60)
    }
    #expect(machine.next(now: now, permitted: true) == [])
    #expect(machine.verdict(at: 0) == .refused("the file on the server keeps changing"))
  }

  @Test("refuses bytes from another place than asked, and says so in the end")
  func misplaced() {
    var machine = Machine(version: Version(size: size, validator: "v1"), held: RangeSet(0..<100_000))
    machine.want(100_000, waiting: true)
    var now = Duration.zero
    for attempt in 1...3 {
      _ = machine.next(now: now, permitted: true)
      #expect(!machine.began(attempt, head(100_001), now: now).isWanted)
      #expect(machine.wanted(attempt, count: 10).isEmpty)
      _ = machine.ended(attempt, .cancelled, now: now)
      now += .seconds(60)
    }
    #expect(machine.verdict(at: 100_000) == .refused("the server sent other bytes than were asked for"))
  }

  @Test("takes no more than was promised")
  func tooLong() {
    var machine = begun()
    #expect(machine.wanted(1, count: 20_000_000) == 0..<size)
    machine.bring(20_000_000, run: 1)
    _ = machine.ended(1, .cancelled, now: .zero)
    #expect(machine.isComplete)
  }

  @Test("learns the length of a transcode by coming to its end")
  func unknownLength() {
    var machine = begun(acceptsRanges: false, totalSize: nil)
    machine.bring(5000, run: 1)
    #expect(machine.verdict(at: 5000) == .wait)
    let version = Version(size: 5000, validator: "v1", acceptsRanges: false)
    #expect(machine.ended(1, .finished, now: .zero) == [.describe(version)])
    #expect(machine.verdict(at: 5000) == .end)
    #expect(machine.isComplete)
  }

  @Test("waits for a seek where the server has no ranges, and begins at 0 when cut")
  func sequential() {
    var machine = begun(acceptsRanges: false)
    machine.bring(100_000, run: 1)
    machine.want(9_000_000, waiting: true)
    #expect(machine.next(now: .zero, permitted: true) == [])
    _ = machine.ended(1, .retryLater, now: .zero)
    #expect(machine.next(now: .zero, permitted: true) == [.start(2, offset: 0, end: nil, validator: "v1")])
    #expect(machine.firstPiece(of: 0..<200_000).piece == 0..<100_000)
    #expect(machine.firstPiece(of: 0..<200_000).isHeld)
  }

  @Test("takes the same cut twice, near the promised length, for the end of a transcode")
  func guessedLength() {
    var machine = begun(acceptsRanges: false, totalSize: 1_000_000)
    machine.bring(990_000, run: 1)
    _ = machine.ended(1, .retryLater, now: .zero)
    _ = machine.next(now: .zero, permitted: true)
    _ = machine.began(2, head(0, size: 1_000_000, acceptsRanges: false), now: .zero)
    machine.arrived(2, 0..<990_000, isNew: false, now: .zero)
    _ = machine.ended(2, .retryLater, now: .zero)
    #expect(machine.version.size == 990_000)
    #expect(machine.isComplete)
  }

  @Test("reads a 200 to a ranged request from its start, and asks for no more ranges")
  func ignoredRange() {
    var machine = Machine(version: Version(size: size, validator: "v1"), held: RangeSet(0..<100_000))
    machine.want(5_000_000, waiting: true)
    #expect(machine.next(now: .zero, permitted: true) == [.start(1, offset: 5_000_000, end: nil, validator: "v1")])
    #expect(machine.began(1, head(0), now: .zero).isWanted)
    #expect(!machine.version.acceptsRanges)
    #expect(machine.wanted(1, count: 10) == 0..<10)
    #expect(machine.next(now: .zero, permitted: true) == [])
  }

  @Test("gives a silent transfer up after half a minute of waiting")
  func stalled() {
    var machine = begun()
    machine.want(0, waiting: true)
    #expect(machine.next(now: .seconds(29), permitted: true) == [])
    #expect(machine.wakeTime == .seconds(30))
    #expect(machine.next(now: .seconds(30), permitted: true) == [.cancel(1)])
    #expect(machine.wakeTime == .seconds(31))
    #expect(machine.next(now: .seconds(31), permitted: true).count == 1)
  }

  @Test("stops when it may not run, and goes on at the exact byte")
  func notPermitted() {
    var machine = begun()
    machine.bring(12_345, run: 1)
    #expect(machine.next(now: .zero, permitted: false) == [.cancel(1)])
    _ = machine.ended(1, .cancelled, now: .zero)
    #expect(machine.next(now: .zero, permitted: true) == [.start(2, offset: 12_345, end: nil, validator: "v1")])
  }

  @Test("stays within a window ahead of the reader when nothing can be stored")
  func window() {
    var machine = Machine(version: Version(size: size, validator: "v1"))
    machine.window = 1_000_000
    #expect(machine.next(now: .zero, permitted: true) == [.start(1, offset: 0, end: 1_000_000, validator: nil)])
    _ = machine.began(1, head(0), now: .zero)
    machine.bring(1_000_000, run: 1)
    _ = machine.ended(1, .finished, now: .zero)
    #expect(machine.next(now: .zero, permitted: true) == [])
    machine.want(499_999, waiting: false)
    #expect(machine.next(now: .zero, permitted: true) == [])
    machine.want(600_000, waiting: false)
    #expect(
      machine.next(now: .zero, permitted: true) == [.start(2, offset: 1_000_000, end: 1_600_000, validator: "v1")])
  }

  @Test("believes no length below zero or above all bounds", arguments: [-1, Int64.max])
  func absurdLength(claimed: Int64) {
    var machine = Machine()
    _ = machine.next(now: .zero, permitted: true)
    #expect(machine.began(1, head(0, size: claimed), now: .zero).isWanted)
    #expect(machine.version.size == nil)
  }
}

@Suite("The schedule of transfers")
struct FetchScheduleTests {
  private func candidate(
    _ key: String, _ wish: FillMachine.Wish, running: Bool = false, _ rank: FetchSchedule.Rank = .open
  ) -> FetchSchedule.Candidate<String> {
    FetchSchedule.Candidate(key: key, wish: wish, isRunning: running, rank: rank)
  }

  private func permitted(_ candidates: [FetchSchedule.Candidate<String>], downloads: Int = 2) -> Set<String> {
    FetchSchedule.permitted(candidates, downloadSlots: downloads)
  }

  @Test("lets what comes next run only when nothing that is open wants anything")
  func prefetchLast() {
    let ahead = [candidate("b", .rest, .next(1)), candidate("c", .rest, running: true, .next(0))]
    #expect(permitted(ahead + [candidate("a", .rest)]) == ["a"])
    #expect(permitted(ahead + [candidate("a", .nothing)]) == ["c"])
    #expect(permitted([ahead[0]]) == ["b"])
    #expect(permitted([FetchSchedule.Candidate<String>]()) == [])
  }

  @Test("lets downloads run beside what comes next, and not while something open wants any")
  func downloadsLast() {
    let downloads = ["d", "e", "f"].map { candidate($0, .rest, .download) }
    #expect(permitted(downloads, downloads: 3) == ["d", "e", "f"])
    #expect(permitted(downloads + [candidate("b", .rest, .next(0))], downloads: 2) == ["b", "d"])
    #expect(permitted(downloads + [candidate("a", .rest)]) == ["a"])
    #expect(permitted(downloads + [candidate("a", .nothing)], downloads: 1) == ["d"])
  }

  @Test("serves blocked readers first, then running transfers, two at most")
  func order() {
    #expect(
      permitted([candidate("a", .rest), candidate("b", .rest, running: true), candidate("c", .urgent)])
        == ["b", "c"])
    #expect(
      permitted([candidate("a", .urgent), candidate("b", .rest, running: true), candidate("c", .urgent)])
        == ["a", "c"])
  }
}
