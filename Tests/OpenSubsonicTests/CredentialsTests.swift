import OpenSubsonic
import Testing

@Suite("Credentials")
struct CredentialsTests {
  @Test("the token is the protocol's own example")
  func token() {
    #expect(Credentials.token(password: "sesame", salt: "c19b2d") == "26719a1196d2a940705a59634eb18eab")
  }

  @Test("a token goes out with its salt and never with the password")
  func tokenParameters() {
    let parameters = Credentials(user: "bob", password: "sesame", salt: "c19b2d").parameters
    #expect(
      parameters == [
        Parameter("u", "bob"), Parameter("t", "26719a1196d2a940705a59634eb18eab"), Parameter("s", "c19b2d"),
      ])
  }

  @Test("an API key goes out alone")
  func apiKey() {
    #expect(Credentials.apiKey("k").parameters == [Parameter("apiKey", "k")])
  }

  @Test("a password is hexadecimal on the wire, also beyond ASCII, and comes back")
  func password() {
    #expect(Credentials.encode(password: "hunter2") == "enc:68756e74657232")
    #expect(Credentials.password(fromParameter: Credentials.encode(password: "sesame é\u{1}")) == "sesame é\u{1}")
    #expect(Credentials.password(fromParameter: "plain") == "plain")
    #expect(Credentials.password(fromParameter: "enc:6") == nil)
    #expect(Credentials.password(fromParameter: "enc:zz") == nil)
    #expect(Credentials.password(fromParameter: "enc:ff") == nil)
  }

  @Test("each salt is new and long enough")
  func salts() {
    let salts = (0..<100).map { _ in Credentials.freshSalt() }
    #expect(Set(salts).count == 100)
    #expect(salts.allSatisfy { $0.count == 16 })
  }

  @Test("no secret is printed")
  func printing() {
    for credentials in [
      Credentials.password(user: "bob", password: "hunter2"), .apiKey("hunter2"),
      .token(user: "bob", salt: "hunter2", token: "hunter2"),
    ] {
      var dumped = ""
      dump(credentials, to: &dumped)
      for text in ["\(credentials)", String(reflecting: credentials), dumped] { #expect(!text.contains("hunter2")) }
    }
  }
}
