import Audio
import Core
import HTTP
import Music
import Radio

/// The sound of a station in the queue; what its connection reports goes to the loop.
func radioSource(of track: Track, at url: String, http: HTTPClient, inbox: Inbox) -> any ByteSource {
  let id = track.id
  return RadioSource(url: url, http: http) { inbox.post(.radio(id, RadioNews($0))) }
}

extension RadioNews {
  init(_ event: RadioEvent) {
    switch event {
    case .title(let text): self = .title(text)
    case .lost(let loss, let delay): self = .lost(reason: loss.words, retryIn: delay)
    case .back: self = .back
    }
  }
}

extension RadioLoss {
  fileprivate var words: String {
    switch self {
    case .ended: "the server ended it"
    case .transport(.timedOut): "nothing came any more"
    case .transport(.hostNotFound), .transport(.unreachable): "no network"
    case .transport(.refused): "the server refuses the connection"
    case .transport: "the connection broke"
    case .status(let status): "the server says \(status)"
    case .notSound: "something else than sound came"
    }
  }
}
