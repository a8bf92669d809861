import Fixtures
import Foundation
import Testing
import Threading

@testable import App

@Suite("The listener's editor")
struct EditorTests {
  private let directory = TemporaryDirectory()

  private func open(_ command: String) throws -> (editor: Editor, outcome: Monitor<Editor.Outcome?>) {
    let editor = try Editor("text\n", directory: directory.path, command: command)
    let outcome = Monitor<Editor.Outcome?>(nil)
    editor.start { came in outcome.update { $0 = came } }
    return (editor, outcome)
  }

  @Test("gives back what was written, and takes its file away")
  func text() throws {
    let (editor, outcome) = try open("echo more >>")
    guard case .text(let text)? = outcome.wait(timeout: .seconds(30), { $0 }) else {
      Issue.record("no text")
      return
    }
    #expect(text == "text\nmore\n")
    #expect(!FileManager.default.fileExists(atPath: editor.path))
  }

  @Test("ends with the player, with all that it started", arguments: ["", "trap '' HUP; "])
  func ended(first: String) async throws {
    let numbers = directory.file("numbers")
    let script = "\(first)sleep 1000 & echo $$ $! > \(numbers); wait"
    let (editor, outcome) = try open("sh -c '\(script.replacing("'", with: "'\\''"))'; :")
    try await eventually("it runs") { FileManager.default.contents(atPath: numbers)?.last == 10 }
    let text = String(decoding: FileManager.default.contents(atPath: numbers) ?? Data(), as: UTF8.self)
    editor.end()
    #expect(outcome.wait(timeout: .seconds(30), { $0 }) != nil)
    for number in text.split(whereSeparator: \.isWhitespace).compactMap({ pid_t($0) }) {
      try await eventually("process \(number) is gone") { isGone(number) }
    }
    #expect(!FileManager.default.fileExists(atPath: editor.path))
  }

  /// Whoever inherits a process that has ended may take its time to wait for it.
  private func isGone(_ process: pid_t) -> Bool {
    guard kill(process, 0) == 0 else { return true }
    let state = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ") Z"
    return state.contains(") Z")
  }
}
