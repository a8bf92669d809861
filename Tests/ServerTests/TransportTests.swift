import Foundation
import Music
import Testing

@testable import Server

@Suite struct TransportTests {
  @Test(
    "one range is understood in each of its forms",
    arguments: [
      ("bytes=0-9", ByteRange.part(start: 0, count: 10)), ("bytes=90-", .part(start: 90, count: 10)),
      ("bytes=-10", .part(start: 90, count: 10)), ("bytes=-1000", .part(start: 0, count: 100)),
      ("bytes=95-1000", .part(start: 95, count: 5)), ("Bytes=0-0", .part(start: 0, count: 1)),
      ("bytes= 5 - 6", .part(start: 5, count: 2)), ("bytes=99-99", .part(start: 99, count: 1)),
      ("bytes=100-", .unsatisfiable), ("bytes=200-300", .unsatisfiable), ("bytes=-0", .unsatisfiable),
      ("bytes=99999999999999999999-", .unsatisfiable), ("bytes=0-99999999999999999999", .part(start: 0, count: 100)),
    ])
  func range(header: String, expected: ByteRange) { #expect(ByteRange(header: header, size: 100) == expected) }

  @Test(
    "what is no single range of bytes is no range at all",
    arguments: [
      nil, "", "bytes", "bytes=", "bytes=-", "bytes=9-5", "bytes=a-b", "bytes=1-2,4-5", "items=0-5", "bytes=1--2",
      "bytes=+1-2", "bytes=1-2-3",
    ])
  func noRange(header: String?) { #expect(ByteRange(header: header, size: 100) == .whole) }

  @Test("of an empty file no part can be had")
  func emptyFile() {
    #expect(ByteRange(header: "bytes=0-", size: 0) == .unsatisfiable)
    #expect(ByteRange(header: "bytes=-5", size: 0) == .unsatisfiable)
    #expect(ByteRange(header: nil, size: 0) == .whole)
  }

  @Test("an address to listen on is loopback unless it says otherwise")
  func addresses() {
    #expect(ListenAddress("4533") == ListenAddress(host: "127.0.0.1", port: 4533))
    #expect(ListenAddress("[::1]:0") == ListenAddress(host: "::1", port: 0))
    #expect(ListenAddress("*:80") == ListenAddress(host: "*", port: 80))
    #expect(ListenAddress().host == "127.0.0.1")
    #expect(ListenAddress("[::1]:80")?.description == "[::1]:80")
    for text in ["", ":", "host", "host:", ":80", "host:70000", "host:-1", "::1:80"] {
      #expect(ListenAddress(text) == nil, "\(text)")
    }
  }

  @Test("a date is written as HTTP writes it")
  func dates() { #expect(httpDate(.init(seconds: 784_111_777)) == "Sun, 06 Nov 1994 08:49:37 GMT") }

  @Test("If-None-Match compares every tag of its list, weak ones too")
  func tags() {
    #expect(OpenedFile.list("\"a\", W/\"b\"", holds: "\"b\""))
    #expect(OpenedFile.list("*", holds: "\"b\""))
    #expect(!OpenedFile.list("\"a\"", holds: "\"b\""))
  }

  @Test("a line of the log stays one line, whatever was asked")
  func logLine() {
    var reply = Reply()
    (reply.endpoint, reply.subject, reply.user) = ("stream", "a b\n%é" + String(repeating: "x", count: 100), "ada")
    let line = AccessLog.line(
      for: .init(method: "GET", path: "/", reply: reply, isWhole: true), at: .init(seconds: 0))
    #expect(line.hasPrefix("1970-01-01T00:00:00Z GET stream id=a%20b%0a%25%c3%a9xxx"))
    #expect(!line.contains("\n") && line.utf8.count < 250)
    #expect(line.hasSuffix("user=ada status=200 bytes=0 whole"))
  }
}

@Suite struct ThrottleTests {
  private let second = Duration.seconds(1)

  @Test("after five failures each attempt waits its turn, and others do not")
  func turns() {
    var throttle = Throttle()
    for _ in 0..<5 {
      #expect(throttle.attempt("a", now: .zero) == .now)
      throttle.failed("a", now: .zero)
    }
    #expect(throttle.attempt("a", now: .zero) == .after(second))
    #expect(throttle.attempt("a", now: .zero) == .after(second * 2))
    #expect(throttle.attempt("b", now: .zero) == .now)
  }

  @Test("only a few may wait; then attempts are refused at once")
  func crowd() {
    var throttle = Throttle()
    for _ in 0..<5 { throttle.failed("a", now: .zero) }
    for _ in 0..<8 { #expect(throttle.attempt("a", now: .zero) != .refused) }
    #expect(throttle.attempt("a", now: .zero) == .refused)
    throttle.waited("a")
    #expect(throttle.attempt("a", now: second) != .refused)
  }

  @Test("a right password ends it, and so does time")
  func end() {
    var throttle = Throttle()
    for _ in 0..<9 { throttle.failed("a", now: .zero) }
    throttle.succeeded("a")
    #expect(throttle.attempt("a", now: .zero) == .now)
    for _ in 0..<9 { throttle.failed("a", now: .zero) }
    #expect(throttle.attempt("a", now: .seconds(301)) == .now)
  }

  @Test("the table does not grow without end")
  func bounded() {
    var throttle = Throttle()
    for number in 0..<20_000 { throttle.failed("\(number)", now: .milliseconds(number)) }
    #expect(throttle.attempt("19999", now: .seconds(20)) == .now)
    #expect(
      Mirror(reflecting: throttle).children.compactMap { ($0.value as? any Collection)?.count }.allSatisfy {
        $0 <= 4096
      })
  }
}
