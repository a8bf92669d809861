import Artwork
import Core
import Library
import Music
import Remote
import TUI
import Threading

/// Why there is no cover to show.
enum CoverProblem: Error, Hashable, Sendable {
  /// Nobody has one.
  case none
  /// It is not here, and there is no network.
  case offline
  case unreadable(PictureError)
}

/// Fetches covers, keeps them on disk, and makes them ready for the terminal.
///
/// Lives on a thread of its own, since all of it may take time; never answers on the caller's thread, and never asks a
/// server twice for what it holds. All calls are safe from any thread. The newest question is answered first: covers that
/// were scrolled past can wait.
final class CoverService: Sendable {
  typealias Answer = @Sendable (CoverRequest, Result<Cover, CoverProblem>) -> Void

  /// How pictures are shown; it may change once the terminal has said what it can.
  struct Manner: Hashable, Sendable {
    var way: PictureWay
    /// In pixels; 0 when unknown.
    var cellWidth = 0
    var cellHeight = 0
  }

  private struct State: Sendable {
    var manner: Manner
    var waiting: [(request: CoverRequest, answer: Answer)] = []
    var ready: [(request: CoverRequest, result: Result<Cover, CoverProblem>)] = []
    var nextNumber = 16
  }

  private let thread = SerialThread("covers", stackSize: 1024 * 1024)
  private let state: Monitor<State>
  private let files: CoverFiles
  private let clients: Clients
  private let catalogue: CatalogueConnection

  /// What a server is asked for: large enough for half a large screen.
  static let pixels = 600
  static let capacity = 96 << 20
  private static let mostReady = 24
  private static let mostWaiting = 64
  private static let mostBytes = 24 << 20

  init(
    directory: String, cataloguePath: String, clients: Clients, manner: Manner, capacity: Int = capacity
  ) {
    files = CoverFiles(directory: directory, capacity: capacity)
    catalogue = CatalogueConnection(path: cataloguePath)
    self.clients = clients
    state = Monitor(State(manner: manner))
  }

  /// The terminal has told more about itself, or has another size of cells.
  func setManner(_ manner: Manner) {
    state.withLock { state in
      guard state.manner != manner else { return }
      state.manner = manner
      state.ready = []
    }
  }

  /// `answer` is called on the covers' thread, once; not at all when newer questions leave no room for this one.
  func request(_ request: CoverRequest, answer: @escaping Answer) {
    state.withLock { state in
      state.waiting.append((request, answer))
      if state.waiting.count > Self.mostWaiting { state.waiting.removeFirst() }
    }
    thread.async { [weak self] in self?.answerNewest() }
  }

  func stop() {
    state.withLock { $0.waiting = [] }
    thread.stop()
  }

  // MARK: On the covers' thread

  private func answerNewest() {
    let next = state.withLock { state in state.waiting.popLast() }
    guard let (request, answer) = next else { return }
    if let ready = state.withLock({ state in state.ready.first { $0.request == request }?.result }) {
      return answer(request, ready)
    }
    let result = Result { () throws(CoverProblem) in try make(request) }
    // What is offline now may be there soon.
    if result != .failure(.offline) {
      state.withLock { state in
        state.ready.append((request, result))
        if state.ready.count > Self.mostReady { state.ready.removeFirst() }
      }
    }
    answer(request, result)
  }

  private func make(_ request: CoverRequest) throws(CoverProblem) -> Cover {
    let bytes = try bytes(of: request)
    if bytes.isEmpty { throw .none }
    let (manner, number) = state.withLock { state in
      state.nextNumber = state.nextNumber >= 255 ? 16 : state.nextNumber + 1
      return (state.manner, state.nextNumber)
    }
    do {
      let picture = try Picture(decoding: bytes)
      let frame = PictureFrame(room: request.room, cellWidth: manner.cellWidth, cellHeight: manner.cellHeight)
      let drawn = try CellPicture(
        picture, from: bytes, in: frame, by: manner.way, number: number, on: request.ground)
      return Cover(picture: drawn, palette: CoverPalette(rgba: picture.rgba))
    } catch {
      throw .unreadable(error)
    }
  }

  /// Empty where there is none.
  private func bytes(of request: CoverRequest) throws(CoverProblem) -> [UInt8] {
    let key = Self.key(of: request.coverID, from: request.origin)
    if let kept = files.read(key) { return kept }
    let fresh: [UInt8]
    switch request.origin {
    case .local:
      guard let track = request.track, let path = try? catalogue.open().path(of: track) else { return [] }
      fresh = askServerProgram("cover", about: path, atMost: Self.mostBytes) ?? []
    case .remote(let server):
      guard let client = clients[server] else { throw .offline }
      do {
        fresh = try client.coverArt(request.coverID, size: Self.pixels)
      } catch {
        if error.meansOffline || error.isWorthRetrying { throw .offline }
        fresh = []
      }
    }
    files.write(fresh, for: key)
    return fresh
  }

  /// A local cover's name changes with its picture; a server's is taken to do so.
  static func key(of coverID: String, from origin: Origin) -> String {
    let place =
      switch origin {
      case .local: "local"
      case .remote(let server): "\(server)"
      }
    return [place, coverID, "\(pixels)"].joined(separator: "\n")
  }
}
