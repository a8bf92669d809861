import Fixtures
import Foundation
import Testing

/// Signing in from the shell: what goes wrong is said in words, and the password goes nowhere.
extension EndToEnd {
  @Suite(.serialized)
  struct Login {
    let profile = Profile()

    private func failure(_ url: String, password: String = "x") async throws -> String {
      let program = try await profile.dulcet("login", url, "--user", "ada", "--password-stdin", input: password + "\n")
      #expect(program.exitStatus == 1)
      #expect(program.text == "")
      #expect(!program.errors.contains(password) || password == "x")
      return program.errors
    }

    @Test("wrong password, unknown host, a web page, a login page and a closed port each have a sentence of their own")
    func failures() async throws {
      let server = try await DemoServer()
      let page = try await WebPage()
      let nobody = try ClosedPort()
      let sentences = [
        try await failure(server.url, password: "not the engine"),
        try await failure("http://no-such-host.invalid"),
        try await failure(page.url),
        try await failure(page.url + "/moved"),
        try await failure("http://127.0.0.1:\(nobody.number)"),
        try await failure("not an address"),
      ]
      let beginnings = [
        "The server does not know this user with this password.", "No computer of that name is known.",
        "There is a web page at that address, not a Subsonic server.", "The address leads to ",
        "The computer is there, but nothing answers on that port.", "That is no address.",
      ]
      for (sentence, beginning) in zip(sentences, beginnings) {
        // Whoever is asked for names may say nothing.
        let isUnanswered = beginning.hasPrefix("No computer") && sentence.hasPrefix("dulcet: The server did not answer")
        #expect(sentence.hasPrefix("dulcet: " + beginning) || isUnanswered, "\(sentence)")
      }
      #expect(!FileManager.default.fileExists(atPath: profile.file("data/dulcet/accounts.json")))
    }

    @Test("a token is kept in a file for the user alone; the password is in no file, argument or log")
    func secrets() async throws {
      let server = try await DemoServer()
      try await profile.login(server.url, user: server.user, password: server.password)
      let accounts = profile.file("data/dulcet/accounts.json")
      let attributes = try FileManager.default.attributesOfItem(atPath: accounts)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      let player = try await profile.headless(output: "silent")
      try await profile.play("Ebb")
      try await eventually("it is cached") { try await profile.cache().whole == 1 }
      let arguments = try await argumentsOfOurs()
      #expect(arguments.contains("dulcet --headless --output silent"))
      #expect(!arguments.contains(server.password))
      #expect(player.end() == 0)
      for (file, contents) in try files() { #expect(!holds(contents, server.password), "\(file)") }
      #expect(!server.log.contains { $0.contains(server.password) || $0.contains("analytical") })
    }

    @Test("an accounts file that others could read is closed, and the listener is told")
    func exposedAccounts() async throws {
      let server = try await DemoServer()
      try await profile.login(server.url, user: server.user, password: server.password)
      let accounts = profile.file("data/dulcet/accounts.json")
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: accounts)
      let terminal = try await profile.open("--output", "silent", columns: 120, rows: 30)
      try await terminal.wait(forText: "could be read by others until now")
      let attributes = try FileManager.default.attributesOfItem(atPath: accounts)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("the password comes from a command, or from the terminal without echo")
    func otherSources() async throws {
      let server = try await DemoServer()
      let command = "echo '\(server.password)'"
      let first = try await profile.dulcet("login", server.url, "--user", server.user, "--password-command", command)
      #expect(first.exitStatus == 0)
      #expect(first.text.hasPrefix("Signed in as ada@127.0.0.1."))
      let failing = try await profile.dulcet("login", server.url, "--user", "ada", "--password-command", "exit 3")
      #expect(failing.exitStatus == 1)
      #expect(failing.errors == "dulcet: The password command ended with 3 and gave no password.\n")

      let player = try #require(Repository.product("dulcet"))
      let terminal = try await Tmux([player, "login", server.url, "--user", "ada"], environment: profile.environment)
      try await terminal.wait(forText: "Password of ada:")
      try await terminal.type(server.password)
      try await terminal.press("Enter")
      let screen = try await terminal.wait(forText: "Signed in as")
      #expect(!screen.text.contains("analytical"))
      #expect(try await terminal.finish() == 0)
    }

    /// What the programs say on their command lines that were started by these tests, and by those.
    private func argumentsOfOurs() async throws -> String {
      let table = try await Program.run("ps", ["-ww", "-eo", "pid=,ppid=,args="]).text
      let rows = table.split(separator: "\n").map {
        $0.split(separator: " ", maxSplits: 2).map(String.init)
      }
      var ours: Set<String> = ["\(getpid())"]
      var lines: [String] = []
      // Parents mostly come before their children; where numbers began anew, once more finds those.
      for _ in 0..<3 {
        for row in rows
        where row.count == 3 && ours.contains(row[1]) && ours.insert(row[0]).inserted {
          lines.append(row[2])
        }
      }
      return lines.joined(separator: "\n")
    }

    private func files() throws -> [(String, Data)] {
      try FileManager.default.subpathsOfDirectory(atPath: profile.path).compactMap { name in
        (try? Data(contentsOf: URL(fileURLWithPath: profile.file(name)))).map { (name, $0) }
      }
    }

    private func holds(_ contents: Data, _ text: String) -> Bool { contents.range(of: Data(text.utf8)) != nil }
  }
}

/// A web server that has nothing to do with music: every path is a page, /moved leads to a login form.
final class WebPage: Sendable {
  let url: String
  private let program: Program

  init() async throws {
    let script = """
      import http.server
      class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
          moved = self.path.startswith("/moved")
          self.send_response(302 if moved else 200)
          if moved: self.send_header("Location", "/login?next=" + self.path.split("?")[0])
          self.send_header("Content-Type", "text/html; charset=utf-8")
          self.end_headers()
          self.wfile.write(b"<!DOCTYPE html><title>Welcome</title><form action=/login></form>")
        do_POST = do_GET
        def log_message(self, *words): pass
      server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
      print(server.server_port, flush=True)
      server.serve_forever()
      """
    let program = try Program("python3", ["-c", script])
    try await eventually("the page is served") {
      guard program.exitStatus == nil else { throw Program.Failed(description: program.errors) }
      return program.text.hasSuffix("\n")
    }
    url = "http://127.0.0.1:" + program.text.trimmingCharacters(in: .newlines)
    self.program = program
  }
}
