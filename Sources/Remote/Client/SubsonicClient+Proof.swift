import HTTP
import OpenSubsonic
import Synchronization
import Threading

// In another network an address may be another's. Where a server has told what it is known by, it is asked for that
// before it is told credentials; what listens on the way is TLS's business.

/// At which address the server was seen to be itself, and where it was not. Any thread.
final class Proof: Sendable {
  private struct State: Sendable {
    var proven: ServerAddress?
    var strangers: Set<ServerAddress> = []
  }

  private let state = Mutex(State())
  /// Only one asks at a time.
  fileprivate let asking = Monitor(())

  func holds(at address: ServerAddress) -> Bool { state.withLock { $0.proven == address } }

  fileprivate func found(_ address: ServerAddress) {
    state.withLock { state in
      state.proven = address
      state.strangers.remove(address)
    }
  }

  /// - Returns: whether that is new.
  fileprivate func missed(_ address: ServerAddress) -> Bool {
    state.withLock { $0.strangers.insert(address).inserted }
  }

  /// Something happened in between: it is to be asked anew.
  func lapse() { state.withLock { $0.proven = nil } }
}

extension SubsonicClient {
  /// Whether credentials may go to this address at once.
  func mayTell(_ address: ServerAddress) -> Bool { account.identity == nil || proof.holds(at: address) }

  /// Sees that the account's server is what answers there, once until it was gone. Blocks for seconds.
  /// - Returns: why credentials may not go there; nil where they may, or where there is nothing to go by.
  func prove(_ address: ServerAddress) -> RemoteError? {
    if mayTell(address) { return nil }
    return proof.asking.withLock { _ -> RemoteError? in
      if mayTell(address) { return nil }
      do throws(RemoteError) {
        guard try askedIdentity(at: address) == account.identity else {
          if proof.missed(address) { onStranger(address) }
          return .anotherServer(address)
        }
        proof.found(address)
        return nil
      } catch {
        return error
      }
    }
  }

  /// nil where a server answers that tells none.
  private func askedIdentity(at address: ServerAddress) throws(RemoteError) -> String? {
    var request = HTTPRequest(.get, url: identityURL(at: address))
    request.acceptsCompression = true
    request.connectTimeout = Self.shortTimeout
    request.totalTimeout = .seconds(10)
    request.maximumRedirects = 0
    request.certificateFile = account.certificateFile
    let response: HTTPResponse
    do throws(HTTPError) {
      response = try http.perform(request, maximumBody: 1 << 20, interruption: interruption)
    } catch {
      throw .transport(error)
    }
    do throws(RemoteError) {
      return try RemoteError.judge(response).serverIdentity?.id
    } catch {
      // It does not know the call: that is no server that once answered it.
      if case .server = error { return nil }
      if error.isUnknownCall { return nil }
      throw error
    }
  }

  func identityURL(at address: ServerAddress) -> String {
    address.base + SubsonicRequest(.getServerIdentity).path + "?v=\(account.version)&c=dulcet&f=json"
  }

  /// What the server is known by, where that was not asked when it was signed in to: our own server tells it since a later
  /// version. Only where it has just been told the credentials anyway. Blocks for seconds.
  func learnIdentity() -> String? {
    guard account.identity == nil, account.serverType == Self.tellingType else { return nil }
    return identity(at: route.current)
  }

  /// What the only server calls itself that is known to tell an identity.
  private static let tellingType = "dulcet"
}
