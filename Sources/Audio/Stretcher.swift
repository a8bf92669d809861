/// Makes sound last longer or shorter with its pitch kept. Made, used and let go on the decoder thread only.
///
/// What it puts out begins with what it was given first: its own delay is cut off.
package protocol Stretcher: AnyObject {
  /// Takes interleaved frames.
  /// - Parameter isLast: nothing follows; what is still inside comes out.
  func put(_ frames: UnsafeBufferPointer<Float>, isLast: Bool)

  /// Gives out what is ready: whole interleaved frames.
  /// - Returns: how many frames; 0: none before more is put in.
  func take(into frames: UnsafeMutableBufferPointer<Float>) -> Int
}
