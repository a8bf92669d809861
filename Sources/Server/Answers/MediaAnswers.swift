import Glibc
import Library
import Music
import OpenSubsonic
import Scan
import Tags

// Bytes: tracks and covers. Paths come from the catalogue alone, never from a request.
extension Call {
  /// The file as it is. There is no transcoder here: asking for another format is refused, never answered wrongly.
  func stream() throws -> Reply {
    let track = try track(request.required("id"))
    let format = request.value("format")?.lowercased() ?? ""
    guard ["", "raw", track.track.suffix].contains(format) else {
      throw Refusal(
        .generic, "This server does not transcode: the song is there as \(track.track.suffix), not as \(format).")
    }
    return try reply(with: track)
  }

  func download() throws -> Reply {
    let track = try track(request.required("id"))
    var reply = try reply(with: track)
    let name = track.path.split(separator: "/").last.map { PathText.displayed(String($0)) } ?? track.track.title
    reply.headers.append(("Content-Disposition", "attachment; filename*=UTF-8''" + escaped(name)))
    return reply
  }

  private func reply(with stored: StoredTrack) throws -> Reply {
    guard let file = OpenedFile(path: absolute(stored.path)) else { throw Refusal.notFound("The song's file") }
    var reply = file.reply(to: request, contentType: stored.track.contentType)
    reply.headers.append(("X-Content-Duration", String(stored.track.duration)))
    return reply
  }

  func absolute(_ path: String) -> [UInt8] { root + [UInt8(ascii: "/")] + PathText.bytes(of: path) }
}

extension Call {
  /// The original picture, whatever `size` asks: clients scale. The name of a track or an album is taken for its cover.
  func coverArt() throws -> Reply {
    let id = try request.required("id")
    _ = try request.number("size")
    guard let name = try coverName(id),
      let track = try catalogue.storedTrack(name.track, from: .local)
    else { throw Refusal.notFound("Cover art") }
    let reply: Reply? =
      switch name.place {
      case .embedded: embeddedCover(name, in: absolute(track.path))
      case .folder: folderCover(beside: absolute(track.path))
      }
    guard let reply else { throw Refusal.notFound("Cover art") }
    return reply
  }

  private func coverName(_ id: String) throws -> CoverName? {
    let cover: String? =
      switch id.prefix(3) {
      case "tr-": try catalogue.storedTrack(id, from: .local)?.track.coverID
      case "al-": try catalogue.albumID(id, from: .local).flatMap { try catalogue.storedAlbum($0) }?.album.coverID
      default: id
      }
    return cover.flatMap { CoverName($0) }
  }

  private func folderCover(beside path: [UInt8]) -> Reply? {
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")),
      let picture = FolderCover.find(in: Array(path[..<slash])), let file = OpenedFile(path: picture.path)
    else { return nil }
    return cacheable(file.reply(to: request, contentType: picture.contentType))
  }

  /// The name holds a hash of the picture, which makes it a validator.
  private func embeddedCover(_ name: CoverName, in path: [UInt8]) -> Reply? {
    guard let picture = AudioFile(path: path)?.picture(), let type = FolderCover.contentType(of: picture) else {
      return nil
    }
    let tag = "\"" + CoverName.version(of: picture) + "\""
    var reply = Reply()
    reply.headers = [("Content-Type", type), ("ETag", tag), ("X-Content-Type-Options", "nosniff")]
    if let tags = request.headers["if-none-match"], OpenedFile.list(tags, holds: tag) {
      reply.status = 304
    } else {
      reply.body = .bytes(picture)
    }
    return cacheable(reply)
  }

  private func cacheable(_ reply: Reply) -> Reply {
    var reply = reply
    reply.headers.append(("Cache-Control", "private, max-age=86400"))
    return reply
  }
}

/// RFC 8187: everything but unreserved characters as %XX.
private func escaped(_ text: String) -> String {
  text.utf8.map { byte -> String in
    let scalar = Unicode.Scalar(byte)
    if byte < 128,
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil || "-._~".unicodeScalars.contains(scalar)
    {
      return String(scalar)
    }
    let digits = String(byte, radix: 16, uppercase: true)
    return "%" + (digits.count == 1 ? "0" + digits : digits)
  }.joined()
}
