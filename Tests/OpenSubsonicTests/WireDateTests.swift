import Music
import OpenSubsonic
import Testing

@Suite("Dates on the wire")
struct WireDateTests {
  @Test(
    "every form that servers send is read",
    arguments: [
      ("2026-11-20T19:44:57", 1_795_203_897),
      ("2026-11-20T19:44:57Z", 1_795_203_897),
      ("2026-11-20T19:44:57.646872", 1_795_203_897),
      ("2026-11-20T19:44:57.123456789Z", 1_795_203_897),
      ("2026-11-20T21:44:57.5+02:00", 1_795_203_897),
      ("2026-11-20T14:44:57-0500", 1_795_203_897),
      ("2026-11-20 19:44:57", 1_795_203_897),
      ("2026-11-20", 1_795_132_800),
      ("1970-01-01T00:00:00Z", 0),
    ])
  func reading(text: String, seconds: Int64) {
    #expect(WireDate(text)?.timestamp == Timestamp(seconds: seconds))
  }

  @Test(
    "what is no date, or means never, is nothing",
    arguments: [
      "", "never", "0001-01-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-20T", "2026-11-20T19:44:57+", "20261120",
      "2026-11-20T19:44:57 tomorrow", "-026-11-20T19:44:57Z",
    ])
  func refusing(text: String) {
    #expect(WireDate(text) == nil)
  }

  @Test("it is written in UTC, and read back the same")
  func writing() {
    let date = WireDate(Timestamp(seconds: 1_795_203_897))
    #expect(date.text == "2026-11-20T19:44:57Z")
    #expect(WireDate(date.text) == date)
  }
}
