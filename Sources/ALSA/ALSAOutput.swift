package import Audio
import CALSA
package import Music

/// Sound to a device of ALSA.
package final class ALSAOutput: Output {
  /// - Throws: `.lost` with ALSA's reason when the device cannot be opened.
  package init(device: String = "default", format: AudioFormat) throws(OutputError) { fatalError("contract") }
  package var description: OutputDescription { fatalError("contract") }
  package let isPaced = true
  package func write(_ frames: UnsafeRawBufferPointer) throws(OutputError) -> Int { fatalError("contract") }
  package func delay() throws(OutputError) -> Int { fatalError("contract") }
  package func start() throws(OutputError) {}
  package func wait(wake: Int32, timeout: Duration?) throws(OutputError) {}
  package func pause() throws(OutputError) -> Int { fatalError("contract") }
  package func resume() throws(OutputError) {}
  package func drop() {}
  package func drain() throws(OutputError) -> Bool { fatalError("contract") }
}
