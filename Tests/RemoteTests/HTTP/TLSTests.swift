import Fixtures
import Foundation
import HTTP
import Testing
import Threading

/// A TLS server with a certificate of its own making, by the `openssl` program.
private final class TLSServer {
  let certificate: String
  let port: UInt16
  private let program: Program
  private let directory = TemporaryDirectory()

  init() throws {
    certificate = directory.file("cert.pem")
    let make = [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
      "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", directory.file("key.pem"), "-out",
      certificate,
    ]
    try #require(try Program(Self.path, make).end(with: 0) == 0)
    port = UInt16(try freePort())
    let address = "127.0.0.1:\(port)"
    let words = ["s_server", "-accept", address, "-www", "-cert", certificate, "-key", directory.file("key.pem")]
    program = try Program(Self.path, words)
    let client = HTTPClient()
    let deadline = monotonicNow() + .seconds(20)
    while monotonicNow() < deadline {
      do { _ = try client.perform(HTTPRequest(url: "https://127.0.0.1:\(port)/")) } catch {
        if error != .refused { return }
      }
      usleep(20_000)
    }
  }

  deinit { program.end(with: SIGKILL) }

  static let path = "/usr/bin/openssl"
}

@Suite("TLS", .enabled(if: FileManager.default.isExecutableFile(atPath: TLSServer.path)))
struct TLSTests {
  private let client = HTTPClient()

  @Test(
    "a certificate that nobody vouches for is refused, unless it was named as trusted; a wrong name is refused always")
  func certificates() throws {
    let server = try TLSServer()
    var request = HTTPRequest(url: "https://localhost:\(server.port)/")
    func isCertificateFailure(_ request: HTTPRequest) -> Bool {
      do {
        _ = try client.perform(request)
        return false
      } catch { if case .certificate = error { return true } else { return false } }
    }
    #expect(isCertificateFailure(request))
    request.certificateFile = server.certificate
    #expect(try client.perform(request).head.status == 200)
    request.url = "https://127.0.0.1:\(server.port)/"
    #expect(isCertificateFailure(request))
  }
}
