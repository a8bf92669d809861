import Foundation
import Synchronization

/// Binds a socket to a port of the loopback address; nil when that cannot be had (ip(7)).
///
/// - Parameter port: 0 is one that nobody has.
func bindToLoopback(_ descriptor: Int32, port: UInt16 = 0) -> UInt16? {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let code = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
      bind(descriptor, generic, length) == 0 ? getsockname(descriptor, generic, &length) : -1
    }
  }
  return code == 0 ? UInt16(bigEndian: address.sin_port) : nil
}

/// A port of the loopback address for a server that is started later, or comes back: nobody has it now, the kernel gives
/// it to nobody who asks for any (those begin at 32768, ip(7)), and it is given out here but once.
package func freePort() throws -> Int {
  for _ in 0..<1000 {
    let port = UInt16(20_000 + nextPort.add(1, ordering: .relaxed).oldValue % 12_000)
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    if bindToLoopback(descriptor, port: port) != nil { return Int(port) }
  }
  throw Program.Failed(description: "no free port: \(String(cString: strerror(errno)))")
}

/// Other runs of the tests beside this one begin elsewhere.
private let nextPort = Atomic(Int(getpid()) * 100)

/// A port of the loopback address that nobody listens on, and that nobody else can take while this is held.
package final class ClosedPort: Sendable {
  package let number: Int
  private let descriptor: Int32

  package init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.descriptor = descriptor
    let port = bindToLoopback(descriptor)
    number = Int(port ?? 0)
    guard port != nil else { throw Program.Failed(description: "no free port: \(String(cString: strerror(errno)))") }
  }

  deinit { close(descriptor) }
}

/// supysonic, a Subsonic server by others, while this is held. `make test` fetches it from PyPI before the tests run.
package final class Supysonic: Sendable {
  package let url: String
  package let user = "bob"
  package let password = "hunter2"
  private let directory = TemporaryDirectory()

  /// Whether it was fetched.
  package static var isInstalled: Bool {
    FileManager.default.fileExists(atPath: Repository.path(".build/supysonic-venv/ready"))
  }

  package init(music: String = DemoMusic.folder) async throws {
    let port = try freePort()
    url = "http://127.0.0.1:\(port)"
    _ = try await Program.run(Self.script, ["start", directory.file("supysonic"), "\(port)", music])
  }

  deinit { stop() }

  /// Stops it at once, as a server that is gone.
  package func stop() {
    guard let stopper = try? Program(Self.script, ["stop", directory.file("supysonic")]) else { return }
    stopper.end(with: 0)
  }

  private static var script: String { Repository.path("Tests/Interoperability/supysonic.sh") }
}

/// The built `dulcet-server` on a folder that it has read, with one user; it keeps nothing. Stops when this is let go.
package final class DemoServer: Sendable {
  package let url: String
  package let port: Int
  package let user = "ada"
  package let password = "analytical engine"
  private let directory: TemporaryDirectory
  private let program: Program

  /// - Parameters:
  ///   - port: 0 takes a free one; give the port of a server that stopped to come back as the same.
  ///   - host: of this computer; `*` is every address, which 127.0.0.1 and 127.0.0.2 are two of.
  ///   - options: more words of its command line.
  package init(
    music: String = DemoMusic.folder, host: String = "127.0.0.1", port: Int = 0, options: [String] = []
  ) async throws {
    guard let path = Repository.product("dulcet-server") else {
      throw Program.Failed(description: "dulcet-server is not built")
    }
    let directory = TemporaryDirectory()
    let ready = directory.file("url")
    let program = try Program(
      path,
      [
        "--music", music, "--listen", "\(host):\(port)", "--ready-file", ready, "--log", directory.file("log"),
        "--demo-user", user, "--demo-password-stdin",
      ] + options, input: password + "\n")
    // It answers before it has read the folder, and whoever asks then gets a part of the music.
    try await eventually("dulcet-server listens, and has read its folder", within: .seconds(60)) {
      guard program.exitStatus == nil else { throw Program.Failed(description: program.errors) }
      return FileManager.default.fileExists(atPath: ready) && program.errors.contains("dulcet-server: scanned ")
    }
    self.directory = directory
    self.program = program
    url = try String(contentsOfFile: ready, encoding: .utf8).trimmingCharacters(in: .newlines)
      .replacingOccurrences(of: "0.0.0.0", with: "127.0.0.1")
    self.port = URL(string: url)?.port ?? 0
  }

  // Asked to end, it takes away what it kept for this run.
  deinit { stop() }

  /// Stops it, as a server that is gone.
  package func stop() { program.end() }

  /// Waits until nobody is connected any more: what was asked before is in the log then, whether it was answered or not.
  package func waitUntilLeft() async throws {
    try await eventually("nobody is connected with the server") { try Self.connections(of: port) == 0 }
  }

  /// Those of which this port is the near end, and that are not over for it (proc_net_tcp(5)).
  private static func connections(of port: Int) throws -> Int {
    let table = try String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)
    let (established, closedByTheOther) = ("01", "08")
    return table.split(separator: "\n").dropFirst().count { line in
      let fields = line.split(separator: " ")
      return fields.count > 3 && Int(fields[1].suffix(4), radix: 16) == port
        && [established, closedByTheOther].contains(String(fields[3]))
    }
  }

  /// The lines of its log of requests.
  package var log: [String] {
    let text = (try? String(contentsOfFile: directory.file("log"), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init)
  }
}
