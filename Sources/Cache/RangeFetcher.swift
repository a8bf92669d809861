package import Music

/// One encoding of a track, as it is asked from the server.
package enum Rendition: Hashable, Sendable, Codable {
  /// The file as the server holds it.
  case raw
  /// Made by the server; kbit/s, 0 for the server's choice.
  case mp3(bitRate: Int)

  /// How the cache's database names it.
  package var name: String {
    switch self {
    case .raw: "raw"
    case .mp3(let bitRate): "mp3-\(bitRate)"
    }
  }
}

/// What the cache keeps bytes under.
package struct RenditionKey: Hashable, Sendable {
  package let server: ServerID
  package let track: RemoteID
  package let rendition: Rendition

  package init(server: ServerID, track: RemoteID, rendition: Rendition) {
    self.server = server
    self.track = track
    self.rendition = rendition
  }
}

/// What a server said before the first byte.
package struct FetchHead: Hashable, Sendable {
  /// Offset of the first byte that follows; 0 when the server ignored the range.
  package var offset: Int64
  /// The whole rendition's length in bytes, when told.
  package var totalSize: Int64?
  /// ETag or Last-Modified, whichever there is: what tells one version of a file from another.
  package var validator: String?
  /// Whether ranges can be asked for. A transcode often cannot.
  package var acceptsRanges: Bool

  package init(offset: Int64, totalSize: Int64?, validator: String?, acceptsRanges: Bool) {
    self.offset = offset
    self.totalSize = totalSize
    self.validator = validator
    self.acceptsRanges = acceptsRanges
  }
}

/// How a fetch ended.
package enum FetchOutcome: Hashable, Sendable {
  /// Every byte that was promised came.
  case finished
  case cancelled
  /// No network, a time-out, a 5xx, a connection cut short: worth another try later.
  case retryLater
  /// The file is another one now (a validator that no longer fits, or 416).
  case changed
  /// The server's no, in its words where it gave any.
  case refused(String?)
}

/// Takes what a fetch brings. Called on the network thread, in order: `begin` at most once, `receive` any number of times, `end` once.
package protocol FetchSink: AnyObject, Sendable {
  func begin(_ head: FetchHead)
  /// - Returns: false to stop the transfer (`end(.cancelled)` still comes).
  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool
  func end(_ outcome: FetchOutcome)
}

/// A transfer under way.
package protocol Fetch: AnyObject, Sendable {
  /// Stops it; the sink still hears `end`. Any thread.
  func cancel()
}

/// What the cache asks of the network. `Remote` answers with a real server, tests with bytes of their own.
package protocol RangeFetcher: Sendable {
  /// Begins ONE request for the bytes from `range.lowerBound` up to `range.upperBound`, or to the end where that is nil.
  /// - Parameter validator: when not nil, the bytes are wanted only while the file is still that version (If-Range);
  ///   otherwise the outcome is `.changed`.
  func fetch(_ key: RenditionKey, from offset: Int64, to end: Int64?, validator: String?, sink: any FetchSink)
    -> any Fetch
}
