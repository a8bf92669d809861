/// Which of the keymap's keys the lines of a configuration put out of reach. It may be meant: a note.
package struct HiddenKeys: Sendable {
  private var keymap: Keymap
  /// What the lines bind: of clashes between those `KeymapConflicts` tells.
  private var own: Set<KeyPlace> = []
  private var told: Set<KeyPlace> = []

  /// - Parameter commands: all that is said at the start; the keymap that they choose last is the one below.
  package init(under commands: [Command]) {
    let names = commands.compactMap { if case .set("keymap", let name) = $0 { name } else { nil } }
    keymap = (names.last.flatMap(KeymapPreset.init) ?? .vim).keymap
  }

  /// One sentence; nil when a line hides nothing. A key that is bound to something else is no hidden one.
  package mutating func note(_ command: Command) -> String? {
    switch command {
    case .unbind(let place): keymap.unbind(place)
    case .bind(let place, let bound):
      defer { keymap.bind(place, to: bound) }
      own.insert(place)
      let hidden = keymap.keysHidden(by: place).filter { key in
        !own.contains(key) && told.insert(KeyPlace(key.keys, in: place.view)).inserted
      }
      guard !hidden.isEmpty else { return nil }
      let keys = hidden.map(\.keysText).joined(separator: ", ")
      let usual = hidden.count == 1 ? "the usual key" : "the usual keys"
      return "“\(place)” hides \(usual) \(keys)\(place.view == nil ? "" : " there")."
    default: break
    }
    return nil
  }
}

extension Keymap {
  /// What can be reached now, and no longer when this place is bound: keys of which one begins with the other.
  fileprivate func keysHidden(by place: KeyPlace) -> [KeyPlace] {
    bindings.keys.filter { key in
      guard key.view == nil || key.view == place.view else { return false }
      let here = KeyPlace(key.keys, in: place.view)
      guard place.hides(here) || here.hides(place) else { return false }
      guard let view = place.view else { return true }
      return bindings[key].map { find(key.keys, in: view) == .command($0) } ?? false
    }
    .sorted { $0.keysText < $1.keysText }
  }
}
