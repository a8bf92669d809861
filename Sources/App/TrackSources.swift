import Audio
import Cache
import Library
import Music

/// Where an entry's bytes come from: a file of this computer, or a rendition in the cache that may still arrive.
///
/// Called on the decoder's thread; owns a catalogue connection of its own there, opened for the first local track.
final class TrackSources: Sendable {
  private let catalogue: CatalogueConnection
  private let cached: @Sendable (RenditionKey, Int64?) -> any ByteSource
  private let radio: @Sendable (Track, String) -> any ByteSource

  /// - Parameter radio: makes the source of a station from its address.
  init(
    cataloguePath: String,
    radio: @escaping @Sendable (Track, String) -> any ByteSource = { _, _ in
      FailingSource(.unsupported("radio"))
    }, cached: @escaping @Sendable (RenditionKey, Int64?) -> any ByteSource
  ) {
    catalogue = CatalogueConnection(path: cataloguePath)
    self.cached = cached
    self.radio = radio
  }

  func source(of track: Track) -> any ByteSource {
    if let url = track.streamURL { return radio(track, url) }
    guard let key = track.renditionKey else { return localSource(of: track) }
    let size = key.rendition == .raw && track.size > 0 ? track.size : nil
    return cached(key, size)
  }

  private func localSource(of track: Track) -> any ByteSource {
    // A local `oga` is tried: there is no server to ask instead.
    guard track.isDecodedHere || track.suffix == "oga" else { return FailingSource(.unsupported(track.suffix)) }
    do {
      guard let path = try catalogue.open().path(of: track.id) else { return FailingSource(.unreadable(Self.gone)) }
      return try FileSource(path: PathText.bytes(of: path))
    } catch let error as ByteSourceError {
      return FailingSource(error)
    } catch {
      return FailingSource(.unreadable(Self.unreadable))
    }
  }

  /// ENOENT and EIO, errno(3).
  private static let gone: Int32 = 2
  private static let unreadable: Int32 = 5
}

extension Track {
  /// What the cache keeps the track under; nil for a track of this computer.
  /// What is not decoded here is asked from the server as MP3, at the server's choice of bit rate.
  var renditionKey: RenditionKey? { renditionKey(atMost: 0) }

  /// - Parameter bitRate: in kbit/s; 0: no matter how large.
  func renditionKey(atMost bitRate: Int) -> RenditionKey? {
    guard case .remote(let server) = origin, !isRadio else { return nil }
    let isSmall = bitRate == 0 || isDecodedHere && (1...bitRate).contains(self.bitRate)
    return RenditionKey(
      server: server, track: remoteID,
      rendition: isSmall ? (isDecodedHere ? .raw : .mp3(bitRate: 0)) : .mp3(bitRate: bitRate))
  }
}
