import Fixtures
import Foundation
import OpenSubsonic
import Server
import Testing

@Suite struct SignInTests {
  let server: RunningServer
  init() throws { server = try RunningServer() }

  private func code(_ parameters: String, call: String = "ping") throws -> Int? {
    let body = server.http.get("/rest/\(call)?v=1.16.1&c=test&f=json&" + parameters).body
    return try JSONDecoder().decode(Wire.Envelope.self, from: Data(body)).response.error?.code
  }

  @Test("a password is taken plain, in hexadecimal and as a token")
  func right() throws {
    #expect(try code("u=ada&p=secret") == nil)
    #expect(try code("u=ada&p=enc:736563726574") == nil)
    for salt in ["c19b2d", "anything else", ""].filter({ !$0.isEmpty }) {
      let token = Credentials.token(password: "secret", salt: salt)
      #expect(try code("u=ada&t=\(token)&s=\(salt.replacing(" ", with: "+"))") == nil)
      #expect(try code("u=ada&t=\(token.uppercased())&s=\(salt.replacing(" ", with: "+"))") == nil)
    }
  }

  @Test(
    "what is wrong with a sign-in has its code",
    arguments: [
      ("", 10), ("u=ada", 10), ("p=secret", 10), ("u=&p=secret", 10), ("u=ada&t=00", 10), ("u=ada&p=wrong", 40),
      ("u=ada&p=", 40), ("u=nobody&p=secret", 40), ("u=Ada&p=secret", 40), ("u=ada&p=enc:zz", 40),
      ("u=ada&p=enc:7", 40),
      ("u=ada&t=26719a1196d2a940705a59634eb18eab&s=c19b2d", 40), ("u=ada&t=x&s=y&p=secret", 43),
      ("apiKey=dk_none", 44), ("apiKey=dk_none&u=ada", 43), ("apiKey=dk_none&p=secret", 43),
    ])
  func wrong(parameters: String, expected: Int) throws { #expect(try code(parameters) == expected) }

  @Test("the list of extensions needs no sign-in, everything else does")
  func publicCalls() throws {
    #expect(try code("", call: "getOpenSubsonicExtensions") == nil)
    let names = try server.call("getOpenSubsonicExtensions").openSubsonicExtensions?.map(\.name) ?? []
    #expect(Set(names) == ["apiKeyAuthentication", "formPost", "indexBasedQueue", "songLyrics"])
    let open: [Endpoint] = [.getOpenSubsonicExtensions, .getServerIdentity]
    for endpoint in Endpoint.allCases where !open.contains(endpoint) {
      #expect(try code("id=x", call: endpoint.rawValue) == 10, "\(endpoint)")
      #expect(try code("u=ada&p=wrong\(endpoint)", call: endpoint.rawValue) == 40, "\(endpoint)")
      // Right in between, so that nothing has to wait.
      #expect(try code("u=ada&p=secret") == nil)
    }
  }

  @Test("many wrong passwords make that user's attempts slow, and nobody else's")
  func throttled() throws {
    for _ in 0..<5 { #expect(try code("u=ben&p=wrong") == 40) }
    let held = server.http.open()
    defer { close(held) }
    server.http.send(
      Array("GET /rest/ping?u=ben&p=other&f=json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8), on: held)
    let others = ContinuousClock().measure {
      for _ in 0..<20 { #expect(server.http.get(server.target("ping")).status == 200) }
    }
    // Each would have waited a second.
    #expect(others < .seconds(20))
    let answer = String(decoding: server.http.receive(until: .max, on: held), as: UTF8.self)
    #expect(answer.contains("\"status\":\"ok\""))
  }

  @Test("users are seen by themselves and by administrators")
  func users() throws {
    #expect(try server.call("getUser", "username=ada").user?.adminRole == true)
    #expect(try server.failure("getUser") == 10)
    #expect(try server.failure("getUser", "username=nobody") == 70)
  }
}

@Suite struct UserStoreTests {
  let data = TemporaryDirectory()
  private func store() throws -> UserStore { try UserStore(DataDirectory(path: data.file("data"))) }

  @Test("users and keys are there after a restart, and no secret stands in the file")
  func kept() throws {
    try store().add("ada", password: "a very long password")
    let key = try store().makeAPIKey(for: "ada")
    let user = try #require(try store().users().first)
    #expect(user.name == "ada" && user.isAdmin && user.apiKeyCount == 1)
    for name in try FileManager.default.contentsOfDirectory(atPath: data.file("data")) {
      let contents = FileManager.default.contents(atPath: data.file("data/" + name))!
      #expect(contents.range(of: Data("a very long password".utf8)) == nil)
      #expect(contents.range(of: Data(key.utf8)) == nil)
    }
  }

  @Test("the files can be read by their owner only")
  func modes() throws {
    _ = try store()
    for (name, mode) in [("data", 0o700), ("data/secret.key", 0o600), ("data/server.db", 0o600)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: data.file(name))
      #expect(attributes[.posixPermissions] as? Int == mode)
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: data.file("data/secret.key"))
    #expect(throws: ServerError.self) { try store() }
  }

  @Test("the first user is the administrator; names are given once and taken back")
  func names() throws {
    let store = try store()
    try store.add("ada", password: "x")
    try store.add("ben", password: "x")
    try store.add("cyn", password: "x", isAdmin: true)
    #expect(try store.users().map(\.isAdmin) == [true, false, true])
    #expect(throws: ServerError.userExists("ben")) { try store.add("ben", password: "y") }
    #expect(throws: ServerError.noSuchUser("dan")) { try store.remove("dan") }
    #expect(throws: ServerError.noSuchUser("dan")) { try store.makeAPIKey(for: "dan") }
    #expect(throws: ServerError.badUserName) { try store.add("a\nb", password: "y") }
    try store.remove("ben")
    #expect(try store.users().map(\.name) == ["ada", "cyn"])
  }

  @Test("stored users sign in with password, token and key, also those added while the server runs")
  func signIn() throws {
    let server = try RunningServer { $0.data = data.file("data") }
    try store().add("eve", password: "pass wörd")
    #expect(try server.call("ping", user: "eve", password: "pass+w%C3%B6rd").status == "ok")
    let key = try store().makeAPIKey(for: "eve")
    let answer = server.http.get("/rest/tokenInfo?f=json&apiKey=" + key).text
    #expect(answer.contains("\"username\":\"eve\""))
    try store().setPassword("new", of: "eve")
    #expect(try server.failure("ping", user: "eve", password: "pass+w%C3%B6rd") == 40)
    try store().remove("eve")
    #expect(server.http.get("/rest/ping?f=json&apiKey=" + key).text.contains("\"code\":44"))
    #expect(try server.failure("ping", user: "eve", password: "new") == 40)
  }

  @Test("secrets of another key file are refused, not guessed")
  func otherKey() throws {
    try store().add("ada", password: "x")
    try FileManager.default.removeItem(atPath: data.file("data/secret.key"))
    let server = try RunningServer {
      $0.data = data.file("data")
      $0.users = [:]
    }
    #expect(try server.failure("ping", user: "ada", password: "x") == 0)
  }
}
