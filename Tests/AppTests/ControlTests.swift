import Fixtures
import Glibc
import Testing
import Threading

@testable import App

@Suite("The control socket")
struct ControlTests {
  let directory = TemporaryDirectory()

  /// Serves until `count` lines were answered, each with its own words.
  private func echo(_ server: ControlServer, lines count: Int) {
    var answered = 0
    while answered < count {
      var descriptors = server.descriptors
      guard poll(&descriptors, nfds_t(descriptors.count), 10_000) > 0 else { return }
      for request in server.serve() {
        server.answer(request.client, "you said \(request.line)")
        answered += 1
      }
    }
  }

  @Test("a line is answered with a line, for several clients")
  func lines() throws {
    let path = directory.file("control")
    let server = try ControlServer(path: path)
    let answers = Monitor<[String]>([])
    let shell = OSThread("shell") {
      guard let one = try? ControlClient(path: path), let two = try? ControlClient(path: path) else { return }
      let heard = [one.ask("next"), two.ask("status"), one.ask("seek +10")].map { $0 ?? "nothing" }
      answers.update { $0 = heard }
    }
    echo(server, lines: 3)
    shell.join()
    #expect(answers.withLock { $0 } == ["you said next", "you said status", "you said seek +10"])
  }

  @Test("a client that says no more is still answered, and then let go")
  func halfClosed() throws {
    let path = directory.file("control")
    let server = try ControlServer(path: path)
    let client = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    defer { close(client) }
    #expect(withSocketAddress(path) { connect(client, $0, $1) } == 0)
    #expect(send(client, "play x\n", 7, 0) == 7)
    shutdown(client, Int32(SHUT_WR))
    let request = try #require(server.serve().first)
    // The answer comes later; until then nothing wakes the loop.
    #expect(server.serve().isEmpty)
    var descriptors = server.descriptors
    #expect(descriptors.count == 2)
    #expect(poll(&descriptors, nfds_t(descriptors.count), 0) == 0)
    server.answer(request.client, "done")
    var buffer = [UInt8](repeating: 0, count: 16)
    #expect(recv(client, &buffer, 16, 0) == 5)
    #expect(server.descriptors.count == 1)
  }

  @Test("only the user can reach it")
  func permissions() throws {
    let path = directory.file("control")
    let server = try ControlServer(path: path)
    var status = stat()
    stat(path, &status)
    #expect(status.st_mode & 0o777 == 0o600)
    withExtendedLifetime(server) {}
  }

  @Test("a socket left by a player that was killed is taken over; one that answers is not")
  func takeover() throws {
    let path = directory.file("control")
    var server: ControlServer? = try ControlServer(path: path)
    #expect(throws: FileError(code: EADDRINUSE, path: path, action: .create)) { try ControlServer(path: path) }
    let link = directory.file("left")
    Glibc.link(path, link)
    server = nil
    rename(link, path)
    server = try ControlServer(path: path)
    #expect(server != nil)
  }

  @Test("nobody there is an error, not a wait")
  func nobody() {
    #expect(throws: FileError.self) { try ControlClient(path: directory.file("control")) }
  }

  @Test("a path too long for a socket is an error")
  func longPath() {
    let path = directory.file(String(repeating: "x", count: 120))
    #expect(throws: FileError(code: ENAMETOOLONG, path: path, action: .create)) { try ControlServer(path: path) }
  }
}
