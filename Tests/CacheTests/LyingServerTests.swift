import Audio
import Testing
import Threading

@testable import Cache

@Suite("A server that misbehaves")
struct LyingServerTests {
  @Test("a body that ends early is continued, and no byte comes twice")
  func short() throws {
    let rig = Rig()
    let bytes = rig.file("a", size: 1_000_000)
    rig.server.script(rig.key("a"), [.short(after: 300_001), .short(after: 100)])
    #expect(try rig.source("a").bytes() == bytes)
    #expect(rig.server.served(rig.key("a")) == (0, bytes.count))
    rig.cache.close()
  }

  @Test("a body that goes on after its end is cut")
  func long() throws {
    let rig = Rig()
    let bytes = rig.file("a", size: 1_000_000)
    rig.server.script(rig.key("a"), [.long(by: 500_000)])
    #expect(try rig.source("a").bytes() == bytes)
    #expect(rig.heard(.completed(rig.key("a"))))
    #expect(rig.cache.status(of: [rig.key("a")]) == [.whole])
    rig.cache.close()
  }

  @Test("bytes from another place than asked are refused, and asked for again")
  func misplaced() throws {
    let rig = Rig()
    let bytes = rig.file("a", size: 1_000_000)
    rig.server.script(rig.key("a"), [.cut(after: 400_000), .misplaced(by: 1), .misplaced(by: -70_000)])
    #expect(try rig.source("a").bytes() == bytes)
    rig.cache.close()
  }

  @Test("a whole file in answer to a range is read up to the wanted place; what was held stays")
  func whole() throws {
    let rig = Rig()
    let bytes = rig.file("a", size: 1_000_000)
    rig.server.script(rig.key("a"), [.cut(after: 400_000), .whole])
    #expect(try rig.source("a").bytes() == bytes)
    #expect(rig.heard(.completed(rig.key("a"))))
    rig.cache.close()
    let again = Rig(after: rig)
    #expect(try again.source("a").bytes() == bytes)
    again.cache.close()
  }

  @Test("an unknown length becomes known at the end")
  func unknownLength() throws {
    let rig = Rig()
    let bytes = rig.file("a", size: 700_000) {
      $0.tellsSize = false
      $0.acceptsRanges = false
      $0.validator = nil
    }
    let source = rig.source("a")
    #expect(try source.bytes() == bytes)
    #expect(source.size == 700_000)
    #expect(rig.heard(.completed(rig.key("a"))))
    rig.cache.close()
    let again = Rig(after: rig)
    #expect(again.cache.status(of: [again.key("a")]) == [.whole])
    #expect(try again.source("a").bytes() == bytes)
    #expect(rig.server.requests.count == 1)
    again.cache.close()
  }

  @Test("a stream without ranges that breaks is read again from its start, and passes over what is held")
  func brokenStream() throws {
    let rig = Rig()
    let bytes = rig.file("a", size: 1_500_000) {
      $0.tellsSize = false
      $0.acceptsRanges = false
    }
    rig.server.script(rig.key("a"), [.cut(after: 900_000)])
    let source = rig.source("a")
    #expect(try source.bytes(from: 1_200_000) == bytes[1_200_000...])
    #expect(try source.bytes() == bytes)
    #expect(rig.server.requests.count == 2)
    rig.cache.close()
  }

  @Test("a stream without ranges that begins differently the second time is another version")
  func anotherStream() throws {
    let rig = Rig()
    rig.file("a", size: 1_500_000) {
      $0.acceptsRanges = false
      $0.validator = nil
    }
    rig.server.state.update { $0.tap = 900_000 }
    rig.cache.prefetch([rig.key("a")])
    #expect(rig.heard(.progress(rig.key("a")), times: 3))
    rig.cache.close()
    let new = rig.file("a", size: 1_500_000, salt: 99) {
      $0.acceptsRanges = false
      $0.validator = nil
    }
    rig.server.state.update { $0.tap = nil }
    let again = Rig(after: rig)
    #expect(try again.source("a").bytes(from: 1_000_000) == new[1_000_000...])
    #expect(try again.source("a").bytes() == new)
    again.cache.close()
  }

  @Test("a length that is a little too long ends where the bytes do", .timeLimit(.minutes(40)))
  func guessedLength() throws {
    let rig = Rig()
    let bytes = rig.file("a", size: 1_000_000) {
      $0.acceptsRanges = false
      $0.claimedSize = 1_050_000
    }
    #expect(try rig.source("a").bytes() == bytes)
    rig.cache.close()
  }

  @Test("a length far beyond the file is not waited for for ever", .timeLimit(.minutes(40)))
  func absurdLength() throws {
    let rig = Rig()
    rig.file("a", size: 100_000) { $0.claimedSize = 900_000 }
    #expect(throws: ByteSourceError.self) { try rig.source("a").bytes() }
    rig.cache.close()
  }

  @Test("a silent server is left, and asked again", .timeLimit(.minutes(40)))
  func silent() throws {
    var tuning = Tuning.quick
    tuning.limits.stall = .milliseconds(100)
    let rig = Rig(tuning: tuning)
    let bytes = rig.file("a", size: 1_000_000)
    rig.server.script(rig.key("a"), [.stall(after: 300_000), .stall(after: 0)])
    #expect(try rig.source("a").bytes() == bytes)
    #expect(rig.server.served(rig.key("a")) == (0, bytes.count))
    rig.cache.close()
  }

  @Test("a file that changed before it is played is fetched anew, with none of the old bytes")
  func changedBefore() throws {
    let rig = Rig()
    rig.file("a", size: 1_000_000)
    rig.server.state.update { $0.tap = 600_000 }
    rig.cache.prefetch([rig.key("a")])
    #expect(rig.heard(.progress(rig.key("a")), times: 2))
    rig.cache.close()

    let new = rig.file("a", size: 1_000_000, salt: 5) { $0.validator = "v2" }
    rig.server.state.update { $0.tap = nil }
    let again = Rig(after: rig)
    #expect(try again.source("a").bytes(from: 900_000) == new[900_000...])
    #expect(try again.source("a").bytes() == new)
    again.cache.close()
  }

  @Test("a file of another size and no validator is fetched anew")
  func changedSize() throws {
    let rig = Rig()
    rig.file("a", size: 1_000_000) { $0.validator = nil }
    rig.server.state.update { $0.tap = 600_000 }
    rig.cache.prefetch([rig.key("a")])
    #expect(rig.heard(.progress(rig.key("a")), times: 2))
    rig.cache.close()
    let new = rig.file("a", size: 900_000, salt: 5) { $0.validator = nil }
    rig.server.state.update { $0.tap = nil }
    let again = Rig(after: rig)
    #expect(try again.source("a").bytes(from: 850_000) == new[850_000...])
    #expect(try again.source("a").bytes() == new)
    again.cache.close()
  }

  @Test("a file that changes in mid-play is played as far as it is held; the next play is the new one")
  func changedWhilePlaying() throws {
    let rig = Rig()
    let old = rig.file("a", size: 1_000_000)
    rig.server.state.update { $0.tap = 400_000 }
    var source: CachedSource? = rig.source("a")
    #expect(try source?.bytes(count: 300_000) == old[..<300_000])
    let new = rig.file("a", size: 1_000_000, salt: 5) { $0.validator = "v2" }
    rig.cache.setOnline(false)
    #expect(rig.eventually { rig.server.state.withLock { $0.running == 0 } })
    rig.cache.setOnline(true)
    rig.server.state.update { $0.tap = nil }
    #expect(throws: ByteSourceError.refused("the file changed on the server")) { try source?.bytes(from: 390_000) }
    #expect(try source?.bytes(count: 390_000) == old[..<390_000])
    source = nil
    #expect(try rig.source("a").bytes() == new)
    rig.cache.close()
  }

  @Test("a catalogue that learned of another size since makes a whole track come anew; a wrong one does not")
  func expectedSize() throws {
    let rig = Rig()
    rig.file("a", size: 300_000) { $0.validator = nil }
    #expect(try rig.cache.source(for: rig.key("a"), expectedSize: 299_999).bytes().count == 300_000)
    rig.cache.close()
    let again = Rig(after: rig)
    #expect(try again.cache.source(for: rig.key("a"), expectedSize: 299_999).bytes().count == 300_000)
    #expect(rig.server.requests.count == 1)
    again.cache.close()

    let new = rig.file("a", size: 350_000, salt: 3) { $0.validator = nil }
    let third = Rig(after: rig)
    #expect(try third.cache.source(for: rig.key("a"), expectedSize: 350_000).bytes() == new)
    #expect(rig.server.requests.count == 2)
    third.cache.close()
  }
}
