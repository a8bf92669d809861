import Audio
import CALSA

/// A device opened and configured: its own shape first, conversion second.
struct OpenedPCM: ~Copyable {
  private var pcm: PCM
  let shape: PCMShape
  /// What the device really runs at, as far as ALSA tells.
  private(set) var actual: (rate: Int, channels: Int, name: String)

  private init(_ device: String, converting: Bool, _ format: AudioFormat) throws(OutputError) {
    let pcm = try PCM(device: device, converting: converting)
    shape = try pcm.configure(format)
    self.pcm = pcm
    actual = (shape.rate, shape.channels, "S16_LE")
  }

  consuming func takePCM() -> PCM { pcm }

  /// Opens `device` in the format as it is; where it has none such, through the converters that it brings, as
  /// `default` usually does; where it brings none, as `hw:`, through ALSA's `plug`.
  static func open(_ device: String, _ format: AudioFormat) throws(OutputError) -> OpenedPCM {
    if let exact = try? OpenedPCM(device, converting: false, format) { return exact }
    // Asked apart, and closed again: some devices can be open only once.
    let nearest = try PCM(device: device, converting: false).nearest(to: format)
    var opened = try converted(device, format)
    if let nearest { opened.actual = nearest }
    return opened
  }

  private static func converted(_ device: String, _ format: AudioFormat) throws(OutputError) -> OpenedPCM {
    if let own = try? OpenedPCM(device, converting: true, format) { return own }
    let quote = device.contains("'") ? "\"" : "'"
    return try OpenedPCM("plug:SLAVE=\(quote)\(device)\(quote)", converting: true, format)
  }
}
