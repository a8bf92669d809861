import Testing

@testable import App

@Suite("A program run beside the player")
struct ChildProcessTests {
  @Test("its lines are read as they come, and its exit code is told")
  func lines() throws {
    var lines: [String] = []
    let code = try ChildProcess(["/bin/sh", "-c", "echo one; echo two words; printf tail; exit 3"]).readLines {
      lines.append($0)
    }
    #expect(lines == ["one", "two words"])
    #expect(code == 3)
  }

  @Test("one that is killed tells the signal")
  func killed() throws {
    #expect(try ChildProcess(["/bin/sh", "-c", "kill -TERM $$"]).readLines { _ in } == 128 + 15)
  }

  @Test("one that does not exist is an error")
  func missing() {
    #expect(throws: FileError.self) { try ChildProcess(["/nowhere/at-all"]) }
  }
}
