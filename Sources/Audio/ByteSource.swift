/// Where a decoder's bytes come from: a file, or a cached rendition that is still arriving.
///
/// Called from the decoder thread, except `cancel`, which any thread may call to free a blocked reader.
package protocol ByteSource: AnyObject, Sendable {
  /// The whole length in bytes; nil until known (a transcode of unknown length).
  var size: Int64? { get }

  /// Copies bytes from `offset` on into `buffer`, blocking until at least one is there.
  /// - Returns: the number of bytes; 0 at the end.
  /// - Throws: `ByteSourceError`, when they cannot be had.
  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int

  /// Makes a blocked and every later `read` throw `.cancelled`.
  func cancel()

  /// How many bytes from `offset` on are here without asking anybody: what a seek may read through at no cost.
  func heldCount(from offset: Int64) -> Int64

  /// What a decoder wants kept with these bytes, to seek in them without reading through them again; nil when nothing is.
  var seekIndex: [UInt8]? { get set }
}

extension ByteSource {
  package func heldCount(from offset: Int64) -> Int64 { .max }

  package var seekIndex: [UInt8]? {
    get { nil }
    set {}
  }
}

package enum ByteSourceError: Error, Hashable, Sendable {
  case cancelled
  /// The network is gone and these bytes are not held here.
  case offline
  /// The server answered, but not with these bytes.
  case refused(String?)
  /// A file of this computer in a form that no decoder here reads: its ending.
  case unsupported(String)
  /// A local file that cannot be read: the errno.
  case unreadable(Int32)
}
