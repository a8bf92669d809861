import Audio
import Music
import Testing

@testable import Cache

@Suite("Renditions of one track")
struct RenditionTests {
  private func small(_ rig: Rig, _ name: String, size: Int) -> RenditionKey {
    let key = rig.key(name, .mp3(bitRate: 128))
    var file = ScriptedServer.File(bytes: (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) })
    file.acceptsRanges = false
    rig.server.put(key, file)
    return key
  }

  @Test("a smaller one that is pinned is played where the file itself is not here and cannot come")
  func standIn() throws {
    let rig = Rig()
    rig.file("a", size: 900_000)
    let key = small(rig, "a", size: 120_000)
    rig.cache.pin([Pin(key: key)])
    #expect(rig.heard(.completed(key)))
    #expect(rig.cache.playable(rig.key("a")) == rig.key("a"))
    rig.cache.setOnline(false)
    #expect(rig.cache.playable(rig.key("a")) == key)
    #expect(try rig.cache.source(for: rig.cache.playable(rig.key("a")), expectedSize: nil).bytes().count == 120_000)
    #expect(rig.cache.wholeInSomeForm([rig.key("a"), rig.key("b")]) == [rig.key("a"): true])
    #expect(rig.cache.playable(rig.key("b")) == rig.key("b"))
    rig.cache.close()
  }

  @Test("the file itself is preferred wherever it is here; of others the best")
  func best() throws {
    let rig = Rig()
    let whole = rig.file("a", size: 300_000)
    let key = small(rig, "a", size: 120_000)
    rig.cache.pin([Pin(key: key)])
    #expect(rig.heard(.completed(key)))
    #expect(rig.cache.bestWhole(of: rig.key("a")) == key)
    #expect(try rig.source("a").bytes() == whole)
    #expect(rig.heard(.completed(rig.key("a"))))
    rig.cache.setOnline(false)
    #expect(rig.cache.playable(rig.key("a")) == rig.key("a"))
    #expect(rig.cache.bestWhole(of: rig.key("a")) == rig.key("a"))
    rig.cache.close()
  }
}
