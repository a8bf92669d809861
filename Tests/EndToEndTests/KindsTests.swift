import Fixtures
import Foundation
import Testing

extension EndToEnd {
  @Suite(.serialized)
  struct Kinds {
    /// An album in three kinds of file; the first two are one piece of music, cut in the middle of nowhere.
    private func makeAlbum(in folder: String) async throws {
      func run(_ words: String...) async throws { _ = try await Program.run(words[0], Array(words.dropFirst())) }
      func path(_ name: String) -> String { folder + "/" + name }
      try await run(
        "sox", "-D", "-R", "-n", "-r", "44100", "-b", "16", "-c", "2", path("piece.wav"), "synth", "9", "sine",
        "300-2000", "sine", "900-200", "vol", "0.5")
      let cuts = [("1", "0", "146801s"), ("2", "146801s", "-0"), ("3", "1", "3"), ("4", "4", "3")]
      for (name, from, length) in cuts {
        try await run("sox", "-D", path("piece.wav"), path(name + ".wav"), "trim", from, length)
      }
      let tags = { (number: String) in ["ALBUM=Kinds", "ARTIST=Tones", "TITLE=Kind \(number)", "TRACKNUMBER=\(number)"]
      }
      for number in ["1", "2"] {
        let words = ["flac", "-s", "-o", path(number + ".flac")] + tags(number).flatMap { ["-T", $0] }
        _ = try await Program.run(words[0], Array(words.dropFirst()) + [path(number + ".wav")])
      }
      try await run(
        "oggenc", "-Q", "-o", path("3.ogg"), "-t", "Kind 3", "-a", "Tones", "-l", "Kinds", "-N", "3", path("3.wav"))
      try await run(
        "opusenc", "--quiet", "--title", "Kind 4", "--artist", "Tones", "--album", "Kinds", "--tracknumber", "4",
        path("4.wav"), path("4.opus"))
      for name in ["piece", "1", "2", "3", "4"] {
        try FileManager.default.moveItem(atPath: path(name + ".wav"), toPath: path(name + ".hidden"))
      }
    }

    private func decoded(_ program: String, _ arguments: [String], _ out: String) async throws -> Data {
      _ = try await Program.run(program, arguments + [out])
      return try Data(contentsOf: URL(fileURLWithPath: out))
    }

    private func samples(_ path: String) throws -> (encoding: UInt8, rate: Int, data: Data) {
      let file = try Data(contentsOf: URL(fileURLWithPath: path))
      let rate = file[24..<28].reversed().reduce(0) { $0 << 8 | Int($1) }
      return (file[20], rate, file.dropFirst(file[20] == 3 ? 58 : 44))
    }

    @Test("FLAC, Ogg Vorbis and Opus from a server are heard as their own decoders have them; FLAC joins without a gap")
    func throughWAV() async throws {
      let music = TemporaryDirectory()
      try await makeAlbum(in: music.path)
      let server = try await DemoServer(music: music.path)
      let profile = Profile()
      try await profile.login(server.url, user: server.user, password: server.password)
      let player = try await profile.headless(output: "wav:" + profile.file("heard.wav"))
      try await profile.play("Kinds")
      try await profile.wait(for: "the album is over") { $0.state == "stopped" && $0.entries == 4 }
      player.end()
      try await server.waitUntilLeft()
      let asked = server.log.filter { $0.contains("GET stream") }
      #expect(!asked.isEmpty && asked.allSatisfy { !$0.contains("format=mp3") })

      let piece = try Data(contentsOf: URL(fileURLWithPath: music.file("piece.hidden"))).dropFirst(44)
      let flac = try samples(profile.file("heard.wav"))
      #expect(flac.encoding == 1 && flac.rate == 44100)
      let isWhole = flac.data.elementsEqual(piece)
      #expect(isWhole, "\(flac.data.count) bytes of \(piece.count)")

      let ogg = try samples(profile.file("heard-2.wav"))
      #expect(ogg.encoding == 3 && ogg.rate == 44100)
      let oggReference = try await decoded("oggdec", ["-Q", "-R", music.file("3.ogg"), "-o"], profile.file("ogg.raw"))
      let isVorbis = sixteenBits(ogg.data).elementsEqual(oggReference)
      #expect(isVorbis, "\(ogg.data.count / 2) bytes of \(oggReference.count)")

      let opus = try samples(profile.file("heard-3.wav"))
      #expect(opus.encoding == 3 && opus.rate == 48000)
      let opusReference = try await decoded(
        "opusdec", ["--quiet", "--float", "--rate", "48000", music.file("4.opus")], profile.file("opus.raw"))
      let isOpus = sixteenBits(opus.data).elementsEqual(sixteenBits(opusReference))
      #expect(isOpus, "\(opus.data.count) bytes of \(opusReference.count)")
    }

    /// As `oggdec` rounds them.
    private func sixteenBits(_ floats: Data) -> [UInt8] {
      let bytes = [UInt8](floats)
      var out: [UInt8] = []
      bytes.withUnsafeBytes { raw in
        for value in raw.bindMemory(to: Float.self) {
          let sample = Int16(max(min((value * 32768).rounded(.toNearestOrEven), 32767), -32768))
          withUnsafeBytes(of: sample) { out += $0 }
        }
      }
      return out
    }
  }
}
