package import Music
package import OpenSubsonic

// The words of a track, as a server tells them.

extension SubsonicClient {
  /// Where the server knows the extension `songLyrics`.
  package func structuredLyrics(_ id: String) throws(RemoteError) -> [Wire.StructuredLyrics] {
    try call(SubsonicRequest(.getLyricsBySongId, [Parameter("id", id)])).lyricsList?.structuredLyrics ?? []
  }

  /// By names, since version 1.2 of the protocol; nil where there are none.
  package func lyrics(artist: String, title: String) throws(RemoteError) -> Wire.Lyrics? {
    let names = [Parameter("artist", artist), Parameter("title", title)]
    return try call(SubsonicRequest(.getLyrics, names)).lyrics.flatMap { $0.value.isEmpty ? nil : $0 }
  }

  /// The best that the server has: with times before without, its main ones before translations; nil where it has none.
  ///
  /// A server that does not know the newer call, or does not know the song there, is asked the older one.
  package func lyrics(of track: Track) throws(RemoteError) -> Lyrics? {
    do {
      let all = try structuredLyrics(track.remoteID).map { Lyrics($0) }.filter { !$0.isEmpty }
      if let best = all.first(where: \.isSynced) ?? all.first { return best }
    } catch {
      guard error.isAnswered else { throw error }
    }
    do {
      guard !track.artist.isEmpty, !track.title.isEmpty else { return nil }
      let found = try lyrics(artist: track.artist, title: track.title).map { Lyrics(text: $0.value, source: .server) }
      return found.flatMap { $0.isEmpty ? nil : $0 }
    } catch {
      guard error.isAnswered else { throw error }
      return nil
    }
  }
}

extension RemoteError {
  /// The server said no to this call; it says nothing about the network.
  fileprivate var isAnswered: Bool {
    if isAboutCredentials { return false }
    switch self {
    case .server, .serverBroke: return true
    case .status(let status, _): return [400, 404, 405, 410, 501].contains(status)
    case .transport, .notSubsonic, .anotherServer: return false
    }
  }
}

extension Lyrics {
  package init(_ wire: Wire.StructuredLyrics) {
    let offset = Lyrics.duration(wire.offset ?? 0) ?? .zero
    let lines = wire.line.map { line -> Line in
      let start = wire.synced ? line.start.flatMap(Lyrics.duration) : nil
      return Line(time: start.map { max(.zero, $0 - offset) }, text: line.value)
    }
    let isKnown = !["", "und", "xxx"].contains(wire.lang)
    self.init(lines: lines, language: isKnown ? wire.lang : "", source: .server)
  }

  /// No number of a server's overflows.
  private static func duration(_ milliseconds: Int64) -> Duration? {
    milliseconds.magnitude < 360_000_000 ? .milliseconds(milliseconds) : nil
  }
}
