import Glibc
import Music
import OpenSubsonic

/// One line for each request that is over: when, method, call, what it was about, who, status, and which bytes.
///
///     2026-11-21T09:23:45Z GET stream id=tr-4f… user=ada status=206 range=0-262143/4194304 sent=262144 whole
///
/// `range` is what was promised, `sent` how much of it was handed to the connection before it ended. Never a credential:
/// the query is not logged, only the id. Written with one write(2) a line, by whichever thread.
final class AccessLog: Sendable {
  private let descriptor: Int32

  /// Appends to the file; throws `ServerError.cannotUse`.
  init(path: String) throws(ServerError) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .cannotUse(path: path, errno: errno) }
  }

  deinit { close(descriptor) }

  func note(_ request: CompletedRequest) {
    let line = Array((Self.line(for: request, at: Timestamp(seconds: Int64(time(nil)))) + "\n").utf8)
    _ = write(descriptor, line, line.count)
  }

  static func line(for request: CompletedRequest, at time: Timestamp) -> String {
    let reply = request.reply
    var words = [WireDate(time).text, word(request.method), word(reply.endpoint.isEmpty ? "-" : reply.endpoint)]
    if !reply.subject.isEmpty { words.append("id=" + word(reply.subject)) }
    if !reply.user.isEmpty { words.append("user=" + word(reply.user)) }
    words.append("status=\(reply.status)")
    switch reply.body {
    case .bytes(let bytes): words.append("bytes=\(bytes.count)")
    case .file where request.method == "HEAD": words.append("bytes=0")
    case .file(let slice):
      words.append("range=\(slice.offset)-\(slice.offset + slice.count - 1)/\(slice.total)")
      words.append("sent=\(slice.sent)")
    }
    words.append(request.isWhole ? "whole" : "broken-off")
    return words.joined(separator: " ")
  }

  /// What came from outside stays one word of one line.
  private static func word(_ text: String) -> String {
    text.utf8.prefix(64).map { byte in
      switch byte {
      case UInt8(ascii: "!")...UInt8(ascii: "~") where byte != UInt8(ascii: "%"): String(Unicode.Scalar(byte))
      default: "%" + hexadecimal([byte])
      }
    }.joined()
  }
}
