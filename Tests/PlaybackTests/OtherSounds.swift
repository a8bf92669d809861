import Foundation
import Testing

/// Sound files that are no MP3, made for the tests of this process with the programs of their makers, and what those
/// programs decode from them.
final class OtherSounds: Sendable {
  static let shared = OtherSounds()

  private let directory: String

  private init() {
    directory = NSTemporaryDirectory() + "/dulcet-other-sounds-\(getpid())"
    try! FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(atPath: NSTemporaryDirectory() + "/dulcet-other-sounds-\(getpid())") }
    // Noise in every bit beside the tones, so that a lost bit is seen.
    let tones = [
      "synth", "12", "sine", "200-3000", "square", "300", "synth", "whitenoise", "mix", "pinknoise", "vol", "0.3",
    ]
    sox(["-n", "-r", "44100", "-b", "16", "-c", "2", path("cd.wav")] + tones)
    sox(["-n", "-r", "96000", "-b", "24", "-c", "2", path("high.wav")] + tones)
    sox(["-n", "-r", "8000", "-b", "8", "-e", "unsigned", "-c", "1", path("tiny.wav"), "synth", "3", "sine", "100-900"])
    sox(["-n", "-r", "48000", "-b", "32", "-e", "float", "-c", "2", path("float.wav")] + tones)
    sox([path("cd.wav"), path("cd.aiff")])
    sox([path("high.wav"), path("high.aiff")])
    run("flac", "-s", "-f", "-o", path("cd.flac"), path("cd.wav"))
    run("flac", "-s", "-f", "--no-seektable", "-o", path("no-table.flac"), path("cd.wav"))
    run("flac", "-s", "-f", "-o", path("high.flac"), path("high.wav"))
    run("oggenc", "-Q", "-q", "8", "-o", path("cd.ogg"), path("cd.wav"))
    run("oggenc", "-Q", "-q", "2", "--resample", "22050", "--downmix", "-o", path("mono.ogg"), path("cd.wav"))
    run("opusenc", "--quiet", "--bitrate", "192", path("cd.wav"), path("cd.opus"))
    run("oggenc", "-Q", "-q", "4", "-o", path("third.ogg"), path("cd.wav"))
    run("opusenc", "--quiet", "--bitrate", "128", path("cd.wav"), path("third.opus"))
    run("opusenc", "--quiet", "--bitrate", "24", "--downmix-mono", path("tiny.wav"), path("tiny.opus"))
  }

  func path(_ name: String) -> String { "\(directory)/\(name)" }
  func bytes(_ name: String) -> [UInt8] { [UInt8](FileManager.default.contents(atPath: path(name))!) }

  /// The samples of a file as its own program decodes them: 16 bits, 32 bits or floating point, as the decoder gives them.
  func reference(_ name: String) -> Data {
    let out = path("\(name).\(UUID().uuidString).raw")
    defer { try? FileManager.default.removeItem(atPath: out) }
    switch (name as NSString).pathExtension {
    case "flac":
      let wav = out + ".wav"
      run("flac", "-s", "-d", "-o", wav, path(name))
      sox([wav] + shape(name) + [out])
      try? FileManager.default.removeItem(atPath: wav)
    case "ogg": run("oggdec", "-Q", "-R", "-o", out, path(name))
    case "opus":
      run("opusdec", "--quiet", "--float", "--rate", "48000", path(name), out)
      return FileManager.default.contents(atPath: out)!
    default: sox([path(name)] + shape(name) + [out])
    }
    return FileManager.default.contents(atPath: out)!
  }

  private func shape(_ name: String) -> [String] {
    if name.hasPrefix("float") { return ["-e", "floating-point", "-b", "32"] }
    return ["-e", "signed-integer", "-b", name.hasPrefix("high") ? "32" : "16"]
  }

  private func sox(_ arguments: [String]) { Sounds.run("sox", ["-D", "-R"] + arguments) }
  private func run(_ program: String, _ arguments: String...) { Sounds.run(program, arguments) }
}
