package import Cache
package import HTTP
package import Music
import OpenSubsonic
import Threading

/// Fetches bytes of tracks from the servers of all signed-in accounts, for the cache.
///
/// One request each, handed on from the network thread as it arrives. It never retries, stores or decodes.
package final class StreamFetcher: RangeFetcher {
  private let http: HTTPClient
  private let client: @Sendable (ServerID) -> SubsonicClient?

  /// - Parameter client: asked for each fetch, on the calling thread; nil for a server that is not signed in to.
  package init(http: HTTPClient, client: @escaping @Sendable (ServerID) -> SubsonicClient?) {
    self.http = http
    self.client = client
  }

  package func fetch(
    _ key: RenditionKey, from offset: Int64, to end: Int64?, validator: String?, sink: any FetchSink
  ) -> any Fetch {
    guard let client = client(key.server) else {
      http.run { sink.end(.retryLater) }
      return NoFetch()
    }
    let isTranscode = key.rendition != .raw
    let demand = StreamDemand(offset: offset, end: end, validator: validator, isTranscode: isTranscode)
    let start: @Sendable () -> HTTPTransfer = {
      var request = HTTPRequest(.get, url: client.url(Self.request(key)), headers: demand.headers)
      request.certificateFile = client.account.certificateFile
      if client.route.hasOthers { request.connectTimeout = SubsonicClient.shortTimeout }
      return client.http.start(request, StreamReceiver(demand, client, sink))
    }
    if client.mayTell(client.route.current) { return StreamFetch(start()) }
    return ProvenFetch(client, sink, start)
  }

  /// `stream`, not `download`, which servers forbid to many users. `format=raw`, or a server may transcode by its own rules.
  static func request(_ key: RenditionKey) -> SubsonicRequest {
    let id = Parameter("id", key.track)
    switch key.rendition {
    case .raw: return SubsonicRequest(.stream, [id, Parameter("format", "raw")])
    case .mp3(0): return SubsonicRequest(.stream, [id, Parameter("format", "mp3")])
    case .mp3(let bitRate):
      return SubsonicRequest(.stream, [id, Parameter("format", "mp3"), Parameter("maxBitRate", bitRate)])
    }
  }
}

private final class StreamFetch: Fetch {
  private let transfer: HTTPTransfer
  init(_ transfer: HTTPTransfer) { self.transfer = transfer }
  func cancel() { transfer.cancel() }
}

/// A fetch from a server that is first asked who it is, on a thread of its own: seldom more than once in a session.
private final class ProvenFetch: Fetch {
  private struct State: Sendable {
    var isCancelled = false
    var transfer: HTTPTransfer?
  }

  private let state = Monitor(State())

  init(_ client: SubsonicClient, _ sink: any FetchSink, _ start: @escaping @Sendable () -> HTTPTransfer) {
    OSThread("proof") { [state] in
      let refusal = client.prove(client.route.current)
      let isStarted = state.withLock { state in
        if state.isCancelled || refusal != nil { return false }
        state.transfer = start()
        return true
      }
      if isStarted { return }
      if let refusal { client.mediaFailed(refusal) }
      client.http.run { sink.end(refusal == nil ? .cancelled : .retryLater) }
    }.detach()
  }

  func cancel() {
    state.withLock { state in
      state.isCancelled = true
      return state.transfer
    }?.cancel()
  }
}

private final class NoFetch: Fetch {
  func cancel() {}
}
