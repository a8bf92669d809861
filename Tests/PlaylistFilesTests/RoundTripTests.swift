import Music
import Testing

@testable import PlaylistFiles

private func track(
  _ path: String, _ title: String = "", _ artist: String = "", _ album: String = "", _ number: Int = 0,
  _ duration: Int = 0, _ id: String? = nil
) -> TrackDescription {
  var track = TrackDescription()
  track.path = path
  track.title = title
  track.artist = artist
  track.album = album
  track.trackNumber = number
  track.duration = duration
  track.musicBrainzID = id
  return track
}

@Suite("Playlists of other players")
struct RoundTripTests {
  static let tracks = [
    track("/music/Björk/Début/01 Human Behaviour.flac", "Human Behaviour", "Björk", "Début", 1, 252),
    track("A & B/<C>/100% \"quoted\" #1.mp3", "Rock & <Roll>", "A & B", "x ]]> y", 12, 61),
    track("Ночь/庭 🎧.ogg", "庭 🎧", "Ночь", "e\u{301}t\u{e9}", 0, 0, "b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d"),
    track("#strange/ name.mp3", "Artist - Title - Mix", "Simon - Garfunkel", "", 0, 3),
    track("plain.mp3"),
  ]

  @Test("what is written is read back the same", arguments: PlaylistFileFormat.allCases)
  func roundTrip(format: PlaylistFileFormat) throws {
    let file = PlaylistFile(title: "Für die Reise <1> & \"2\"", tracks: Self.tracks)
    var expected = file
    if format == .m3u8 {
      // M3U has no place for a track's number; a path must not look like a comment.
      for index in expected.tracks.indices { expected.tracks[index].trackNumber = 0 }
      expected.tracks[3].path = "./#strange/ name.mp3"
    }
    #expect(try PlaylistFile(reading: file.bytes(as: format)) == expected)
  }

  @Test("control characters and line ends in names break no format", arguments: PlaylistFileFormat.allCases)
  func control(format: PlaylistFileFormat) throws {
    let file = PlaylistFile(
      title: "a\nb\u{1b}[31m", tracks: [track("x/\ny\u{1}.mp3", "t\r\nu\u{0}v", "w\u{7f}", "", 0, 5)])
    let read = try PlaylistFile(reading: file.bytes(as: format))
    #expect(read.tracks.count == 1 && !read.isCutShort)
    #expect(read.tracks[0].path == "x/\ny\u{1}.mp3")
  }

  @Test("a path that is no UTF-8 keeps its bytes", arguments: PlaylistFileFormat.allCases)
  func oddPath(format: PlaylistFileFormat) throws {
    let path = PathText.text(of: [0x2f, 0x6d, 0xff, 0xfe, 0x2e, 0x6d, 0x70, 0x33])
    let read = try PlaylistFile(reading: PlaylistFile(tracks: [track(path)]).bytes(as: format))
    #expect(read.tracks[0].path == path)
  }

  @Test("ten thousand tracks go there and back", arguments: PlaylistFileFormat.allCases)
  func many(format: PlaylistFileFormat) throws {
    let file = PlaylistFile(
      title: "long", tracks: (0..<10_000).map { track("a/\($0).mp3", "Title \($0)", "Artist", "Album", 0, 100) })
    #expect(try PlaylistFile(reading: file.bytes(as: format)).tracks.count == 10_000)
  }

  @Test("a format is chosen by the file's name")
  func names() {
    #expect(PlaylistFileFormat(fileName: "/a/b.M3U") == .m3u8)
    #expect(PlaylistFileFormat(fileName: "b.xspf") == .xspf)
    #expect(PlaylistFileFormat(fileName: "b.jspf") == .json)
    #expect(PlaylistFileFormat(fileName: "b.mp3") == nil)
  }
}
