import Foundation
import OpenSubsonic
import Testing

@Suite("Lyrics on the wire")
struct LyricsWireTests {
  private func read(_ json: String) -> Wire.Response? {
    Wire.Response.read(Data(#"{"subsonic-response":{"status":"ok","version":"1.16.1",\#(json)}}"#.utf8))
  }

  @Test("structured ones, as servers write them")
  func structured() throws {
    let response = try #require(
      read(
        #"""
        "lyricsList":{"structuredLyrics":[{"lang":"eng","synced":true,"offset":-100,"line":[
        {"start":0,"value":"It's"},{"start":"2747.5","value":"a"},{"value":"no start"},{"start":"x","value":7}]},
        {"lang":"xxx","synced":"false","line":{"value":"alone"}}]}
        """#))
    let list = try #require(response.lyricsList?.structuredLyrics)
    #expect(list[0].line.map(\.start) == [0, 2747, nil, nil])
    #expect(list[0].line.map(\.value) == ["It's", "a", "no start", "7"])
    #expect(list[0].offset == -100 && list[0].synced)
    #expect(list[1].line.map(\.value) == ["alone"] && !list[1].synced)
  }

  @Test("plain ones, and none")
  func plain() throws {
    #expect(read(#""lyrics":{"artist":"a","title":"t","value":"x\ny"}"#)?.lyrics?.value == "x\ny")
    #expect(read(#""lyrics":{}"#)?.lyrics?.value == "")
    #expect(read(#""type":"x""#)?.lyrics == nil)
    #expect(read(#""lyricsList":{}"#)?.lyricsList?.structuredLyrics == [])
  }
}
