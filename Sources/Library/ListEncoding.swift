import Music

// Lists as bytes: small enough that a hundred versions of a long playlist are no burden.

/// Tracks as the differences of their rows, each in as few bytes as it needs: an album in its order takes one a track.
enum TrackList {
  static func encoded(_ tracks: [TrackID]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(tracks.count * 2)
    var previous: Int64 = 0
    for track in tracks {
      let difference = track.rawValue &- previous
      bytes.append(varint: UInt64(bitPattern: difference << 1 ^ difference >> 63))
      previous = track.rawValue
    }
    return bytes
  }

  /// What follows a damaged place is left out.
  static func decoded(_ bytes: [UInt8]) -> [TrackID] {
    var reader = VarintReader(bytes: bytes)
    var tracks: [TrackID] = []
    var previous: Int64 = 0
    while let number = reader.next() {
      previous = previous &+ (Int64(bitPattern: number >> 1) ^ -Int64(number & 1))
      tracks.append(TrackID(previous))
    }
    return tracks
  }
}

/// A list as a server holds it, in the server's names, and which of its tracks stand in the list here.
struct SharedList: Hashable {
  struct Element: Hashable {
    var remoteID: RemoteID
    /// False where the track is unknown here.
    var isShown: Bool
  }

  var elements: [Element] = []
  var remoteIDs: [RemoteID] { elements.map(\.remoteID) }
  var hasHidden: Bool { elements.contains { !$0.isShown } }

  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    for element in elements {
      let name = element.remoteID.utf8
      bytes.append(varint: UInt64(name.count) << 1 | (element.isShown ? 1 : 0))
      bytes.append(contentsOf: name)
    }
    return bytes
  }

  init(_ elements: [Element] = []) { self.elements = elements }

  /// What follows a damaged place is left out.
  init(encoded bytes: [UInt8]) {
    var reader = VarintReader(bytes: bytes)
    while let number = reader.next(), let name = reader.next(count: number >> 1) {
      elements.append(Element(remoteID: String(decoding: name, as: UTF8.self), isShown: number & 1 != 0))
    }
  }
}

extension [UInt8] {
  /// Seven bits a byte, the low ones first; the high bit says that more follow.
  fileprivate mutating func append(varint number: UInt64) {
    var number = number
    while number >= 0x80 {
      append(UInt8(number & 0x7f | 0x80))
      number >>= 7
    }
    append(UInt8(number))
  }
}

private struct VarintReader {
  let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> UInt64? {
    var (number, shift): (UInt64, UInt64) = (0, 0)
    while position < bytes.count, shift < 64 {
      let byte = bytes[position]
      position += 1
      number |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
    return nil
  }

  mutating func next(count: UInt64) -> ArraySlice<UInt8>? {
    guard count <= UInt64(bytes.count - position) else { return nil }
    defer { position += Int(count) }
    return bytes[position..<position + Int(count)]
  }
}
