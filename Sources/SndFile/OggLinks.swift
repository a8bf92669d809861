import Audio

/// Finds where the next stream of a chained Ogg file begins: the first page that opens one (xiph.org/ogg/doc/framing.html:
/// `OggS`, version 0, the flag "first page" set), from `offset` on.
/// - Returns: nil when none follows.
func nextOggStream(in source: any ByteSource, from offset: Int64) throws(ByteSourceError) -> Int64? {
  let window = UnsafeMutableRawBufferPointer.allocate(byteCount: 65536, alignment: 1)
  defer { window.deallocate() }
  var place = offset
  // A page is at most 65307 bytes long; the decoder has read to the last page's end.
  for _ in 0..<4 {
    let count = try source.readFully(at: place, into: window)
    for index in 0..<max(count - 5, 0) where isFirstPage(window[index...]) { return place + Int64(index) }
    guard count == window.count else { return nil }
    place += Int64(count - 5)
  }
  return nil
}

private func isFirstPage(_ bytes: Slice<UnsafeMutableRawBufferPointer>) -> Bool {
  let start = bytes.startIndex
  return bytes[start] == 0x4F && bytes[start + 1] == 0x67 && bytes[start + 2] == 0x67 && bytes[start + 3] == 0x53
    && bytes[start + 4] == 0 && bytes[start + 5] & 2 != 0
}
