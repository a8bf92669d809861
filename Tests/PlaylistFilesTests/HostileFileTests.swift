import Music
import Testing

@testable import PlaylistFiles

private func read(_ text: String) throws(PlaylistFileError) -> PlaylistFile {
  try PlaylistFile(reading: Array(text.utf8))
}

@Suite("Playlists that are odd, broken or hostile")
struct HostileFileTests {
  @Test("M3U with CRLF, a byte order mark, spaces, comments and Windows' paths")
  func windows() throws {
    let text =
      "\u{feff}#EXTM3U\r\n#EXTENC: UTF-8\r\n# a comment\r\n\r\n#EXTINF:61 tvg-id=\"1\",Ann - A Song\r\n"
      + "C:\\Music\\Ann\\A Song.mp3 \r\nAnn\\Other.mp3\r\nfile:///home/a%20b/c%C3%A9.mp3\r\n"
    let file = try read(text)
    #expect(file.tracks.map(\.path) == ["C:/Music/Ann/A Song.mp3", "Ann/Other.mp3", "/home/a b/cé.mp3"])
    #expect(file.tracks[0].title == "A Song" && file.tracks[0].artist == "Ann" && file.tracks[0].duration == 61)
    #expect(file.tracks[1].title == "")
  }

  @Test("M3U in Latin-1 is read as such; a path keeps its bytes")
  func latin() throws {
    let bytes =
      Array("#EXTM3U\n#EXTINF:5,Bj".utf8) + [0xf6] + Array("rk - J".utf8) + [0xf3] + Array("ga\nBj".utf8)
      + [0xf6] + Array("rk/x.mp3\n".utf8)
    let file = try PlaylistFile(reading: bytes)
    #expect(file.tracks[0].artist == "Björk" && file.tracks[0].title == "Jóga")
    #expect(PathText.bytes(of: file.tracks[0].path) == [0x42, 0x6a, 0xf6] + Array("rk/x.mp3".utf8))
  }

  @Test("numbers that no track has do no harm", arguments: ["-1", "1e99", "nan", "99999999999999999999", "-", ""])
  func numbers(text: String) throws {
    #expect(try (0...1 << 24).contains(read("#EXTINF:\(text),a - b\nx.mp3").tracks[0].duration))
    let xspf =
      "<playlist><trackList><track><duration>\(text)</duration><trackNum>\(text)</trackNum></track></trackList></playlist>"
    #expect(try read(xspf).tracks[0].duration >= 0)
    let json = #"{"playlist":{"track":[{"title":"a","duration":"\#(text)"},{"title":"b","duration":-5}]}}"#
    #expect(try read(json).tracks.map(\.duration) == [0, 0])
  }

  @Test("XSPF that ends in the middle gives the tracks before that place, and says so")
  func truncated() throws {
    let whole = PlaylistFile(
      title: "t",
      tracks: (0..<50).map {
        var track = TrackDescription()
        track.title = "Title \($0)"
        return track
      }
    ).bytes(as: .xspf)
    for count in stride(from: 110, to: whole.count, by: 37) {
      let file = try PlaylistFile(reading: Array(whole[..<count]))
      #expect(file.isCutShort)
      #expect(file.tracks.map(\.title) == (0..<file.tracks.count).map { "Title \($0)" })
    }
    #expect(try PlaylistFile(reading: whole).tracks.count == 50)
  }

  @Test("entities are not followed, not multiplied and fetch nothing")
  func entities() throws {
    var text = "<?xml version=\"1.0\"?><!DOCTYPE playlist [<!ENTITY a0 \"lol\">"
    for level in 1...20 {
      text += "<!ENTITY a\(level) \"\(String(repeating: "&a\(level - 1);", count: 10))\">"
    }
    text += "<!ENTITY secret SYSTEM \"file:///etc/passwd\"><!ENTITY web SYSTEM \"http://127.0.0.1:1/x\">]>"
    text +=
      "<playlist><title>&a20;</title><trackList><track><title>x&secret;y&web;</title></track></trackList></playlist>"
    let file = try? read(text)
    #expect((file?.title.count ?? 0) < 1000)
    #expect(file?.tracks.first.map { !$0.title.contains("root:") } ?? true)
  }

  @Test("deep nesting, foreign elements and prefixes are passed over")
  func foreign() throws {
    let text = """
      <x:playlist xmlns:x="http://xspf.org/ns/0/" xmlns:v="urn:v"><x:title>T</x:title><v:track><v:title>no</v:title></v:track>
      <x:trackList><x:track><x:extension><title>no</title></x:extension><x:title>yes</x:title><x:location/>
      <x:location>http://example.org/a.mp3</x:location><x:location>file:///b%20c.mp3</x:location></x:track><x:track/></x:trackList></x:playlist>
      """
    let file = try read(text)
    #expect(file.title == "T")
    #expect(file.tracks.map(\.title) == ["yes", ""])
    #expect(file.tracks[0].path == "/b c.mp3")
    let deep = String(repeating: "<a>", count: 100_000)
    #expect(throws: PlaylistFileError.self) { try read(deep) }
    #expect(throws: PlaylistFileError.self) { try read(String(repeating: "[", count: 200_000)) }
    #expect(throws: PlaylistFileError.self) { try read(String(repeating: "{\"playlist\":", count: 100_000)) }
  }

  @Test("what is no playlist is refused, or is one of paths that nobody has")
  func nonsense() throws {
    #expect(throws: PlaylistFileError.noPlaylist(.xspf)) { try read("<html><body>Log in</body></html>") }
    #expect(throws: PlaylistFileError.noPlaylist(.json)) { try read("{\"error\":1}") }
    #expect(throws: PlaylistFileError.noPlaylist(.json)) { try read("{\"playlist\":{\"title\":\"a\",\"track\":[") }
    #expect(try read("").tracks.isEmpty)
    #expect(try PlaylistFile(reading: [0, 0, 0, 1, 2, 255, 10, 0]).tracks.isEmpty)
    #expect(throws: PlaylistFileError.tooLarge(limit: PlaylistFile.longest)) {
      try PlaylistFile(reading: Array(repeating: 10, count: PlaylistFile.longest + 1))
    }
  }

  @Test("50 MB on one line, in one element or in long lines come to an end")
  func large() throws {
    let big = 50 << 20
    #expect(try PlaylistFile(reading: Array(repeating: UInt8(ascii: "x"), count: big)).tracks.count == 1)
    let xml = Array("<playlist><title>".utf8) + Array(repeating: UInt8(ascii: "y"), count: big)
    #expect((try? PlaylistFile(reading: xml))?.isCutShort ?? true)
    let line = Array(repeating: UInt8(ascii: "z"), count: 99_999) + [10]
    let lines = Array(repeatElement(line, count: big / line.count).joined())
    #expect(try PlaylistFile(reading: lines).tracks.count == big / line.count)
  }
}
