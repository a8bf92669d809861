import Artwork
import Fixtures
import Foundation
import TUI
import Testing

@Suite("Pictures")
struct PictureTests {
  @Test("JPEG, PNG and WebP are read", arguments: ["jpg", "png", "webp"])
  func kinds(suffix: String) throws {
    let picture = try Picture(decoding: try SamplePicture.file("small.\(suffix)"))
    #expect(picture.width == 48 && picture.height == 32)
    // The left half is red, the right half blue.
    let left = Array(picture.rgba[(16 * 48 + 8) * 4..<(16 * 48 + 8) * 4 + 4])
    let right = Array(picture.rgba[(16 * 48 + 40) * 4..<(16 * 48 + 40) * 4 + 4])
    #expect(left[0] > 200 && left[2] < 60 && left[3] == 255)
    #expect(right[2] > 200 && right[0] < 60)
  }

  @Test(
    "a picture is made as small as it is wanted, and keeps its shape",
    arguments: ["small.jpg", "small.png", "small.webp", "interlaced.png", "progressive.jpg"])
  func smaller(name: String) throws {
    let picture = try Picture(decoding: try SamplePicture.file(name), longestSide: 16)
    #expect(picture.width <= 16 && picture.width >= 8)
    #expect(abs(Double(picture.width) / Double(picture.height) - 1.5) < 0.25)
  }

  @Test("a picture of one pixel is a picture")
  func onePixel() throws {
    let picture = try Picture(decoding: try SamplePicture.file("one.png"))
    #expect(picture == Picture(width: 1, height: 1, rgba: picture.rgba))
    let drawn = try CellPicture(
      picture, in: PictureFrame(room: Size(columns: 8, rows: 4)), by: .symbols(.direct, isASCII: false), number: 16)
    #expect(drawn.size.columns >= 1 && drawn.size.columns <= 8)
  }

  @Test("a huge picture is read in little memory, or refused in words")
  func huge() throws {
    // 20 000 × 20 000 grey pixels in 48 KB of PNG; the same, interlaced, would have to be in memory whole.
    let picture = try Picture(decoding: try SamplePicture.file("huge.png"), longestSide: 256)
    #expect(picture.width == 254 || picture.width <= 256)
    #expect(throws: PictureError.tooLarge) { try Picture(decoding: try SamplePicture.file("huge-interlaced.png")) }
  }

  @Test("what is no picture, or none any more, is an error")
  func damaged() throws {
    #expect(throws: PictureError.unknownFormat) { try Picture(decoding: []) }
    #expect(throws: PictureError.unknownFormat) { try Picture(decoding: Array("<html>not found</html>".utf8)) }
    #expect(throws: PictureError.unknownFormat) { try Picture(decoding: Array("GIF89a".utf8)) }
    #expect(throws: PictureError.animated) { try Picture(decoding: try SamplePicture.file("animated.webp")) }
    for suffix in ["jpg", "png", "webp"] {
      let whole = try SamplePicture.file("small.\(suffix)")
      #expect(throws: PictureError.damaged) { try Picture(decoding: Array(whole.prefix(30))) }
    }
  }

  @Test("however a picture is damaged, nothing worse than an error comes of it")
  func garbage() throws {
    var random = Seeded(state: 120)
    for name in ["small.jpg", "small.png", "small.webp", "interlaced.png", "progressive.jpg", "animated.webp"] {
      let whole = try SamplePicture.file(name)
      for _ in 0..<120 {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...20, using: &random) {
          bytes[Int.random(in: 12..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        if Bool.random(using: &random) { bytes = Array(bytes.prefix(Int.random(in: 4...bytes.count, using: &random))) }
        if let picture = try? Picture(decoding: bytes, longestSide: 64) {
          #expect(picture.width <= 64 && picture.height <= 64)
        }
      }
    }
  }
}

/// Pictures in the tests' folder; made by `make-samples.py` beside them.
enum SamplePicture {
  static func file(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Samples")
    return Array(try Data(contentsOf: folder.appending(path: name)))
  }
}
