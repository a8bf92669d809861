import OpenSubsonic
import Testing

@Suite("Requests")
struct SubsonicRequestTests {
  @Test("everything outside the unreserved characters is percent-encoded, once")
  func encoding() {
    let text = formEncoded([Parameter("name", "Ночь & Day=100%+1 🌉/~-._"), Parameter("n", 0), Parameter("on", true)])
    #expect(
      text == "name=%D0%9D%D0%BE%D1%87%D1%8C%20%26%20Day%3D100%25%2B1%20%F0%9F%8C%89%2F~-._&n=0&on=true")
  }

  @Test("the common parameters stand in one place with the call's own")
  func common() {
    let request = SubsonicRequest(.search3, [Parameter("query", "")])
    #expect(request.path == "rest/search3.view")
    #expect(request.encoded(with: .apiKey("k")) == "apiKey=k&v=1.16.1&c=dulcet&f=json&query=")
    #expect(request.encoded(with: nil, version: "1.15.0").hasPrefix("v=1.15.0&"))
  }

  @Test("a call's name is known with and without its ending", arguments: ["getAlbum", "getAlbum.view"])
  func endpoints(name: String) {
    #expect(Endpoint(pathComponent: name) == .getAlbum)
    #expect(Endpoint(pathComponent: name + "x") == nil)
  }
}
