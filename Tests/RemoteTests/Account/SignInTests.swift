import HTTP
import OpenSubsonic
import Remote
import Testing

private func envelope(_ content: String = "", version: String = "1.16.1") -> ScriptedReply {
  .json(#"{"subsonic-response":{"status":"ok","version":"\#(version)"\#(content)}}"#)
}

private func failure(_ code: Int, version: String = "1.16.1", extra: String = "") -> ScriptedReply {
  .json(
    #"{"subsonic-response":{"status":"failed","version":"\#(version)","error":{"code":\#(code),"message":"no"}\#(extra)}}"#
  )
}

private let openSubsonic = #","type":"navidrome","serverVersion":"0.63","openSubsonic":true"#

@Suite("Signing in")
struct SignInTests {
  private let http = HTTPClient()

  private func attempt(_ address: String, secret: SignInSecret = .password("hunter2")) -> Result<SignIn, SignInFailure>
  {
    Result { () throws(SignInFailure) in try signIn(to: address, user: "bob", secret: secret, http: http) }
  }

  private func problem(_ answer: @escaping @Sendable (ScriptedRequest) -> ScriptedReply) -> SignInFailure? {
    let server = ScriptedServer(answer)
    if case .failure(let failure) = attempt(server.base) { return failure }
    return nil
  }

  @Test("a token opens an OpenSubsonic server, and its extensions are noted")
  func token() throws {
    let server = ScriptedServer { request in
      request.call == "ping"
        ? envelope(openSubsonic)
        : envelope(openSubsonic + #","openSubsonicExtensions":[{"name":"formPost","versions":[1]}]"#)
    }
    let signIn = try attempt(server.base).get()
    #expect(signIn.isOpenSubsonic)
    #expect(signIn.serverType == "navidrome")
    #expect(signIn.serverVersion == "0.63")
    #expect(signIn.extensions == ["formPost"])
    #expect(signIn.version == "1.16.1")
    guard case .token("bob", let salt, let token) = signIn.credentials else {
      Issue.record("\(signIn.credentials)")
      return
    }
    #expect(token == Credentials.token(password: "hunter2", salt: salt))
    #expect(server.requests.allSatisfy { $0["p"] == nil })
  }

  @Test(
    "a server that cannot check tokens gets the password, in a form",
    arguments: [
      (10, "1.12.0", ""), (41, "1.16.1", openSubsonic), (42, "1.16.1", openSubsonic), (10, "1.12.0", openSubsonic),
    ])
  func password(code: Int, version: String, extra: String) throws {
    let server = ScriptedServer { request in
      request["p"] == "enc:68756e74657232" && request.method == "POST"
        ? envelope(extra, version: version) : failure(code, version: version, extra: extra)
    }
    let signIn = try attempt(server.base).get()
    #expect(signIn.credentials == .password(user: "bob", password: "hunter2"))
    #expect(server.requests.contains { $0.path.contains("hunter2") || $0["t"] != nil && $0["p"] != nil } == false)
  }

  @Test("a parameter that an OpenSubsonic server misses is not a hint to send the password")
  func missingParameter() {
    #expect(problem { _ in failure(10, extra: openSubsonic) } == .server(code: 10, message: "no"))
  }

  @Test("a server that finds the client too new is spoken to in its version")
  func version() throws {
    let server = ScriptedServer { request in
      request["v"] == "1.15.0" ? envelope(version: "1.15.0") : failure(30, version: "1.15.0")
    }
    #expect(try attempt(server.base).get().version == "1.15.0")
    #expect(problem { _ in failure(30, version: "2.0.0") } == .unsupportedVersion(server: "2.0.0"))
    #expect(problem { _ in failure(30, version: "1.15.0") } == .unsupportedVersion(server: "1.15.0"))
  }

  @Test("an API key goes alone")
  func apiKey() throws {
    let server = ScriptedServer { request in
      request["apiKey"] == "k" && request["u"] == nil ? envelope(openSubsonic) : failure(44, extra: openSubsonic)
    }
    #expect(try attempt(server.base, secret: .apiKey("k")).get().credentials == .apiKey("k"))
    #expect(attempt(server.base, secret: .apiKey("x")) == .failure(.wrongAPIKey))
  }

  @Test("wrong passwords, keys instead of passwords, and other refusals are told apart")
  func refusals() {
    #expect(problem { _ in failure(40) } == .wrongPassword)
    #expect(problem { _ in failure(42, extra: openSubsonic) } == .needsAPIKey)
    #expect(problem { _ in failure(0) } == .server(code: 0, message: "no"))
    #expect(problem { _ in failure(50) } == .server(code: 50, message: "no"))
  }

  @Test("what is no Subsonic server is recognised")
  func notSubsonic() {
    #expect(problem { _ in .html("<html>Welcome</html>") } == .notSubsonic(.page))
    #expect(problem { _ in .json("{}") } == .notSubsonic(.page) || problem { _ in .json("{}") } == .notSubsonic(.other))
    #expect(problem { _ in .html("no", status: "404 Not Found") } == .notSubsonic(.status(404)))
    #expect(problem { _ in .html("no", status: "401 Unauthorized") } == .notSubsonic(.status(401)))
    let server = ScriptedServer { request in
      request.path == "/login" ? .html("<html>Sign in</html>") : .redirect(to: "/login?next=secret")
    }
    #expect(attempt(server.base) == .failure(.notSubsonic(.redirect(to: server.base + "login"))))
  }

  @Test("a server in trouble is not a wrong address")
  func trouble() {
    #expect(problem { _ in .html("no", status: "503 Service Unavailable") } == .status(503))
    #expect(problem { _ in .html("no", status: "429 Too Many Requests") } == .status(429))
    #expect(problem { _ in .hangUp } == .connectionLost)
  }

  @Test("an error envelope counts whatever its HTTP status")
  func status() {
    #expect(
      problem { _ in
        var reply = failure(40)
        reply.status = "404 Not Found"
        return reply
      } == .wrongPassword)
  }

  @Test("a closed port, an unknown name and nonsense are told apart")
  func unreachable() {
    let server = ScriptedServer { _ in .silence }
    server.stop()
    #expect(attempt(server.base) == .failure(.refused))
    #expect(attempt("not an address") == .failure(.badAddress))
    #expect([.failure(.unknownHost), .failure(.timedOut)].contains(attempt("https://dulcet-test.invalid")))
  }

  @Test("a private host without a scheme is tried with https, then with http; a path prefix stays")
  func schemes() throws {
    let server = ScriptedServer { request in
      request.path.hasPrefix("/music/rest/") ? envelope() : .html("no", status: "404 Not Found")
    }
    let signIn = try attempt("127.0.0.1:\(server.port)/music/").get()
    #expect(signIn.address.base == server.base + "music/")
  }

  @Test("a server that moved is found at its new address from then on")
  func moved() throws {
    let server = ScriptedServer { _ in envelope() }
    let port = server.port
    let old = ScriptedServer { request in .redirect(to: "http://127.0.0.1:\(port)/new\(request.path)?u=bob") }
    #expect(try attempt(old.base).get().address.base == server.base + "new/")
  }
}
