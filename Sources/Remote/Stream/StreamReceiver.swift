import Cache
import FoundationEssentials
import HTTP
import OpenSubsonic
import Threading

/// Hands a media answer on to the cache as it arrives, or finds out why there is none.
///
/// Lives on the network thread, which calls it in order; its state is touched by no other thread, hence `@unchecked Sendable`.
final class StreamReceiver: HTTPHandler, @unchecked Sendable {
  private let demand: StreamDemand
  private let client: SubsonicClient
  private let sink: any FetchSink
  private var verdict: StreamVerdict?
  /// Its head says neither that it is sound nor that it is text: the first byte will tell.
  private var isDoubtful = false
  private var explanation: [UInt8] = []
  private var received: Int64 = 0
  private static let longestExplanation = 64 << 10

  init(_ demand: StreamDemand, _ client: SubsonicClient, _ sink: any FetchSink) {
    self.demand = demand
    self.client = client
    self.sink = sink
  }

  func receive(head: HTTPHead) {
    let verdict = StreamVerdict(demand, head)
    self.verdict = verdict
    isDoubtful = head.status == 200 && head.contentType?.hasPrefix("audio/") != true
    switch verdict {
    case .media(let head): if !isDoubtful { begin(head) }
    // 500: the server is there and broke over this one track.
    case .over(.retryLater) where head.status != 500:
      client.mediaFailed(.status(head.status, retryAfter: head.retryAfter))
    case .over: if !isDoubtful { client.connectivity.answered() }
    case .explanation: break
    }
  }

  private func begin(_ head: FetchHead) {
    client.connectivity.answered()
    sink.begin(head)
  }

  /// What stands between may send its page under any type, or none. No sound begins like markup or JSON.
  private func settleDoubt(_ first: UInt8?) {
    isDoubtful = false
    if first == UInt8(ascii: "<") || first == UInt8(ascii: "{") {
      verdict = .explanation(status: 200)
    } else if case .media(let head) = verdict {
      begin(head)
    }
  }

  func receive(body: UnsafeRawBufferPointer) -> HTTPFlow {
    if isDoubtful { settleDoubt(body.first) }
    switch verdict {
    case .media:
      received += Int64(body.count)
      return sink.receive(body) ? .more : .stop
    case .explanation:
      explanation.append(contentsOf: body.prefix(Self.longestExplanation - explanation.count))
      return explanation.count < Self.longestExplanation ? .more : .stop
    case .over, nil: return .stop
    }
  }

  func end(_ error: HTTPError?) {
    switch verdict {
    case .over(let outcome): sink.end(outcome)
    case .explanation(let status): sink.end(explained(status))
    case .media, nil: sink.end(transferred(error))
    }
  }

  private func transferred(_ error: HTTPError?) -> FetchOutcome {
    switch error {
    // A server that could make nothing of the file sends nothing, and says that all is well.
    case nil: return received > 0 ? .finished : .refused(nil)
    case .cancelled: return .cancelled
    case .noCurl, .badURL: return .refused(nil)
    case let error?:
      client.mediaFailed(.transport(error))
      return .retryLater
    }
  }

  private func explained(_ status: Int) -> FetchOutcome {
    let answer = HTTPResponse(head: HTTPHead(status: status), body: explanation)
    do {
      _ = try RemoteError.judge(answer)
      return .refused(nil)
    } catch {
      client.mediaFailed(error)
      if error.isWorthRetrying && !error.isAboutCredentials { return .retryLater }
      if case .server(_, let message) = error { return .refused(message) }
      return .refused("HTTP \(status)")
    }
  }
}
