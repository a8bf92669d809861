import ALSA
import Audio

extension Arguments.OutputChoice {
  /// Opens the output for a format, each time the player needs one. Called on the output's thread.
  var opener: @Sendable (AudioFormat) throws -> any Output {
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
