package import Foundation

/// A track of the demo music, with what is known of it from its making: see `demo/README.md` for the tree.
package struct DemoTrack: Hashable, Sendable {
  package let file: String
  package let title: String
  package let artist: String
  package let album: String
  package let albumArtist: String
  package let disc: Int
  package let number: Int
  package let year: Int
  package let genre: String
  package let rate: Int
  package let channels: Int
  /// Frames that were composed: what an exact decoder gives back.
  package let frames: Int
  package let hasPicture: Bool

  /// The absolute path of the file.
  package var path: String { DemoMusic.folder + "/" + file }
  package var seconds: Double { Double(frames) / Double(rate) }
}

/// The demo music that comes with the project.
package enum DemoMusic {
  package static var folder: String { Repository.path("demo/music") }

  /// Ten tracks in the order of their files.
  package static let tracks: [DemoTrack] = harbourLights + nightTrain + moonGarden

  /// One continuous piece cut at sample 931 777.
  package static var gaplessPair: (DemoTrack, DemoTrack) { (harbourLights[0], harbourLights[1]) }

  package static let harbourLights: [DemoTrack] = {
    func track(_ number: Int, _ file: String, _ title: String, _ genre: String, _ frames: Int) -> DemoTrack {
      DemoTrack(
        file: "Lantern Quay Ensemble/Harbour Lights/" + file, title: title, artist: "Lantern Quay Ensemble",
        album: "Harbour Lights", albumArtist: "Lantern Quay Ensemble", disc: 1, number: number, year: 2024,
        genre: genre,
        rate: 44100, channels: 2, frames: frames, hasPicture: false)
    }
    return [
      track(1, "01 Ebb.mp3", "Ebb", "Ambient", 931_777),
      track(2, "02 Flow.mp3", "Flow", "Ambient", 1_030_673),
      track(3, "03 Lanterns at Dusk.mp3", "Lanterns at Dusk 🏮", "Jazz", 1_234_800),
      track(4, "04 Café étoilé.mp3", "Café étoilé à Orléans", "Waltz", 1_146_600),
    ]
  }()

  package static let nightTrain: [DemoTrack] = {
    func track(_ number: Int, _ title: String, _ genre: String, _ rate: Int, _ channels: Int, _ frames: Int)
      -> DemoTrack
    {
      DemoTrack(
        file: "Трио Синева/Ночной поезд/0\(number) \(title).mp3", title: title, artist: "Трио «Синева»",
        album: "Ночной поезд", albumArtist: "Трио «Синева»", disc: 1, number: number, year: 2025, genre: genre,
        rate: rate, channels: channels, frames: frames, hasPicture: true)
    }
    return [
      track(1, "Ночной поезд", "Electronic", 44100, 2, 1_323_000),
      track(2, "Снег над рекой", "Classical", 22050, 1, 705_600),
      track(3, "Белые ночи", "Ambient", 48000, 2, 1_536_000),
    ]
  }()

  package static let moonGarden: [DemoTrack] = {
    func track(_ disc: Int, _ number: Int, _ title: String, _ artist: String, _ frames: Int) -> DemoTrack {
      DemoTrack(
        file: "三日月小楽団/月の庭/\(disc)-0\(number) \(title).mp3", title: title, artist: artist, album: "月の庭",
        albumArtist: "三日月小楽団", disc: disc, number: number, year: 2026, genre: "World", rate: 44100, channels: 2,
        frames: frames, hasPicture: disc == 1 && number == 1)
    }
    return [
      track(1, 1, "月の庭", "三日月小楽団", 1_234_800),
      track(1, 2, "مقام الليل", "三日月小楽団 feat. ليلى", 1_234_800),
      track(2, 1, "שיר ערש", "三日月小楽団", 1_146_600),
    ]
  }()
}

/// The samples that the `mpg123` program decodes from a file: 16 bit, interleaved, in the file's own rate and channels.
package func decodedByMpg123(_ path: String) async throws -> Data {
  try await Program.run("mpg123", ["-q", "-s", path]).output
}
