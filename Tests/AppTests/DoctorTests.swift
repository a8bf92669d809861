import Fixtures
import Foundation
import Library
import SQLite
import Testing

@testable import App

@Suite("What doctor advises")
struct DoctorTests {
  private let directory = TemporaryDirectory()

  private func refusal(_ body: () throws -> Void) -> any Error {
    do { try body() } catch { return error }
    return CatalogueError.overtaken
  }

  @Test("a damaged library is to be moved away; one that is only out of reach is not")
  func library() throws {
    let path = directory.file("library.sqlite")
    try Data((0..<8192).map { _ in UInt8.random(in: 1...255) }).write(to: URL(fileURLWithPath: path))
    let damaged = libraryAdvice(refusal { _ = try Catalogue(path: path) }, path)
    #expect(damaged.hasPrefix("\(path) is damaged. Move it away"))
    #expect(!damaged.contains("doctor"))
    let outOfReach = libraryAdvice(refusal { _ = try Catalogue(path: "/proc/none/library.sqlite") }, path)
    #expect(outOfReach.contains("Mend the permissions") && !outOfReach.contains("away"))
  }

  @Test("an output is told as it is typed", arguments: ["alsa", "alsa:hw:0", "silent", "wav:/tmp/x.wav"])
  func outputs(text: String) throws {
    #expect(try Arguments.OutputChoice(parsing: text).text == text)
  }

  @Test("files that are no music are named: a few at once, many in a file")
  func brokenMusic() {
    #expect(brokenFiles(1, named: ["a.mp3"], in: "/s/x") == "1 file could not be read as music: a.mp3.")
    #expect(
      brokenFiles(4, named: ["a", "b", "c", "d"], in: "/s/x")
        == "4 files could not be read as music: a, b, c… All are named in /s/x.")
  }
}
