import Fixtures
import Glibc
import HTTP
import Threading

/// Says what a server with so many tracks would say, each page put together beforehand: its own time is next to nothing.
/// Ten tracks an album, five albums an artist.
final class ReadyServer {
  private let pages: Monitor<[[UInt8]]>
  private let station: Station
  private let page = 500

  init(count: Int) {
    let page = page
    let pages = Monitor(
      stride(from: 0, to: count, by: page).map { songs($0..<min($0 + page, count), isChanged: false) })
    let allAlbums = stride(from: 0, to: count / 10, by: page).map { albums($0..<min($0 + page, count / 10)) }
    let allArtists = stride(from: 0, to: count / 50, by: page).map { artists($0..<min($0 + page, count / 50)) }
    self.pages = pages
    station = Station { listener in
      var request = listener.request
      repeat {
        let line = request.prefix { $0 != "\r\n" }
        let body: [UInt8] =
          if !line.contains("search3") {
            answer("")
          } else if let number = offset("song", in: line) {
            pages.withLock { part($0, number / page) }
          } else if let number = offset("album", in: line) {
            part(allAlbums, number / page)
          } else {
            part(allArtists, (offset("artist", in: line) ?? 0) / page)
          }
        // At once: the second of two short parts would wait 40 ms for the first to be acknowledged.
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n"
        listener.send(Array(head.utf8) + body)
        request = listener.next()
      } while !request.isEmpty
    }
  }

  var address: String { "http://127.0.0.1:\(station.port)" }

  /// So many tracks, all over the library, get other titles.
  func change(_ count: Int) {
    pages.update { [page] pages in
      for number in stride(from: 0, to: pages.count, by: max(1, pages.count / count)) {
        pages[number] = songs(number * page..<(number + 1) * page, isChanged: true)
      }
    }
  }

  /// What the same answers cost somebody who does nothing with them.
  func readAll() {
    let http = HTTPClient()
    for number in 0..<pages.withLock({ $0.count }) {
      _ = try? http.perform(
        HTTPRequest(.get, url: "\(address)/rest/search3?songCount=500&songOffset=\(number * page)&x"))
    }
    http.stop()
  }
}

/// nil where none of this kind is wanted.
private func offset(_ kind: String, in line: some StringProtocol) -> Int? {
  func value(_ name: String) -> Int? {
    line.split(whereSeparator: { "&? ".contains($0) }).first { $0.hasPrefix(name + "=") }.flatMap {
      Int($0.dropFirst(name.count + 1))
    }
  }
  return value(kind + "Count") == 0 ? nil : value(kind + "Offset")
}

private func part(_ pages: [[UInt8]], _ number: Int) -> [UInt8] {
  pages.indices.contains(number) ? pages[number] : answer(#","searchResult3":{}"#)
}

private func answer(_ content: String) -> [UInt8] {
  Array(
    (#"{"subsonic-response":{"status":"ok","version":"1.16.1","type":"ready","serverVersion":"1","openSubsonic":true"#
      + content + "}}").utf8)
}

private func section(_ name: String, _ items: [String]) -> [UInt8] {
  answer(#","searchResult3":{"\#(name)":[\#(items.joined(separator: ","))]}"#)
}

private func artists(_ range: Range<Int>) -> [UInt8] {
  section("artist", range.map { #"{"id":"r\#($0)","name":"Artist \#($0)","albumCount":5}"# })
}

private func albums(_ range: Range<Int>) -> [UInt8] {
  section(
    "album",
    range.map {
      #"{"id":"a\#($0)","name":"Album \#($0)","artist":"Artist \#($0 / 5)","artistId":"r\#($0 / 5)","songCount":10,"#
        + #""duration":2000,"year":1999,"genre":"Rock","created":"2020-01-01T00:00:00Z"}"#
    })
}

/// As much as servers tell of a track.
private func songs(_ range: Range<Int>, isChanged: Bool) -> [UInt8] {
  section(
    "song",
    range.map { number in
      let (album, artist) = (number / 10, number / 50)
      let title = isChanged && number == range.lowerBound ? "Changed \(number)" : "Title number \(number)"
      return """
        {"id":"t\(number)","parent":"a\(album)","isDir":false,"title":"\(title)","album":"Album \(album)",\
        "artist":"Artist \(artist)","albumId":"a\(album)","artistId":"r\(artist)","track":\(number % 10 + 1),\
        "discNumber":1,"year":1999,"genre":"Rock","coverArt":"a\(album)","size":5000000,"contentType":"audio/mpeg",\
        "suffix":"mp3","duration":200,"bitRate":192,"path":"Artist \(artist)/Album \(album)/\(number).mp3",\
        "created":"2020-01-01T00:00:00Z","type":"music","isVideo":false,"mediaType":"song"}
        """
    })
}
