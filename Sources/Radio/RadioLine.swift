import Audio
import HTTP
import Threading

/// One station's connection, again and again: the meeting place of the reader, which waits and connects, and of the
/// network thread, which brings bytes.
///
/// Everything that changes is in the monitor. Calls of an older connection are told by its number and dropped.
final class RadioLine: Sendable {
  private enum Phase: Sendable {
    /// Nothing is under way; the reader connects.
    case idle
    case connected(HTTPTransfer?)
    /// Lost; the reader connects when this moment has come.
    case waiting(until: Duration)
    case over(ByteSourceError)
  }

  private struct State: Sendable {
    var phase = Phase.idle
    /// Of the present connection.
    var number = 0
    var buffer = RadioBuffer()
    /// The sender is held back: the buffer is full.
    var isHeld = false
    /// Addresses to try, and whose turn it is.
    var addresses: [String]
    var turn = 0
    /// How many playlists led here.
    var depth = 0
    /// False where the server counts its titles otherwise than it says.
    var wantsTitles = true
    /// Whether any sound came since the beginning, and since the present connection.
    var hasSounded = false
    var sounds = false
    var connectedAt = Duration.zero
    var failures = 0
    var refusals = 0
  }

  private let http: HTTPClient
  private let timing: RadioTiming
  private let onEvent: @Sendable (RadioEvent) -> Void
  private let state: Monitor<State>

  private static let deepest = 3
  /// A station that sounded is given up when its server said no so often, one time after another.
  private static let mostRefusals = 5

  init(url: String, http: HTTPClient, timing: RadioTiming, onEvent: @escaping @Sendable (RadioEvent) -> Void) {
    self.http = http
    self.timing = timing
    self.onEvent = onEvent
    var state = State(addresses: [url])
    if !isWebAddress(url) { state.phase = .over(.refused("its address is not one of the web")) }
    self.state = Monitor(state)
  }

  /// Any thread.
  func cancel() {
    let transfer = state.update { state in
      if case .over = state.phase { return nil as HTTPTransfer? }
      return Self.leave(&state, for: .over(.cancelled))
    }
    transfer?.cancel()
  }

  /// Ends the present connection, if there is one, and forgets it.
  private static func leave(_ state: inout State, for phase: Phase) -> HTTPTransfer? {
    defer {
      state.phase = phase
      state.number += 1
      state.isHeld = false
      state.sounds = false
    }
    if case .connected(let transfer) = state.phase { return transfer }
    return nil
  }
}

// MARK: The reader's side

extension RadioLine {
  private enum Step: Sendable {
    case read(Int)
    case connect
    /// The sender was held back, and may go on.
    case resume(HTTPTransfer?)
    case wait(Duration)
    case over(ByteSourceError)
  }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    var patience: Duration?
    while true {
      nonisolated(unsafe) let buffer = buffer
      let step = state.wait(timeout: patience) { state in self.step(&state, at: offset, into: buffer) }
      patience = nil
      switch step {
      case .read(let count)?:
        lookAhead()
        return count
      case .connect?: connect()
      case .resume(let transfer)?: transfer?.resume()
      case .wait(let time)?: patience = time
      case .over(let error)?: throw error
      case nil: break
      }
    }
  }

  /// nil: nothing to do but to wait for the network thread.
  private func step(_ state: inout State, at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) -> Step? {
    if case .over(.cancelled) = state.phase { return .over(.cancelled) }
    let count = state.buffer.read(at: offset, into: buffer)
    return count > 0 ? .read(count) : next(&state)
  }

  /// What the connection needs; nil: nothing.
  private func next(_ state: inout State) -> Step? {
    switch state.phase {
    case .idle: return .connect
    case .connected(let transfer):
      guard state.isHeld, state.buffer.wantsMore else { return nil }
      state.isHeld = false
      return .resume(transfer)
    case .over(let error): return .over(error)
    case .waiting(let moment):
      let left = moment - monotonicNow()
      if left > .zero { return .wait(left) }
      return .connect
    }
  }

  /// While there is something to read still, the next connection is made already.
  private func lookAhead() {
    switch state.withLock({ next(&$0) }) {
    case .connect: connect()
    case .resume(let transfer): transfer?.resume()
    case .read, .wait, .over, nil: break
    }
  }

  private func connect() {
    let (number, url, wantsTitles) = state.withLock { state in
      state.number += 1
      state.phase = .connected(nil)
      return (state.number, state.addresses[state.turn % state.addresses.count], state.wantsTitles)
    }
    var request = HTTPRequest(.get, url: url, headers: wantsTitles ? [("Icy-MetaData", "1")] : [])
    request.stallTimeout = timing.stall
    request.isRadio = true
    let transfer = http.start(request, RadioConnection(line: self, number: number, url: url))
    let isWanted = state.withLock { state in
      guard state.number == number, case .connected = state.phase else { return false }
      state.phase = .connected(transfer)
      return true
    }
    if !isWanted { transfer.cancel() }
  }
}

// MARK: The network thread's side

extension RadioLine {
  func isCurrent(_ number: Int) -> Bool { state.withLock { $0.number == number } }

  /// Whether bytes of sound can be taken now; else the connection is to be paused until the reader resumes it.
  func hasRoom(_ number: Int) -> Bool {
    let (hasRoom, isNew) = state.withLock { state in
      guard state.number == number, !state.buffer.hasRoom else { return (true, false) }
      defer { state.isHeld = true }
      return (false, !state.isHeld)
    }
    if isNew { hangUpLater(number) }
    return hasRoom
  }

  func take(sound: UnsafeRawBufferPointer, _ number: Int) {
    nonisolated(unsafe) let sound = sound
    let isBack = state.update { state in
      guard state.number == number else { return false }
      state.buffer.append(sound)
      let isBack = state.failures > 0 && !state.sounds
      if !state.sounds { state.connectedAt = monotonicNow() }
      state.sounds = true
      state.hasSounded = true
      state.refusals = 0
      return isBack
    }
    if isBack { onEvent(.back) }
  }

  func take(title: String?, _ number: Int) {
    if isCurrent(number) { onEvent(.title(title)) }
  }

  /// The titles are not where the server said: it is asked again, for the bare sound.
  func titlesAreWrong(_ number: Int) {
    let transfer = state.update { state in
      guard state.number == number else { return nil as HTTPTransfer? }
      state.wantsTitles = false
      return Self.leave(&state, for: .idle)
    }
    transfer?.cancel()
  }

  func take(playlist: StationPlaylist, _ number: Int) {
    state.update { state in
      guard state.number == number else { return }
      _ = Self.leave(&state, for: .idle)
      state.depth += 1
      if playlist.isHLS {
        state.phase = .over(.unsupported("HLS"))
      } else if playlist.addresses.isEmpty || state.depth > Self.deepest {
        state.phase = .over(.refused("its playlist names no stream"))
      } else {
        state.addresses = playlist.addresses
        state.turn = 0
      }
    }
  }

  /// What came cannot be played, now or later.
  func refuse(_ error: ByteSourceError, _ number: Int) {
    state.update { state in
      guard state.number == number else { return }
      _ = Self.leave(&state, for: .over(error))
    }
  }

  /// The connection is over, or brought something else than sound.
  func lose(_ loss: RadioLoss, _ number: Int) {
    let delay = state.update { state -> Duration? in
      guard state.number == number else { return nil }
      let wasGood = state.sounds && monotonicNow() - state.connectedAt >= timing.goodAfter
      _ = Self.leave(&state, for: .idle)
      state.turn += 1
      if !state.hasSounded {
        // Another address of the playlist at once; none left: it cannot be heard.
        if state.turn >= state.addresses.count { state.phase = .over(loss.error) }
        return nil
      }
      state.refusals += loss.isRefusal ? 1 : 0
      if state.refusals >= Self.mostRefusals {
        state.phase = .over(loss.error)
        return nil
      }
      state.failures = wasGood ? 1 : state.failures + 1
      let delay = timing.delay(afterFailures: state.failures)
      state.phase = .waiting(until: monotonicNow() + delay)
      return delay
    }
    if let delay { onEvent(.lost(loss, retryIn: delay)) }
  }

  /// Nobody reads. If it stays so, the station is let go; the next read hears it as it is then. The thread lives only
  /// while the sender is held back.
  private func hangUpLater(_ number: Int) {
    let (state, patience) = (state, timing.patience)
    OSThread("radio pause", stackSize: 128 * 1024) {
      let goesOn = state.wait(timeout: patience) { $0.number != number || !$0.isHeld ? true : nil }
      guard goesOn == nil else { return }
      let transfer = state.update { state in
        guard state.number == number, state.isHeld else { return nil as HTTPTransfer? }
        state.buffer.skipToEnd()
        return Self.leave(&state, for: .idle)
      }
      transfer?.cancel()
    }.detach()
  }
}

extension RadioLoss {
  var isRefusal: Bool {
    switch self {
    case .ended, .transport: false
    case .status(let status): status < 500 && status != 429 && status != 408
    case .notSound: true
    }
  }

  var error: ByteSourceError {
    switch self {
    case .ended: .refused(nil)
    case .transport(.badURL): .refused("its address is not one of the web")
    case .transport: .offline
    case .status(let status): .refused("HTTP \(status)")
    case .notSound: .refused("what it sends is no sound")
    }
  }
}
