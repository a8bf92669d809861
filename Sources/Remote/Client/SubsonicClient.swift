package import HTTP
package import OpenSubsonic
import Threading

/// Calls to one server, for one account. Each blocks its thread until the answer is there: for worker threads only.
///
/// Every answer and every failure is told to `connectivity`. It never retries by itself.
package final class SubsonicClient: Sendable {
  package let account: RemoteAccount
  package let connectivity: Connectivity
  package let route: Route
  let http: HTTPClient
  /// Ends the calls of this client when its service stops.
  let interruption = Interruption()
  /// Only one looks for another address at a time.
  let search = Monitor(())
  /// The server answers at another address from now on; and: a transfer broke off, so it should be seen whether the
  /// server is there. Any thread.
  let onMove: @Sendable (ServerAddress) -> Void
  let onDoubt: @Sendable () -> Void
  /// Another server answers at one of the addresses. Told once until it is the account's again. Any thread.
  let onStranger: @Sendable (ServerAddress) -> Void
  let proof = Proof()

  package init(
    account: RemoteAccount, http: HTTPClient, connectivity: Connectivity = Connectivity(),
    onMove: @escaping @Sendable (ServerAddress) -> Void = { _ in }, onDoubt: @escaping @Sendable () -> Void = {},
    onStranger: @escaping @Sendable (ServerAddress) -> Void = { _ in }
  ) {
    self.onStranger = onStranger
    self.onMove = onMove
    self.onDoubt = onDoubt
    route = Route([account.address] + account.others)
    self.account = account
    self.http = http
    self.connectivity = connectivity
  }

  /// Makes a call and reads its envelope.
  /// - Parameter asForm: sends everything in a form's body, for long lists of ids. A password always goes there.
  @discardableResult
  package func call(_ request: SubsonicRequest, asForm: Bool = false) throws(RemoteError) -> Wire.Response {
    try byAnyRoute(request) { address in
      do throws(HTTPError) {
        let response = try http.perform(httpRequest(request, asForm: asForm, at: address), interruption: interruption)
        return Result { () throws(RemoteError) in try RemoteError.judge(response) }
      } catch {
        return .failure(.transport(error))
      }
    }
  }

  /// A call whose answer is read only where its bytes are not known.
  /// - Returns: the answer as it came, and what it says; nil for that where it is known.
  func call(
    _ request: SubsonicRequest, unless isKnown: (HTTPResponse) -> Bool
  ) throws(RemoteError) -> (response: HTTPResponse, content: Wire.Response?) {
    try byAnyRoute(request) { address in
      do throws(HTTPError) {
        let response = try http.perform(httpRequest(request, asForm: false, at: address), interruption: interruption)
        if response.head.status == 200, isKnown(response) { return .success((response, nil)) }
        return Result { () throws(RemoteError) in (response, try RemoteError.judge(response)) }
      } catch {
        return .failure(.transport(error))
      }
    }
  }

  /// The whole body of a call that answers with bytes, such as a picture.
  package func bytes(_ request: SubsonicRequest, maximum: Int) throws(RemoteError) -> [UInt8] {
    try byAnyRoute(request) { address in
      do throws(HTTPError) {
        let response = try http.perform(
          httpRequest(request, asForm: false, at: address), maximumBody: maximum, interruption: interruption)
        return Result { () throws(RemoteError) in try Self.content(of: response) }
      } catch {
        return .failure(.transport(error))
      }
    }
  }

  /// Where the server is gone from the address at which it answered, the others are tried. What may have arrived there is
  /// not asked again: its caller decides.
  private func byAnyRoute<Value>(
    _ request: SubsonicRequest, _ perform: (ServerAddress) -> Result<Value, RemoteError>
  ) throws(RemoteError) -> Value {
    let address = route.current
    var answer = prove(address).map { .failure($0) } ?? perform(address)
    if case .failure(let error) = answer, error.meansOffline { proof.lapse() }
    if case .failure(let error) = answer, error.meansOffline, error != .transport(.blocked),
      let other = findAnother(than: address)
    {
      guard request.isQuestion || !error.mayHaveArrived else {
        connectivity.answered()
        throw error
      }
      answer = perform(other)
    }
    connectivity.noticed(answer)
    return try answer.get()
  }

  private static func content(of response: HTTPResponse) throws(RemoteError) -> [UInt8] {
    if response.head.status == 200, !response.head.isText, !response.body.isEmpty { return response.body }
    _ = try RemoteError.judge(response)
    throw .notSubsonic
  }

  private func httpRequest(_ request: SubsonicRequest, asForm: Bool, at address: ServerAddress) -> HTTPRequest {
    let parameters = encoded(request)
    let url = address.base + request.path
    let isForm = if case .password = account.credentials { true } else { asForm }
    var http =
      isForm ? HTTPRequest(.post(form: parameters), url: url) : HTTPRequest(.get, url: url + "?" + parameters)
    http.acceptsCompression = true
    http.totalTimeout = .seconds(120)
    if route.hasOthers { http.connectTimeout = Self.shortTimeout }
    http.certificateFile = account.certificateFile
    return http
  }

  /// The URL of a call, with its secrets: for media, which servers give ranges of only to GET.
  func url(_ request: SubsonicRequest) -> String { route.current.base + request.path + "?" + encoded(request) }

  func encoded(_ request: SubsonicRequest) -> String {
    request.encoded(with: account.credentials, version: account.version)
  }
}
