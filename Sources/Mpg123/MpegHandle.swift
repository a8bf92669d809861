import CMpg123
import Glibc

/// The one owner of an `mpg123_handle` in feed mode: what is asked of libmpg123, in Swift's words (mpg123.h).
struct MpegHandle: ~Copyable {
  enum ReadResult {
    case needMore
    case newFormat
    case done
    case failed
    case okay
  }

  /// MPEG frames decoded unheard before a seek's target, at least: at 32 kbit/s the bit reservoir reaches seven back.
  static let framesBefore = 12

  /// Entries; where a file has more MPEG frames, every second is forgotten.
  private static let indexSize = 4096

  private let handle: OpaquePointer
  private let isCutting: Bool

  /// mpg123_new(): fails only where there is no memory, as any allocation here would.
  /// - Parameter cutting: whether the encoder's delay and padding are cut.
  init(cutting: Bool = true) {
    handle = mpg123_new(nil, nil)!
    isCutting = cutting
    if !cutting { set(MPG123_REMOVE_FLAGS, DULCET_MPG123_GAPLESS) }
    set(MPG123_ADD_FLAGS, DULCET_MPG123_QUIET)
    // Fed in blocks, libmpg123 forgets how much junk it has seen already: the decoder keeps the bound.
    set(MPG123_RESYNC_LIMIT, -1)
    set(MPG123_INDEX_SIZE, Self.indexSize)
    mpg123_format_none(handle)
    for rate in [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000] {
      mpg123_format(handle, rate, Int32(MPG123_MONO.rawValue | MPG123_STEREO.rawValue), signed16)
    }
    mpg123_open_feed(handle)
  }

  deinit { mpg123_delete(handle) }

  private func set(_ parameter: mpg123_parms, _ value: Int) {
    mpg123_param2(handle, Int32(parameter.rawValue), value, 0)
  }

  /// Tells the length in bytes of what will be fed: for the length in frames where no tag tells it.
  func setSize(_ size: Int64) { mpg123_set_filesize(handle, off_t(size)) }

  /// Gives bytes; they are copied.
  func feed(_ bytes: UnsafeRawBufferPointer) -> Bool {
    mpg123_feed(handle, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count) == MPG123_OK.rawValue
  }

  /// Decodes into `buffer`; `count` is the number of bytes written, whatever the result.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> (result: ReadResult, count: Int) {
    var count = 0
    let code = mpg123_read(handle, buffer.baseAddress, buffer.count, &count)
    let result: ReadResult =
      switch code {
      case Int32(MPG123_OK.rawValue): .okay
      case MPG123_NEED_MORE.rawValue: .needMore
      case MPG123_NEW_FORMAT.rawValue: .newFormat
      case MPG123_DONE.rawValue: .done
      default: .failed
      }
    return (result, count)
  }

  /// Where the MPEG frame last parsed begins; changes while there is something to parse.
  var framePosition: Int64 { Int64(mpg123_framepos(handle)) }

  /// Rate and channels of what comes next; nil before the first MPEG frame was found.
  func format() -> (rate: Int, channels: Int)? {
    var rate = 0
    var channels: Int32 = 0
    var encoding: Int32 = 0
    // 0: without clearing the notice of a new format.
    guard mpg123_getformat2(handle, &rate, &channels, &encoding, 0) == MPG123_OK.rawValue, rate > 0, channels > 0 else {
      return nil
    }
    return (rate, Int(channels))
  }

  /// Facts of the MPEG frame last read.
  func frameInfo() -> mpg123_frameinfo2? {
    var info = mpg123_frameinfo2()
    return mpg123_info2(handle, &info) == MPG123_OK.rawValue ? info : nil
  }

  /// Frames of sound (known or estimated), MPEG frames, and frames of sound in each MPEG frame; nil when unknown.
  var length: Int? { positive(Int(mpg123_length(handle))) }
  var mpegFrameCount: Int? { positive(Int(mpg123_framelength(handle))) }
  var framesPerMpegFrame: Int { positive(Int(mpg123_spf(handle))) ?? 1152 }

  /// Moves a handle that has decoded nothing yet to a frame of sound at least `framesBefore` MPEG frames on.
  /// - Returns: the byte to feed from; nil when that cannot be told.
  func seek(toFrame frame: Int, fedUpTo fed: Int64) -> Int64? {
    // The synthesis window turns by a quarter with each MPEG frame (an eighth in MPEG-2), and the order of its sums with
    // it: only when it stands as it would have stood are the samples those of an uninterrupted decoder, to the bit.
    let spf = framesPerMpegFrame
    let cut = isCutting ? leadingCut : 0
    let turn = (frame + cut) / spf - cut / spf - Self.framesBefore
    set(MPG123_PREFRAMES, Self.framesBefore + max(turn, 0) % 8)
    var offset = off_t(fed)
    let reached = mpg123_feedseek(handle, off_t(frame), SEEK_SET, &offset)
    return reached < 0 || offset < 0 ? nil : Int64(offset)
  }

  /// Frames of sound cut at the start for the encoder's and the decoder's delay.
  var leadingCut: Int {
    var delay = 0
    guard mpg123_getstate2(handle, Int32(MPG123_ENC_DELAY.rawValue), &delay, nil) == MPG123_OK.rawValue, delay >= 0
    else { return 0 }
    return delay + 529
  }

  /// Whether seeks beyond the index may guess from the Xing tag's table.
  func setGuessing(_ allowed: Bool) {
    set(allowed ? MPG123_ADD_FLAGS : MPG123_REMOVE_FLAGS, DULCET_MPG123_FUZZY)
  }

  /// Where MPEG frames begin, as far as they were read.
  func index() -> FrameIndex {
    var offsets: UnsafeMutablePointer<off_t>?
    var step: off_t = 0
    var count = 0
    guard mpg123_index(handle, &offsets, &step, &count) == MPG123_OK.rawValue, let offsets, count > 0, step > 0 else {
      return FrameIndex(offsets: [], step: 1)
    }
    return FrameIndex(offsets: Array(UnsafeBufferPointer(start: offsets, count: count)), step: Int(step))
  }

  func setIndex(_ index: FrameIndex) {
    var offsets = index.offsets
    mpg123_set_index(handle, &offsets, off_t(index.step), offsets.count)
    // It has shrunk the index to these entries: what is read from here on would be put in its place.
    set(MPG123_INDEX_SIZE, Self.indexSize)
  }
}

private let signed16 = Int32(MPG123_ENC_SIGNED_16.rawValue)

private func positive(_ value: Int) -> Int? { value > 0 ? value : nil }
