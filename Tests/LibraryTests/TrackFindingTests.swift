import Library
import Music
import Testing

@Suite("Tracks that another program names")
struct TrackFindingTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }

  init() throws {
    filled = try FilledCatalogue()
    var tracks = filled.library.tracks
    for index in tracks.indices {
      tracks[index].path = "\(tracks[index].artist)/\(tracks[index].album)/\(tracks[index].title).mp3"
      tracks[index].duration = 200
    }
    tracks[0].musicBrainzID = "11111111-2222-3333-4444-555555555555"
    var live = tracks[1]
    live.remoteID = "tr-live"
    live.album = "Live Box"
    live.path = "Björk/Live Box/Jóga.mp3"
    live.duration = 320
    try filled.library.pull(into: catalogue, tracks: tracks + [live])
  }

  private func found(_ change: (inout TrackDescription) -> Void) throws -> String? {
    var wanted = TrackDescription()
    change(&wanted)
    return try catalogue.find([wanted], among: [filled.library.origin])[0]?.remoteID
  }

  @Test("a path is found by its end, whatever folders stand above it on the other computer")
  func paths() throws {
    #expect(try found { $0.path = "Björk/Homogenic/Hunter.mp3" } == "tr-Hunter")
    #expect(try found { $0.path = "/home/ann/Music/Björk/Homogenic/Hunter.mp3" } == "tr-Hunter")
    #expect(try found { $0.path = "./Homogenic/Hunter.mp3" } == "tr-Hunter")
    #expect(try found { $0.path = "D:/Björk/Live Box/Jóga.mp3" } == "tr-live")
    // A file's name alone says too little, another album is another file.
    #expect(try found { $0.path = "Hunter.mp3" } == nil)
    #expect(try found { $0.path = "Björk/Other/Hunter.mp3" } == nil)
  }

  @Test("MusicBrainz's id counts before names, a path before both")
  func order() throws {
    let id = "11111111-2222-3333-4444-555555555555"
    #expect(try found { $0.musicBrainzID = id.uppercased() } == "tr-Hunter")
    #expect(
      try found {
        $0.musicBrainzID = id
        $0.title = "Unravel"
        $0.artist = "Björk"
      } == "tr-Hunter")
    #expect(
      try found {
        $0.musicBrainzID = id
        $0.path = "Björk/Homogenic/Unravel.mp3"
      } == "tr-Unravel")
  }

  @Test("names are folded; the length tells the recording, the album the edition")
  func names() throws {
    func joga(_ duration: Int, album: String = "") throws -> String? {
      try found {
        $0.title = "joga"
        $0.artist = "BJORK"
        $0.duration = duration
        $0.album = album
      }
    }
    #expect(try joga(198) == "tr-Jóga")
    #expect(try joga(322) == "tr-live")
    #expect(try joga(0, album: "live box") == "tr-live")
    #expect(try joga(500) == nil)
    #expect(try found { $0.title = "Joga" } == nil)
  }

  @Test("ten thousand at once are looked for in one go, and what is not there is nil in its place")
  func many() throws {
    let wanted = (0..<10_000).map { number in
      var track = TrackDescription()
      track.title = number % 5 == 0 ? "Hunter" : "Nothing \(number)"
      track.artist = "Björk"
      track.duration = 200
      return track
    }
    let found = try catalogue.find(wanted, among: [filled.library.origin])
    #expect(found.count == 10_000)
    #expect(found.indices.allSatisfy { (found[$0] != nil) == ($0 % 5 == 0) })
    #expect(try catalogue.find(wanted, among: [.local]).allSatisfy { $0 == nil })
  }

  @Test("a pin of the queue's next hours follows the queue and the place in it")
  func queuePin() throws {
    let ids = try ["Hunter", "Jóga", "Unravel", "Ночь"].map { try filled.id($0) }
    try catalogue.pin(.queue(seconds: 500), bitRate: 96)
    #expect(try catalogue.pinnedTracks().isEmpty)
    try catalogue.keep(KeptQueue(tracks: ids))
    try catalogue.keep(KeptPlace(index: 0, track: ids[0]))
    #expect(try catalogue.pinnedTracks().map(\.track.title) == ["Hunter", "Jóga", "Unravel"])
    #expect(try catalogue.pinnedTracks().map(\.bitRate) == [96, 96, 96])
    try catalogue.keep(KeptPlace(index: 2, track: ids[2]))
    #expect(try catalogue.pinnedTracks().map(\.track.title) == ["Unravel", "Ночь"])
    #expect(try catalogue.pins().map(\.target) == [.queue(seconds: 500)])
    try catalogue.unpin(.queue(seconds: 500))
    #expect(try catalogue.pinnedTracks().isEmpty)
  }
}
