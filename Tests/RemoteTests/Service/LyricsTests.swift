import HTTP
import Music
import OpenSubsonic
import Remote
import Testing

@Suite("Lyrics from a server")
struct LyricsTests {
  private let track = Track(
    id: TrackID(1), origin: .remote(ServerID("home")), remoteID: "s1", title: "Song", artist: "Singer")

  private func envelope(_ fields: String) -> ScriptedReply {
    .json(#"{"subsonic-response":{"status":"ok","version":"1.16.1","# + fields + "}}")
  }

  private func refusal(_ code: Int) -> ScriptedReply {
    .json(#"{"subsonic-response":{"status":"failed","version":"1.16.1","error":{"code":"# + "\(code)" + #"}}}"#)
  }

  private func ask(
    _ answer: @escaping @Sendable (ScriptedRequest) -> ScriptedReply
  ) throws(RemoteError) -> (lyrics: Lyrics?, calls: [String]) {
    let server = ScriptedServer(answer)
    let client = SubsonicClient(account: account(at: server.base), http: HTTPClient())
    let lyrics = try client.lyrics(of: track)
    return (lyrics, server.requests.map(\.call))
  }

  @Test("those with times come before those without, the offset is reckoned in")
  func structured() throws {
    let reply = envelope(
      #"""
      "lyricsList":{"structuredLyrics":[{"lang":"xxx","synced":false,"line":[{"value":"plain"}]},
      {"lang":"eng","synced":true,"offset":500,"line":[{"start":2000,"value":"two"},{"start":400,"value":"one"},
      {"start":1e300,"value":"never"}]}]}
      """#)
    let (lyrics, calls) = try ask { _ in reply }
    #expect(calls == ["getLyricsBySongId"])
    #expect(lyrics?.language == "eng" && lyrics?.source == .server)
    #expect(lyrics?.lines == [.init(time: .zero, text: "one"), .init(time: .milliseconds(1500), text: "two")])
  }

  @Test("a server that does not know the call is asked the older one", arguments: [0, 30, 70, -404])
  func older(code: Int) throws {
    let (no, old) = (
      code < 0 ? .html("no", status: "404 Not Found") : refusal(code), envelope(#""lyrics":{"value":"a\nb"}"#)
    )
    let (lyrics, calls) = try ask { $0.call == "getLyrics" && $0["artist"] == "Singer" ? old : no }
    #expect(calls == ["getLyricsBySongId", "getLyrics"])
    #expect(lyrics?.lines.map(\.text) == ["a", "b"])
  }

  @Test("none is none, in all the ways of saying so", arguments: [#""lyrics":{}"#, #""x":1"#, #""lyricsList":{}"#])
  func none(fields: String) throws {
    let reply = envelope(fields)
    #expect(try ask { _ in reply }.lyrics == nil)
    let refusal = refusal(70)
    #expect(try ask { _ in refusal }.lyrics == nil)
  }

  @Test("no network, a broken server and a wrong password are errors, not absence")
  func failures() {
    let wrong = refusal(40)
    #expect(throws: RemoteError.self) { try ask { _ in .hangUp } }
    #expect(throws: RemoteError.self) { try ask { _ in .html("down", status: "503 Service Unavailable") } }
    #expect(throws: RemoteError.self) { try ask { _ in wrong } }
  }
}
