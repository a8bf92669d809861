package import Music

/// Where sound goes. Made, used and let go on the output thread only; `deinit` closes it.
///
/// In steady state (`write`, `delay`, `wait`, `rewind`) it never allocates, locks or logs.
package protocol Output: AnyObject {
  /// Where sound really goes, for people.
  var description: OutputDescription { get }

  /// False where frames are taken as fast as they come, so that running dry means nothing.
  var isPaced: Bool { get }

  /// Whether `rewind` really changes what will be heard.
  var canRewind: Bool { get }

  /// Takes frames without blocking.
  /// - Returns: the number taken; 0 when it is full.
  /// - Throws: `.underrun` when sound had stopped; the output is ready again, nothing of `frames` was taken.
  func write(_ frames: UnsafeRawBufferPointer) throws(OutputError) -> Int

  /// Frames taken that are not audible yet.
  func delay() throws(OutputError) -> Int

  /// Begins to sound even if little was written. Harmless when it sounds already.
  func start() throws(OutputError)

  /// Blocks until there is room for a good part of a buffer, `wake` is readable, or `timeout` (nil: for ever) has
  /// passed. Call after `write` gave 0.
  /// - Throws: `.stuck` when it says that it sounds, but has not moved for seconds.
  func wait(wake: Int32, timeout: Duration?) throws(OutputError)

  /// Gives back at most `most` frames that are not audible yet, but for about the next `kept`: to be written again, in
  /// another loudness. Sound goes on meanwhile.
  /// - Returns: how many of the last frames it gave back; 0 where `canRewind` is false.
  func rewind(_ most: Int, keeping kept: Int) throws(OutputError) -> Int

  /// Silent at once.
  /// - Returns: frames taken that will not be heard, so that they must be written again after `resume`.
  func pause() throws(OutputError) -> Int

  /// Goes on after `pause`.
  /// - Throws: `.interrupted` when what it held meanwhile is lost.
  func resume() throws(OutputError)

  /// Silent at once; what was taken is forgotten, and the output is ready for more.
  func drop()

  /// Plays out what was taken: false while it still sounds; ask again after a while. Then ready for more.
  func drain() throws(OutputError) -> Bool
}

extension Output {
  package var canRewind: Bool { false }
  package func rewind(_ most: Int, keeping kept: Int) throws(OutputError) -> Int { 0 }
}

package enum OutputError: Error, Hashable, Sendable {
  /// The device ran dry, or was late; it is ready again.
  case underrun
  /// What was taken and not audible yet is lost (the computer slept); it is ready again.
  case interrupted
  /// It says that it sounds, but nothing moves: opening it anew may help.
  case stuck
  /// It takes no more sound, or cannot be opened: the library's reason.
  case lost(String)
  /// There is no such device: the library's reason.
  case absent(String)

  /// In words.
  package var reason: String {
    switch self {
    case .underrun: "it ran dry"
    case .interrupted: "it was interrupted"
    case .stuck: "the device does not move any more"
    case .lost(let reason), .absent(let reason): reason
    }
  }
}
