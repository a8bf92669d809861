import FoundationEssentials
import Glibc
import HTTP
import OpenSubsonic

extension RemoteError {
  /// What an HTTP answer says: its envelope's content, whatever the status (one server sends envelopes with 404), or why not.
  static func judge(_ answer: HTTPResponse) throws(RemoteError) -> Wire.Response {
    let status = answer.head.status
    guard let response = Wire.Response.read(Data(answer.body)) else {
      if (200..<300).contains(status) { throw .notSubsonic }
      throw .status(status, retryAfter: answer.head.retryAfter)
    }
    guard let failure = response.failure else { return response }
    if status == 429 { throw .status(status, retryAfter: answer.head.retryAfter) }
    if status >= 500 { throw .serverBroke(message: failure.message) }
    throw .server(code: failure.code, message: failure.message)
  }
}

extension HTTPHead {
  /// Retry-After, told in seconds or as a date, at most an hour.
  var retryAfter: Duration? {
    guard let text = self["retry-after"] else { return nil }
    let seconds = Int64(text) ?? secondsOfHTTPDate(text).map { $0 - (serverTime ?? Int64(time(nil))) }
    return seconds.map { .seconds(min(max($0, 0), 3600)) }
  }

  /// The server's own clock: the date that it names is told by that one.
  private var serverTime: Int64? { self["date"].flatMap(secondsOfHTTPDate) }

  /// The body is text for people or a program, such as an envelope or an error page: no sound and no picture.
  var isText: Bool {
    guard let contentType else { return false }
    return contentType.hasPrefix("text/") || contentType.hasSuffix("/json") || contentType.hasSuffix("/xml")
      || contentType.hasSuffix("+xml")
  }

  /// The body is not the thing itself, though nobody asked for that.
  var isEncoded: Bool { self["content-encoding"].map { !["", "identity"].contains($0.lowercased()) } ?? false }
}
