import HTTP
import Threading

/// Whether the server is there, as the player sees it. Learns from calls that are made anyway; makes none itself.
///
/// Any thread tells it what it noticed; only changes are passed on, to one listener, on the thread that noticed.
package final class Connectivity: Sendable {
  package enum Change: Hashable, Sendable {
    case online
    case offline(RemoteError)
    case credentialsRejected
  }

  private struct State: Sendable {
    /// nil until the first answer or failure.
    var isOnline: Bool?
    /// Connections that broke since the last answer: one may happen, two in a row mean that nobody is there.
    var losses = 0
    var areCredentialsRejected = false
  }

  private let state = Monitor(State())
  private let onChange: @Sendable (Change) -> Void

  package init(onChange: @escaping @Sendable (Change) -> Void = { _ in }) { self.onChange = onChange }

  /// False from the first failure that means so until the next answer.
  package var isOnline: Bool { state.withLock { $0.isOnline ?? true } }

  /// A call has ended. An error that is an answer shows that the server is there.
  func noticed<Value>(_ result: Result<Value, RemoteError>) {
    switch result {
    case .success: answered()
    case .failure(let error): failed(error)
    }
  }

  func answered() {
    let changed = state.withLock { state in
      defer {
        state.isOnline = true
        state.losses = 0
      }
      return state.isOnline != true
    }
    if changed { onChange(.online) }
  }

  func failed(_ error: RemoteError) {
    if error == .transport(.cancelled) || error == .transport(.tooLarge) { return }
    guard error.meansOffline else {
      answered()
      if error.isAboutCredentials { rejected() }
      return
    }
    let changed = state.withLock { state in
      if error == .transport(.connectionLost) {
        state.losses += 1
        if state.losses == 1 { return false }
      }
      defer { state.isOnline = false }
      return state.isOnline != false
    }
    if changed { onChange(.offline(error)) }
  }

  private func rejected() {
    let changed = state.withLock { state in
      defer { state.areCredentialsRejected = true }
      return !state.areCredentialsRejected
    }
    if changed { onChange(.credentialsRejected) }
  }
}
