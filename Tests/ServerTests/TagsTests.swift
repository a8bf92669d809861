import Foundation
import Music
import Tags
import Testing

@Suite struct TagsTests {
  let music = MusicFolder()

  private func read(_ name: String) -> AudioTags? {
    guard let file = AudioFile(path: Array(music.file(name).utf8)) else { return nil }
    return file.tags()
  }

  @Test("tags, audio properties and the picture of a file are read")
  func everything() {
    guard let file = AudioFile(path: Array(music.file("Ada Quill/First Light/01 dawn.mp3").utf8)) else {
      Issue.record("the file does not open")
      return
    }
    let tags = file.tags()
    #expect(tags.title == "Dawn")
    #expect(tags.artist == "Ada Quill")
    #expect(tags.album == "First Light")
    #expect(tags.trackNumber == 1)
    #expect(tags.year == 2019)
    #expect(tags.genres == ["Ambient"])
    #expect(tags.sampleRate == 44_100)
    #expect(tags.channelCount == 1)
    #expect(abs(tags.duration / .milliseconds(1) - 500) < 60)
    let (picture, hasAudio) = (file.picture(), file.hasAudio)
    #expect(picture == [UInt8](MusicFolder.picture))
    #expect(hasAudio)
  }

  @Test("what lame cannot name by an option is read, too")
  func rarer() throws {
    let path = music.file("rare.mp3")
    MusicFolder.encode(
      440,
      [
        "--id3v2-only", "--tt", "T", "--tv", "TPE2=The Choir", "--tv", "TPOS=2/3", "--tv", "TCMP=1",
        "--tv", "TXXX=MusicBrainz Album Id=2f1d7ad5", "--tv", "TXXX=REPLAYGAIN_TRACK_GAIN=-7.89 dB",
      ], to: path)
    let tags = try #require(read("rare.mp3"))
    #expect(tags.albumArtist == "The Choir")
    #expect(tags.discNumber == 2)
    #expect(tags.isCompilation)
    #expect(tags.releaseID == "2f1d7ad5")
    #expect(tags.replayGain == ReplayGain(trackGain: -7.89))
  }

  @Test("a file without tags says nothing, and that is no error")
  func untagged() throws {
    let tags = try #require(read("Nameless Band/Lost Tape/07 - Some Song.mp3"))
    #expect(tags.title.isEmpty && tags.artist.isEmpty && tags.genres.isEmpty && tags.year == 0)
  }

  @Test(
    "garbage, nothing, a folder and a missing file are no audio",
    arguments: [
      "Mixed/Evenings/garbage.mp3", "Mixed/Evenings/empty.mp3", "Mixed/Evenings/list.txt", "Mixed", "missing.mp3",
    ])
  func noAudio(name: String) {
    guard let file = AudioFile(path: Array(music.file(name).utf8)) else { return }
    let hasAudio = file.hasAudio
    #expect(!hasAudio)
  }

  @Test("a file cut anywhere, or with bytes flipped, is read without harm")
  func damaged() throws {
    let whole = music.bytes("Ada Quill/First Light/01 dawn.mp3")
    let path = music.file("damaged.mp3")
    for seed in 0..<60 {
      var bytes = Array(whole.prefix(seed.isMultiple(of: 2) ? whole.count : seed * whole.count / 60))
      for step in stride(from: seed, to: bytes.count, by: 61) { bytes[step] = UInt8(truncatingIfNeeded: step &* seed) }
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      if let file = AudioFile(path: Array(path.utf8)) {
        _ = file.tags()
        _ = file.picture()
      }
    }
  }
}
