package import Cache
package import Music

/// Fetches bytes of tracks from the servers of all signed-in accounts, for the cache.
package final class StreamFetcher: RangeFetcher {
  private let client: @Sendable (ServerID) -> SubsonicClient?

  /// - Parameter client: asked for each fetch, on the calling thread; nil for a server that is not signed in to.
  package init(client: @escaping @Sendable (ServerID) -> SubsonicClient?) { self.client = client }

  package func fetch(
    _ key: RenditionKey, from offset: Int64, to end: Int64?, validator: String?, sink: any FetchSink
  ) -> any Fetch { fatalError("contract") }
}
