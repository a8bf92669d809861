import Audio
import CALSA

/// A device opened and configured: its own shape first, conversion second.
struct OpenedPCM: ~Copyable {
  private var pcm: PCM
  let shape: PCMShape
  let path: PCMPath

  private init(_ device: String, converting: Bool, _ format: AudioFormat) throws(OutputError) {
    let pcm = try PCM(device: device, converting: converting)
    shape = try pcm.configure(format)
    path = PCMPath(of: pcm)
    self.pcm = pcm
  }

  consuming func takePCM() -> PCM { pcm }

  /// Opens `device` in the format as it is; where it has none such, through the converters that it brings, as
  /// `default` usually does; where it brings none, as `hw:`, through ALSA's `plug`.
  static func open(_ device: String, _ format: AudioFormat) throws(OutputError) -> OpenedPCM {
    do throws(OutputError) { return try OpenedPCM(device, converting: false, format) } catch .absent(let reason) {
      throw .absent(reason)
    } catch {}
    if let own = try? OpenedPCM(device, converting: true, format) { return own }
    // What stands in the way of the device itself is the reason to tell, if anything does.
    _ = try PCM(device: device, converting: true)
    let quote = device.contains("'") ? "\"" : "'"
    return try OpenedPCM("plug:SLAVE=\(quote)\(device)\(quote)", converting: true, format)
  }
}
