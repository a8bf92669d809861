/// What a terminal was found to show of looks, and how it is told to go from one to the next: a theme has few of them, and a
/// screen asks for them in every frame. Lives on the thread of its writer.
final class Vocabulary {
  private struct Change: Hashable {
    let from: Look?
    let to: Look
  }

  private var looks: [Look: Look] = [:]
  private var changes: [Change: [UInt8]] = [:]

  /// Pictures made of cells have a look for each cell: no more than these are kept.
  private static let mostKept = 4096

  func look(_ asked: Look, _ reduced: () -> Look) -> Look {
    if let known = looks[asked] { return known }
    let look = reduced()
    if looks.count >= Self.mostKept { looks = [:] }
    looks[asked] = look
    return look
  }

  func change(from: Look?, to: Look, _ words: () -> [UInt8]) -> [UInt8] {
    let change = Change(from: from, to: to)
    if let known = changes[change] { return known }
    let words = words()
    if changes.count >= Self.mostKept { changes = [:] }
    changes[change] = words
    return words
  }
}
