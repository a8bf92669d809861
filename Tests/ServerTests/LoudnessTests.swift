import Fixtures
import Foundation
import Music
import OpenSubsonic
import Tags
import Testing

@Suite("How loud a recording is")
struct LoudnessTests {
  let directory = TemporaryDirectory()

  private func tags(of bytes: [UInt8], _ name: String) throws -> AudioTags {
    let path = directory.file(name)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    guard let file = AudioFile(path: Array(path.utf8)) else { throw CancellationError() }
    return file.tags()
  }

  @Test("is read from a FLAC file, with its bits")
  func flac() throws {
    let tags = try tags(
      of: MadeFile.flac([
        ("REPLAYGAIN_TRACK_GAIN", "-7.25 dB"), ("replaygain_album_gain", "+1.5 dB"),
        ("REPLAYGAIN_TRACK_PEAK", "0.988"), ("REPLAYGAIN_ALBUM_PEAK", "1.125"),
      ]), "a.flac")
    #expect(
      tags.replayGain == ReplayGain(trackGain: -7.25, albumGain: 1.5, trackPeak: 0.988, albumPeak: 1.125))
    #expect(tags.sampleRate == 44_100 && tags.channelCount == 2 && tags.bitDepth == 24)
  }

  @Test("is read from an Opus file by R128, 5 dB louder than it is written")
  func opus() throws {
    let tags = try tags(
      of: MadeFile.opus([
        ("R128_TRACK_GAIN", "-2560"), ("R128_ALBUM_GAIN", "128"), ("REPLAYGAIN_TRACK_GAIN", "-1 dB"),
      ]), "a.opus")
    #expect(tags.replayGain == ReplayGain(trackGain: -5, albumGain: 5.5))
    #expect(tags.bitDepth == 0)
  }

  @Test("is read from free-form atoms of MP4")
  func mp4() throws {
    let tags = try tags(
      of: MadeFile.mp4([
        ("replaygain_track_gain", "-3.5 dB"), ("replaygain_track_peak", "0.5"),
        ("iTunNORM", " 00000A2B 00000A2B 000 00"),
      ]), "a.m4a")
    #expect(tags.replayGain == ReplayGain(trackGain: -3.5, trackPeak: 0.5))
    #expect(tags.bitDepth == 0)
  }

  @Test("is read from the APE tag behind an MP3 that has an ID3 tag, too, and the ID3 tag's names stand")
  func ape() throws {
    let path = directory.file("b.mp3")
    MusicFolder.encode(440, ["--id3v2-only", "--tt", "Named"], to: path)
    let mp3 = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let tags = try tags(
      of: mp3 + MadeFile.apeTag([("REPLAYGAIN_TRACK_GAIN", "-6.02 dB"), ("Artist", "Ape")]), "c.mp3")
    #expect(tags.replayGain == ReplayGain(trackGain: -6.02))
    #expect(tags.title == "Named" && tags.artist.isEmpty && tags.bitDepth == 0)
  }

  @Test(
    "is unknown where the tag is nonsense",
    arguments: ["abc dB", "", "nan", "inf dB", "1e9", "-400 dB", "--3 dB", "..", "\u{1}", "١٢ dB"])
  func nonsense(gain: String) throws {
    let tags = try tags(
      of: MadeFile.flac([
        ("REPLAYGAIN_TRACK_GAIN", gain), ("REPLAYGAIN_TRACK_PEAK", "0.9"), ("R128_ALBUM_GAIN", gain),
      ]), "nonsense.flac")
    #expect(tags.replayGain == nil)
  }

  @Test("keeps a gain whose peak is nonsense", arguments: ["-1", "nan", "1e9", "loud"])
  func badPeak(peak: String) throws {
    let tags = try tags(
      of: MadeFile.flac([("REPLAYGAIN_TRACK_GAIN", "-7,5 dB"), ("REPLAYGAIN_TRACK_PEAK", peak)]), "peak.flac")
    #expect(tags.replayGain == ReplayGain(trackGain: -7.5))
  }

  @Test("is told by the server, with rate, bits and channels")
  func served() throws {
    let music = MusicFolder()
    let file = MadeFile.flac([
      ("TITLE", "Loud"), ("REPLAYGAIN_TRACK_GAIN", "-7.89 dB"), ("REPLAYGAIN_TRACK_PEAK", "0.98"),
    ])
    try Data(file).write(to: URL(fileURLWithPath: music.file("loud.flac")))
    let server = try RunningServer(music: music)
    let songs = try #require(try server.call("search3", "query=").searchResult3?.song)
    let loud = try #require(songs.first { $0.title == "Loud" })
    #expect(loud.replayGain?.trackGain == -7.89 && loud.replayGain?.trackPeak == 0.98)
    #expect(loud.replayGain?.albumGain == nil)
    #expect(loud.samplingRate == 44_100 && loud.bitDepth == 24 && loud.channelCount == 2)
    let dawn = try #require(songs.first { $0.title == "Dawn" })
    #expect(dawn.replayGain != nil && dawn.replayGain?.trackGain == nil)
    #expect(dawn.samplingRate == 44_100 && dawn.bitDepth == nil && dawn.channelCount == 1)
  }
}
