/// A name that any file system takes, FAT's too, and that is one name: no part of a path, not hidden, not a device's.
/// - Parameter length: at most so many bytes.
func safeFileName(_ name: String, length: Int = 120) -> String {
  var scalars = String.UnicodeScalarView()
  for scalar in name.unicodeScalars {
    let isBad = scalar.value < 0x20 || scalar.value == 0x7f || "/\\:*?\"<>|".unicodeScalars.contains(scalar)
    scalars.append(isBad || isInvisible(scalar) ? "_" : scalar)
  }
  var text = String(scalars)
  while let last = text.last, last == "." || last == " " { text.removeLast() }
  while let first = text.first, first == "." || first == " " { text.removeFirst() }
  while text.utf8.count > length { text.removeLast() }
  while text.last == " " || text.last == "." { text.removeLast() }
  if text.isEmpty { return "_" }
  let stem = text.prefix { $0 != "." }.uppercased()
  return devices.contains(stem) ? "_" + text : text
}

/// Marks of direction and the like: they make one name look like another.
private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x80...0x9f, 0x200b...0x200f, 0x2028...0x202e, 0x2060...0x206f, 0xfeff, 0xfff0...0xffff, 0x10fe00...0x10feff:
    true
  default: false
  }
}

private let devices: Set<String> = {
  var names: Set = ["CON", "PRN", "AUX", "NUL"]
  for number in 1...9 { names.formUnion(["COM\(number)", "LPT\(number)"]) }
  return names
}()
