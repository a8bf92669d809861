package import Audio
import CSndFile

/// Decodes FLAC, Ogg Vorbis, Opus, WAV and AIFF with libsndfile.
///
/// Samples are what the codec gives: 16 bits as they are, more in 32 bits, Vorbis and Opus in floating point. It never
/// resamples or mixes. After missing bytes libsndfile cannot go on: the file is then opened anew at the same frame, so
/// that nothing is lost. It lives on the decoder thread.
package final class SndFileDecoder: Decoder {
  /// A stream of a chained Ogg file; any other file is one.
  private struct Link {
    /// Where it begins in the source.
    var start: Int64
    /// The track's frame that it begins with.
    var firstFrame: Int
  }

  /// Whether libsndfile is there; opens it.
  package static var isInstalled: Bool { dulcet_snd_load() == 0 }

  package private(set) var format: AudioFormat
  private var source: any ByteSource
  private let kind: SoundFileKind
  /// What stands for the blocks before the sound of a FLAC file.
  private let prefix: [UInt8]
  private var links: [Link]
  private var link = 0
  private var view: ByteView
  /// nil when it must be opened anew, at `frame`.
  private var handle: SndHandle?
  /// What `handle` said, for as long as there is none.
  private var facts: (codec: String, bits: Int, frameCount: Int?)
  /// The track's frame that `decode` goes on with.
  private var frame = 0
  /// Frames of silence to give before the next sound: they could not be decoded.
  private var silence = 0
  /// Whether libsndfile found something wrong in the last call.
  private var isDamaged = false
  /// How far the last attempt to get over damage went; 0 once there is sound again.
  private var leap = 0

  /// Reads the beginning and, of an Ogg file, the end, which tells its length.
  /// - Parameter start: where the file begins in the source, behind leading tags.
  /// - Throws: `.notAudio` when libsndfile does not know it, `.source` when the bytes cannot be had.
  package init(source: any ByteSource, kind: SoundFileKind, start: Int64) throws(DecoderError) {
    guard Self.isInstalled else { throw .source(.unsupported(kind.suffix)) }
    self.source = source
    self.kind = kind
    var begin = start
    var prefix: [UInt8] = []
    if kind == .flac {
      let flac: FlacStart?
      do throws(ByteSourceError) { flac = try FlacStart(source, at: start) } catch { throw .source(error) }
      guard let flac else { throw .notAudio }
      (begin, prefix) = (flac.end, flac.prefix)
    }
    self.prefix = prefix
    links = [Link(start: begin, firstFrame: 0)]
    view = ByteView(source, from: begin, behind: prefix)
    let handle = try Self.open(view)
    format = handle.format
    facts = (handle.codec, handle.bits, handle.frameCount)
    self.handle = consume handle
  }

  package func replaceSource(_ source: any ByteSource) {
    self.source = source
    view.source = source
  }

  package var info: DecoderInfo {
    let count = links.count == 1 ? facts.frameCount : nil
    return DecoderInfo(
      format: format, codec: facts.codec, bits: facts.bits, frameCount: count, bitRate: bitRate(of: count),
      isVariable: kind == .flac || kind == .ogg)
  }

  private func bitRate(of frameCount: Int?) -> Int {
    guard let size = source.size, let frameCount, frameCount > 0 else { return 0 }
    return Int(Double(size - links[0].start) * 8 * Double(format.rate) / Double(frameCount) / 1000 + 0.5)
  }

  private static func open(_ view: ByteView) throws(DecoderError) -> SndHandle {
    let handle = SndHandle(view)
    view.isOpening = false
    switch view.takeFailure() {
    case .cancelled: throw .source(.cancelled)
    // A missing end does not matter: what is there can be played.
    case let failure?: if handle == nil { throw .source(failure) }
    case nil: break
    }
    guard let handle else { throw .notAudio }
    return handle
  }
}

extension SndFileDecoder {
  package func decode(into buffer: UnsafeMutableRawBufferPointer) throws(DecoderError) -> Decoded {
    while true {
      if handle == nil, try reopen() { return .newFormat }
      if silence > 0 { return .frames(giveSilence(buffer)) }
      let count = try read(into: buffer)
      if count > 0 {
        leap = 0
        frame += count
        return .frames(count)
      }
      if isDamaged, view.hasMore, try leapOver() { continue }
      let before = format
      guard try openNextLink() else { return .end }
      if format != before { return .newFormat }
    }
  }

  private func giveSilence(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(silence, buffer.count / format.bytesPerFrame)
    UnsafeMutableRawBufferPointer(rebasing: buffer[..<(count * format.bytesPerFrame)]).initializeMemory(
      as: UInt8.self, repeating: 0)
    silence -= count
    frame += count
    return count
  }

  private func read(into buffer: UnsafeMutableRawBufferPointer) throws(DecoderError) -> Int {
    var count = handle?.read(into: buffer) ?? 0
    isDamaged = handle?.hasError ?? false
    // A packet of Ogg that does not decode is behind it after the call.
    for _ in 0..<8 where count <= 0 && isDamaged && kind == .ogg && view.failure == nil {
      count = handle?.read(into: buffer) ?? 0
      isDamaged = handle?.hasError ?? false
    }
    guard let failure = view.takeFailure() else { return count }
    let isWhole = handle?.givesWholeFrames ?? false
    handle = nil
    guard isWhole, count > 0 else { throw .source(failure) }
    return count
  }

  /// Opens the file anew at `frame`.
  /// - Returns: whether its format is another one than before.
  private func reopen() throws(DecoderError) -> Bool {
    let before = format
    silence = 0
    try openLink()
    let inside = frame - links[link].firstFrame
    if inside > 0 { try move(to: inside) }
    return format != before
  }

  private func openLink() throws(DecoderError) {
    handle = nil
    view = ByteView(source, from: links[link].start, behind: prefix)
    let opened = try Self.open(view)
    format = opened.format
    facts = (opened.codec, opened.bits, opened.frameCount)
    handle = consume opened
  }

  /// Moves to a frame of the open link; where the file is damaged it may be a later one.
  private func move(to inside: Int) throws(DecoderError) {
    let base = links[link].firstFrame
    let entry = handle?.entry(for: inside) ?? 0
    let reached = handle?.seek(to: entry)
    frame = base + (reached ?? inside)
    if reached != nil { drop(inside - entry) }
    if let failure = view.takeFailure() {
      handle = nil
      frame = base + inside
      throw .source(failure)
    }
    if reached == nil { _ = try leapOver() }
  }

  /// Decodes so many frames unheard, unless the sound ends or breaks before.
  private func drop(_ count: Int) {
    guard count > 0 else { return }
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 65536, alignment: 16)
    defer { scratch.deallocate() }
    var rest = count
    while rest > 0, view.failure == nil {
      let some = min(rest, scratch.count / format.bytesPerFrame)
      let room = UnsafeMutableRawBufferPointer(rebasing: scratch[..<(some * format.bytesPerFrame)])
      let read = handle?.read(into: room) ?? 0
      guard read > 0 else { return }
      rest -= read
      frame += read
    }
  }

  /// Goes on behind a damaged place; what lies between is silence, so that the time stays right.
  /// - Returns: false when there is no sound behind it.
  private func leapOver() throws(DecoderError) -> Bool {
    let inside = frame - links[link].firstFrame
    for _ in 0..<10 {
      leap = max(leap * 2, format.rate / 20)
      if let end = facts.frameCount, inside + leap >= end { return false }
      try openLink()
      let reached = handle?.seek(to: inside + leap)
      if let failure = view.takeFailure() {
        handle = nil
        throw .source(failure)
      }
      guard reached == inside + leap else { continue }
      silence = leap
      return true
    }
    return false
  }

  /// Goes on with the stream that follows in a chained Ogg file.
  private func openNextLink() throws(DecoderError) -> Bool {
    guard kind == .ogg else { return false }
    if link == links.count - 1 {
      // libsndfile reads 2048 bytes at a time: the stream's end is not far behind it.
      let from = max(view.offset(of: view.position) - 4096, links[link].start + 1)
      let next: Int64?
      do throws(ByteSourceError) { next = try nextOggStream(in: source, from: from) } catch { throw .source(error) }
      guard let next else { return false }
      links.append(Link(start: next, firstFrame: frame))
    }
    link += 1
    do throws(DecoderError) { try openLink() } catch .notAudio { return false }
    return true
  }
}

extension SndFileDecoder {
  package func seek(toFrame frame: Int) throws(DecoderError) -> Int {
    let target = max(frame, 0)
    let home = links.lastIndex { $0.firstFrame <= target } ?? 0
    (silence, leap) = (0, 0)
    if home != link || lacksLength || handle?.seeksOnlyFresh ?? false { handle = nil }
    link = home
    if handle == nil { try reopenAtStart() }
    let inside = target - links[home].firstFrame
    if let count = facts.frameCount ?? lengthOfOpenLink {
      try move(to: min(inside, count))
    } else if kind == .ogg {
      if target < self.frame { try reopenAtStart() }
      try readOn(to: target)
    } else {
      try move(to: min(inside, 1 << 40))
    }
    return self.frame
  }

  /// Of a stream that another follows: as was found out on the way there.
  private var lengthOfOpenLink: Int? {
    link + 1 < links.count ? links[link + 1].firstFrame - links[link].firstFrame : nil
  }

  private func reopenAtStart() throws(DecoderError) {
    handle = nil
    frame = links[link].firstFrame
    try openLink()
  }

  /// Whether a search for a frame would have to read the file through, though its end might be had by now.
  private var lacksLength: Bool { kind == .ogg && links.count == 1 && facts.frameCount == nil && source.size != nil }

  /// Into streams of a chained file that were not reached yet: how long they are only decoding tells.
  private func readOn(to target: Int) throws(DecoderError) {
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 65536, alignment: 16)
    defer { scratch.deallocate() }
    while frame < target {
      let rest = min(target - frame, scratch.count / format.bytesPerFrame)
      let room = UnsafeMutableRawBufferPointer(rebasing: scratch[..<(rest * format.bytesPerFrame)])
      if try decode(into: room) == .end { return }
    }
  }
}
