package import Audio
import Mpg123
import SndFile

/// The decoder for these bytes, chosen by how they begin, whatever the file is called. Called on the decoder's thread.
package func makeDecoder(for source: any ByteSource) throws(DecoderError) -> any Decoder {
  let start: Int64
  let kind: SoundFileKind?
  do throws(ByteSourceError) {
    start = try endOfLeadingTags(in: source)
    kind = try SoundFileKind(source, at: start)
  } catch { throw .source(error) }
  guard let kind else { return try Mpg123Decoder(source: source) }
  do throws(DecoderError) {
    return try SndFileDecoder(source: source, kind: kind, start: start)
  } catch .notAudio where kind == .riff {
    return try Mpg123Decoder(source: source)
  }
}

/// Whether anything but MP3 can be decoded here.
package var hasOtherDecoders: Bool { SndFileDecoder.isInstalled }
