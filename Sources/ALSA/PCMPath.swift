import CALSA
import Glibc

/// What ALSA does with sound on the way to the device, from its own account (`snd_pcm_dump`): a heading and a setup for
/// each plugin, the device's last.
struct PCMPath {
  /// How the last one of the chain is set up.
  private(set) var format = ""
  private(set) var rate = 0
  private(set) var channels = 0
  private(set) var periodFrames = 0
  private(set) var bufferFrames = 0
  /// Whether `snd_pcm_rewind` reaches what will be heard. Hardware reads from the very buffer that we write to, and so
  /// does PipeWire's plugin. The others have passed sound on already, whatever they answer (PulseAudio's), or answer 0
  /// (rate conversion); mixing back (`dmix`) is not exact in every version.
  private(set) var canRewind = false

  init(of pcm: borrowing PCM) {
    var output: OpaquePointer?
    guard snd_output_buffer_open(&output) >= 0 else { return }
    defer { snd_output_close(output) }
    snd_pcm_dump(pcm.handle, output)
    var text: UnsafeMutablePointer<CChar>?
    let count = snd_output_buffer_string(output, &text)
    guard count > 0, let text else { return }
    read(String(decoding: UnsafeRawBufferPointer(start: text, count: count), as: UTF8.self))
  }

  init(reading account: String) { read(account) }

  private mutating func read(_ account: String) {
    let lines = account.split(whereSeparator: \.isNewline)
    for line in lines {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let word = parts[0].split(separator: " ").first ?? ""
      let value = String(parts[1].drop { $0 == " " })
      switch word {
      case "format": format = value
      case "rate": rate = Int(value) ?? rate
      case "channels": channels = Int(value) ?? channels
      case "period_size": periodFrames = Int(value) ?? periodFrames
      case "buffer_size": bufferFrames = Int(value) ?? bufferFrames
      default: break
      }
    }
    var heading = lines.first.map(String.init) ?? ""
    if heading.hasPrefix("Plug PCM: ") { heading.removeFirst("Plug PCM: ".count) }
    canRewind = heading.hasPrefix("Hardware PCM card") || heading.contains("PipeWire")
  }
}
