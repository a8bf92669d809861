import Foundation
import HTTP
import Testing
import Threading

/// Keeps what a transfer brings; says `pause` or `stop` when it was told to.
final class RecordingHandler: HTTPHandler {
  struct Record: Sendable {
    var heads: [HTTPHead] = []
    var body: [UInt8] = []
    var ends = 0
    var error: HTTPError?
    var answers: [HTTPFlow] = []
    var pauses = 0
  }

  private let record: Monitor<Record>

  /// - Parameter answers: to the first portions of the body; `.more` from then on.
  init(answers: [HTTPFlow] = []) {
    var record = Record()
    record.answers = answers
    self.record = Monitor(record)
  }

  func receive(head: HTTPHead) { record.update { $0.heads.append(head) } }

  func receive(body: UnsafeRawBufferPointer) -> HTTPFlow {
    record.update { record in
      let answer = record.answers.isEmpty ? .more : record.answers.removeFirst()
      if case .more = answer { record.body.append(contentsOf: body) }
      if case .pause = answer { record.pauses += 1 }
      return answer
    }
  }

  func end(_ error: HTTPError?) {
    record.update {
      $0.ends += 1
      $0.error = error
    }
  }

  func waitForEnd() -> Record {
    record.wait(timeout: .seconds(20)) { $0.ends > 0 ? $0 : nil } ?? record.withLock { $0 }
  }

  func waitForPause() -> Bool { record.wait(timeout: .seconds(20)) { $0.pauses > 0 ? true : nil } ?? false }
  func waitForBytes(_ count: Int) -> Bool {
    record.wait(timeout: .seconds(20)) { $0.body.count >= count ? true : nil } ?? false
  }
}

@Suite("Streams over HTTP")
struct HTTPStreamTests {
  private let client = HTTPClient()
  private let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

  @Test("bytes come in order, after the head, before the end")
  func order() {
    let server = ScriptedServer { [bytes] _ in ScriptedReply(body: bytes) }
    let handler = RecordingHandler()
    _ = client.start(HTTPRequest(url: server.base), handler)
    let record = handler.waitForEnd()
    #expect(record.heads.count == 1)
    #expect(record.body == bytes)
    #expect(record.ends == 1)
    #expect(record.error == nil)
  }

  @Test("an empty body still has a head")
  func empty() {
    let server = ScriptedServer { _ in ScriptedReply(status: "204 No Content") }
    let handler = RecordingHandler()
    _ = client.start(HTTPRequest(url: server.base), handler)
    #expect(handler.waitForEnd().heads.map(\.status) == [204])
  }

  @Test("a paused transfer goes on where it was")
  func pause() {
    let server = ScriptedServer { [bytes] _ in ScriptedReply(body: bytes) }
    let handler = RecordingHandler(answers: [.more, .pause])
    let transfer = client.start(HTTPRequest(url: server.base), handler)
    #expect(handler.waitForPause())
    transfer.resume()
    let record = handler.waitForEnd()
    #expect(record.body == bytes)
    #expect(record.error == nil)
  }

  @Test("the handler can stop it")
  func stop() {
    let server = ScriptedServer { [bytes] _ in ScriptedReply(body: bytes) }
    let handler = RecordingHandler(answers: [.stop])
    _ = client.start(HTTPRequest(url: server.base), handler)
    let record = handler.waitForEnd()
    #expect(record.error == .cancelled)
    #expect(record.ends == 1)
  }

  @Test("any thread can cancel it, once or more often")
  func cancel() {
    let server = ScriptedServer { _ in ScriptedReply(body: [1, 2, 3], promisedLength: 10, ending: .stall) }
    let handler = RecordingHandler()
    let transfer = client.start(HTTPRequest(url: server.base), handler)
    #expect(handler.waitForBytes(3))
    transfer.cancel()
    transfer.cancel()
    let record = handler.waitForEnd()
    #expect(record.error == .cancelled)
    #expect(record.body == [1, 2, 3])
    // The client is not harmed.
    _ = client.start(HTTPRequest(url: server.base), handler)
  }
}
