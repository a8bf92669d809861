import Library
import Music
import OpenSubsonic
import Testing

@testable import Remote

@Suite("A playlist that is deleted here")
struct DeletionTests {
  private let bench: SynchronizerBench
  private let list: PlaylistID

  init() throws {
    var contents = MusicServer.Contents.sample(albums: 4)
    contents.addPlaylist("Mix", ["tr-1", "tr-2"])
    bench = try SynchronizerBench(contents)
    try bench.synchronize()
    list = try #require(try bench.catalogue.playlists().first { $0.name == "Mix" }).id
  }

  private func drain() throws -> [RemoteEvent] {
    var told: [RemoteEvent] = []
    let drain = OutboxDrain(client: bench.client, catalogue: bench.catalogue, report: { told.append($0) })
    #expect(try drain.run() == .empty)
    return told
  }

  @Test("goes; what others did to it meanwhile is its last version, and told")
  func changedMeanwhile() throws {
    bench.server.change { $0.setEntries(0, ["tr-1", "tr-2", "tr-5"]) }
    try bench.catalogue.deletePlaylist(list)
    #expect(try drain().contains(.deletedUnseen("Mix")))
    #expect(bench.server.now.playlists.isEmpty)
    let gone = try #require(try bench.catalogue.deletedPlaylists().first)
    #expect(try bench.catalogue.tracks(ofVersion: gone.id).map(\.remoteID) == ["tr-1", "tr-2", "tr-5"])
    #expect(try bench.catalogue.restore(version: gone.id))
    _ = try drain()
    #expect(bench.server.now.playlists.map(\.name) == ["Mix"])
    #expect(bench.server.now.entries.values.contains(["tr-1", "tr-2", "tr-5"]))
  }

  @Test("goes without a word where nobody else did anything, or it was gone before")
  func quiet() throws {
    try bench.catalogue.deletePlaylist(list)
    #expect(try drain() == [.editsSent(1)])
    #expect(bench.server.now.playlists.isEmpty)
    #expect(try bench.catalogue.deletedPlaylists().map(\.trackCount) == [2])
    #expect(try bench.catalogue.undo().isEmpty == false)
    _ = try drain()
    let again = try #require(try bench.catalogue.playlists().first { $0.name == "Mix" }).id
    bench.server.change { contents in
      contents.entries = [:]
      contents.playlists = []
    }
    try bench.catalogue.deletePlaylist(again)
    #expect(try drain() == [.editsSent(1)])
  }
}
