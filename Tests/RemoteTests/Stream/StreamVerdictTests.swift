import Cache
import HTTP
import Testing

@testable import Remote

@Suite("What a media answer means")
struct StreamVerdictTests {
  private func verdict(
    _ status: Int, _ headers: [(String, String)] = [], offset: Int64 = 0, validator: String? = nil,
    isTranscode: Bool = false
  ) -> StreamVerdict {
    let demand = StreamDemand(offset: offset, end: nil, validator: validator, isTranscode: isTranscode)
    return StreamVerdict(demand, HTTPHead(status: status, headers: headers.map { (name: $0.0, value: $0.1) }))
  }

  @Test("a range is asked for even from the start, with If-Range where a version is known")
  func demands() {
    let open = StreamDemand(offset: 0, end: nil, validator: nil, isTranscode: false)
    #expect(open.headers.map { "\($0.name): \($0.value)" } == ["Range: bytes=0-"])
    let part = StreamDemand(offset: 5, end: 10, validator: "\"a\"", isTranscode: false)
    #expect(part.headers.map { "\($0.name): \($0.value)" } == ["Range: bytes=5-9", "If-Range: \"a\""])
    #expect(StreamDemand(offset: 5, end: 10, validator: nil, isTranscode: true).headers.isEmpty)
  }

  @Test("206 with the right range is media")
  func partial() {
    let headers = [("content-range", "bytes 5-9/100"), ("etag", "\"a\""), ("content-type", "audio/mpeg")]
    let media = FetchHead(offset: 5, totalSize: 100, validator: "\"a\"", acceptsRanges: true)
    #expect(verdict(206, headers, offset: 5, validator: "\"a\"") == .media(media))
    #expect(verdict(206, headers, offset: 5) == .media(media))
    #expect(verdict(206, headers, offset: 5, validator: "\"b\"") == .over(.changed))
    #expect(verdict(206, headers, offset: 6) == .over(.refused("wrong range")))
    #expect(verdict(206, [("content-range", "bytes 5-4/3")], offset: 5) == .over(.refused("wrong range")))
    #expect(verdict(206, offset: 5) == .over(.refused("wrong range")))
  }

  @Test(
    "music of every kind is media",
    arguments: [
      "audio/flac", "audio/x-flac", "audio/ogg", "application/ogg", "audio/opus", "audio/wav", "audio/x-wav",
      "audio/aiff", "application/octet-stream", "audio/ogg; codecs=opus",
    ])
  func kinds(type: String) {
    let headers = [("content-range", "bytes 0-9/100"), ("content-type", type)]
    let media = FetchHead(offset: 0, totalSize: 100, validator: nil, acceptsRanges: true)
    #expect(verdict(206, headers) == .media(media))
  }

  @Test("200 is the whole file: from the start, or because there are no ranges, or because the file changed")
  func whole() {
    let headers = [("content-length", "100"), ("accept-ranges", "bytes"), ("last-modified", "Mon")]
    #expect(
      verdict(200, headers)
        == .media(FetchHead(offset: 0, totalSize: 100, validator: "Mon", acceptsRanges: true)))
    #expect(
      verdict(200, [("content-length", "100"), ("accept-ranges", "none")], offset: 50)
        == .media(FetchHead(offset: 0, totalSize: 100, validator: nil, acceptsRanges: false)))
    #expect(verdict(200, headers, offset: 50, validator: "Sun") == .over(.changed))
    #expect(verdict(200, [("content-length", "100")], offset: 50, validator: "Sun") == .over(.changed))
    #expect(
      verdict(200, headers, offset: 50, validator: "Mon")
        == .media(FetchHead(offset: 0, totalSize: 100, validator: "Mon", acceptsRanges: false)))
    #expect(verdict(200, [("content-length", "0")]) == .over(.refused(nil)))
  }

  @Test("a transcode is read in sequence and has no version, whatever its headers say")
  func transcode() {
    let headers = [("etag", "\"a\""), ("accept-ranges", "bytes")]
    #expect(
      verdict(200, headers, isTranscode: true)
        == .media(FetchHead(offset: 0, totalSize: nil, validator: nil, acceptsRanges: false)))
  }

  @Test("a weak tag is no validator; the date is then")
  func weakTags() {
    let headers = [("etag", "W/\"a\""), ("last-modified", "Mon"), ("content-length", "1")]
    guard case .media(let head) = verdict(200, headers) else {
      Issue.record("no media")
      return
    }
    #expect(head.validator == "Mon")
  }

  @Test(
    "text is an explanation, not music",
    arguments: [
      "application/json", "text/xml; charset=utf-8", "application/xml", "text/html", "text/plain", "text/json",
    ])
  func text(contentType: String) {
    #expect(verdict(200, [("content-type", contentType)]) == .explanation(status: 200))
    #expect(verdict(404, [("content-type", contentType)]) == .explanation(status: 404))
  }

  @Test("other statuses")
  func statuses() {
    #expect(verdict(416, offset: 100) == .over(.changed))
    #expect(verdict(416) == .over(.refused(nil)))
    #expect(verdict(503, [("content-type", "text/html")]) == .over(.retryLater))
    #expect(verdict(429) == .over(.retryLater))
    #expect(verdict(404) == .over(.refused("HTTP 404")))
    #expect(verdict(302) == .over(.refused("HTTP 302")))
  }

  @Test(
    "Content-Range is read strictly",
    arguments: [
      ("bytes 0-99/1234", 0...99, 1234), ("bytes 5-5/*", 5...5, nil), ("Bytes 0-0/1", 0...0, 1),
    ] as [(String, ClosedRange<Int64>, Int64?)])
  func contentRanges(header: String, range: ClosedRange<Int64>, total: Int64?) {
    #expect(ContentRange(header)?.range == range)
    #expect(ContentRange(header)?.total == total)
  }

  @Test(
    "and broken ones are refused",
    arguments: [
      "", "bytes", "bytes 0-99", "bytes a-b/c", "bytes 9-5/100", "bytes 0-100/100", "items 0-1/2", "bytes -5/9",
    ])
  func brokenContentRanges(header: String) {
    #expect(ContentRange(header) == nil)
  }
}
