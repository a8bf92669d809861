import Core
import Music
import Testing

@Suite("Settings")
struct SettingsTests {
  @Test("a setting that is a command takes effect and is kept")
  func commands() {
    var listener = Listener()
    let effects = listener.run("set volume 40")
    #expect(effects == [.player(.setVolume(40)), .saveSetting(name: "volume", value: "40")])
    #expect(listener.state.player.volume == 40)
    listener.run("set repeat all")
    #expect(listener.state.queue.repeatMode == .all)
  }

  @Test("a setting of the shell is handed on, with when it takes effect")
  func shell() {
    var listener = Listener()
    #expect(listener.run("set cache-size 2G") == [.saveSetting(name: "cache-size", value: "2G")])
    #expect(listener.notice == nil)
    #expect(
      listener.run("set output alsa:hw:1")
        == [.player(.setOutput("hw:1")), .saveSetting(name: "output", value: "alsa:hw:1")])
    #expect(listener.run("set output silent") == [.saveSetting(name: "output", value: "silent")])
    #expect(listener.notice?.contains("next start") == true)
  }

  @Test("what is no setting, or no value, is said and kept nowhere")
  func nonsense() {
    var listener = Listener()
    #expect(listener.run("set colour blue") == [])
    #expect(listener.notice?.contains("cache-size") == true)
    #expect(listener.run("set volume loud") == [])
    #expect(listener.state.player.volume == 100)
    for (name, value) in [("output", "xyz"), ("output", "wav:"), ("cache-size", "much"), ("cache-size", "-1G")] {
      #expect(listener.run("set \(name) \(value)") == [])
      #expect(listener.notice?.contains("“\(value)”") == true)
    }
  }
}
