package import HTTP
package import OpenSubsonic

/// Calls to one server, for one account. Each blocks its thread until the answer is there: for worker threads only.
///
/// Every answer and every failure is told to `connectivity`. It never retries by itself.
package final class SubsonicClient: Sendable {
  package let account: RemoteAccount
  package let connectivity: Connectivity
  let http: HTTPClient
  /// Ends the calls of this client when its service stops.
  let interruption = Interruption()

  package init(account: RemoteAccount, http: HTTPClient, connectivity: Connectivity = Connectivity()) {
    self.account = account
    self.http = http
    self.connectivity = connectivity
  }

  /// Makes a call and reads its envelope.
  /// - Parameter asForm: sends everything in a form's body, for long lists of ids. A password always goes there.
  @discardableResult
  package func call(_ request: SubsonicRequest, asForm: Bool = false) throws(RemoteError) -> Wire.Response {
    let answer: Result<Wire.Response, RemoteError>
    do {
      let response = try http.perform(httpRequest(request, asForm: asForm), interruption: interruption)
      answer = Result { () throws(RemoteError) in try RemoteError.judge(response) }
    } catch {
      answer = .failure(.transport(error))
    }
    connectivity.noticed(answer)
    return try answer.get()
  }

  /// The whole body of a call that answers with bytes, such as a picture.
  package func bytes(_ request: SubsonicRequest, maximum: Int) throws(RemoteError) -> [UInt8] {
    let answer: Result<[UInt8], RemoteError>
    do {
      let response = try http.perform(
        httpRequest(request, asForm: false), maximumBody: maximum, interruption: interruption)
      answer = Result { () throws(RemoteError) in try Self.content(of: response) }
    } catch {
      answer = .failure(.transport(error))
    }
    connectivity.noticed(answer)
    return try answer.get()
  }

  private static func content(of response: HTTPResponse) throws(RemoteError) -> [UInt8] {
    if response.head.status == 200, !response.head.isText, !response.body.isEmpty { return response.body }
    _ = try RemoteError.judge(response)
    throw .notSubsonic
  }

  private func httpRequest(_ request: SubsonicRequest, asForm: Bool) -> HTTPRequest {
    let parameters = encoded(request)
    let url = account.address.base + request.path
    let isForm = if case .password = account.credentials { true } else { asForm }
    var http =
      isForm ? HTTPRequest(.post(form: parameters), url: url) : HTTPRequest(.get, url: url + "?" + parameters)
    http.acceptsCompression = true
    http.totalTimeout = .seconds(120)
    http.certificateFile = account.certificateFile
    return http
  }

  /// The URL of a call, with its secrets: for media, which servers give ranges of only to GET.
  func url(_ request: SubsonicRequest) -> String { account.address.base + request.path + "?" + encoded(request) }

  private func encoded(_ request: SubsonicRequest) -> String {
    request.encoded(with: account.credentials, version: account.version)
  }
}
