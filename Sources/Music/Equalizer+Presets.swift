extension Equalizer {
  /// A name and its gains, the usual ones first. Gentle: what is raised by more than a few dB has to be made quieter as a
  /// whole.
  package static let presets: [(name: String, equalizer: Equalizer)] = [
    ("flat", []),
    ("bass", [5, 4.5, 3.5, 2, 0.5, 0, 0, 0, 0, 0]),
    ("treble", [0, 0, 0, 0, 0, 0.5, 1.5, 3, 4, 4.5]),
    ("voice", [-5, -4, -2, 0, 1.5, 3, 3.5, 2.5, 0, -2]),
    ("loudness", [4.5, 4, 2, 0, -1, -1, 0, 1, 2.5, 3.5]),
    ("classical", [0, 0, 0, 0, 0, 0, -1, -1.5, -2, -2.5]),
    ("rock", [3.5, 3, 1.5, 0, -1, -0.5, 1, 2, 2.5, 2.5]),
    ("pop", [-1, -0.5, 0.5, 2, 2.5, 2, 1, 0, -0.5, -1]),
    ("jazz", [2, 1.5, 1, 1, -0.5, -0.5, 0, 1, 1.5, 2]),
    ("electronic", [4, 3.5, 1.5, 0, -1, 0.5, 0, 1, 2.5, 3]),
    ("acoustic", [2.5, 2, 1.5, 0.5, 0.5, 0.5, 1.5, 2, 1.5, 1]),
    ("small-speakers", [-6, -3, 1.5, 3, 2, 1, 0.5, 1, 2, 2]),
    ("night", [-6, -5, -3, -1, 0.5, 1, 1, 0, -1, -2]),
  ].map { ($0.0, Equalizer(gains: $0.1)) }

  package static let presetNames = presets.map(\.name)

  package init?(preset name: String) {
    guard let preset = Self.presets.first(where: { $0.name == name }) else { return nil }
    self = preset.equalizer
  }

  /// The preset that has these gains; nil for those of the listener's own.
  package var presetName: String? { Self.presets.first { $0.equalizer == self }?.name }
}
