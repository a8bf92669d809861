import Glibc
import Library
import Music
import Scan
import Threading

/// Scans the folder on a thread of its own, with its own connection to the catalogue, while the server answers.
final class ScanService: Sendable {
  struct Status: Sendable {
    var isScanning = false
    var progress = ScanProgress()
    /// When the last whole scan ended.
    var finished: Timestamp?
    var isStopping = false
  }

  private let root: String
  private let catalogue: String
  private let state = Monitor(Status())
  private let thread = SerialThread("scan", stackSize: 2 * 1024 * 1024)
  private let ended: @Sendable (Result<ScanReport, any Error>) -> Void

  /// - Parameter ended: called on the scanning thread after each scan.
  init(root: String, catalogue: String, ended: @escaping @Sendable (Result<ScanReport, any Error>) -> Void) {
    self.root = root
    self.catalogue = catalogue
    self.ended = ended
  }

  var status: Status { state.withLock { $0 } }

  /// Begins a scan, unless one runs. Any thread.
  func start() {
    let begins = state.update { state in
      if state.isScanning || state.isStopping { return false }
      state.isScanning = true
      state.progress = ScanProgress()
      return true
    }
    if begins { thread.async { self.scan() } }
  }

  /// Gives a running scan up and ends the thread.
  func stop() {
    state.update { $0.isStopping = true }
    thread.stop()
  }

  /// Blocks until no scan runs; false once `timeout` has passed.
  func waitUntilIdle(timeout: Duration) -> Bool { state.wait(timeout: timeout) { $0.isScanning ? nil : true } ?? false }

  private func scan() {
    let state = state
    let result = Result {
      try Scanner(
        // Nobody could be asked; stars and lists are kept apart from the catalogue, and outlive what is gone.
        root: root, catalogue: Catalogue(path: catalogue), allowsLoss: true,
        isCancelled: { state.withLock { $0.isStopping } },
        report: { progress in state.withLock { $0.progress = progress } }
      ).scan()
    }
    state.update { state in
      state.isScanning = false
      if case .success = result { state.finished = Timestamp(seconds: Int64(time(nil))) }
    }
    ended(result)
  }
}
