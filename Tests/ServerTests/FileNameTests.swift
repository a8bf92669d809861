import Music
import Testing

@testable import Scan

@Suite struct FileNameTests {
  @Test(
    "a file's name tells number, artist and title",
    arguments: [
      ("03 - Title.mp3", 3, "", "Title"), ("03. Title.flac", 3, "", "Title"), ("3_Title.mp3", 3, "", "Title"),
      ("Title.mp3", 0, "", "Title"), ("Ada - Title.mp3", 0, "Ada", "Title"), ("12 Ada - A - B.mp3", 12, "Ada", "A - B"),
      ("1999.mp3", 0, "", "1999"), ("2 Become 1.mp3", 2, "", "Become 1"), (".mp3", 0, "", ".mp3"),
      ("07.mp3", 0, "", "07"),
    ])
  func names(file: String, number: Int, artist: String, title: String) {
    let name = FileName(file: file, folders: [], root: "Music")
    #expect(name.trackNumber == number)
    #expect(name.artist == artist)
    #expect(name.title == title)
    #expect(name.album == "Music")
  }

  @Test("folders tell the artist, the album and the disc")
  func folders() {
    let name = FileName(file: "1 a.mp3", folders: ["Ada", "Box", "CD 2"], root: "Music")
    #expect(name.artist == "Ada" && name.album == "Box" && name.discNumber == 2)
    #expect(FileName.disc("Disc-03") == 3)
    #expect(FileName.disc("Discovery") == nil)
    #expect(FileName.disc("CD") == nil)
  }

  @Test(
    "any bytes of a path come back from its text",
    arguments: [
      Array("plain/Ünïcode/日本".utf8), [0xFF], Array("a".utf8) + [0xC3, 0x28, 0xFE] + Array("b".utf8),
      Array("\u{10FEAB}".utf8), [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98], [],
    ])
  func paths(bytes: [UInt8]) { #expect(PathText.bytes(of: PathText.text(of: bytes)) == bytes) }

  @Test("paths that differ have texts that differ")
  func distinct() {
    #expect(PathText.text(of: [0xFE]) != PathText.text(of: [0xFF]))
    #expect(PathText.text(of: Array("\u{10FEFF}".utf8)) != PathText.text(of: [0xFF]))
    #expect(PathText.displayed(PathText.text(of: [0x61, 0xFF])) == "a\u{FFFD}")
  }

  @Test("a cover is chosen by name, not by chance")
  func covers() {
    let choice = { (names: [String]) in
      FolderCover.choice(among: names.map { Array($0.utf8) }).map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(choice(["front.png", "Folder.JPG", "back.jpg"]) == "Folder.JPG")
    #expect(choice(["cover.png", "cover.jpg", "folder.jpg"]) == "cover.jpg")
    #expect(choice(["back.jpg", "cover.txt"]) == nil)
  }

  @Test("a cover's name is read back, and nothing else is one")
  func coverNames() throws {
    let name = CoverName(place: .folder, track: "tr-0123", version: "x9")
    #expect(CoverName(name.text) == name)
    for text in ["", "cf", "cf--", "xx-1-2", "cf-1-2-3", "tr-1"] { #expect(CoverName(text) == nil) }
  }
}
