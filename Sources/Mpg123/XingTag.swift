/// The tag in a first MPEG frame that counts the others (`Xing`, or `Info` where the bit rate is constant; described in
/// LAME's tag specification). libmpg123 believes it: where the count is wrong, it cuts the encoder's padding out of the
/// middle of the music.
struct XingTag {
  private let count: UInt32
  private let bytes: Int64
  /// Where the count stands.
  private let place: Int
  /// Of an MPEG frame, in bytes: what the standard's lowest and highest bit rate make of it.
  private let frameLengths: ClosedRange<Double>

  /// - Parameter size: of the whole file, where it is known.
  /// - Returns: nil where the bytes hold no such tag with a count.
  init?(_ head: UnsafeRawBufferPointer, size: Int64?) {
    // Behind an MPEG header and the side information, whose length depends on version and channels.
    guard
      let (tag, header) = (13..<max(head.count - 120, 13)).lazy.compactMap({ place -> (Int, Header)? in
        guard Self.isName(head, at: place) else { return nil }
        return [36, 21, 13].lazy.filter { place >= $0 }.compactMap { Header(head, at: place - $0) }.first.map {
          (place, $0)
        }
      }).first
    else { return nil }
    func number(_ place: Int) -> UInt32 {
      UInt32(bigEndian: head.loadUnaligned(fromByteOffset: place, as: UInt32.self))
    }
    let flags = number(tag + 4)
    guard flags & 1 != 0 else { return nil }
    place = tag + 8
    count = number(place)
    let told = flags & 2 != 0 ? Int64(number(place + 4)) : 0
    // A size that is far from the truth is as wrong as a count can be.
    bytes = size.map { told > $0 / 64 && told < $0 * 2 ? told : $0 } ?? told
    frameLengths = header.lengths
  }

  /// Whether so many frames can be as many bytes long.
  var isPlausible: Bool {
    guard count > 0 else { return false }
    guard bytes > 0 else { return true }
    let mean = Double(bytes) / Double(count)
    return mean > frameLengths.lowerBound * 0.9 && mean < frameLengths.upperBound * 1.1
  }

  /// Puts a count in its place that no file of this size exceeds: nothing is cut, whatever the encoder added at the end.
  func raiseCount(in head: UnsafeMutableRawBufferPointer) {
    let limit = bytes > 0 ? UInt32(clamping: Int64(Double(bytes) / frameLengths.lowerBound) + 1) : 1 << 30
    head.storeBytes(of: limit.bigEndian, toByteOffset: place, as: UInt32.self)
  }

  private static func isName(_ head: UnsafeRawBufferPointer, at place: Int) -> Bool {
    let word = UInt32(bigEndian: head.loadUnaligned(fromByteOffset: place, as: UInt32.self))
    return word == 0x5869_6E67 || word == 0x496E_666F
  }

  /// ISO/IEC 11172-3, 2.4.1.3, and 13818-3: what matters here of the four bytes at the head of a frame of layer III.
  private struct Header {
    let lengths: ClosedRange<Double>

    init?(_ head: UnsafeRawBufferPointer, at place: Int) {
      let word = UInt32(bigEndian: head.loadUnaligned(fromByteOffset: place, as: UInt32.self))
      let (version, rateIndex) = (Int(word >> 19 & 3), Int(word >> 10 & 3))
      guard word >> 21 == 0x7FF, version != 1, word >> 17 & 3 == 1, rateIndex < 3 else { return nil }
      let rate = [44100.0, 48000, 32000][rateIndex] / (version == 3 ? 1 : version == 2 ? 2 : 4)
      let rates = version == 3 ? 32000.0...320_000 : 8000...160_000
      let bytes = (version == 3 ? 144 : 72) / rate
      // Free format goes beyond what the table of bit rates holds.
      let isFree = word >> 12 & 15 == 0
      lengths = bytes * rates.lowerBound...bytes * (isFree ? 640_000 : rates.upperBound)
    }
  }
}
