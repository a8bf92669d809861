import Fixtures
import Foundation
import Testing

/// The built `dulcet-server`, as a shell would run it.
@Suite struct ProgramTests {
  let directory = TemporaryDirectory()

  private struct Outcome {
    let code: Int32
    let output: String
    let errors: String
  }

  private func start(_ arguments: [String], input: String = "") throws -> Program {
    try Program(try #require(Repository.product("dulcet-server")), arguments, input: input)
  }

  private func run(_ arguments: [String], input: String = "") throws -> Outcome {
    let program = try start(arguments, input: input)
    let code = program.end(with: 0)
    return Outcome(code: code, output: program.text, errors: program.errors)
  }

  @Test(
    "wrong use is exit code 2 and says what was wrong",
    arguments: [
      ["--music"], ["--bogus"], ["bogus"], ["--music", "x", "--listen", "nowhere"], ["scan", "x"], ["user"],
      ["user", "add"],
      ["--music", "x", "--demo-user", "ada"], ["user", "list", "ada"], ["--music", "x", "--limit-rate", "0"],
    ])
  func usage(arguments: [String]) throws {
    let outcome = try run(arguments)
    #expect(outcome.code == 2 && outcome.output.isEmpty && outcome.errors.contains("--help"))
  }

  @Test("help and version go to the standard output")
  func help() throws {
    for (option, word) in [("--help", "Usage"), ("--version", "dulcet-server ")] {
      let outcome = try run([option])
      #expect(outcome.code == 0 && outcome.output.contains(word) && outcome.errors.isEmpty)
    }
  }

  @Test("users are added, listed and removed; what fails is exit code 1")
  func users() throws {
    let data = ["--data", directory.file("data")]
    #expect(try run(["user", "add", "ada", "--password-stdin"] + data, input: "secret\n").code == 0)
    let again = try run(["user", "add", "ada", "--password-stdin"] + data, input: "secret\n")
    #expect(again.code == 1 && !again.errors.contains("secret"))
    #expect(try run(["user", "list"] + data).output == "ada (administrator)\n")
    #expect(try run(["user", "key", "ada"] + data).output.hasPrefix("dk_"))
    #expect(try run(["user", "remove", "ada"] + data).code == 0)
    #expect(try run(["user", "list"] + data).output.isEmpty)
    #expect(try run(["--music", directory.file("none")] + data).code == 1)
  }

  @Test("a scan tells its progress as lines of JSON")
  func scan() throws {
    let music = MusicFolder()
    let outcome = try run(["scan", music.path, "--library", directory.file("library.db")])
    #expect(outcome.code == 0)
    let lines = try outcome.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let last = try #require(lines.last)
    #expect(last["isFinished"] as? Bool == true && last["added"] as? Int == MusicFolder.trackCount)
  }

  @Test("a file's cover and words go to the standard output")
  func showing() throws {
    let music = MusicFolder()
    let program = try start(["cover", "--", music.file("Mixed/Evenings/a.mp3")])
    #expect(program.end(with: 0) == 0)
    #expect(program.output == MusicFolder.picture)
    try "[00:01]x".write(toFile: music.file("Mixed/Evenings/a.lrc"), atomically: true, encoding: .utf8)
    #expect(try run(["lyrics", music.file("Mixed/Evenings/a.mp3")]).output == "[00:01]x")
    for words in [["cover", music.file("Boxed/CD1/one.mp3")], ["lyrics", "/none"], ["cover", "/"]] {
      let outcome = try run(words)
      #expect(outcome.code == 1 && outcome.output.isEmpty)
    }
    #expect(try run(["cover"]).code == 2)
  }

  @Test("it says where it listens, serves the demo user, and ends on SIGTERM with nothing left behind")
  func serving() async throws {
    let music = MusicFolder()
    let ready = directory.file("ready")
    let words = ["--music", music.path, "--listen", "127.0.0.1:0", "--ready-file", ready]
    let program = try start(words + ["--demo-user", "demo", "--demo-password-stdin"], input: "secret\n")
    try await eventually("it is ready") { FileManager.default.fileExists(atPath: ready) }
    #expect(program.text.hasPrefix("dulcet-server: listening on http://127.0.0.1:"))
    let url = try String(contentsOfFile: ready, encoding: .utf8)
    let port = try #require(url.split(separator: ":").last.flatMap { UInt16($0.dropLast()) })
    #expect(RawHTTP(port: port).get("/rest/ping?u=demo&p=secret&f=json").text.contains("\"ok\""))
    #expect(program.end() == 0)
    #expect(!FileManager.default.fileExists(atPath: ready))
  }
}
