/// Finds where the music begins: behind any number of ID3v2 tags (id3.org, ID3v2.4 structure, 3.1), reading ten bytes of
/// each and jumping over the rest, so that a 40 MB cover is never fetched for its own sake.
package func endOfLeadingTags(in source: any ByteSource) throws(ByteSourceError) -> Int64 {
  let header = UnsafeMutableRawBufferPointer.allocate(byteCount: 10, alignment: 1)
  defer { header.deallocate() }
  var offset: Int64 = 0
  // As many as this were never seen; the bound is for bytes made to keep us busy.
  for _ in 0..<16 {
    guard try source.readFully(at: offset, into: header) == 10, let length = id3v2Length(header) else { break }
    offset += length
  }
  return offset
}

/// The whole length of the tag that begins with these ten bytes; nil when none does.
private func id3v2Length(_ header: UnsafeMutableRawBufferPointer) -> Int64? {
  guard header[0...2].elementsEqual("ID3".utf8), header[3] < 0xFF, header[4] < 0xFF else { return nil }
  let sizes = header[6...9]
  guard sizes.allSatisfy({ $0 < 0x80 }) else { return nil }
  let hasFooter = header[5] & 0x10 != 0
  return sizes.reduce(0) { $0 << 7 | Int64($1) } + (hasFooter ? 20 : 10)
}

extension ByteSource {
  /// Reads until `bytes` is full or the source ends.
  /// - Returns: the number of bytes read.
  package func readFully(at offset: Int64, into bytes: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    var count = 0
    while count < bytes.count {
      let rest = try read(at: offset + Int64(count), into: UnsafeMutableRawBufferPointer(rebasing: bytes[count...]))
      guard rest > 0 else { break }
      count += rest
    }
    return count
  }
}
