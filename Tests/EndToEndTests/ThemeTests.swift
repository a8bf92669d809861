import Fixtures
import Foundation
import Testing

extension EndToEnd {
  @Suite(.serialized)
  struct Themes {
    let profile = Profile()

    @Test("a theme is shown anew when its file or one it inherits from is written; a fault is told with its line")
    func reloading() async throws {
      let folder = profile.file("config/dulcet/themes")
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      func write(_ name: String, _ text: String) throws {
        try text.write(toFile: "\(folder)/\(name).theme", atomically: true, encoding: .utf8)
      }
      try write("base", "inherit = dark\n$ground = #010203\n")
      try write("mine", "inherit = base\n")
      try profile.configure("theme mine\n")
      let server = try await DemoServer()
      try await profile.login(server.url, user: server.user, password: server.password)
      let tmux = try await profile.open("--output", "silent", environment: ["COLORTERM": "truecolor"])
      try await tmux.wait(forText: "三日月小楽団")
      #expect(try await tmux.colouredScreen().contains("48;2;1;2;3"))
      try write("base", "inherit = dark\n$ground = #040506\n")
      try await eventually("the new ground is shown") { try await tmux.colouredScreen().contains("48;2;4;5;6") }
      try write("mine", "inherit = base\n$ground = #070809\n")
      try await eventually("the new ground is shown") { try await tmux.colouredScreen().contains("48;2;7;8;9") }
      try write("mine", "inherit = base\n\ncursor = blu\n")
      try await tmux.wait(forText: "mine.theme, line 3: “blu” is no colour")
      #expect(try await tmux.colouredScreen().contains("48;2;7;8;9"))
      try write("mine", "inherit = base\nsigns = ascii\n")
      try await tmux.wait(forText: "--------------------")
      try await tmux.press("q")
      #expect(try await tmux.finish() == 0)
      server.stop()
    }

    @Test("a theme in a folder that was made meanwhile is shown anew when it is written, too")
    func newFolder() async throws {
      let server = try await DemoServer()
      try await profile.login(server.url, user: server.user, password: server.password)
      let tmux = try await profile.open("--output", "silent", environment: ["COLORTERM": "truecolor"])
      try await tmux.wait(forText: "三日月小楽団")
      let folder = profile.file("config/dulcet/themes")
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      func write(_ text: String) throws {
        try text.write(toFile: "\(folder)/mine.theme", atomically: true, encoding: .utf8)
      }
      try write("inherit = dark\n$ground = #010203\n")
      try await tmux.type(":theme mine"); try await tmux.press("Enter")
      try await eventually("it is worn") { try await tmux.colouredScreen().contains("48;2;1;2;3") }
      try write("inherit = dark\n$ground = #040506\n")
      try await eventually("the new ground is shown") { try await tmux.colouredScreen().contains("48;2;4;5;6") }
      try await tmux.press("q")
      #expect(try await tmux.finish() == 0)
      server.stop()
    }

    @Test("without a locale of UTF-8 signs are ASCII, and titles are drawn all the same")
    func asciiSigns() async throws {
      let server = try await DemoServer()
      try await profile.login(server.url, user: server.user, password: server.password)
      let tmux = try await profile.open("--output", "silent", environment: ["LC_ALL": "C"])
      let screen = try await tmux.wait(forText: "三日月小楽団")
      #expect(screen.contains("--------------------"))
      #expect(!screen.contains("─") && !screen.contains("│"))
      try await tmux.press("q")
      #expect(try await tmux.finish() == 0)
      server.stop()
    }
  }
}
