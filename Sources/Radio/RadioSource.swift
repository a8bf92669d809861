package import Audio
package import HTTP

/// The sound of an internet radio station as a decoder's bytes: they only go on, without an end and without a size.
///
/// It connects when it is first read, reads playlists, takes the titles out of the sound, connects anew with growing
/// delays when the station is lost, and hangs up while nobody reads. It never seeks and never stores. Memory: see
/// `RadioBuffer`. Read by one thread, the decoder's; what the network thread brings meets it in `RadioLine`.
package final class RadioSource: ByteSource {
  private let line: RadioLine

  /// - Parameters:
  ///   - url: the station's address, of its sound or of a playlist.
  ///   - onEvent: called on the reading or the network thread; must return soon.
  package init(
    url: String, http: HTTPClient, timing: RadioTiming = RadioTiming(),
    onEvent: @escaping @Sendable (RadioEvent) -> Void
  ) {
    line = RadioLine(url: url, http: http, timing: timing, onEvent: onEvent)
  }

  deinit { line.cancel() }

  package var size: Int64? { nil }
  package func cancel() { line.cancel() }
  package func heldCount(from offset: Int64) -> Int64 { 0 }

  package func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    guard !buffer.isEmpty else { return 0 }
    return try line.read(at: offset, into: buffer)
  }
}
