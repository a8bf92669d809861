import Foundation
import OpenSubsonic
import Server

/// The real server on a free port, over a real catalogue of a real folder, scanned.
final class RunningServer {
  let music: MusicFolder
  let server: EmbeddedServer
  let http: RawHTTP

  init(music: MusicFolder = MusicFolder(), _ configure: (inout ServerConfiguration) -> Void = { _ in }) throws {
    self.music = music
    var configuration = ServerConfiguration(music: music.path)
    configuration.users = ["ada": "secret", "ben": "other"]
    configure(&configuration)
    server = try EmbeddedServer(configuration)
    http = RawHTTP(port: try server.start())
    guard server.waitUntilScanned() else { throw CancellationError() }
  }

  deinit { server.stop() }

  /// The target of a call by ada (or another), with `extra` parameters already encoded.
  func target(_ call: String, _ extra: String = "", user: String = "ada", password: String = "secret") -> String {
    "/rest/\(call)?u=\(user)&p=\(password)&v=1.16.1&c=test&f=json" + (extra.isEmpty ? "" : "&" + extra)
  }

  /// The parsed JSON answer, which may be a failed one.
  func answer(_ name: String, _ extra: String = "", user: String = "ada", password: String = "secret") throws
    -> Wire.Response
  {
    let body = http.get(target(name, extra, user: user, password: password)).body
    return try JSONDecoder().decode(Wire.Envelope.self, from: Data(body)).response
  }

  /// The answer of a call that has to succeed.
  @discardableResult
  func call(_ name: String, _ extra: String = "", user: String = "ada", password: String = "secret") throws
    -> Wire.Response
  {
    let answer = try answer(name, extra, user: user, password: password)
    guard answer.status == "ok" else { throw CallFailed(failure: answer.error) }
    return answer
  }

  /// The error code of a call that has to fail; nil when it does not.
  func failure(_ name: String, _ extra: String = "", user: String = "ada", password: String = "secret") throws -> Int? {
    try answer(name, extra, user: user, password: password).error?.code
  }

  /// The songs by title.
  func songs() throws -> [String: Wire.Child] {
    let all = try call("search3", "query=&songCount=500").searchResult3?.song ?? []
    return Dictionary(uniqueKeysWithValues: all.map { ($0.title, $0) })
  }

  func song(_ title: String) throws -> Wire.Child {
    guard let song = try songs()[title] else { throw CancellationError() }
    return song
  }
}

struct CallFailed: Error {
  let failure: Wire.Failure?
}
