import Cache
import HTTP
import Music
import OpenSubsonic
import Remote
import Testing
import Threading

@Suite("Fetching tracks")
struct StreamFetcherTests {
  private let http = HTTPClient()
  private let server = ServerID("home")

  private func fetch(
    _ answer: @escaping @Sendable (ScriptedRequest) -> ScriptedReply, from offset: Int64 = 0, to end: Int64? = nil,
    validator: String? = nil, rendition: Rendition = .raw, limit: Int = .max
  ) -> (bytes: [UInt8], head: FetchHead?, outcomes: [FetchOutcome], requests: [ScriptedRequest]) {
    let scripted = ScriptedServer(answer)
    let client = SubsonicClient(account: account(at: scripted.base, server: server), http: http)
    let sink = RecordingSink(limit: limit)
    let fetcher = StreamFetcher(http: http) { [server] in $0 == server ? client : nil }
    let key = RenditionKey(server: server, track: "tr 1", rendition: rendition)
    _ = fetcher.fetch(key, from: offset, to: end, validator: validator, sink: sink)
    let record = sink.waitForEnd()
    return (record.bytes, record.head, record.outcomes, scripted.requests)
  }

  @Test("a run of bytes is asked for once, as it is on the server")
  func raw() throws {
    let result = fetch(
      { _ in
        ScriptedReply(
          status: "206 Partial Content",
          headers: [("Content-Type", "audio/mpeg"), ("Content-Range", "bytes 2-4/9"), ("ETag", "\"v1\"")],
          body: [2, 3, 4])
      }, from: 2, to: 5, validator: "\"v1\"")
    #expect(result.bytes == [2, 3, 4])
    #expect(result.head == FetchHead(offset: 2, totalSize: 9, validator: "\"v1\"", acceptsRanges: true))
    #expect(result.outcomes == [.finished])
    let request = try #require(result.requests.first)
    #expect(request.call == "stream")
    #expect(request["id"] == "tr 1")
    #expect(request["format"] == "raw")
    #expect(request.headers["range"] == "bytes=2-4")
    #expect(request.headers["if-range"] == "\"v1\"")
    #expect(request.headers["accept-encoding"] == nil)
    #expect(result.requests.count == 1)
  }

  @Test("a transcode is asked for by format and bit rate, without a range")
  func transcode() throws {
    let result = fetch({ _ in ScriptedReply(body: [1]) }, rendition: .mp3(bitRate: 192))
    let request = try #require(result.requests.first)
    #expect(request["format"] == "mp3")
    #expect(request["maxBitRate"] == "192")
    #expect(request.headers["range"] == nil)
    #expect(result.outcomes == [.finished])
  }

  @Test("the sink can stop it")
  func stopping() {
    let result = fetch({ _ in ScriptedReply(body: [UInt8](repeating: 7, count: 1_000_000)) }, limit: 10)
    #expect(result.outcomes == [.cancelled])
  }

  @Test("an error envelope is the server's no, in its words")
  func envelope() {
    let body =
      #"{"subsonic-response":{"status":"failed","version":"1.16.1","error":{"code":70,"message":"Track not found"}}}"#
    #expect(fetch({ _ in .json(body) }).outcomes == [.refused("Track not found")])
    #expect(fetch({ _ in .json(body, status: "404 Not Found") }).outcomes == [.refused("Track not found")])
  }

  @Test("a page in between is worth another try, a page that says 404 is not")
  func pages() {
    #expect(fetch({ _ in .html("Sign in to this network") }).outcomes == [.retryLater])
    #expect(fetch({ _ in .html("gone", status: "404 Not Found") }).outcomes == [.refused("HTTP 404")])
  }

  @Test("a page that does not say what it is is no music, and tells nothing of the file")
  func disguised() {
    for type in ["application/octet-stream", ""] {
      let headers = type.isEmpty ? [] : [("Content-Type", type)]
      let page = ScriptedReply(headers: headers, body: Array("<html>Sign in</html>".utf8))
      let result = fetch({ _ in page }, validator: "\"v1\"")
      #expect(result.outcomes == [.retryLater])
      #expect(result.bytes.isEmpty && result.head == nil)
      let music = ScriptedReply(headers: headers, body: [0xFF, 0xFB, 1])
      let good = fetch({ _ in music })
      #expect(good.bytes == [0xFF, 0xFB, 1])
      #expect(good.head?.totalSize == 3)
    }
  }

  @Test("compressed bytes are not the file's")
  func compressed() {
    let reply = ScriptedReply(headers: [("Content-Type", "audio/mpeg"), ("Content-Encoding", "gzip")], body: [1, 2])
    let result = fetch({ _ in reply })
    #expect(result.bytes.isEmpty)
    #expect(result.outcomes == [.refused("the server sent it compressed")])
  }

  @Test("an empty answer is no music")
  func empty() {
    #expect(fetch({ _ in ScriptedReply() }).outcomes == [.refused(nil)])
  }

  @Test("a cut, a busy server and a closed port are worth another try")
  func later() {
    #expect(fetch({ _ in ScriptedReply(body: [1], promisedLength: 9, ending: .cut) }).outcomes == [.retryLater])
    #expect(fetch({ _ in .html("", status: "502 Bad Gateway") }).outcomes == [.retryLater])
    #expect(fetch({ _ in .html("", status: "429 Too Many Requests") }).outcomes == [.retryLater])
    #expect(fetch({ _ in .hangUp }).outcomes == [.retryLater])
  }

  @Test("a server that breaks over one track is there all the same; one that is not there is gone")
  func brokenTrack() {
    for (status, isOnline) in [("500 Internal Server Error", true), ("503 Service Unavailable", false)] {
      let scripted = ScriptedServer { _ in .html("", status: status) }
      let client = SubsonicClient(account: account(at: scripted.base, server: server), http: http)
      let sink = RecordingSink()
      let key = RenditionKey(server: server, track: "1", rendition: .raw)
      _ = StreamFetcher(http: http) { _ in client }.fetch(key, from: 0, to: nil, validator: nil, sink: sink)
      #expect(sink.waitForEnd().outcomes == [.retryLater])
      #expect(client.connectivity.isOnline == isOnline)
    }
  }

  @Test("another file under the same name is noticed")
  func changed() {
    let whole = ScriptedReply(headers: [("ETag", "\"v2\"")], body: [1, 2, 3])
    #expect(fetch({ _ in whole }, from: 2, validator: "\"v1\"").outcomes == [.changed])
    #expect(fetch({ _ in .html("", status: "416 Range Not Satisfiable") }, from: 2).outcomes == [.changed])
  }

  @Test("a fetch can be cancelled from any thread")
  func cancelling() {
    let scripted = ScriptedServer { _ in ScriptedReply(body: [1, 2], promisedLength: 9, ending: .stall) }
    let client = SubsonicClient(account: account(at: scripted.base, server: server), http: http)
    let sink = RecordingSink()
    let fetcher = StreamFetcher(http: http) { _ in client }
    let key = RenditionKey(server: server, track: "1", rendition: .raw)
    let fetch = fetcher.fetch(key, from: 0, to: nil, validator: nil, sink: sink)
    #expect(sink.waitForBytes())
    fetch.cancel()
    #expect(sink.waitForEnd().outcomes == [.cancelled])
  }

  @Test("a server that nobody is signed in to is a matter for later")
  func unknownServer() {
    let sink = RecordingSink()
    let fetcher = StreamFetcher(http: http) { _ in nil }
    let key = RenditionKey(server: server, track: "1", rendition: .raw)
    _ = fetcher.fetch(key, from: 0, to: nil, validator: nil, sink: sink)
    #expect(sink.waitForEnd().outcomes == [.retryLater])
  }
}
