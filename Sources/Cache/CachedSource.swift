package import Audio

/// contract
package final class CachedSource: ByteSource {
  init() {}
  package var size: Int64? { nil }
  package func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int { 0 }
  package func cancel() {}
  /// What a decoder saved about this rendition (a frame index), and saving it. Lost with the rendition's bytes.
  package var seekIndex: [UInt8]? {
    get { nil }
    set {}
  }
}
