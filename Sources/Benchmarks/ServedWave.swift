import Cache
import Fixtures
import FoundationEssentials
import Glibc
import HTTP
import Music
import OpenSubsonic
import Remote

/// Our server with one track of silence of any size on it, and an account there. The track takes no room on the disk.
final class ServedWave {
  let key: RenditionKey
  let fetcher: StreamFetcher
  /// Of the whole file.
  let byteCount: Int
  /// The track itself, for whoever asks.
  let url: String
  private let home: Home
  private let server: Program
  private let http: HTTPClient

  init(size: Int) throws {
    home = Home()
    home.make("wave")
    home.make("filled")
    byteCount = writeSilence(to: home.path + "/wave/silence.wav", size: size)
    server = try Program(
      Built.server,
      [
        "--music", home.path + "/wave", "--listen", "127.0.0.1:0", "--ready-file", home.path + "/url", "--demo-user",
        "bench", "--demo-password-stdin",
      ], environment: home.environment, input: "secret\n")
    http = HTTPClient()
    let address = try waitForAddress(home.path + "/url")
    let signIn = try Remote.signIn(to: address, user: "bench", secret: .password("secret"), http: http)
    let client = SubsonicClient(
      account: RemoteAccount(
        server: ServerID("bench"), address: signIn.address, credentials: signIn.credentials, version: signIn.version,
        isOpenSubsonic: signIn.isOpenSubsonic, extensions: signIn.extensions, serverType: signIn.serverType), http: http
    )
    let track = try waitForTrack(client)
    key = RenditionKey(server: ServerID("bench"), track: track, rendition: .raw)
    url = "\(signIn.address.base)rest/stream?u=bench&p=secret&v=1.16.1&c=bench&f=json&format=raw&id=\(track)"
    fetcher = StreamFetcher(http: http) { _ in client }
  }

  /// A file that is gone with `removeFiles`.
  func file(_ name: String) -> String { "\(home.path)/filled/\(name)" }

  func removeFiles() {
    try? FileManager.default.removeItem(atPath: home.path + "/filled")
    home.make("filled")
  }

  func end() {
    http.stop()
    _ = server.end()
  }
}

/// - Returns: how many bytes the file has.
private func writeSilence(to path: String, size: Int) -> Int {
  func number(_ value: Int) -> [UInt8] { withUnsafeBytes(of: UInt32(value).littleEndian) { Array($0) } }
  let format: [UInt8] = [1, 0, 2, 0] + number(44_100) + number(176_400) + [4, 0, 16, 0]
  let head =
    Array("RIFF".utf8) + number(size + 36) + Array("WAVEfmt ".utf8) + number(16) + format + Array("data".utf8)
    + number(size)
  let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  defer { close(file) }
  _ = head.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
  ftruncate(file, size + head.count)
  return size + head.count
}

private struct NotServed: Error {}

private func waitForAddress(_ path: String) throws -> String {
  for _ in 0..<600 {
    if let text = readText(path), text.contains("http") { return String(text.prefix { !$0.isWhitespace }) }
    usleep(50_000)
  }
  throw NotServed()
}

private func waitForTrack(_ client: SubsonicClient) throws -> RemoteID {
  for _ in 0..<600 {
    if let song = try? client.search3("", songs: Window(count: 1, offset: 0)).song.first { return song.id }
    usleep(50_000)
  }
  throw NotServed()
}
