import Audio
import HTTP

/// One answer of a station: judged by its head, then taken apart as it comes.
///
/// Lives on the network thread, which calls it in order; its state is touched by no other thread, hence
/// `@unchecked Sendable`.
final class RadioConnection: HTTPHandler, @unchecked Sendable {
  private enum Body {
    case sound(ICYSplitter?)
    case playlist([UInt8])
    case lost(RadioLoss)
  }

  private let line: RadioLine
  private let number: Int
  private let url: String
  private var body: Body?
  /// Its head does not say what it is: the first bytes will tell.
  private var isDoubtful = false
  private static let longestPlaylist = 64 << 10

  init(line: RadioLine, number: Int, url: String) {
    self.line = line
    self.number = number
    self.url = url
  }

  func receive(head: HTTPHead) {
    guard head.status == 200 || head.status == 206 else {
      body = .lost(.status(head.status))
      return
    }
    let type = head.contentType
    if StationPlaylist.isPlaylist(contentType: type, url: head.url.isEmpty ? url : head.url) {
      body = .playlist([])
    } else if let codec = Self.foreignCodec(type) {
      line.refuse(.unsupported(codec), number)
    } else if let type, type.hasPrefix("text/") || type.hasPrefix("image/") || type.hasSuffix("json") {
      body = .lost(.notSound)
    } else {
      isDoubtful = type?.hasPrefix("audio/") != true
      body = .sound(ICYSplitter(interval: head["icy-metaint"]))
    }
  }

  /// The name of what is sent, where no decoder here reads it as a stream.
  private static func foreignCodec(_ type: String?) -> String? {
    switch type {
    case "audio/aac", "audio/aacp", "audio/x-aac", "audio/x-hx-aac-adts", "audio/mp4", "audio/x-m4a": "AAC"
    case "audio/ogg", "application/ogg", "audio/opus", "audio/vorbis": "Ogg"
    case "audio/flac", "audio/x-flac": "FLAC"
    case "audio/x-ms-wma", "video/x-ms-asf": "WMA"
    default: nil
    }
  }

  func receive(body bytes: UnsafeRawBufferPointer) -> HTTPFlow {
    switch body {
    case .sound(let splitter): return take(bytes, splitter)
    case .playlist(var text):
      text += bytes
      body = .playlist(text)
      guard text.count > Self.longestPlaylist else { return .more }
      // No playlist is so long: it is the sound itself under a playlist's name, or nothing.
      body = .lost(.notSound)
      return .stop
    case .lost, nil: return .stop
    }
  }

  private func take(_ bytes: UnsafeRawBufferPointer, _ splitter: ICYSplitter?) -> HTTPFlow {
    guard line.isCurrent(number) else { return .stop }
    guard line.hasRoom(number) else { return .pause }
    if isDoubtful, bytes.first == UInt8(ascii: "<") || bytes.first == UInt8(ascii: "{") {
      body = .lost(.notSound)
      return .stop
    }
    isDoubtful = false
    guard var splitter else {
      line.take(sound: bytes, number)
      return .more
    }
    splitter.take(bytes) {
      line.take(sound: $0, number)
    } title: {
      line.take(title: $0, number)
    }
    body = .sound(splitter)
    guard splitter.nonsense < 2 else {
      line.titlesAreWrong(number)
      return .stop
    }
    return .more
  }

  func end(_ error: HTTPError?) {
    switch body {
    case .lost(let loss): line.lose(loss, number)
    case .playlist(let text) where error == nil: line.take(playlist: StationPlaylist(text), number)
    case .playlist, .sound, nil: line.lose(error.map { .transport($0) } ?? .ended, number)
    }
  }
}
