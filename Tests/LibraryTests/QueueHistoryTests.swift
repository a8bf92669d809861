import Library
import Music
import Testing

@Suite("Undoing changes of the queue")
struct QueueHistoryTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }

  init() throws { filled = try FilledCatalogue() }

  func version(_ tracks: Int64..., at index: Int? = nil) -> QueueVersion {
    let place = KeptPlace(
      index: index, track: index.map { TrackID(tracks[$0]) }, position: .milliseconds(1500), shuffleMode: .tracks)
    return QueueVersion(tracks: tracks.map { TrackID($0) }, order: tracks.indices.map { Int32($0) }, place: place)
  }

  @Test("queue and stars stand in one line, the last is undone first, also after a restart")
  func oneLine() throws {
    let item = ItemID.track(try filled.id("Hunter"))
    let (one, two) = (version(1, 2, -3, at: 1), version(1, -3))
    try catalogue.record(QueueStep(.remove, subject: "Two", removed: 1, before: one, after: two))
    try catalogue.star(item, true)
    try catalogue.record(QueueStep(.clear, removed: 2, before: two, after: version()))
    let again = try filled.reopened()
    let first = try again.undo()
    #expect(first.map(\.change) == [.queue(.clear, added: 0, removed: 2)])
    #expect(try again.queueTurn(of: first, isRedo: false) == .init(from: version(), to: two))
    let second = try again.undo()
    #expect(second.map(\.change) == [.star(item, true)])
    #expect(try again.queueTurn(of: second, isRedo: false) == nil)
    let third = try again.undo()
    #expect(third.map(\.subject) == ["Two"])
    #expect(try again.queueTurn(of: third, isRedo: false) == .init(from: two, to: one))
    #expect(try again.redo(through: 3).count == 3)
    let all = try again.undo(through: 1)
    #expect(all.map(\.step) == [3, 2, 1])
    #expect(try again.queueTurn(of: all, isRedo: false) == .init(from: version(), to: one))
    let forth = try again.redo(through: 3)
    #expect(try again.queueTurn(of: forth, isRedo: true) == .init(from: one, to: version()))
  }

  @Test("a new change of the queue passes over what was undone of the library")
  func passedOver() throws {
    try catalogue.star(.track(filled.id("Hunter")), true)
    try catalogue.undo()
    try catalogue.record(QueueStep(.add, added: 1, before: version(), after: version(1)))
    #expect(try catalogue.redo().isEmpty)
  }

  @Test("at least a hundred steps are kept, and not without end")
  func limit() throws {
    for count in 1...300 {
      try catalogue.record(
        QueueStep(.add, added: 1, before: version(Int64(count)), after: version(Int64(count) + 1)))
    }
    let kept = try catalogue.history(limit: 1000)
    #expect(kept.count == 250 && kept.last?.step == 51)
    #expect(try catalogue.undo(through: 51).count == 250)
  }
}
