import HTTP
import Testing
import Threading

@testable import Remote

@Suite("Online and offline")
struct ConnectivityTests {
  private let changes = Monitor<[Connectivity.Change]>([])
  private let connectivity: Connectivity

  init() {
    let changes = changes
    connectivity = Connectivity { change in changes.update { $0.append(change) } }
  }

  private var told: [Connectivity.Change] { changes.withLock { $0 } }

  @Test(
    "what means that the server is gone is told once, and its return once",
    arguments: [
      .transport(.refused), .transport(.timedOut), .transport(.hostNotFound), .transport(.unreachable),
      .status(503, retryAfter: nil), .status(500, retryAfter: nil), .notSubsonic,
    ] as [RemoteError])
  func gone(error: RemoteError) {
    connectivity.answered()
    connectivity.failed(error)
    connectivity.failed(.transport(.timedOut))
    #expect(!connectivity.isOnline)
    connectivity.answered()
    connectivity.answered()
    #expect(connectivity.isOnline)
    #expect(told == [.online, .offline(error), .online])
  }

  @Test(
    "an answer of any kind shows that the server is there",
    arguments: [
      .server(code: 0, message: ""), .server(code: 70, message: ""), .serverBroke(message: ""),
      .status(404, retryAfter: nil), .status(429, retryAfter: .seconds(5)), .status(501, retryAfter: nil),
    ] as [RemoteError])
  func answers(error: RemoteError) {
    connectivity.failed(error)
    #expect(told == [.online])
  }

  @Test("what was cancelled here says nothing of the server")
  func cancelled() {
    connectivity.failed(.transport(.cancelled))
    connectivity.failed(.transport(.tooLarge))
    #expect(told.isEmpty)
  }

  @Test("one broken connection may happen, two in a row mean that nobody is there")
  func lost() {
    connectivity.answered()
    connectivity.failed(.transport(.connectionLost))
    connectivity.answered()
    connectivity.failed(.transport(.connectionLost))
    #expect(told == [.online])
    connectivity.failed(.transport(.connectionLost))
    #expect(told == [.online, .offline(.transport(.connectionLost))])
  }

  @Test("rejected credentials are told once")
  func rejected() {
    connectivity.failed(.server(code: 40, message: "no"))
    connectivity.failed(.server(code: 40, message: "no"))
    #expect(told == [.online, .credentialsRejected])
  }
}
