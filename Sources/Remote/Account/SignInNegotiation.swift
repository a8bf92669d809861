import FoundationEssentials
package import HTTP
import OpenSubsonic

/// Finds out how the server at a typed address lets this user in. Blocks for seconds: for worker threads.
///
/// Token and salt first; the password itself only where the server says that it cannot check a token; a key as it is.
/// - Parameter user: ignored with an API key.
package func signIn(
  to typed: String, user: String, secret: SignInSecret, http: HTTPClient, certificateFile: String? = nil,
  interruption: Interruption? = nil
) throws(SignInFailure) -> SignIn {
  var failure = SignInFailure.badAddress
  for address in ServerAddress.candidates(for: typed) {
    var negotiation = SignInNegotiation(
      address: address, http: http, certificateFile: certificateFile, interruption: interruption)
    do {
      return try negotiation.run(user: user, secret: secret)
    } catch {
      failure = error
      // Only a server that does not speak TLS at all is worth a try without it: a bad certificate is a bad certificate.
      guard address.isSecure, [.refused, .timedOut, .connectionLost].contains(error) || error.isTLS else { break }
    }
  }
  throw failure
}

/// The conversation of one sign-in with one address.
private struct SignInNegotiation {
  var address: ServerAddress
  let http: HTTPClient
  let certificateFile: String?
  let interruption: Interruption?
  private var version = SubsonicRequest.clientVersion

  init(address: ServerAddress, http: HTTPClient, certificateFile: String?, interruption: Interruption?) {
    self.address = address
    self.http = http
    self.certificateFile = certificateFile
    self.interruption = interruption
  }

  mutating func run(user: String, secret: SignInSecret) throws(SignInFailure) -> SignIn {
    switch secret {
    case .apiKey(let key): return try finish(.apiKey(key), try ping(.apiKey(key)))
    case .password(let password):
      let token = Credentials(user: user, password: password)
      let answer = try ping(token)
      guard answer.refusesTokens else { return try finish(token, answer) }
      let plain = Credentials.password(user: user, password: password)
      return try finish(plain, try ping(plain))
    }
  }

  /// Asks for `ping`; once more with the server's version when it finds ours too new.
  private mutating func ping(_ credentials: Credentials) throws(SignInFailure) -> Wire.Response {
    let answer = try ask(SubsonicRequest(.ping), credentials)
    guard answer.failure?.code == ErrorCode.serverTooOld.rawValue else { return answer }
    guard answer.version != version, answer.version.hasPrefix("1.") else {
      throw .unsupportedVersion(server: answer.version)
    }
    version = answer.version
    return try ask(SubsonicRequest(.ping), credentials)
  }

  private mutating func finish(_ credentials: Credentials, _ answer: Wire.Response) throws(SignInFailure) -> SignIn {
    if let failure = answer.failure { throw SignInFailure(failure, version: answer.version, credentials) }
    let isOpenSubsonic = answer.openSubsonic == true
    // Classic servers do not know the call; a failure of it is not a failure of the sign-in.
    let extensions = isOpenSubsonic ? try? ask(SubsonicRequest(.getOpenSubsonicExtensions), credentials) : nil
    let names = Set(extensions?.openSubsonicExtensions?.map(\.name) ?? [])
    var signIn = SignIn(
      address: address, credentials: credentials, serverType: answer.type ?? "",
      serverVersion: answer.serverVersion ?? "", version: version, isOpenSubsonic: isOpenSubsonic, extensions: names)
    if names.contains(Wire.ServerIdentity.extensionName) {
      signIn.identity = try? ask(SubsonicRequest(.getServerIdentity), credentials).serverIdentity?.id
    }
    return signIn
  }

  /// A password goes in a form's body, so that no server writes it to its log.
  private mutating func ask(_ request: SubsonicRequest, _ credentials: Credentials) throws(SignInFailure)
    -> Wire.Response
  {
    let parameters = request.encoded(with: credentials, version: version)
    let url = address.base + request.path
    if case .password = credentials { return try send(HTTPRequest(.post(form: parameters), url: url)) }
    return try send(HTTPRequest(.get, url: url + "?" + parameters))
  }

  private mutating func send(_ request: HTTPRequest) throws(SignInFailure) -> Wire.Response {
    var request = request
    request.acceptsCompression = true
    request.totalTimeout = .seconds(20)
    request.certificateFile = certificateFile
    let answer: HTTPResponse
    do { answer = try http.perform(request, maximumBody: 1 << 20, interruption: interruption) } catch {
      throw SignInFailure(error)
    }
    guard let response = Wire.Response.read(Data(answer.body)) else { throw SignInFailure(noEnvelope: answer) }
    follow(answer.head)
    return response
  }

  /// A redirect that kept the call's path, such as from http to https, tells the server's real address.
  private mutating func follow(_ head: HTTPHead) {
    guard head.redirects > 0, head.url.hasSuffix(SubsonicRequest(.ping).path) else { return }
    if let moved = ServerAddress(head.url) { address = moved }
  }
}

extension Wire.Response {
  /// The server cannot check a token, so only the password itself will do.
  fileprivate var refusesTokens: Bool {
    switch failure.flatMap({ ErrorCode(rawValue: $0.code) }) {
    case .tokenUnsupported, .mechanismUnsupported: true
    // Servers from before tokens miss their `p`.
    case .missingParameter: openSubsonic != true || isOlderThanTokens
    default: false
    }
  }

  private var isOlderThanTokens: Bool {
    let parts = version.split(separator: ".").compactMap { Int($0) }
    return parts.count >= 2 && parts[0] == 1 && parts[1] < 13
  }
}
