import Audio
import CSndFile

/// The one owner of a `SNDFILE`: what is asked of libsndfile, in Swift's words.
struct SndHandle: ~Copyable {
  let view: ByteView
  let format: AudioFormat
  let codec: String
  let bits: Int
  /// nil when the file does not tell.
  let frameCount: Int?
  /// Whether what a call gave before its bytes were missing can be trusted: not where blocks are decoded in part.
  let givesWholeFrames: Bool
  /// Whether a seek goes wrong once something was decoded (Vorbis in libsndfile 1.2): it takes a file just opened.
  let seeksOnlyFresh: Bool
  /// Frames to decode unheard before a seek's target: Opus grows into its place.
  private let preroll: Int
  private let file: OpaquePointer

  /// nil when libsndfile reads no sound from it, or the bytes are missing: ask the view.
  init?(_ view: ByteView) {
    var info = SF_INFO()
    var io = SF_VIRTUAL_IO.byteView
    guard let file = dulcet_snd_open(&io, &info, Unmanaged.passUnretained(view).toOpaque()) else { return nil }
    // Opus has one rate; what the header says is only what the encoder was given.
    let isOpus = Int(info.format) & Int(SF_FORMAT_SUBMASK) == Int(SF_FORMAT_OPUS)
    let opusRate: Int32 = 48000
    let rescaled = isOpus && info.samplerate != opusRate && dulcet_snd_set_opus_rate(file, opusRate) == 0
    let rate = rescaled ? opusRate : info.samplerate
    guard let codec = Codec(format: Int(info.format)), Self.rates.contains(rate), Self.channels.contains(info.channels)
    else {
      dulcet_snd_close(file)
      return nil
    }
    self.view = view
    self.file = file
    format = AudioFormat(rate: Int(rate), channels: Int(info.channels), sample: codec.sample)
    self.codec = codec.name
    bits = codec.bits
    givesWholeFrames = codec.givesWholeFrames
    seeksOnlyFresh = codec.name == Codec.vorbis
    preroll = isOpus ? 4800 : 0
    let isKnown = info.frames > 0 && info.frames < .max >> 16
    frameCount = isKnown ? Int(info.frames) * (rescaled ? Int(rate) / Int(info.samplerate) : 1) : nil
  }

  deinit { dulcet_snd_close(file) }

  /// What hardware and ears can be expected to take; a header that says more is damaged.
  private static let rates: ClosedRange<Int32> = 1000...768_000
  private static let channels: ClosedRange<Int32> = 1...8

  /// - Returns: the number of frames; 0 at the end, at missing bytes and at damage.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = sf_count_t(buffer.count / format.bytesPerFrame)
    switch format.sample {
    case .s16: return Int(dulcet_snd_read_short(file, buffer.assumingMemoryBound(to: Int16.self).baseAddress, count))
    case .s32: return Int(dulcet_snd_read_int(file, buffer.assumingMemoryBound(to: Int32.self).baseAddress, count))
    case .f32:
      let samples = buffer.assumingMemoryBound(to: Float.self)
      let read = Int(dulcet_snd_read_float(file, samples.baseAddress, count))
      for index in 0..<max(read, 0) * format.channels where !samples[index].isFinite { samples[index] = 0 }
      return read
    }
  }

  /// Where to seek to, so that decoding on from there gives `frame` as an uninterrupted decoder would.
  func entry(for frame: Int) -> Int {
    guard seeksOnlyFresh, let frameCount else { return max(frame - preroll, 0) }
    // On the last page of Vorbis libsndfile cannot tell its place; a page holds 255 packets, each 1024 frames at most.
    return max(min(frame, frameCount - 255 * 1024), 0)
  }

  /// - Returns: the frame reached; nil when it failed.
  func seek(to frame: Int) -> Int? {
    let reached = dulcet_snd_seek(file, sf_count_t(frame))
    return reached < 0 ? nil : Int(reached)
  }

  var hasError: Bool { dulcet_snd_error(file) != 0 }
}

/// What libsndfile's format number means here.
private struct Codec {
  var name: String
  var sample: SampleFormat
  var bits: Int
  var givesWholeFrames = true

  init?(format: Int) {
    guard let container = Self.containers[format & Int(SF_FORMAT_TYPEMASK)] else { return nil }
    switch format & Int(SF_FORMAT_SUBMASK) {
    case Int(SF_FORMAT_PCM_S8), Int(SF_FORMAT_PCM_U8): (sample, bits, name) = (.s16, 8, container)
    case Int(SF_FORMAT_PCM_16): (sample, bits, name) = (.s16, 16, container)
    case Int(SF_FORMAT_PCM_24): (sample, bits, name) = (.s32, 24, container)
    case Int(SF_FORMAT_PCM_32): (sample, bits, name) = (.s32, 32, container)
    case Int(SF_FORMAT_FLOAT), Int(SF_FORMAT_DOUBLE): (sample, bits, name) = (.f32, 0, container)
    case Int(SF_FORMAT_VORBIS): (sample, bits, name) = (.f32, 0, Self.vorbis)
    case Int(SF_FORMAT_OPUS): (sample, bits, name) = (.f32, 0, "Opus")
    case Int(SF_FORMAT_ULAW), Int(SF_FORMAT_ALAW): (sample, bits, name) = (.s16, 16, container)
    case Int(SF_FORMAT_IMA_ADPCM), Int(SF_FORMAT_MS_ADPCM):
      (sample, bits, name) = (.s16, 16, container)
      givesWholeFrames = false
    default: return nil
    }
  }

  static let vorbis = "Ogg Vorbis"

  private static let containers: [Int: String] = [
    Int(SF_FORMAT_WAV): "WAV", Int(SF_FORMAT_WAVEX): "WAV", Int(SF_FORMAT_RF64): "WAV", Int(SF_FORMAT_AIFF): "AIFF",
    Int(SF_FORMAT_FLAC): "FLAC", Int(SF_FORMAT_OGG): "Ogg",
  ]
}
