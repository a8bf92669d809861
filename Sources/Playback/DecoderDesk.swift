import Audio
import Synchronization
import Threading

/// Where the decoder thread's work lies: put there by the player's thread, taken by the decoder's.
final class DecoderDesk: Sendable {
  struct Work: Sendable {
    var job: DecoderJob
    /// Reads of this work go through the gate while no newer turn is wanted.
    var turn: Int

    fileprivate var isSound: Bool { if case .sound = job { true } else { false } }
  }

  private struct State: Sendable {
    var work: [Work] = []
    var turn = 0
    var isClosed = false
  }

  let gate = ReadGate()
  /// Rung for work, and when the ring has room.
  let wake = Wake()
  private let state = Mutex(State())
  private let hasWork = Atomic(false)

  /// Whether the decoder should lay down what it does and look here.
  var isWaiting: Bool { hasWork.load(ordering: .acquiring) }

  /// Another entry or its withdrawal frees the decoder from what it does; a load or stop forgets older work. Of many
  /// settings only the last are kept.
  func put(_ job: DecoderJob) {
    state.withLock { state in
      hasWork.store(true, ordering: .releasing)
      switch job {
      case .load, .stop:
        state.work.removeAll { !$0.isSound }
        state.turn += 1
      case .takeBack: state.turn += 1
      case .sound: state.work.removeAll(where: \.isSound)
      case .join, .end, .loop: break
      }
      // Before it can be taken: reads of a turn that is not wanted yet would end as those of an old one do.
      gate.want(state.turn)
      state.work.append(Work(job: job, turn: state.turn))
    }
    wake.ring()
  }

  /// Ends the decoder thread once it looks here.
  func close() {
    state.withLock { state in
      hasWork.store(true, ordering: .releasing)
      state.isClosed = true
      state.turn += 1
      gate.want(state.turn)
    }
    wake.ring()
  }

  /// Blocks until there is work; nil once closed.
  func take() -> Work? {
    while true {
      let (work, isClosed) = state.withLock { state -> (Work?, Bool) in
        let first = state.work.isEmpty ? nil : state.work.removeFirst()
        hasWork.store(!state.work.isEmpty || state.isClosed, ordering: .releasing)
        return (first, state.isClosed)
      }
      if isClosed { return nil }
      if let work { return work }
      pollWake(wake.descriptor, timeout: nil)
      wake.clear()
    }
  }
}
