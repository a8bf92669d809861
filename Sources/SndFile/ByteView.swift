import Audio
import CSndFile
import Glibc

/// A byte source as libsndfile sees it: a file with a position, that begins where the sound file does.
///
/// What stands in front of the sound and is of no use to a decoder (tags, pictures) can be left out: `prefix` stands in
/// its place. A read that fails gives no bytes, now and until `failure` is taken: libsndfile knows no other answer, so who
/// called it asks here. It lives on the decoder thread, as everything in this module.
final class ByteView {
  var source: any ByteSource
  /// Why bytes were missing.
  private(set) var failure: ByteSourceError?
  private(set) var position: Int64 = 0
  /// One past the last byte, or what libsndfile is told where nobody knows.
  let length: Int64
  private let isUnbounded: Bool
  /// Whether the file is being opened: libsndfile must then not look for the end of what has none yet.
  var isOpening = true
  private var isLookingForEnd: Bool { isOpening && isUnbounded && hasJumped }
  private var hasJumped = false
  private let prefix: [UInt8]
  /// Where in the source the bytes behind the prefix stand.
  private let start: Int64
  /// What was read last: libsndfile reads in small pieces.
  private let block: UnsafeMutableRawBufferPointer
  private var held: Range<Int64> = 0..<0

  init(_ source: any ByteSource, from start: Int64, behind prefix: [UInt8] = []) {
    self.source = source
    self.start = start
    self.prefix = prefix
    length = source.size.map { max($0 - start, 0) + Int64(prefix.count) } ?? 1 << 40
    isUnbounded = source.size == nil
    block = .allocate(byteCount: 16384, alignment: 16)
  }

  deinit { block.deallocate() }

  /// Whether bytes follow the position.
  var hasMore: Bool { position < length }

  /// The offset in the source of this place of the view.
  func offset(of place: Int64) -> Int64 { place - Int64(prefix.count) + start }

  func takeFailure() -> ByteSourceError? {
    defer { failure = nil }
    return failure
  }

  /// Fills `buffer`, unless the bytes end before.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    var count = 0
    while count < buffer.count {
      let some = readSome(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
      guard some > 0 else { break }
      count += some
      position += Int64(some)
    }
    return count
  }

  private func readSome(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard failure == nil, !isLookingForEnd else { return 0 }
    if position < prefix.count {
      let rest = prefix[Int(position)...].prefix(buffer.count)
      buffer.copyBytes(from: rest)
      return rest.count
    }
    let offset = offset(of: position)
    if !held.contains(offset) {
      do throws(ByteSourceError) {
        held = 0..<0
        held = offset..<(offset + Int64(try source.read(at: offset, into: block)))
      } catch { failure = error }
    }
    guard held.contains(offset) else { return 0 }
    let bytes = block[Int(offset - held.lowerBound)..<Int(held.upperBound - held.lowerBound)].prefix(buffer.count)
    buffer.copyBytes(from: bytes)
    return bytes.count
  }

  /// lseek(2).
  func seek(_ offset: Int64, _ whence: Int32) -> Int64 {
    let base: Int64 =
      switch whence {
      case SEEK_CUR: position
      case SEEK_END: length
      default: 0
      }
    let (place, isTooFar) = base.addingReportingOverflow(offset)
    guard !isTooFar, place >= 0 else { return -1 }
    if place > position + 65536 { hasJumped = true }
    position = place
    return place
  }
}

// C calls these on the thread that called libsndfile; the context is the view, alive as long as the handle is.

private func view(_ context: UnsafeMutableRawPointer?) -> ByteView {
  Unmanaged<ByteView>.fromOpaque(context!).takeUnretainedValue()
}

private func viewLength(_ context: UnsafeMutableRawPointer?) -> sf_count_t { view(context).length }

private func viewSeek(_ offset: sf_count_t, _ whence: Int32, _ context: UnsafeMutableRawPointer?) -> sf_count_t {
  view(context).seek(offset, whence)
}

private func viewRead(
  _ bytes: UnsafeMutableRawPointer?, _ count: sf_count_t, _ context: UnsafeMutableRawPointer?
) -> sf_count_t {
  guard let bytes, count > 0 else { return 0 }
  return sf_count_t(view(context).read(into: UnsafeMutableRawBufferPointer(start: bytes, count: Int(count))))
}

private func viewWrite(
  _: UnsafeRawPointer?, _: sf_count_t, _: UnsafeMutableRawPointer?
) -> sf_count_t { 0 }

private func viewTell(_ context: UnsafeMutableRawPointer?) -> sf_count_t { view(context).position }

extension SF_VIRTUAL_IO {
  static var byteView: SF_VIRTUAL_IO {
    SF_VIRTUAL_IO(get_filelen: viewLength, seek: viewSeek, read: viewRead, write: viewWrite, tell: viewTell)
  }
}
