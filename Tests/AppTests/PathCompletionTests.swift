import Fixtures
import Foundation
import Testing

@testable import App

@Suite("Paths that complete a line")
struct PathCompletionTests {
  private let directory = TemporaryDirectory()

  private func make(_ names: String...) throws -> String {
    for name in names {
      if name.hasSuffix("/") {
        try makeDirectory(directory.file(String(name.dropLast())))
      } else {
        try replaceFile(directory.file(name), with: [], mode: 0o600)
      }
    }
    return directory.file("")
  }

  @Test("where a playlist is wanted, its files and all folders are offered, hidden ones only when they are asked for")
  func playlists() throws {
    let root = try make("b.m3u8", "a.XSPF", "song.mp3", "m3u8", "lists/", ".kept/", ".dot.json")
    #expect(completions(ofPath: root, with: .playlists) == ["a.XSPF", "b.m3u8", "lists/"].map { root + $0 })
    #expect(completions(ofPath: root + "b", with: .playlists) == [root + "b.m3u8"])
    #expect(completions(ofPath: root + ".", with: .playlists) == [".dot.json", ".kept/"].map { root + $0 })
  }

  @Test("where a folder is wanted, files are not offered")
  func folders() throws {
    let root = try make("b.m3u8", "music/", "movies/")
    #expect(completions(ofPath: root + "m", with: .folders) == [root + "movies/", root + "music/"])
    #expect(completions(ofPath: root + "none/", with: .folders).isEmpty)
  }
}
