import Fixtures
import Foundation

/// Sound files to damage: the demo music's beginnings, and one of each kind made with the programs of their makers.
enum Corpus {
  struct Piece: Sendable {
    let name: String
    let bytes: [UInt8]
  }

  static func make() async throws -> [Piece] {
    let directory = TemporaryDirectory()
    func path(_ name: String) -> String { directory.file(name) }
    func run(_ program: String, _ arguments: String...) async throws { _ = try await Program.run(program, arguments) }
    try await run(
      "sox", "-R", "-n", "-r", "44100", "-b", "16", "-c", "2", path("a.wav"), "synth", "2", "sine", "200-3000", "synth",
      "pinknoise", "mix", "vol", "0.4")
    try await run("sox", "-R", path("a.wav"), "-r", "16000", "-c", "1", "-b", "24", path("b.wav"))
    try await run("sox", "-R", path("a.wav"), "-e", "float", "-b", "32", path("c.wav"), "trim", "0", "1")
    try await run("sox", "-R", path("a.wav"), "-e", "ima-adpcm", path("d.wav"))
    try await run("sox", "-R", path("a.wav"), path("a.aiff"), "trim", "0", "1")
    try await run("flac", "-s", "-o", path("a.flac"), path("a.wav"))
    try await run("flac", "-s", "-o", path("b.flac"), path("b.wav"))
    try await run("oggenc", "-Q", "-o", path("a.ogg"), path("a.wav"))
    try await run("oggenc", "-Q", "-o", path("b.ogg"), path("b.wav"))
    try await run("opusenc", "--quiet", path("a.wav"), path("a.opus"))
    try await run("lame", "--quiet", "-V", "4", path("a.wav"), path("a.mp3"))
    try await run("lame", "--quiet", "-t", "-b", "64", "--resample", "11.025", path("a.wav"), path("b.mp3"))
    try await run("lame", "--quiet", "--freeformat", "-b", "200", path("a.wav"), path("c.mp3"))
    let names = [
      "a.wav", "b.wav", "c.wav", "d.wav", "a.aiff", "a.flac", "b.flac", "a.ogg", "b.ogg", "a.opus", "a.mp3", "b.mp3",
      "c.mp3",
    ]
    var pieces = try names.map { try piece($0, path($0), limit: 200_000) }
    for track in DemoMusic.tracks.prefix(3) { pieces.append(try piece("demo", track.path, limit: 60_000)) }
    let chain = pieces.filter { $0.name.hasSuffix(".ogg") }.flatMap(\.bytes)
    return pieces + [Piece(name: "chain.ogg", bytes: chain)]
  }

  private static func piece(_ name: String, _ path: String, limit: Int) throws -> Piece {
    Piece(name: name, bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)).prefix(limit)))
  }
}
