import Audio

/// What a FLAC decoder needs of the blocks in front of the sound: STREAMINFO and the seek table. The rest (comments,
/// pictures, padding: megabytes at times) is neither read nor fetched (xiph.org/flac/format.html, METADATA_BLOCK_HEADER).
struct FlacStart {
  /// A FLAC file's beginning, with nothing more in it.
  private(set) var prefix: [UInt8] = Array("fLaC".utf8)
  /// Where the sound begins in the source.
  private(set) var end: Int64

  /// - Parameter start: where `fLaC` stands.
  /// - Returns: nil when these are no such blocks.
  init?(_ source: any ByteSource, at start: Int64) throws(ByteSourceError) {
    end = start + 4
    var blocks: [[UInt8]] = []
    // As many as this were never seen; the bound is for bytes made to keep us busy.
    for index in 0..<256 {
      guard let header = try source.bytes(at: end, count: 4) else { return nil }
      let kind = header[0] & 0x7F
      let length = header[1...].reduce(0) { $0 << 8 | Int($1) }
      guard (kind == 0) == (index == 0), kind != 127 else { return nil }
      if kind == 0 || kind == 3 && length <= 1 << 20 {
        guard let body = try source.bytes(at: end + 4, count: length) else { return nil }
        blocks.append([kind] + header[1...] + body)
      }
      end += Int64(4 + length)
      if header[0] & 0x80 != 0 {
        blocks[blocks.count - 1][0] |= 0x80
        prefix += blocks.joined()
        return
      }
    }
    return nil
  }
}

extension ByteSource {
  /// nil when the source ends before.
  func bytes(at offset: Int64, count: Int) throws(ByteSourceError) -> [UInt8]? {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
    defer { buffer.deallocate() }
    guard try readFully(at: offset, into: buffer) == count else { return nil }
    return Array(buffer)
  }
}
