import ALSA
import Audio

extension Arguments.OutputChoice {
  /// Opens outputs each time the player needs one. Called on the output's thread.
  var outputs: Outputs {
    let open = opener
    return Outputs(
      open: { device, format in
        guard let device else { return try open(format) }
        return try ALSAOutput(device: device, format: format)
      },
      watch: { ALSAWatch() })
  }

  /// Opens what was chosen at the start.
  private var opener: @Sendable (AudioFormat) throws -> any Output {
    switch self {
    case .alsa(let device):
      return { format in try ALSAOutput(device: device ?? "default", format: format) }
    case .silent:
      return { format in SilentOutput(format: format) }
    case .wav(let path):
      let destination = WAVDestination(path: path)
      return { format in try destination.open(format) }
    }
  }
}
