import Foundation
import HTTP
import Testing
import Threading

@Suite("HTTP")
struct HTTPClientTests {
  private let client = HTTPClient()

  private func failure(_ request: HTTPRequest, maximumBody: Int = 1 << 20) -> HTTPError? {
    do {
      _ = try client.perform(request, maximumBody: maximumBody)
      return nil
    } catch { return error }
  }

  @Test("an answer comes whole, with its headers, and the URL that is shown has no query")
  func get() throws {
    let server = ScriptedServer { _ in .json(#"{"a":1}"#) }
    let answer = try client.perform(HTTPRequest(url: server.base + "x/y?secret=1#z"))
    #expect(answer.head.status == 200)
    #expect(answer.head.contentType == "application/json")
    #expect(answer.head.contentLength == 7)
    #expect(answer.head.url == server.base + "x/y")
    #expect(answer.body == Array(#"{"a":1}"#.utf8))
    #expect(server.requests.first?.headers["user-agent"] == "dulcet")
  }

  @Test("blocked, nothing leaves and what runs ends; unblocked, requests leave again")
  func blocked() throws {
    let server = ScriptedServer { _ in .json("{}") }
    _ = try client.perform(HTTPRequest(url: server.base))
    client.setBlocked(true)
    for _ in 0..<5 { #expect(failure(HTTPRequest(url: server.base)) == .blocked) }
    #expect(server.requests.count == 1)
    client.setBlocked(false)
    _ = try client.perform(HTTPRequest(url: server.base))
    #expect(server.requests.count == 2)

    let silent = ScriptedServer { _ in .silence }
    let ended = Monitor<HTTPError?>(nil)
    let (client, base) = (client, silent.base)
    let caller = OSThread("caller") {
      do throws(HTTPError) { _ = try client.perform(HTTPRequest(url: base)) } catch { ended.update { $0 = error } }
    }
    let deadline = monotonicNow() + .seconds(20)
    while silent.requests.isEmpty, monotonicNow() < deadline { usleep(1000) }
    client.setBlocked(true)
    caller.join()
    #expect(ended.withLock { $0 } == .blocked)
  }

  @Test("a form goes in the body")
  func post() throws {
    let server = ScriptedServer { _ in .json("{}") }
    _ = try client.perform(HTTPRequest(.post(form: "a=%26&b="), url: server.base))
    let request = try #require(server.requests.first)
    #expect(request.method == "POST")
    #expect(request.headers["content-type"] == "application/x-www-form-urlencoded")
    #expect(request["a"] == "&")
    #expect(request["b"] == "")
  }

  @Test("one connection serves many requests")
  func keepAlive() throws {
    let server = ScriptedServer { _ in .json("{}") }
    for _ in 0..<5 { _ = try client.perform(HTTPRequest(url: server.base)) }
    #expect(server.connectionCount == 1)
  }

  @Test("a compressed answer is unpacked where that is allowed")
  func gzip() throws {
    let packed = Data(base64Encoded: "H4sIAAAAAAAC/8tIzcnJBwCGphA2BQAAAA==")!
    let server = ScriptedServer { request in
      guard request.headers["accept-encoding"] == "gzip" else { return .json("plain") }
      return ScriptedReply(headers: [("Content-Encoding", "gzip")], body: Array(packed))
    }
    var request = HTTPRequest(url: server.base)
    #expect(try client.perform(request).body == Array("plain".utf8))
    request.acceptsCompression = true
    #expect(try client.perform(request).body == Array("hello".utf8))
  }

  @Test("a port where nobody listens refuses")
  func refused() {
    let server = ScriptedServer { _ in .silence }
    server.stop()
    #expect(failure(HTTPRequest(url: server.base)) == .refused)
  }

  @Test("a name that does not exist is not found")
  func unknownHost() {
    var request = HTTPRequest(url: "http://dulcet-test.invalid/")
    request.connectTimeout = .seconds(30)
    #expect([.hostNotFound, .timedOut].contains(failure(request)))
  }

  @Test("a server that accepts and then says nothing times out")
  func silence() {
    let server = ScriptedServer { _ in .silence }
    var request = HTTPRequest(url: server.base)
    request.totalTimeout = .milliseconds(200)
    #expect(failure(request) == .timedOut)
  }

  @Test("a body that stops half-way times out")
  func stall() {
    let server = ScriptedServer { _ in ScriptedReply(body: [1, 2, 3], promisedLength: 1000, ending: .stall) }
    var request = HTTPRequest(url: server.base)
    request.stallTimeout = .seconds(1)
    #expect(failure(request) == .timedOut)
  }

  @Test("a body that is cut short is a lost connection, as is no answer at all")
  func truncated() {
    let server = ScriptedServer { request in
      request.path == "/none" ? .hangUp : ScriptedReply(body: [1, 2, 3], promisedLength: 1000, ending: .cut)
    }
    #expect(failure(HTTPRequest(url: server.base)) == .connectionLost)
    #expect(failure(HTTPRequest(url: server.base + "none")) == .connectionLost)
  }

  @Test("what is no HTTP is told apart")
  func notHTTP() {
    let server = ScriptedServer { _ in ScriptedReply(status: "", ending: .cut) }
    #expect(failure(HTTPRequest(url: "gopher://127.0.0.1:\(server.port)/")) == .notHTTP)
    #expect(failure(HTTPRequest(url: "http://127.0.0.1:port/")) == .badURL)
  }

  @Test("https to a server that only speaks http is a TLS failure")
  func plainServer() {
    let server = ScriptedServer { _ in .json("{}", status: "400 Bad Request") }
    let error = failure(HTTPRequest(url: "https://127.0.0.1:\(server.port)/"))
    guard case .tls = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("a GET follows redirects and says where it ended; a POST does not")
  func redirects() throws {
    let server = ScriptedServer { request in
      request.path == "/a" ? .redirect(to: "/b?token=1") : .json("there")
    }
    let answer = try client.perform(HTTPRequest(url: server.base + "a"))
    #expect(answer.head.redirects == 1)
    #expect(answer.head.url == server.base + "b")
    #expect(answer.body == Array("there".utf8))
    let posted = try client.perform(HTTPRequest(.post(form: ""), url: server.base + "a"))
    #expect(posted.head.status == 302)
  }

  @Test("redirects in a circle end")
  func circle() {
    let server = ScriptedServer { _ in .redirect(to: "/again") }
    #expect(failure(HTTPRequest(url: server.base)) == .tooManyRedirects)
    #expect(server.requests.count == 6)
  }

  @Test("a body past the limit is refused")
  func tooLarge() {
    let server = ScriptedServer { _ in ScriptedReply(body: [UInt8](repeating: 0, count: 100_000)) }
    #expect(failure(HTTPRequest(url: server.base), maximumBody: 99_999) == .tooLarge)
    #expect(failure(HTTPRequest(url: server.base), maximumBody: 100_000) == nil)
  }

  @Test("another thread can interrupt a call that waits, and those that come after")
  func interruption() {
    let server = ScriptedServer { _ in .silence }
    let interruption = Interruption()
    let thread = OSThread("interrupter") {
      _ = server.waits { !$0.isEmpty }
      interruption.interrupt()
    }
    #expect(throws: HTTPError.cancelled) {
      try client.perform(HTTPRequest(url: server.base), interruption: interruption)
    }
    thread.join()
    #expect(throws: HTTPError.cancelled) {
      try client.perform(HTTPRequest(url: server.base), interruption: interruption)
    }
  }

  @Test("stopping the client ends what runs and refuses what comes")
  func stop() {
    let server = ScriptedServer { _ in .silence }
    let handler = RecordingHandler()
    _ = client.start(HTTPRequest(url: server.base), handler)
    #expect(server.waits { !$0.isEmpty })
    client.stop()
    #expect(handler.waitForEnd().error == .cancelled)
    #expect(failure(HTTPRequest(url: server.base)) == .cancelled)
  }
}
