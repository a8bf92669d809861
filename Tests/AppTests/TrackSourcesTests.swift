import Audio
import Cache
import Fixtures
import Glibc
import Library
import Music
import Testing

@testable import App

@Suite("Where a track's bytes come from")
struct TrackSourcesTests {
  private func failure(of source: any ByteSource) -> ByteSourceError? {
    withUnsafeTemporaryAllocation(byteCount: 16, alignment: 1) { buffer in
      do throws(ByteSourceError) {
        _ = try source.read(at: 0, into: buffer)
        return nil
      } catch {
        return error
      }
    }
  }

  @Test("what is decoded here is asked from the server as it is, anything else as MP3")
  func renditions() {
    let server = ServerID("s")
    var track = Track(id: TrackID(1), origin: .remote(server), remoteID: "x", title: "X", suffix: "mp3")
    #expect(track.renditionKey == RenditionKey(server: server, track: "x", rendition: .raw))
    let raw = track.renditionKey
    for suffix in ["flac", "ogg", "opus", "wav", "aiff", "aif"] {
      track.suffix = suffix
      #expect(track.renditionKey == raw)
    }
    for suffix in ["m4a", "aac", "wma", "ape", "wv", "oga", ""] {
      track.suffix = suffix
      #expect(track.renditionKey == RenditionKey(server: server, track: "x", rendition: .mp3(bitRate: 0)))
    }
    track.contentType = "audio/x-flac"
    #expect(track.renditionKey == raw)
    track.origin = .local
    #expect(track.renditionKey == nil)
  }

  @Test("a local file plays whose name is not UTF-8")
  func oddName() throws {
    let directory = TemporaryDirectory()
    let name: [UInt8] = Array("caf".utf8) + [0xE9] + Array(".mp3".utf8)
    let path = Array(directory.file("").utf8) + name
    let file = (path + [0]).withUnsafeBytes {
      open($0.baseAddress!.assumingMemoryBound(to: CChar.self), O_CREAT | O_WRONLY, 0o600)
    }
    #expect(write(file, "music", 5) == 5)
    close(file)
    let catalogue = try Catalogue(path: directory.file("library.sqlite"))
    let pull = try catalogue.beginPullAnew(of: .local)
    var record = TrackRecord(remoteID: "a", title: "Café")
    record.suffix = "mp3"
    record.path = PathText.text(of: path)
    try catalogue.ingest(artists: [], albums: [], tracks: [record], in: pull)
    _ = try catalogue.finishPull(pull)
    let track = try #require(try catalogue.search("cafe", limit: 1).tracks.first)
    let sources = TrackSources(cataloguePath: directory.file("library.sqlite")) { _, _ in FailingSource(.offline) }
    let source = sources.source(of: track)
    #expect(source.size == 5)
    #expect(failure(of: source) == nil)
  }

  @Test("a local file of a kind that is not decoded here, or is gone, fails with the reason")
  func local() {
    let directory = TemporaryDirectory()
    let sources = TrackSources(cataloguePath: directory.file("library.sqlite")) { _, _ in
      FailingSource(.offline)
    }
    let aac = Track(id: TrackID(1), origin: .local, remoteID: "a", title: "A", suffix: "m4a")
    #expect(failure(of: sources.source(of: aac)) == .unsupported("m4a"))
    let gone = Track(id: TrackID(7), origin: .local, remoteID: "b", title: "B", suffix: "mp3")
    #expect(failure(of: sources.source(of: gone)) == .unreadable(2))
  }
}
