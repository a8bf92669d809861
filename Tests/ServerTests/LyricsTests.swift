import Foundation
import OpenSubsonic
import Testing

@Suite("Lyrics of the server")
struct LyricsTests {
  @Test("come from a file beside the music, with times or without")
  func besides() throws {
    let music = MusicFolder()
    try "[00:01.50]first\n[00:03.00]second".write(
      toFile: music.file("Ada Quill/First Light/01 dawn.lrc"), atomically: true, encoding: .utf8)
    try "line one\nline two".write(toFile: music.file("Mixed/Evenings/a.txt"), atomically: true, encoding: .utf8)
    let server = try RunningServer(music: music)
    let dawn = try server.song("Dawn")
    let found = try #require(try server.call("getLyricsBySongId", "id=\(dawn.id)").lyricsList?.structuredLyrics.first)
    #expect(found.synced && found.line.map(\.start) == [1500, 3000] && found.line.map(\.value) == ["first", "second"])
    #expect(found.displayTitle == "Dawn")
    let plain = try server.call("getLyrics", "artist=Bob%20%26%20%3CCo%3E&title=dusk").lyrics
    #expect(plain?.value == "line one\nline two" && plain?.title == "Dusk")
    let noon = try server.song("Noon")
    #expect(try server.call("getLyricsBySongId", "id=\(noon.id)").lyricsList?.structuredLyrics == [])
    #expect(try server.call("getLyrics", "title=nobody").lyrics == nil)
    #expect(try server.failure("getLyricsBySongId", "id=none") == 70)
    #expect(try server.failure("getLyricsBySongId", "") == 10)
    let xml = server.http.get(server.target("getLyricsBySongId", "id=\(dawn.id)").replacing("&f=json", with: "")).text
    #expect(xml.contains(#"<line start="1500">first</line>"#), "\(xml)")
    #expect(
      try server.call("getOpenSubsonicExtensions").openSubsonicExtensions?.contains { $0.name == "songLyrics" } == true)
  }
}
