import Fixtures
import Foundation
import OpenSubsonic
import Testing

@testable import Server

@Suite("Radio stations of the server")
struct RadioStationTests {
  @Test("are made, changed and removed by administrators, and last")
  func life() throws {
    let server = try RunningServer()
    #expect(try server.call("getInternetRadioStations").internetRadioStations?.internetRadioStation == [])
    try server.call("createInternetRadioStation", "name=Wave%20%26%20Co&streamUrl=http%3A%2F%2Fa%2Fb%3Fc")
    try server.call("createInternetRadioStation", "name=Air&streamUrl=https%3A%2F%2Fx&homepageUrl=https%3A%2F%2Fhome")
    let all = try #require(try server.call("getInternetRadioStations").internetRadioStations?.internetRadioStation)
    #expect(all.map(\.name) == ["Air", "Wave & Co"])
    #expect(all.map(\.streamUrl) == ["https://x", "http://a/b?c"])
    #expect(all.map(\.homePageUrl) == ["https://home", nil])
    try server.call("updateInternetRadioStation", "id=\(all[0].id)&name=Zephyr&streamUrl=https%3A%2F%2Fy")
    try server.call("deleteInternetRadioStation", "id=\(all[1].id)")
    let left = try #require(try server.call("getInternetRadioStations").internetRadioStations?.internetRadioStation)
    #expect(left == [.init(id: all[0].id, name: "Zephyr", streamUrl: "https://y", homePageUrl: "https://home")])
  }

  @Test("are told as XML, too")
  func xml() throws {
    let server = try RunningServer()
    try server.call("createInternetRadioStation", "name=Wave%20%26%20Co&streamUrl=http%3A%2F%2Fa%2Fb")
    let target = server.target("getInternetRadioStations").replacingOccurrences(of: "f=json", with: "f=xml")
    let text = String(decoding: server.http.get(target).body, as: UTF8.self)
    #expect(text.contains("<internetRadioStations><internetRadioStation "))
    #expect(text.contains("name=\"Wave &amp; Co\"") && text.contains("streamUrl=\"http://a/b\""))
  }

  @Test(
    "are refused without a name, an address, or with one that is not of the web",
    arguments: [
      ("createInternetRadioStation", "name=x", 10), ("createInternetRadioStation", "streamUrl=http%3A%2F%2Fa", 10),
      ("createInternetRadioStation", "name=x&streamUrl=file%3A%2F%2F%2Fetc%2Fpasswd", 0),
      ("createInternetRadioStation", "name=x&streamUrl=javascript%3Aalert(1)", 0),
      ("updateInternetRadioStation", "id=nope&name=x&streamUrl=http%3A%2F%2Fa", 70),
      ("deleteInternetRadioStation", "id=nope", 70), ("deleteInternetRadioStation", "", 10),
    ])
  func refusals(call: String, parameters: String, code: Int) throws {
    #expect(try RunningServer().failure(call, parameters) == code)
  }

  @Test("are read by every user, and changed by none but administrators")
  func rights() throws {
    let music = MusicFolder()
    let data = music.directory.file("data")
    let store = try UserStore(DataDirectory(path: data))
    try store.add("boss", password: "secret")
    try store.add("guest", password: "other")
    let server = try RunningServer(music: music) {
      $0.users = [:]
      $0.data = data
    }
    let guest = { try server.failure($0, $1, user: "guest", password: "other") }
    #expect(try guest("getInternetRadioStations", "") == nil)
    #expect(try guest("createInternetRadioStation", "name=x&streamUrl=http%3A%2F%2Fa") == 50)
    #expect(try guest("deleteInternetRadioStation", "id=x") == 50)
    try server.call("createInternetRadioStation", "name=x&streamUrl=http%3A%2F%2Fa", user: "boss")
  }
}
