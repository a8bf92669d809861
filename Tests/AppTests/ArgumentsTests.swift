import Testing

@testable import App

@Suite("What the command line says")
struct ArgumentsTests {
  @Test("no words open the player")
  func plain() throws {
    let arguments = try Arguments(parsing: [])
    #expect(arguments.action == .play(.screen))
    #expect(arguments.output == nil)
  }

  @Test("the output is chosen with --output, in either spelling")
  func output() throws {
    #expect(try Arguments(parsing: ["--output", "wav:/tmp/a:b.wav"]).output == .wav("/tmp/a:b.wav"))
    #expect(try Arguments(parsing: ["--output=alsa:hw:1,0"]).output == .alsa(device: "hw:1,0"))
    #expect(try Arguments(parsing: ["--headless", "--output", "silent"]).action == .play(.headless))
    #expect(try Arguments(parsing: ["--offline"]).isOffline)
    #expect(throws: Arguments.UsageError.self) { try Arguments(parsing: ["--offline", "next"]) }
    for verb in ["login", "cache", "playlist", "pack", "export", "doctor", "status", "play", "seek", "queue"] {
      #expect(try Arguments(parsing: [verb, "--help"]).action == .help(of: verb))
      #expect(try Arguments(parsing: [verb, "-h"]).action == .help(of: verb))
      #expect(helpText(of: verb)?.contains("usage: dulcet \(verb)") == true)
    }
    #expect(try Arguments(parsing: ["login", "h", "--user", "bob", "--help"]).action == .help(of: "login"))
    #expect(
      try Arguments(parsing: ["play", "-h", "aurora"]).action == .command(["play", "-h", "aurora"], json: false))
    #expect(try Arguments(parsing: ["help", "pack"]).action == .help(of: "pack"))
    #expect(helpText(of: "seek")?.contains("seek +10 | -10 | 90 | 50%") == true)
    #expect(helpText(of: "pause")?.contains("usage: dulcet pause [on | off]\n") == true)
    #expect(helpText(of: "queue")?.contains("usage: dulcet queue [fetch | save]\n") == true)
    #expect(helpText(of: "next")?.contains("usage: dulcet next\n") == true)
    #expect(helpText(of: "rate")?.contains("usage: dulcet rate …") == true)
    #expect(helpText(of: "pack")?.contains("[--add]") == true)
    #expect(
      unknownCommand("pase") == "There is no command “pase”. Did you mean “pause”? “dulcet help” lists what there is.")
    #expect(unknownCommand("docter").contains("“doctor”"))
    #expect(helpText(of: "dance") == nil)
    #expect(throws: Arguments.UsageError.self) { try Arguments(parsing: ["--output", "loud"]) }
    #expect(throws: Arguments.UsageError.self) { try Arguments(parsing: ["--output"]) }
  }

  @Test("login takes the address, the user, and where the password comes from")
  func login() throws {
    #expect(
      try Arguments(parsing: ["login", "https://m.example.org", "--user", "bob", "--password-stdin"]).action
        == .login(address: "https://m.example.org", user: "bob", password: .standardInput))
    #expect(
      try Arguments(parsing: ["login", "--password-command=pass show m", "h"]).action
        == .login(address: "h", user: nil, password: .command("pass show m")))
  }

  @Test("a password among the arguments is refused")
  func passwordInArguments() {
    #expect(throws: Arguments.UsageError.self) { try Arguments(parsing: ["login", "h", "--password", "sesame"]) }
  }

  @Test(
    "words that mean nothing are a usage error",
    arguments: [
      ["--bogus"], ["login"], ["login", "a", "b"], ["cache", "eat"], ["doctor", "who"], ["--headless", "next"],
    ])
  func nonsense(words: [String]) {
    #expect(throws: Arguments.UsageError.self) { try Arguments(parsing: words) }
  }

  @Test("anything else is a command for the player that runs")
  func command() throws {
    #expect(try Arguments(parsing: ["seek", "+10"]).action == .command(["seek", "+10"], json: false))
    #expect(try Arguments(parsing: ["status", "--json"]).action == .command(["status"], json: true))
    #expect(try Arguments(parsing: ["seek", "-10"]).action == .command(["seek", "-10"], json: false))
  }
}
