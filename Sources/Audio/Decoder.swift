/// Bytes to samples. Made, used and let go on the decoder thread only.
package protocol Decoder: AnyObject {
  /// The shape of what `decode` writes; changes only where it returns `.newFormat`.
  var format: AudioFormat { get }

  /// What is known of the track by now.
  var info: DecoderInfo { get }

  /// Writes whole frames to `buffer`, which holds at least one.
  /// - Throws: `.source` when bytes are missing (nothing is lost: a later call goes on there).
  func decode(into buffer: UnsafeMutableRawBufferPointer) throws(DecoderError) -> Decoded

  /// Moves to a frame of the track, counted from its first audible one.
  /// - Returns: the frame that `decode` goes on with: the one asked for, the end when that lies before it, or a near
  ///   one where the exact place is not known without reading bytes that are not held.
  func seek(toFrame frame: Int) throws(DecoderError) -> Int

  /// Goes on with another source of the same bytes, after the first was cancelled.
  func replaceSource(_ source: any ByteSource)
}

/// What one call of `decode` came to.
package enum Decoded: Hashable, Sendable {
  /// This many frames, at least one.
  case frames(Int)
  /// Nothing written: from here on `format` is another one.
  case newFormat
  case end
}

package enum DecoderError: Error, Hashable, Sendable {
  case source(ByteSourceError)
  /// Not sound in any form this decoder knows.
  case notAudio
}

/// Facts about the bytes being decoded.
package struct DecoderInfo: Hashable, Sendable {
  package var format: AudioFormat
  /// For people: `MP3`, `FLAC`, `Ogg Vorbis`.
  package var codec: String
  /// Bits of a sample that mean something; 0 for a codec that has none of its own (floating point).
  package var bits: Int
  /// In frames; nil when it cannot be known before the end.
  package var frameCount: Int?
  /// In kbit/s: the present frame's, or the mean where that is known; 0 when neither is.
  package var bitRate: Int
  package var isVariable: Bool
  /// Whether where the track is was guessed: after a seek into bytes that were not here, where the bit rate varies. Positions
  /// are then right to a second or so.
  package var isPositionGuessed: Bool

  package init(
    format: AudioFormat, codec: String = "MP3", bits: Int = 16, frameCount: Int? = nil, bitRate: Int = 0,
    isVariable: Bool = false, isPositionGuessed: Bool = false
  ) {
    self.format = format
    self.codec = codec
    self.bits = bits
    self.frameCount = frameCount
    self.bitRate = bitRate
    self.isVariable = isVariable
    self.isPositionGuessed = isPositionGuessed
  }

  package var duration: Duration? { frameCount.map { format.duration(of: $0) } }
}
