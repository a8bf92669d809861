import Cache
import HTTP
import Music
import OpenSubsonic
import Testing
import Threading

@testable import Remote

@Suite("Who answers at an address")
struct ProofTests {
  private let http = HTTPClient()
  private let id = ServerID("home")

  /// Answers everything, under this identity; nil: it does not know that call.
  private func server(_ identity: String?) -> ScriptedServer {
    ScriptedServer { request in
      guard request.call == "getServerIdentity" else {
        if request.call == "stream" {
          return ScriptedReply(headers: [("Content-Type", "audio/mpeg")], body: [1, 2, 3])
        }
        return .json(#"{"subsonic-response":{"status":"ok","version":"1.16.1"}}"#)
      }
      guard let identity else { return .html("no such page", status: "404 Not Found") }
      return .json(
        #"{"subsonic-response":{"status":"ok","version":"1.16.1","serverIdentity":{"id":"\#(identity)"}}}"#)
    }
  }

  private func account(_ servers: ScriptedServer..., identity: String?) -> RemoteAccount {
    var account = RemoteAccount(
      server: id, address: ServerAddress(servers[0].base)!,
      credentials: .token(user: "bob", salt: "salty1", token: "t"))
    account.others = servers.dropFirst().map { ServerAddress($0.base)! }
    account.identity = identity
    return account
  }

  private func wasToldNothing(_ server: ScriptedServer) -> Bool {
    server.requests.allSatisfy { $0["t"] == nil && $0["u"] == nil && $0["s"] == nil }
  }

  @Test(
    "an impostor at the first address is told no credentials: the other address is used, and the listener is told once",
    arguments: ["other", nil])
  func impostor(identity: String?) throws {
    let (impostor, real) = (server(identity), server("mine"))
    let (moves, strangers) = (Monitor<[ServerAddress]>([]), Monitor<[ServerAddress]>([]))
    let account = account(impostor, real, identity: "mine")
    let client = SubsonicClient(
      account: account, http: http, onMove: { address in moves.update { $0.append(address) } },
      onStranger: { address in strangers.update { $0.append(address) } })
    for _ in 0..<3 {
      try client.ping()
      client.proof.lapse()
      client.preferFirst()
    }
    #expect(client.route.current == account.others[0])
    #expect(wasToldNothing(impostor) && !impostor.requests.isEmpty)
    #expect(moves.withLock { $0 } == [account.others[0]] && strangers.withLock { $0 } == [account.address])
    #expect(real.requests.contains { $0.call == "ping" && $0["t"] != nil })
  }

  @Test("where only an impostor answers the player is offline, until it is the account's server again")
  func alone() throws {
    let name = Monitor("other")
    let server = ScriptedServer { request in
      .json(
        #"{"subsonic-response":{"status":"ok","version":"1.16.1","serverIdentity":{"id":"\#(name.withLock { $0 })"}}}"#)
    }
    let account = account(server, identity: "mine")
    let changes = Monitor<[Connectivity.Change]>([])
    let client = SubsonicClient(
      account: account, http: http, connectivity: Connectivity { change in changes.update { $0.append(change) } })
    #expect(throws: RemoteError.anotherServer(account.address)) { try client.ping() }
    #expect(throws: RemoteError.anotherServer(account.address)) { try client.ping() }
    #expect(wasToldNothing(server))
    name.update { $0 = "mine" }
    try client.ping()
    try client.ping()
    #expect(server.requests.count { $0.call == "getServerIdentity" } == 3)
    #expect(changes.withLock { $0 } == [.offline(.anotherServer(account.address)), .online])
  }

  @Test("bytes of tracks are asked for only where the server was seen to be itself")
  func streams() throws {
    for (name, outcome, bytes) in [("mine", FetchOutcome.finished, 3), ("other", .retryLater, 0)] {
      let server = server(name)
      let client = SubsonicClient(account: account(server, identity: "mine"), http: http)
      let fetcher = StreamFetcher(http: http) { _ in client }
      for _ in 0..<2 {
        let sink = RecordingSink()
        let key = RenditionKey(server: id, track: "1", rendition: .raw)
        let fetch = fetcher.fetch(key, from: 0, to: nil, validator: nil, sink: sink)
        let record = sink.waitForEnd()
        #expect(record.outcomes == [outcome] && record.bytes.count == bytes)
        fetch.cancel()
      }
      #expect(name == "mine" || wasToldNothing(server))
      #expect(server.requests.count { $0.call == "getServerIdentity" } == (name == "mine" ? 1 : 2))
    }
  }

  @Test("an account that knows of no identity asks for none, and learns one at a synchronisation of our own server")
  func learns() throws {
    let answer = #"{"subsonic-response":{"status":"ok","version":"1.16.1","serverIdentity":{"id":"mine"}}}"#
    for (type, expected) in [("dulcet", "mine"), ("navidrome", nil)] as [(String, String?)] {
      let server = MusicServer(.sample(albums: 1))
      server.change { $0.surprises["getServerIdentity"] = [.json(answer)] }
      var account = RemoteAccount(
        server: id, address: ServerAddress(server.base)!, credentials: .token(user: "bob", salt: "salty1", token: "t"),
        serverType: type)
      account.identity = nil
      let client = SubsonicClient(account: account, http: http)
      try client.ping()
      #expect(client.learnIdentity() == expected)
    }
  }
}
