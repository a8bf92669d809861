import TUI
import Testing

@testable import App

@Suite("What a key would do once more")
struct ForesightTests {
  private let down = Key.character("j")

  @Test("a key that moved a cursor is foreseen, soon after it was pressed")
  func wanted() {
    var foresight = Foresight()
    #expect(foresight.keyWanted(now: .zero) == nil)
    foresight.note(down, movesCursor: true, now: .seconds(10))
    #expect(foresight.keyWanted(now: .seconds(10)) == down)
    #expect(foresight.keyWanted(now: .seconds(11)) == down)
  }

  @Test("long after a key, news that make void what was foreseen do not have it worked out again")
  func patience() {
    var foresight = Foresight()
    foresight.note(down, movesCursor: true, now: .seconds(10))
    #expect(foresight.keyWanted(now: .seconds(12)) == nil)
    foresight.note(down, movesCursor: true, now: .seconds(60))
    #expect(foresight.keyWanted(now: .seconds(61)) == down)
  }

  @Test("a key that did something else is not")
  func others() {
    var foresight = Foresight()
    foresight.note(down, movesCursor: true, now: .seconds(10))
    foresight.note(.named(.enter), movesCursor: false, now: .seconds(10))
    #expect(foresight.keyWanted(now: .seconds(10)) == nil)
    foresight.note(down, movesCursor: true, now: .seconds(10))
    foresight.giveUp()
    #expect(foresight.keyWanted(now: .seconds(10)) == nil)
  }
}
