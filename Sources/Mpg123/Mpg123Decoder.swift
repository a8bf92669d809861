package import Audio
import CMpg123

/// The MP3 decoder: libmpg123 in feed mode, with an index of frames of our own.
///
/// It asks its source for what it decodes and for nothing else: no look at the file's end, no scan. Encoder delay and
/// padding are cut to the sample. It never resamples, mixes or writes to stderr. It lives on the decoder thread.
package final class Mpg123Decoder: Decoder {
  package private(set) var format: AudioFormat
  private var handle: MpegHandle
  private var source: any ByteSource
  /// Where the music begins in the source: offsets of libmpg123 count from here.
  private let start: Int64
  /// The next byte to feed, counted from `start`.
  private var fed: Int64 = 0
  private var hasEnded = false
  private var hasDecoded = false
  private var hasFormat = false
  private var hasWrongCount = false
  /// Whether a Xing or Info tag tells of the whole file.
  private var isTagged = false
  /// Whether what is decoded next may have another format.
  private var meetsFormat = false
  /// The MPEG frame seen last, and how much was fed by then.
  private var lastFrame: (position: Int64, fed: Int64) = (-1, 0)
  /// Frames still to decode and throw away, after a seek to a place so near the start that there is no way around them.
  private var unheard = 0
  /// What was fed until the first format was known: every seek begins with it.
  private var head: [UInt8] = []
  /// The true index, put aside while libmpg123 holds a guessed position.
  private var exactIndex: FrameIndex?
  /// What is known beside libmpg123's own, which begins anew with each seek.
  private var longestIndex: FrameIndex?
  private var lengthBeforeGuess: Int?
  /// What the source kept for us, and how far it reaches.
  private var keptIndex: FrameIndex?
  private let block: UnsafeMutableRawBufferPointer
  /// In kbit/s, of the first MPEG frame.
  private var bitRate = 0
  private(set) var isConstant = false
  /// Bytes that may be fetched only to count the MPEG frames in them, for the sake of an exact seek.
  private static let countingLimit: Int64 = 512 * 1024
  private static let heldCountingLimit: Int64 = 32 * 1024 * 1024
  /// MPEG frames that the bit reservoir may reach back, but for the smallest.
  private static let reservoirFrames = 8

  /// Reads up to the first MPEG frame.
  /// - Throws: `.notAudio` when there is none, `.source` when the bytes cannot be had.
  package init(source: any ByteSource) throws(DecoderError) {
    handle = MpegHandle()
    self.source = source
    block = .allocate(byteCount: 16384, alignment: 16)
    format = AudioFormat(rate: 44100, channels: 2)
    do throws(ByteSourceError) { start = try endOfLeadingTags(in: source) } catch {
      start = 0
      throw .source(error)
    }
    if let size = source.size { handle.setSize(size - start) }
    try findFormat()
    takeKeptIndex()
  }

  deinit {
    keepIndex(atLeast: 400)
    block.deallocate()
  }

  package func replaceSource(_ source: any ByteSource) { self.source = source }

  package func decode(into buffer: UnsafeMutableRawBufferPointer) throws(DecoderError) -> Decoded {
    if meetsFormat {
      meetsFormat = false
      if takeFormat() { return .newFormat }
    }
    let bytesPerFrame = format.bytesPerFrame
    while !hasEnded {
      let (result, count) = handle.read(into: buffer)
      if count > 0 {
        hasDecoded = true
        // These are the last frames before it.
        meetsFormat = result == .newFormat
        let heard = dropUnheard(buffer, count: count / bytesPerFrame)
        if heard > 0 { return .frames(heard) }
        if meetsFormat { return try decode(into: buffer) }
        continue
      }
      switch result {
      case .okay: break
      case .needMore: try feed()
      case .newFormat: if takeFormat() { return .newFormat }
      case .done: hasEnded = true
      case .failed: try end()
      }
    }
    if !hasDecoded { throw .notAudio }
    keepIndex(atLeast: 1)
    return .end
  }

  /// - Returns: the frames left, moved to the front of `buffer`.
  private func dropUnheard(_ buffer: UnsafeMutableRawBufferPointer, count: Int) -> Int {
    guard unheard > 0, let bytes = buffer.baseAddress else { return count }
    let dropped = min(unheard, count)
    unheard -= dropped
    let size = format.bytesPerFrame
    bytes.copyMemory(from: bytes + dropped * size, byteCount: (count - dropped) * size)
    return count - dropped
  }

  /// Decodes up to the notice of the first format; no sample is lost by it.
  private func findFormat() throws(DecoderError) {
    let nothing = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    while true {
      switch handle.read(into: nothing).result {
      case .needMore:
        try feed()
        if hasEnded { throw .notAudio }
      case .newFormat, .okay:
        guard takeFormat() || handle.format() != nil else { throw .notAudio }
        takeBitRate()
        hasFormat = true
        return
      case .done, .failed: throw .notAudio
      }
    }
  }

  /// - Returns: whether it is another format than before.
  private func takeFormat() -> Bool {
    guard let (rate, channels) = handle.format() else { return false }
    let now = AudioFormat(rate: rate, channels: channels)
    defer { format = now }
    return now != format
  }

  private func takeBitRate() {
    guard let info = handle.frameInfo() else { return }
    bitRate = Int(info.bitrate)
    isConstant = info.vbr == Int32(MPG123_CBR.rawValue) && info.layer == 3 && bitRate > 0
  }

  /// Bad frames beyond the bound of resynchronisation: what was decoded stands, and it ends here.
  private func end() throws(DecoderError) {
    hasEnded = true
    if !hasDecoded { throw .notAudio }
  }

  private func feed() throws(DecoderError) {
    guard isNearFrames else { return try end() }
    let count: Int
    do throws(ByteSourceError) { count = try source.read(at: start + fed, into: block) } catch {
      throw .source(error)
    }
    guard count > 0 else {
      hasEnded = true
      return
    }
    if !hasFormat { mendCount(in: UnsafeMutableRawBufferPointer(rebasing: block[..<count])) }
    let bytes = UnsafeRawBufferPointer(rebasing: block[..<count])
    guard handle.feed(bytes) else { return try end() }
    if !hasFormat { head += bytes }
    fed += Int64(count)
  }
}

extension Mpg123Decoder {
  /// A count of frames that cannot be right is replaced before libmpg123 sees it.
  private func mendCount(in bytes: UnsafeMutableRawBufferPointer) {
    guard let tag = XingTag(UnsafeRawBufferPointer(bytes), size: source.size.map { $0 - start }) else { return }
    isTagged = true
    guard !tag.isPlausible else { return }
    tag.raiseCount(in: bytes)
    hasWrongCount = true
  }
}

// The index that is kept with the bytes, where the bit rate varies: without it a far seek could only guess.
extension Mpg123Decoder {
  /// The index that reaches furthest.
  private var knownIndex: FrameIndex {
    let own = exactIndex ?? handle.index()
    return [keptIndex, longestIndex].compactMap(\.self).reduce(own) { $1.covered > $0.covered ? $1 : $0 }
  }

  private func takeKeptIndex() {
    guard !isConstant, let index = source.seekIndex.flatMap({ FrameIndex(saved: $0) }) else { return }
    // Of other bytes, or damaged: the first frame is known already.
    guard index.offsets.first == handle.index().offsets.first else { return }
    keptIndex = index
  }

  /// Has the source keep the index if it reaches so many MPEG frames further than what it has.
  private func keepIndex(atLeast count: Int) {
    guard !isConstant, hasDecoded, exactIndex == nil else { return }
    let index = knownIndex
    guard index.covered >= (keptIndex?.covered ?? 0) + count else { return }
    keptIndex = index
    source.seekIndex = index.saved
  }
}

extension Mpg123Decoder {
  /// As many bytes without an MPEG frame are jumped over: enough for a picture or a tag that nobody announced, little
  /// enough to fail soon on what is no music.
  private static let junkLimit: Int64 = 256 * 1024

  /// Whether MPEG frames were found in the bytes fed last.
  private var isNearFrames: Bool {
    let position = handle.framePosition
    if position != lastFrame.position { lastFrame = (position, fed) }
    return fed - lastFrame.fed <= Self.junkLimit
  }

  package var info: DecoderInfo {
    DecoderInfo(
      format: format, frameCount: frameCount, bitRate: isConstant ? bitRate : meanBitRate ?? bitRate,
      isVariable: !isConstant,
      isPositionGuessed: exactIndex != nil)
  }

  /// An uncut handle, at a guessed place, counts the encoder's padding in.
  private var frameCount: Int? {
    if hasWrongCount { return nil }
    return exactIndex == nil ? handle.length : lengthBeforeGuess
  }

  /// In kbit/s; nil when the size or the length is not known.
  private var meanBitRate: Int? {
    guard let size = source.size, let length = frameCount, length > 0 else { return nil }
    return Int((Double(size - start) * 8 * Double(format.rate) / Double(length) / 1000).rounded())
  }

  package func seek(toFrame frame: Int) throws(DecoderError) -> Int {
    let target = max(frame, 0)
    let mpegFrame = target / handle.framesPerMpegFrame
    let index = knownIndex
    lengthBeforeGuess = frameCount
    longestIndex = index
    exactIndex = nil
    var jump = index
    var guesses = false
    if mpegFrame >= index.covered {
      if !mayCount(to: mpegFrame, beyond: index), let computed = try indexByBitRate(for: mpegFrame, beyond: index) {
        jump = computed
      } else if mayGuess(mpegFrame, beyond: index) {
        exactIndex = index
        guesses = true
      }
    }
    // At a guessed place the end cannot be cut where it should: rather a breath of silence than music cut off.
    let cut = guesses ? handle.leadingCut : 0
    handle = freshHandle(cutting: !guesses)
    // Some frames more: the first ones behind a jump lack what the bit reservoir held, and do not turn the synthesis
    // window as they should.
    handle.setIndex(jump.upTo(mpegFrame - MpegHandle.framesBefore - 8 - Self.reservoirFrames))
    fed = Int64(head.count)
    hasEnded = false
    meetsFormat = false
    unheard = 0
    if mpegFrame < 2 * MpegHandle.framesBefore {
      unheard = target
    } else {
      handle.setGuessing(guesses)
      guard let offset = handle.seek(toFrame: target + cut, fedUpTo: fed) else { throw .notAudio }
      fed = offset
    }
    lastFrame = (-1, fed)
    return target
  }

  /// A handle that knows the head of the file and nothing else. libmpg123 carries the turn of its synthesis window over
  /// from what it decoded before a seek, and with it the last bit of the samples: only a fresh one is exact.
  private func freshHandle(cutting: Bool) -> MpegHandle {
    let handle = MpegHandle(cutting: cutting)
    if let size = source.size { handle.setSize(size - start) }
    _ = head.withUnsafeBytes { handle.feed($0) }
    _ = handle.read(into: UnsafeMutableRawBufferPointer(start: nil, count: 0))
    return handle
  }

  /// Whether guessing is better than reading on from the index's end: when more than a second's worth would have to be
  /// fetched only to be counted.
  private func mayGuess(_ mpegFrame: Int, beyond index: FrameIndex) -> Bool {
    guard let way = way(to: mpegFrame, beyond: index) else { return false }
    return way.count - Self.countingLimit > way.heldCount
  }

  /// Whether MPEG frames that are all here are better counted than trusted to be of one length: no tag says that they are.
  private func mayCount(to mpegFrame: Int, beyond index: FrameIndex) -> Bool {
    guard !isTagged, let way = way(to: mpegFrame, beyond: index) else { return false }
    return way.count < min(way.heldCount, Self.heldCountingLimit)
  }

  /// About how many bytes lie between the index's end and an MPEG frame, and how many of them are held.
  private func way(to mpegFrame: Int, beyond index: FrameIndex) -> (count: Int64, heldCount: Int64)? {
    guard let size = source.size, let total = handle.mpegFrameCount, let last = index.offsets.last else { return nil }
    let from = start + Int64(last)
    let target = start + Int64(Double(size - start) * Double(mpegFrame) / Double(total))
    return (target - from, source.heldCount(from: from))
  }

  /// The index of a file of constant bit rate, after a look at a frame near the one it will begin with.
  /// - Returns: nil when the bit rate is not constant after all, or that frame is not where it should be.
  private func indexByBitRate(for mpegFrame: Int, beyond index: FrameIndex) throws(DecoderError) -> FrameIndex? {
    guard isConstant, let first = index.offsets.first, let total = handle.mpegFrameCount else { return nil }
    let computed = FrameIndex(constant: first, frameCount: total, bytes: bytesPerSecond, perFrames: format.rate)
    let entry = max(mpegFrame - MpegHandle.framesBefore - 8 - Self.reservoirFrames, 0) / computed.step
    guard computed.covered > index.covered, entry < computed.offsets.count else { return nil }
    let near = start + Int64(computed.offsets[entry])
    guard let reference = MpegHeader(head.dropFirst(first)), try header(near: near) == reference else { return nil }
    // Encoders round the place of a frame in their own ways, by a byte: beginning a little before, libmpg123 finds it.
    return computed.moved(by: -2)
  }

  /// Bytes of MPEG frames for as many MPEG frames as `format.rate` frames of sound would need: 144 bytes for each bit
  /// a second in MPEG-1, 72 in MPEG-2.
  private var bytesPerSecond: Int { handle.framesPerMpegFrame / 8 * bitRate * 1000 }

  /// The header that begins within four bytes of `offset`, if another of its kind follows at its frame's end.
  private func header(near offset: Int64) throws(DecoderError) -> MpegHeader? {
    let length = bytesPerSecond / format.rate
    let window = UnsafeMutableRawBufferPointer(rebasing: block[..<min(length + 16, block.count)])
    let from = max(offset - 4, 0)
    let count: Int
    do throws(ByteSourceError) { count = try source.readFully(at: from, into: window) } catch { throw .source(error) }
    for place in 0..<9 where place + 4 <= count {
      guard let header = MpegHeader(window[place..<(place + 4)]) else { continue }
      let next = place + length + (header.hasPadding ? 1 : 0)
      guard next + 4 <= count else { return header }
      if MpegHeader(window[next..<(next + 4)]) == header { return header }
    }
    return nil
  }
}
