import Library
import Music
import Testing

@Suite("Packs")
struct PackPinTests {
  private let filled: FilledCatalogue
  private var catalogue: Catalogue { filled.catalogue }

  init() throws { filled = try FilledCatalogue() }

  private func ids(_ titles: String...) throws -> [TrackID] { try titles.map { try filled.id($0) } }
  private var titles: Set<String> { get throws { try Set(catalogue.pinnedTracks().map(\.track.title)) } }

  @Test("take the place of the one before, and leave the listener's own pins alone")
  func again() throws {
    try catalogue.pin(.track(filled.id("Jóga")), bitRate: 192)
    #expect(try catalogue.pack(ids("Hunter", "Jóga", "Ночь"), bitRate: 128) == 0)
    #expect(try titles == ["Hunter", "Jóga", "Ночь"])
    #expect(try catalogue.pack(ids("Unravel", "Hunter"), bitRate: 96) == 1)
    #expect(try titles == ["Hunter", "Jóga", "Unravel"])
    let rates = try Dictionary(
      uniqueKeysWithValues: catalogue.pinnedTracks().map { ($0.track.title, $0.bitRate) })
    #expect(rates == ["Hunter": 96, "Jóga": 192, "Unravel": 96])
  }

  @Test("may be added to; what is pinned by hand since is the listener's")
  func added() throws {
    #expect(try catalogue.pack(ids("Hunter", "Ночь")) == 0)
    #expect(try catalogue.pack(ids("Jóga"), keepsEarlier: true) == 0)
    #expect(try titles == ["Hunter", "Ночь", "Jóga"])
    try catalogue.pin(.track(filled.id("Ночь")))
    #expect(try catalogue.pack([]) == 2)
    #expect(try titles == ["Ночь"])
  }
}
