import Remote
import Testing

@Suite("Server addresses")
struct ServerAddressTests {
  @Test(
    "what people type becomes one form",
    arguments: [
      ("https://music.example.org", "https://music.example.org/"),
      ("HTTPS://Music.Example.org//", "https://music.example.org/"),
      ("http://h:4533/prefix/", "http://h:4533/prefix/"),
      ("http://h/prefix/rest", "http://h/prefix/"),
      ("http://h/rest/ping.view?u=bob&p=secret#x", "http://h/"),
      (
        "https://cloud.example.org/index.php/apps/music/subsonic",
        "https://cloud.example.org/index.php/apps/music/subsonic/"
      ),
      ("http://[::1]:4040/", "http://[::1]:4040/"),
    ])
  func normalising(typed: String, base: String) {
    #expect(ServerAddress(typed)?.base == base)
  }

  @Test(
    "what is no address is refused, as is a secret in one",
    arguments: ["", "ftp://h/", "http://", "http:///x", "https://bob:secret@h/", "http://h:port", "http://a b/", "h"])
  func refusing(typed: String) {
    #expect(ServerAddress(typed) == nil)
  }

  @Test(
    "without a scheme https is meant; http is tried only where the network is private",
    arguments: [
      ("music.example.org", ["https://music.example.org/"]),
      ("music.example.org:443/x", ["https://music.example.org:443/x/"]),
      (" 192.168.1.5:4533 ", ["https://192.168.1.5:4533/", "http://192.168.1.5:4533/"]),
      ("localhost:4040", ["https://localhost:4040/", "http://localhost:4040/"]),
      ("nas", ["https://nas/", "http://nas/"]),
      ("8.8.8.8", ["https://8.8.8.8/"]),
      ("http://music.example.org", ["http://music.example.org/"]),
      ("https://localhost", ["https://localhost/"]),
      ("not an address", []),
      ("", []),
    ])
  func candidates(typed: String, bases: [String]) {
    #expect(ServerAddress.candidates(for: typed).map(\.base) == bases)
  }

  @Test(
    "private hosts are told from public ones",
    arguments: [
      ("127.0.0.1", true), ("10.1.2.3", true), ("172.16.0.1", true), ("172.32.0.1", false), ("192.168.0.9", true),
      ("192.169.0.9", false), ("[fd00::1]", true), ("[2001:db8::1]", false), ("nas.local", true),
      ("nas.fritz.box", false),
      ("10.example.org", false), ("1.2.3", false),
    ])
  func privacy(host: String, isPrivate: Bool) {
    #expect(ServerAddress("http://\(host)/")?.isPrivate == isPrivate)
  }
}
