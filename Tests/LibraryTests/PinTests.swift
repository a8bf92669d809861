import Library
import Music
import Testing

@Suite("Pins")
struct PinTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }

  init() throws { filled = try FilledCatalogue() }

  private func titles() throws -> [String] { try catalogue.pinnedTracks().map(\.track.title) }
  private func homogenic() throws -> AlbumID {
    try #require(try catalogue.tracks([filled.id("Hunter")]).first?.albumID)
  }

  @Test("mean their tracks, in the order of the pins, each once")
  func order() throws {
    try catalogue.pin(.track(try filled.id("Jóga")))
    try catalogue.pin(.album(try homogenic()), bitRate: 128)
    #expect(try titles() == ["Jóga", "Hunter", "Unravel"])
    #expect(try catalogue.pinnedTracks().map(\.bitRate) == [0, 128, 128])
    #expect(try catalogue.pins().count == 2)
    #expect(try catalogue.unpin(.track(filled.id("Jóga"))))
    #expect(try !catalogue.unpin(.track(filled.id("Jóga"))))
    #expect(try titles() == ["Hunter", "Jóga", "Unravel"])
  }

  @Test("follow what is added to a playlist and taken from it")
  func playlist() throws {
    let list = try catalogue.createPlaylist(
      named: "Trip", tracks: [filled.id("Hunter")], on: filled.library.origin)
    try catalogue.pin(.playlist(list))
    #expect(try titles() == ["Hunter"])
    try catalogue.setTracks(of: list, to: [filled.id("Ночь"), filled.id("Hunter"), filled.id("Ночь")])
    #expect(try titles() == ["Ночь", "Hunter"])
    try catalogue.deletePlaylist(list)
    #expect(try titles().isEmpty && catalogue.pins().isEmpty)
    try catalogue.forgetDeadPins()
    #expect(try catalogue.pins().isEmpty)
  }

  @Test("follow what the search of a smart playlist finds, whichever account is the current one")
  func smart() throws {
    let smart = try catalogue.createSmartPlaylist(named: "Good", query: "rating:>3")
    try catalogue.pin(.playlist(PlaylistID(-smart.rawValue)))
    catalogue.scope = [.local]
    #expect(try titles().isEmpty)
    try catalogue.rate(.track(filled.id("Hunter")), 5)
    #expect(try titles() == ["Hunter"])
    #expect(catalogue.scope == [.local])
    try catalogue.deleteSmartPlaylist(smart)
    #expect(try titles().isEmpty)
  }

  @Test("of everything starred follow the stars, of albums too")
  func starred() throws {
    try catalogue.pin(.starred)
    #expect(try titles().isEmpty)
    try catalogue.star(.track(try filled.id("Ночь")), true)
    try catalogue.star(.album(try homogenic()), true)
    #expect(Set(try titles()) == ["Ночь", "Hunter", "Jóga", "Unravel"])
    try catalogue.star(.album(try homogenic()), false)
    #expect(try titles() == ["Ночь"])
  }

  @Test("outlive a synchronisation, and reach every account's tracks whichever is the current one")
  func synchronised() throws {
    try catalogue.pin(.album(try homogenic()))
    try filled.library.pull(into: catalogue)
    catalogue.scope = [.local]
    #expect(try titles() == ["Hunter", "Jóga", "Unravel"])
  }

  @Test("of an artist mean all albums; pinning twice changes the bit rate only")
  func artist() throws {
    let artist = try #require(try catalogue.artists().first { $0.name == "Björk" })
    try catalogue.pin(.artist(artist.id))
    try catalogue.pin(.artist(artist.id), bitRate: 96)
    #expect(try catalogue.pins() == [PinRecord(.artist(artist.id), bitRate: 96)])
    #expect(try titles() == ["Human Behaviour", "Hunter", "Jóga", "Unravel"])
  }
}
