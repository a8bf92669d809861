import Fixtures
import Foundation

/// A small library, made anew for each test that changes it:
///
///     ├── .hidden/secret.mp3
///     ├── Ada Quill/First Light/01 dawn.mp3   Dawn, 2019, Ambient, with a picture inside
///     │                         02 noon.mp3   Noon, the same picture
///     ├── Boxed/CD1/one.mp3                   Box Set by Ada Quill, in two folders
///     │         CD2/two.mp3
///     ├── Mixed/Evenings/a.mp3                Dusk by Bob & <Co>
///     │                  b.mp3                Night by Cyn
///     │                  cover.png
///     │                  garbage.mp3, empty.mp3, list.txt
///     ├── Nameless Band/Lost Tape/07 - Some Song.mp3   no tags
///     ├── bad\xFF.mp3                          no tags, and a name that is not UTF-8
///     └── loop -> .
struct MusicFolder {
  let directory = TemporaryDirectory()
  var path: String { URL(fileURLWithPath: directory.file("music")).standardizedFileURL.path }

  /// Tracks that a scan finds.
  static let trackCount = 8
  static let picture = Data(
    base64Encoded: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")!

  init() { try! FileManager.default.copyItem(atPath: Self.template.file("music"), toPath: path) }

  func file(_ name: String) -> String { path + "/" + name }
  func bytes(_ name: String) -> [UInt8] { [UInt8](FileManager.default.contents(atPath: file(name))!) }

  /// Encoded once; copied for each test.
  private static let template: TemporaryDirectory = {
    let directory = TemporaryDirectory()
    let music = directory.file("music")
    for folder in [
      "Ada Quill/First Light", "Boxed/CD1", "Boxed/CD2", "Mixed/Evenings", "Nameless Band/Lost Tape", ".hidden",
    ] { try! FileManager.default.createDirectory(atPath: music + "/" + folder, withIntermediateDirectories: true) }
    let picture = directory.file("picture.png")
    try! Self.picture.write(to: URL(fileURLWithPath: picture))
    let first = ["--ta", "Ada Quill", "--tl", "First Light", "--ty", "2019", "--tg", "Ambient", "--ti", picture]
    encode(440, first + ["--tt", "Dawn", "--tn", "1/2"], to: music + "/Ada Quill/First Light/01 dawn.mp3")
    encode(550, first + ["--tt", "Noon", "--tn", "2/2"], to: music + "/Ada Quill/First Light/02 noon.mp3")
    let box = ["--ta", "Ada Quill", "--tl", "Box Set", "--ty", "2001"]
    encode(300, box + ["--tt", "One"], to: music + "/Boxed/CD1/one.mp3")
    encode(310, box + ["--tt", "Two"], to: music + "/Boxed/CD2/two.mp3")
    encode(220, ["--tt", "Dusk", "--ta", "Bob & <Co>", "--tl", "Evenings"], to: music + "/Mixed/Evenings/a.mp3")
    encode(230, ["--tt", "Night", "--ta", "Cyn", "--tl", "Evenings"], to: music + "/Mixed/Evenings/b.mp3")
    encode(240, [], to: music + "/Nameless Band/Lost Tape/07 - Some Song.mp3")
    encode(250, ["--tt", "Secret"], to: music + "/.hidden/secret.mp3")
    try! FileManager.default.copyItem(atPath: picture, toPath: music + "/Mixed/Evenings/cover.png")
    try! Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7919) })
      .write(to: URL(fileURLWithPath: music + "/Mixed/Evenings/garbage.mp3"))
    try! Data().write(to: URL(fileURLWithPath: music + "/Mixed/Evenings/empty.mp3"))
    try! Data("list".utf8).write(to: URL(fileURLWithPath: music + "/Mixed/Evenings/list.txt"))
    encode(260, [], to: directory.file("plain.mp3"))
    var odd = Array((music + "/bad").utf8) + [0xFF] + Array(".mp3".utf8) + [0]
    let moved = odd.withUnsafeMutableBytes {
      rename(directory.file("plain.mp3"), $0.baseAddress!.assumingMemoryBound(to: CChar.self))
    }
    precondition(moved == 0)
    symlink(".", music + "/loop")
    return directory
  }()

  /// Half a second of a tone, through the `lame` program.
  static func encode(_ frequency: Double, _ tags: [String], to path: String) {
    let samples = (0..<22_050).map { Int16(8000 * sin(Double($0) * 2 * .pi * frequency / 44_100)) }
    let raw = path + ".raw"
    try! samples.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: raw))
    let words = ["--quiet", "-r", "-s", "44.1", "-m", "m", "-b", "64"] + tags + [raw, path]
    precondition(try! Program("lame", words).end(with: 0) == 0, "lame is needed for these tests")
    try! FileManager.default.removeItem(atPath: raw)
  }
}
