package import Audio
import CMpg123

/// The MP3 decoder: libmpg123 in feed mode.
package final class Mpg123Decoder: Decoder {
  /// - Throws: `.notAudio`, `.source`.
  package init(source: any ByteSource) throws(DecoderError) { fatalError("contract") }
  package var format: AudioFormat { fatalError("contract") }
  package var info: DecoderInfo { fatalError("contract") }
  package func decode(into buffer: UnsafeMutableRawBufferPointer) throws(DecoderError) -> Decoded {
    fatalError("contract")
  }
  package func seek(toFrame frame: Int) throws(DecoderError) -> Int { fatalError("contract") }
  package func replaceSource(_ source: any ByteSource) { fatalError("contract") }
}
