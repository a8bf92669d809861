/// An emoji of one or more scalars at the beginning of a character (UTS #51): what is drawn, and how many it took.
struct EmojiSequence {
  var text: String
  var count: Int
  var width: Int
  var isSure: Bool
}

private let joiner: UInt32 = 0x200D
private let textSelector: UInt32 = 0xFE0E
private let emojiSelector: UInt32 = 0xFE0F
private let keycap: UInt32 = 0x20E3
private let tones: ClosedRange<UInt32> = 0x1F3FB...0x1F3FF
private let tags: ClosedRange<UInt32> = 0xE0020...0xE007E
private let lastTag: UInt32 = 0xE007F
/// The longest that Unicode recommends: two people kissing, each with a tone.
private let longestSequence = 10

/// The sequence that begins here; nil where a scalar stands for itself in the usual way.
func emojiSequence(_ scalars: ArraySlice<Unicode.Scalar>) -> EmojiSequence? {
  guard let first = scalars.first else { return nil }
  if isRegionalIndicator(first) { return flag(scalars) }
  if first.value < 0x7F { return keycap(scalars) }
  guard first.value >= 0xA9, first.properties.isEmoji else { return nil }
  return picture(scalars)
}

private func flag(_ scalars: ArraySlice<Unicode.Scalar>) -> EmojiSequence? {
  guard scalars.count >= 2, isRegionalIndicator(scalars[scalars.startIndex + 1]) else { return nil }
  return sequence(scalars.prefix(2), took: 2, width: 2, isSure: false)
}

/// A digit, "#" or "*", a selector that may be missing, the key around it.
private func keycap(_ scalars: ArraySlice<Unicode.Scalar>) -> EmojiSequence? {
  let first = scalars[scalars.startIndex]
  guard first.properties.isEmoji, scalars.count >= 2 else { return nil }
  let rest = scalars.dropFirst().prefix(2).map(\.value)
  let took = rest == [emojiSelector, keycap] ? 3 : rest.first == keycap ? 2 : 0
  guard took > 0 else { return nil }
  let whole = [first, Unicode.Scalar(emojiSelector)!, Unicode.Scalar(keycap)!]
  return sequence(whole[...], took: took, width: 2, isSure: false)
}

private func picture(_ scalars: ArraySlice<Unicode.Scalar>) -> EmojiSequence {
  let first = scalars[scalars.startIndex]
  let isWide = first.properties.isEmojiPresentation
  var kept = [first]
  var index = scalars.startIndex + 1
  func value(_ offset: Int = 0) -> UInt32? { index + offset < scalars.endIndex ? scalars[index + offset].value : nil }

  if value() == textSelector {
    if isWide { kept.append(scalars[index]) }
    index += 1
    return sequence(kept[...], took: index - scalars.startIndex, width: isWide ? 2 : 1, isSure: !isWide)
  }
  index += appendVariation(scalars[index...], of: first, to: &kept)
  index += appendTags(scalars[index...], of: first, to: &kept)
  while value() == joiner, let next = value(1), next >= 0xA9, scalars[index + 1].properties.isEmoji {
    let picture = scalars[index + 1]
    index += 2
    var more = [Unicode.Scalar(joiner)!, picture]
    index += appendVariation(scalars[index...], of: picture, to: &more)
    if kept.count + more.count <= longestSequence { kept += more }
  }
  // What is left of a joiner or of a sequence that no font has.
  while let next = value(), next == joiner || next == emojiSelector || tones.contains(next) { index += 1 }
  let isLong = kept.count > 1
  return sequence(
    kept[...], took: index - scalars.startIndex, width: isWide || isLong ? 2 : 1,
    isSure: !isLong && isWellKnown(first))
}

/// A tone of the skin, or the selector that asks for the colourful form. Returns how many scalars it took.
private func appendVariation(
  _ scalars: ArraySlice<Unicode.Scalar>, of base: Unicode.Scalar, to kept: inout [Unicode.Scalar]
) -> Int {
  guard let next = scalars.first else { return 0 }
  if tones.contains(next.value) {
    if base.properties.isEmojiModifierBase { kept.append(next) }
    return 1
  }
  guard next.value == emojiSelector else { return 0 }
  // Where the picture is colourful by itself, the selector says nothing that all terminals understand.
  if !base.properties.isEmojiPresentation { kept.append(next) }
  return 1
}

/// The letters of a region's flag, which only a black flag wears.
private func appendTags(
  _ scalars: ArraySlice<Unicode.Scalar>, of base: Unicode.Scalar, to kept: inout [Unicode.Scalar]
) -> Int {
  let letters = scalars.prefix { tags.contains($0.value) }
  guard !letters.isEmpty else { return 0 }
  let isEnded = scalars.dropFirst(letters.count).first?.value == lastTag
  if isEnded, base.value == 0x1F3F4, letters.count <= 6 {
    kept += scalars.prefix(letters.count + 1)
  }
  return letters.count + (isEnded ? 1 : 0)
}

private func sequence(
  _ scalars: ArraySlice<Unicode.Scalar>, took count: Int, width: Int, isSure: Bool
) -> EmojiSequence {
  var text = ""
  text.unicodeScalars.append(contentsOf: scalars)
  return EmojiSequence(text: text, count: count, width: width, isSure: isSure)
}
