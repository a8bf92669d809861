/// What goes back: a status, headers and a body.
struct Reply: Sendable {
  enum Body: Sendable {
    case bytes([UInt8])
    case file(FileSlice)
  }

  var status: UInt32 = 200
  var headers: [(name: String, value: String)] = []
  var body: Body = .bytes([])
  /// What was asked, for the log: the call's name and the id it was about. Never a credential.
  var endpoint = ""
  var subject = ""
  var user = ""

  static func text(_ status: UInt32, _ text: String) -> Reply {
    var reply = Reply(status: status)
    reply.headers = [("Content-Type", "text/plain; charset=utf-8")]
    reply.body = .bytes(Array((text + "\n").utf8))
    return reply
  }
}
