import Cache
import HTTP

/// What was asked of a media call.
struct StreamDemand: Hashable {
  var offset: Int64
  /// One past the last byte wanted; nil: to the end of the file.
  var end: Int64?
  /// The version of the file that the cache holds bytes of.
  var validator: String?
  /// A rendition that the server makes anew: no range of it is to be trusted.
  var isTranscode: Bool

  /// Asks for a range even from 0 on: the answer shows whether the server knows them.
  var headers: [(name: String, value: String)] {
    guard !isTranscode else { return [] }
    let range = "bytes=\(offset)-" + (end.map { String($0 - 1) } ?? "")
    return [("Range", range)] + (validator.map { [("If-Range", $0)] } ?? [])
  }
}

/// What to do with a media answer, judged by its head alone.
enum StreamVerdict: Hashable {
  /// The body is the bytes.
  case media(FetchHead)
  /// The body is an envelope or a page that says why not; `status` helps where it says nothing.
  case explanation(status: Int)
  case over(FetchOutcome)

  init(_ demand: StreamDemand, _ head: HTTPHead) {
    switch head.status {
    case 416: self = .over(demand.offset > 0 ? .changed : .refused(nil))
    case 408, 429, 500...: self = .over(.retryLater)
    case _ where head.isText: self = .explanation(status: head.status)
    // Offsets in a compressed body mean nothing.
    case _ where head.isEncoded: self = .over(.refused("the server sent it compressed"))
    case 206: self = Self.partial(demand, head)
    case 200: self = Self.whole(demand, head)
    default: self = .over(.refused("HTTP \(head.status)"))
    }
  }

  private static func partial(_ demand: StreamDemand, _ head: HTTPHead) -> StreamVerdict {
    guard let range = head["content-range"].flatMap({ ContentRange($0) }), range.range?.lowerBound == demand.offset
    else { return .over(.refused("wrong range")) }
    // A server that knows nothing of If-Range answers with a part of the new file.
    guard !isOther(demand, head) else { return .over(.changed) }
    return .media(
      FetchHead(offset: demand.offset, totalSize: range.total, validator: validator(of: head), acceptsRanges: true))
  }

  /// The file from its first byte: it was asked so, or the server knows no ranges, or the file is another one by now.
  private static func whole(_ demand: StreamDemand, _ head: HTTPHead) -> StreamVerdict {
    guard head.contentLength != 0 else { return .over(.refused(nil)) }
    if demand.isTranscode {
      return .media(FetchHead(offset: 0, totalSize: head.contentLength, validator: nil, acceptsRanges: false))
    }
    let knowsRanges = head["accept-ranges"]?.lowercased() == "bytes"
    if let asked = demand.validator, validator(of: head) != asked { return .over(.changed) }
    return .media(
      FetchHead(
        offset: 0, totalSize: head.contentLength, validator: validator(of: head),
        acceptsRanges: knowsRanges && demand.offset == 0))
  }

  /// A strong ETag, else the date: what If-Range takes (RFC 9110, 13.1.5).
  private static func validator(of head: HTTPHead) -> String? {
    if let tag = head["etag"], tag.hasPrefix("\"") { return tag }
    return head["last-modified"]
  }

  private static func isOther(_ demand: StreamDemand, _ head: HTTPHead) -> Bool {
    guard let asked = demand.validator, let given = validator(of: head) else { return false }
    return asked != given && asked.hasPrefix("\"") == given.hasPrefix("\"")
  }
}
