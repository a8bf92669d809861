import Foundation
import Music
import OpenSubsonic
import Testing

/// The payload of an envelope with this content.
private func response(_ content: String) throws -> Wire.Response {
  let text = #"{"subsonic-response":{"status":"ok","version":"1.16.1","# + content + "}}"
  return try #require(Wire.Response.read(Data(text.utf8)))
}

@Suite("Reading what servers send")
struct LenientDecodingTests {
  @Test("numbers come as text, text as numbers, booleans as either")
  func kinds() throws {
    let song = try #require(
      try response(
        #"""
        "song":{"id":17,"title":4,"track":"3","year":1999.0,"size":"290001","duration":12.7,"isDir":"false","isVideo":0,
        "bitRate":"fast","albumId":9007199254740993,"created":"yesterday","userRating":null,"starred":""}
        """#
      ).song)
    #expect(song.id == "17")
    #expect(song.title == "4")
    #expect(song.track == 3)
    #expect(song.year == 1999)
    #expect(song.size == 290001)
    #expect(song.duration == 12)
    #expect(!song.isDir)
    #expect(song.isVideo == false)
    #expect(song.bitRate == nil)
    #expect(song.albumId == "9007199254740993")
    #expect(song.created == nil)
    #expect(song.userRating == nil)
    #expect(song.starred == nil)
  }

  @Test("gains come as numbers or text; what is neither is not there")
  func gains() throws {
    let gain = try #require(
      try response(
        #"""
        "song":{"id":"a","title":"A","replayGain":{"trackGain":"-6.5","albumGain":"loud","trackPeak":1,"albumPeak":[1],
        "baseGain":"nan","fallbackGain":-7},"bitDepth":"24","samplingRate":44100.0,"channelCount":{}}
        """#
      ).song)
    #expect(gain.replayGain?.trackGain == -6.5 && gain.replayGain?.albumGain == nil)
    #expect(gain.replayGain?.trackPeak == 1 && gain.replayGain?.albumPeak == nil)
    #expect(gain.replayGain?.baseGain == nil && gain.replayGain?.fallbackGain == -7)
    #expect(gain.bitDepth == 24 && gain.samplingRate == 44_100 && gain.channelCount == nil)
    #expect(try response(#""song":{"id":"a","title":"A","replayGain":"-6 dB"}"#).song?.replayGain == nil)
  }

  @Test("a bad element is left out, the others stay")
  func badElements() throws {
    let result = try #require(
      try response(
        #"""
        "searchResult3":{"song":[{"id":"a","title":"A"},{"title":"no id"},null,7,"text",[],{"id":"","title":"empty id"},
        {"id":"b","title":{"not":"text"}},{"id":"c","title":"C","genres":[{"name":"Rock"},{"nome":"?"}]}],
        "artist":{"id":"lone","name":"One"},"album":"none"}
        """#
      ).searchResult3)
    #expect(result.song.map(\.id) == ["a", "b", "c"])
    #expect(result.song[1].title == "")
    #expect(result.song[2].genres?.map(\.name) == ["Rock"])
    #expect(result.artist.map(\.id) == ["lone"])
    #expect(result.album.isEmpty)
  }

  @Test(
    "a collection that is missing is empty",
    arguments: [#""playlists":{}"#, #""playlists":{"playlist":[]}"#, #""playlists":{"playlist":null}"#])
  func missingCollections(content: String) throws {
    #expect(try response(content).playlists?.playlist.isEmpty == true)
  }

  @Test("a payload of another kind is no payload", arguments: [#""playlists":[]"#, #""playlists":"""#, #""other":{}"#])
  func strangePayload(content: String) throws {
    #expect(try response(content).playlists == nil)
  }

  @Test(
    "a body that is no envelope is none",
    arguments: [
      "", "<html><body>Sign in</body></html>", "{}", "[]", #"{"subsonic-response":{}}"#, #"{"subsonic-response":[]}"#,
      #"{"status":"ok"}"#, #"{"subsonic-response":{"status":"ok""#,
    ])
  func noEnvelope(body: String) {
    #expect(Wire.Response.read(Data(body.utf8)) == nil)
  }

  @Test("a failed envelope tells its error, and who says so")
  func failures() throws {
    let body =
      #"{"subsonic-response":{"error":{"code":40,"message":"Wrong username or password."},"status":"failed","version":"1.12.0"}}"#
    let response = try #require(Wire.Response.read(Data(body.utf8)))
    #expect(response.failure == Wire.Failure(code: 40, message: "Wrong username or password."))
    #expect(response.version == "1.12.0")
    #expect(response.openSubsonic == nil)
    let bare = try #require(Wire.Response.read(Data(#"{"subsonic-response":{"status":"failed"}}"#.utf8)))
    #expect(bare.failure?.code == 0)
  }
}
