import Library
import Music
import Testing

@Suite("Kept lyrics")
struct KeptLyricsTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }

  init() throws { filled = try FilledCatalogue() }

  @Test("are found again, with the listener's offset; what had none is remembered, too")
  func keeping() throws {
    let track = try filled.id("Hunter")
    #expect(try catalogue.lyrics(of: track) == nil)
    let words = Lyrics(text: "[00:01.000]If travel is searching", language: "en", source: .server)
    try catalogue.keep(words, of: track, asked: Timestamp(seconds: 100))
    try catalogue.setLyricsOffset(.milliseconds(-250), of: track)
    let kept = try #require(try catalogue.lyrics(of: track))
    #expect(kept.lyrics == words && kept.offset == .milliseconds(-250) && kept.asked == Timestamp(seconds: 100))
    try catalogue.keep(nil, of: track, asked: Timestamp(seconds: 200))
    let none = try #require(try catalogue.lyrics(of: track))
    #expect(none.lyrics == nil && none.asked == Timestamp(seconds: 200) && none.offset == .milliseconds(-250))
  }

  @Test("a track that is gone keeps none")
  func gone() throws {
    try catalogue.keep(Lyrics(text: "x", source: .file), of: TrackID(987_654), asked: Timestamp(seconds: 1))
    #expect(try catalogue.lyrics(of: TrackID(987_654)) == nil)
  }
}
