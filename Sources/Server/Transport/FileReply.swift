import Glibc
import Music

/// A file on its way out, with validators and ranges (RFC 9110 §§13–14).
struct OpenedFile {
  let descriptor: Int32
  let size: Int64
  /// In nanoseconds since 1970.
  let modified: Int64

  /// nil for what is missing, unreadable or no regular file.
  init?(path: [UInt8]) {
    // Not blocking, lest a pipe with the right name stops the thread.
    let descriptor = (path + [0]).withUnsafeBytes {
      open($0.baseAddress!.assumingMemoryBound(to: CChar.self), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    }
    guard descriptor >= 0 else { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    size = Int64(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
  }

  /// Changes whenever the bytes may have.
  var entityTag: String {
    "\"" + String(size, radix: 36) + "-" + String(UInt64(bitPattern: modified), radix: 36) + "\""
  }

  private var lastModified: String { httpDate(Timestamp(seconds: modified / 1_000_000_000)) }

  /// The reply to a request for this file; takes the descriptor over.
  func reply(to request: Request, contentType: String) -> Reply {
    var reply = Reply()
    reply.headers = [
      ("Content-Type", contentType), ("Accept-Ranges", "bytes"), ("ETag", entityTag),
      ("Last-Modified", lastModified), ("X-Content-Type-Options", "nosniff"),
    ]
    if isUnchanged(request) {
      close(descriptor)
      reply.status = 304
      return reply
    }
    switch range(request) {
    case .whole:
      reply.body = .file(FileSlice(descriptor: descriptor, offset: 0, count: size, total: size))
    case .part(let start, let count):
      reply.status = 206
      reply.headers.append(("Content-Range", "bytes \(start)-\(start + count - 1)/\(size)"))
      reply.body = .file(FileSlice(descriptor: descriptor, offset: start, count: count, total: size))
    case .unsatisfiable:
      close(descriptor)
      reply.status = 416
      reply.headers.append(("Content-Range", "bytes */\(size)"))
    }
    return reply
  }

  private func isUnchanged(_ request: Request) -> Bool {
    if let tags = request.headers["if-none-match"] { return Self.list(tags, holds: entityTag) }
    return request.headers["if-modified-since"] == lastModified
  }

  /// A range that was asked of another version of the file is not answered with a part of this one. HEAD knows none.
  private func range(_ request: Request) -> ByteRange {
    guard request.method != "HEAD" else { return .whole }
    if let condition = request.headers["if-range"], condition != entityTag, condition != lastModified { return .whole }
    return ByteRange(header: request.headers["range"], size: size)
  }

  /// If-None-Match compares weakly: `W/` does not matter.
  static func list(_ tags: String, holds tag: String) -> Bool {
    tags.split(separator: ",").contains { part in
      let part = part.filter { $0 != " " && $0 != "\t" }
      return part == "*" || part == tag || part == "W/" + tag
    }
  }
}
