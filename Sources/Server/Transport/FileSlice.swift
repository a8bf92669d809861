import Glibc
import Synchronization

/// A run of bytes of an open file, on its way out. Owns the descriptor.
///
/// Read by libmicrohttpd's thread. The file may shrink meanwhile: then the transfer ends with an error, as the length
/// was promised.
final class FileSlice: Sendable {
  let offset: Int64
  let count: Int64
  /// Of the whole file.
  let total: Int64
  private let descriptor: Int32
  private let furthest = Atomic<Int64>(0)

  /// Takes the descriptor over.
  init(descriptor: Int32, offset: Int64, count: Int64, total: Int64) {
    self.descriptor = descriptor
    self.offset = offset
    self.count = count
    self.total = total
  }

  deinit { close(descriptor) }

  /// Bytes handed to the connection so far.
  var sent: Int64 { furthest.load(ordering: .relaxed) }

  /// Reads at a place counted from the slice's start; nil when the file has no more or cannot be read.
  func read(at position: Int64, into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    let wanted = min(Int64(buffer.count), count - position)
    while true {
      let got = pread(descriptor, buffer.baseAddress, Int(wanted), off_t(offset + position))
      if got > 0 {
        furthest.store(max(sent, position + Int64(got)), ordering: .relaxed)
        return got
      }
      if got < 0, errno == EINTR { continue }
      return nil
    }
  }
}
