import Glibc
import Library
import Music
package import Scan
import Synchronization
import Threading

/// What the server serves, where, and to whom.
package struct ServerConfiguration: Sendable {
  /// The folder of music.
  package var music: String
  package var listen = ListenAddress(port: 0)
  /// nil: a folder that is gone after `stop`.
  package var data: String?
  /// Name → password of users that are nowhere stored; all of them administrators.
  package var users: [String: String] = [:]
  /// One line for each request.
  package var log: String?
  /// How fast files go out, in bytes a second on each connection; nil: as fast as it goes.
  package var bytesPerSecond: Int?
  /// Called on the scanning thread after each scan, with the error of one that failed.
  package var scanned: @Sendable (ScanReport?, (any Error)?) -> Void = { _, _ in }

  package init(music: String) { self.music = music }
}

/// The OpenSubsonic server: a scanned folder of music, users, and HTTP.
///
/// Four threads: libmicrohttpd's moves bytes, `answer` owns the databases and answers, `scan` scans, `delays` counts the
/// seconds of those that guess passwords. `start` is called once; `stop` ends it for good.
package final class EmbeddedServer: Sendable {
  private let configuration: ServerConfiguration
  private let directory: DataDirectory
  private let root: [UInt8]
  private let thread: SerialThread
  private let delays: Delays
  private let scans: ScanService
  private let answerer = Monitor(Slot())
  private let listener = Monitor<HTTPListener?>(nil)

  private let isStopped = Atomic(false)

  /// Made and used on `thread` alone; the monitor only hands it over.
  private struct Slot: @unchecked Sendable { var answerer: Answerer? }

  /// The data directory, given or temporary.
  package var dataPath: String { directory.path }

  /// Throws `ServerError` where the data directory cannot be used or the music folder cannot be read.
  package init(_ configuration: ServerConfiguration) throws {
    self.configuration = configuration
    root = try Scanner.folder(configuration.music)
    directory = try configuration.data.map { path throws(ServerError) in try DataDirectory(path: path) } ?? .temporary()
    thread = SerialThread("answer", stackSize: 2 * 1024 * 1024)
    delays = Delays()
    let scanned = configuration.scanned
    scans = ScanService(root: configuration.music, catalogue: directory.catalogue) { result in
      switch result {
      case .success(let report): scanned(report, nil)
      case .failure(let error): scanned(nil, error)
      }
    }
  }

  /// Opens the databases, listens, and begins a scan. What it throws leaves the server stopped.
  /// - Returns: the port.
  @discardableResult
  package func start() throws -> UInt16 {
    do {
      return try listen()
    } catch {
      stop()
      throw error
    }
  }

  private func listen() throws -> UInt16 {
    try open()
    let log = try configuration.log.map { path throws(ServerError) in try AccessLog(path: path) }
    let pacing = configuration.bytesPerSecond.map { Pacing(bytesPerSecond: max(1, $0), delays: delays) }
    let listener = HTTPListener(
      pacing: pacing,
      handler: { [self] request, answer in receive(request, answer) }, completed: { log?.note($0) })
    let socket = try ListenSocket(configuration.listen)
    // Before the first answer: whoever asks is told that there is more to come.
    scans.start()
    try listener.start(on: socket)
    self.listener.withLock { $0 = listener }
    return socket.port
  }

  /// Answers what is under way, gives a scan up, and returns when every thread has ended.
  package func stop() {
    let isFirst = isStopped.exchange(true, ordering: .relaxed) == false
    guard isFirst else { return }
    delays.stop()
    listener.withLock { $0 }?.stop()
    listener.withLock { $0 = nil }
    scans.stop()
    thread.async { self.answerer.withLock { $0.answerer = nil } }
    thread.stop()
    if configuration.data == nil { directory.remove() }
  }

  /// Blocks until no scan runs; false once `timeout` has passed.
  package func waitUntilScanned(timeout: Duration = .seconds(60)) -> Bool { scans.waitUntilIdle(timeout: timeout) }

  /// Makes the answerer on its own thread, and reports how that went.
  private func open() throws {
    let result = Monitor<Result<Void, any Error>?>(nil)
    thread.async { [self] in
      let made = Result {
        try Answerer(
          directory: directory, users: configuration.users, root: root, scans: scans, lasts: configuration.data != nil)
      }
      answerer.withLock { $0.answerer = try? made.get() }
      let outcome = made.map { _ in }
      result.update { $0 = outcome }
    }
    try result.wait { $0 }?.get()
  }

  /// On libmicrohttpd's thread: hands over and returns at once.
  private func receive(_ request: Request, _ answer: @escaping @Sendable (Reply) -> Void) {
    thread.async { [self] in
      guard let answerer = answerer.withLock({ $0.answerer }) else {
        return answer(.text(503, "The server is stopping."))
      }
      switch answerer.answer(request) {
      case .reply(let reply): answer(reply)
      case .later(let delay):
        delays.after(delay) { [self] in
          thread.async { [self] in
            let answerer = self.answerer.withLock { $0.answerer }
            answer(answerer?.answerAfterWaiting(request) ?? .text(503, "The server is stopping."))
          }
        }
      }
    }
  }
}
