import Foundation

/// Audio files of a few hundred bytes, put together by hand: tags and stream headers, and no sound behind them.
enum MadeFile {
  /// 44100 Hz, two channels, 24 bits, ten seconds. See RFC 9639, 8.
  static func flac(_ tags: [(String, String)]) -> [UInt8] {
    let rate = 44_100
    let samples = rate * 10
    var info: [UInt8] = [0x10, 0, 0x10, 0, 0, 0, 0, 0, 0, 0]
    info += [UInt8(rate >> 12), UInt8(rate >> 4 & 255), UInt8((rate & 15) << 4 | 1 << 1 | 1), UInt8(23 << 4 & 255)]
    info += bigEndian(samples, 4) + Array(repeating: 0, count: 16)
    let comments = vorbisComments(tags)
    return Array("fLaC".utf8) + [0] + bigEndian(info.count, 3) + info + [0x84] + bigEndian(comments.count, 3) + comments
      + Array(repeating: 0, count: 200)
  }

  /// Two channels, ten seconds. See RFC 7845, 5.
  static func opus(_ tags: [(String, String)]) -> [UInt8] {
    let head: [UInt8] = Array("OpusHead".utf8) + [1, 2, 0, 0] + littleEndian(48_000, 4) + [0, 0, 0]
    let comments = Array("OpusTags".utf8) + vorbisComments(tags)
    return page(head, flags: 2, granule: 0, number: 0) + page(comments, flags: 0, granule: 0, number: 1)
      + page([0xFC, 0xFF, 0xFE], flags: 4, granule: 480_000, number: 2)
  }

  /// AAC by its headers, with free-form atoms as iTunes and others write them.
  static func mp4(_ tags: [(String, String)]) -> [UInt8] {
    var atoms: [UInt8] = []
    for (name, value) in tags {
      let fields =
        atom("mean", zeros(4) + Array("com.apple.iTunes".utf8)) + atom("name", zeros(4) + Array(name.utf8))
        + atom("data", bigEndian(1, 4) + zeros(4) + Array(value.utf8))
      atoms += atom("----", fields)
    }
    var entry = zeros(6) + bigEndian(1, 2) + zeros(8)
    entry += bigEndian(2, 2) + bigEndian(16, 2) + zeros(4)
    entry += bigEndian(44_100, 2) + zeros(2)
    let table = atom("stsd", zeros(4) + bigEndian(1, 4) + atom("mp4a", entry))
    var media = atom("mdhd", zeros(12) + bigEndian(44_100, 4) + bigEndian(441_000, 4) + zeros(4))
    media += atom("hdlr", zeros(8) + Array("soun".utf8) + zeros(13))
    media += atom("minf", atom("stbl", table))
    let meta = zeros(4) + atom("hdlr", zeros(8) + Array("mdirappl".utf8) + zeros(9)) + atom("ilst", atoms)
    var movie = atom("mvhd", zeros(100))
    movie += atom("trak", atom("mdia", media))
    movie += atom("udta", atom("meta", meta))
    return atom("ftyp", Array("M4A ".utf8) + zeros(4)) + atom("moov", movie)
  }

  /// An APE tag, version 2, with its footer only: as mp3gain puts it behind an MP3.
  static func apeTag(_ tags: [(String, String)]) -> [UInt8] {
    var items: [UInt8] = []
    for (name, value) in tags {
      items += littleEndian(value.utf8.count, 4)
      items += littleEndian(0, 4)
      items += Array(name.utf8) + [0] + Array(value.utf8)
    }
    var footer: [UInt8] = Array("APETAGEX".utf8) + littleEndian(2000, 4)
    footer += littleEndian(items.count + 32, 4)
    footer += littleEndian(tags.count, 4)
    return items + footer + [UInt8](repeating: 0, count: 12)
  }

  private static func vorbisComments(_ tags: [(String, String)]) -> [UInt8] {
    var comments = littleEndian(0, 4) + littleEndian(tags.count, 4)
    for (name, value) in tags {
      let field = Array("\(name)=\(value)".utf8)
      comments += littleEndian(field.count, 4)
      comments += field
    }
    return comments
  }

  private static func page(_ packet: [UInt8], flags: UInt8, granule: Int, number: Int) -> [UInt8] {
    let lacing = Array(repeating: UInt8(255), count: packet.count / 255) + [UInt8(packet.count % 255)]
    var page: [UInt8] = Array("OggS".utf8) + [0, flags]
    page += littleEndian(granule, 8)
    page += littleEndian(7, 4)
    page += littleEndian(number, 4)
    page += littleEndian(0, 4)
    return page + [UInt8(lacing.count)] + lacing + packet
  }

  private static func atom(_ name: String, _ contents: [UInt8]) -> [UInt8] {
    bigEndian(contents.count + 8, 4) + Array(name.utf8) + contents
  }

  private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

  private static func bigEndian(_ number: Int, _ count: Int) -> [UInt8] { littleEndian(number, count).reversed() }

  private static func littleEndian(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
