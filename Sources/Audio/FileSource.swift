import Glibc
import Synchronization

/// The bytes of a local file, read in place with pread(2). Never blocks on anything but the disk.
package final class FileSource: ByteSource {
  package let size: Int64?
  private let descriptor: Int32
  private let isCancelled = Atomic(false)

  package convenience init(path: String) throws(ByteSourceError) { try self.init(path: Array(path.utf8)) }

  /// - Parameter path: bytes, for not every file's name is text.
  /// - Throws: `.unreadable` with open(2)'s errno; EISDIR for a directory.
  package init(path: [UInt8]) throws(ByteSourceError) {
    // Not blocking: a pipe of that name would wait for a writer.
    let descriptor = (path + [0]).withUnsafeBytes {
      open($0.baseAddress!.assumingMemoryBound(to: CChar.self), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    }
    guard descriptor >= 0 else { throw .unreadable(errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      let code = status.st_mode & S_IFMT == S_IFDIR ? EISDIR : ENODEV
      close(descriptor)
      throw .unreadable(code)
    }
    self.descriptor = descriptor
    size = Int64(status.st_size)
  }

  deinit { close(descriptor) }

  package func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    guard let start = buffer.baseAddress, offset >= 0 else { return 0 }
    while true {
      guard !isCancelled.load(ordering: .relaxed) else { throw .cancelled }
      let count = pread(descriptor, start, buffer.count, off_t(offset))
      if count >= 0 { return count }
      guard errno == EINTR else { throw .unreadable(errno) }
    }
  }

  package func cancel() { isCancelled.store(true, ordering: .relaxed) }
}

/// A source that has nothing but the reason why: for an entry whose bytes could not even be asked for.
package final class FailingSource: ByteSource {
  private let reason: ByteSourceError

  package init(_ reason: ByteSourceError) { self.reason = reason }

  package var size: Int64? { nil }

  package func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    throw reason
  }

  package func cancel() {}
}
