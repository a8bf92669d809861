package import Music

/// Where sound goes. Made, used and let go on the output thread only; `deinit` closes it.
///
/// In steady state (`write`, `delay`, `wait`) it never allocates, locks or logs.
package protocol Output: AnyObject {
  /// Where sound really goes, for people.
  var description: OutputDescription { get }

  /// False where frames are taken as fast as they come, so that running dry means nothing.
  var isPaced: Bool { get }

  /// Takes frames without blocking.
  /// - Returns: the number taken; 0 when it is full.
  /// - Throws: `.underrun` when sound had stopped; the output is ready again, nothing of `frames` was taken.
  func write(_ frames: UnsafeRawBufferPointer) throws(OutputError) -> Int

  /// Frames taken that are not audible yet.
  func delay() throws(OutputError) -> Int

  /// Begins to sound even if little was written. Harmless when it sounds already.
  func start() throws(OutputError)

  /// Blocks until there is room, `wake` is readable, or `timeout` (nil: for ever) has passed. Call after `write` gave 0.
  func wait(wake: Int32, timeout: Duration?) throws(OutputError)

  /// Silent at once.
  /// - Returns: frames taken that will not be heard, so that they must be written again after `resume`.
  func pause() throws(OutputError) -> Int

  /// Goes on after `pause`.
  func resume() throws(OutputError)

  /// Silent at once; what was taken is forgotten, and the output is ready for more.
  func drop()

  /// Plays out what was taken: false while it still sounds; ask again after a while. Then ready for more.
  func drain() throws(OutputError) -> Bool
}

package enum OutputError: Error, Hashable, Sendable {
  /// The device ran dry, or was late; it is ready again.
  case underrun
  /// It takes no more sound: the library's reason.
  case lost(String)

  /// In words.
  package var reason: String {
    switch self {
    case .underrun: "it ran dry"
    case .lost(let reason): reason
    }
  }
}
