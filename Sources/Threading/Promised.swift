/// What another thread works out, once. Whoever needs it waits for it; any thread but that one may.
package struct Promised<Value: Sendable>: Sendable {
  private let result = Monitor<Value?>(nil)

  /// Queues the work; returns at once.
  package init(on thread: SerialThread, _ work: @escaping @Sendable () -> Value) {
    thread.async { [result] in
      let value = work()
      result.update { $0 = value }
    }
  }

  /// Blocks until it is there.
  package var value: Value { result.wait { $0 }! }
}
