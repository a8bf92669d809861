import Glibc
import Testing
import Threading

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

  @Test("a scan is told to end with the player, and the same scan runs once only")
  func scans() {
    let scans = FolderScans()
    let lines = Monitor<[String]>([])
    let command = ["/bin/sh", "-c", "echo $$; sleep 600"]
    let isFirst = scans.start(command, onLine: { line in lines.update { $0.append(line) } }, onEnd: { _ in })
    let isSecond = scans.start(command, onLine: { _ in }, onEnd: { _ in })
    #expect(isFirst && !isSecond)
    let child = lines.wait(timeout: .seconds(60)) { $0.first }
    scans.stop()
    let process = child.flatMap { pid_t($0) } ?? 0
    #expect(process > 0)
    let deadline = monotonicNow() + .seconds(60)
    while kill(process, 0) == 0, monotonicNow() < deadline { usleep(1000) }
    #expect(kill(process, 0) == -1)
  }

  @Test("scans run one after another, and say how they ended")
  func ends() {
    let scans = FolderScans()
    let codes = Monitor<[Int32]>([])
    for code in [0, 3] as [Int32] {
      _ = scans.start(["/bin/sh", "-c", "exit \(code)"], onLine: { _ in }) { end in
        codes.update { codes in if case .exited(let code) = end { codes.append(code) } }
      }
    }
    #expect(codes.wait(timeout: .seconds(60)) { $0.count == 2 ? $0 : nil } == [0, 3])
  }

  @Test("scans that nobody wants any more end, and those that wait for their turn never begin")
  func cancelled() {
    let scans = FolderScans()
    let lines = Monitor<[String]>([])
    let ends = Monitor<[Bool]>([])
    for name in ["first", "second"] {
      _ = scans.start(["/bin/sh", "-c", "echo \(name); sleep 600"]) { line in
        lines.update { $0.append(line) }
      } onEnd: { end in
        ends.update { ends in if case .cancelled = end { ends.append(true) } else { ends.append(false) } }
      }
    }
    #expect(lines.wait(timeout: .seconds(60)) { $0.first } == "first")
    scans.cancel()
    #expect(ends.wait(timeout: .seconds(60)) { $0.count == 2 ? $0 : nil } == [true, true])
    #expect(lines.withLock { $0 } == ["first"])
    _ = scans.start(["/bin/sh", "-c", "exit 0"], onLine: { _ in }) { end in
      ends.update { ends in if case .exited(0) = end { ends.append(true) } else { ends.append(false) } }
    }
    #expect(ends.wait(timeout: .seconds(60)) { $0.count == 3 ? $0 : nil } == [true, true, true])
  }

  @Test("one that does not exist is an error")
  func missing() {
    #expect(throws: FileError.self) { try ChildProcess(["/nowhere/at-all"]) }
  }
}
