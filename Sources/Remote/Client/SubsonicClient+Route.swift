import FoundationEssentials
import HTTP
import OpenSubsonic
import Threading

// One server at several addresses: where one does not answer, the next is tried.

extension SubsonicClient {
  /// Looks whether the server answers at another address than the one that failed; from then on it is asked there.
  /// Others who look at the same time wait for what comes of it. Blocks for seconds.
  func findAnother(than failed: ServerAddress) -> ServerAddress? {
    guard route.hasOthers else { return nil }
    return search.withLock { _ in
      if route.current != failed { return route.current }
      guard let found = route.addresses.first(where: { $0 != failed && answers(at: $0) }) else { return nil }
      route.use(found)
      onMove(found)
      return found
    }
  }

  /// Goes back to the preferred address where the server answers there again.
  func preferFirst() {
    guard route.hasOthers, case let first = route.addresses[0], first != route.current else { return }
    search.withLock { _ in
      guard answers(at: first) else { return }
      route.use(first)
      onMove(first)
    }
  }

  /// Asked without credentials first: in another network the address may be another's server, which shall not see them.
  private func answers(at address: ServerAddress) -> Bool {
    if prove(address) != nil { return false }
    guard let stranger = ask(address.base + SubsonicRequest(.ping).path + "?v=\(account.version)&c=dulcet&f=json"),
      account.serverType.isEmpty || stranger.type == nil || stranger.type == account.serverType,
      let known = ask(address.base + SubsonicRequest(.ping).path + "?" + encoded(SubsonicRequest(.ping)))
    else { return false }
    return known.failure == nil
  }

  /// What the server there is known by; nil where it tells none, or there is none. It is told no credentials.
  package func identity(at address: ServerAddress) -> String? {
    ask(identityURL(at: address))?.serverIdentity?.id
  }

  private func ask(_ url: String) -> Wire.Response? {
    var request = HTTPRequest(.get, url: url)
    request.acceptsCompression = true
    request.connectTimeout = Self.shortTimeout
    request.totalTimeout = .seconds(10)
    request.maximumRedirects = 0
    request.certificateFile = account.certificateFile
    guard let response = try? http.perform(request, maximumBody: 1 << 20, interruption: interruption) else {
      return nil
    }
    return Wire.Response.read(Data(response.body))
  }

  /// Where there is another way, one that leads nowhere is not waited for.
  static let shortTimeout = Duration.seconds(4)

  /// A transfer ended as if the server were gone. Where it has another address that is looked at first.
  func mediaFailed(_ error: RemoteError) {
    if error.meansOffline { proof.lapse() }
    if route.hasOthers, error.meansOffline { return onDoubt() }
    connectivity.failed(error)
  }
}

extension SubsonicRequest {
  /// Changes nothing: it may be asked twice.
  var isQuestion: Bool {
    let name = endpoint.rawValue
    return name == "ping" || name.hasPrefix("get") || name.hasPrefix("search")
  }
}
