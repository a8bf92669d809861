/// Takes the titles out of a station's bytes: after every `interval` bytes of sound stands one byte that counts, in
/// sixteens, the bytes of text that follow it (the protocol that SHOUTcast began, Icecast keeps).
struct ICYSplitter {
  private let interval: Int
  private var soundLeft: Int
  /// nil while sound comes; -1: the next byte counts the text.
  private var textLeft: Int?
  private var text: [UInt8] = []
  /// Texts that were no metadata: the server counts otherwise than it said.
  private(set) var nonsense = 0

  /// nil when there are no titles to take out: no number, or none that a server would mean.
  init?(interval: String?) {
    guard let interval = interval.flatMap({ Int($0) }), (1...(1 << 24)).contains(interval) else { return nil }
    self.interval = interval
    soundLeft = interval
  }

  /// Hands on the sound in pieces, and each text that is complete. Bytes may come cut anywhere.
  mutating func take(
    _ bytes: UnsafeRawBufferPointer, sound: (UnsafeRawBufferPointer) -> Void, title: (String?) -> Void
  ) {
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let left = textLeft else {
        let piece = rest.prefix(soundLeft)
        sound(UnsafeRawBufferPointer(rebasing: piece))
        rest = rest.dropFirst(piece.count)
        soundLeft -= piece.count
        if soundLeft == 0 { textLeft = -1 }
        continue
      }
      if left < 0 {
        textLeft = Int(rest.removeFirst()) * 16
      } else {
        let piece = rest.prefix(left)
        text += piece
        rest = rest.dropFirst(piece.count)
        textLeft = left - piece.count
      }
      if textLeft == 0 { finishText(title) }
    }
  }

  private mutating func finishText(_ title: (String?) -> Void) {
    // An empty one says that nothing has changed.
    if !text.isEmpty {
      if isICYText(text) { title(icyTitle(text)) } else { nonsense += 1 }
    }
    text = []
    textLeft = nil
    soundLeft = interval
  }
}
