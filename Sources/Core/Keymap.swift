package import TUI

/// Keys → commands: a preset, and over it what the listener bound and unbound.
///
/// What a preset changes is written in the language of the configuration, as the listener would. Of two places of which one
/// is the beginning of the other (`g`, `gg`) only one can be reached: the one that was bound last takes the other away.
package struct Keymap: Hashable, Sendable {
  /// What keys mean that were pressed one after another.
  package enum Answer: Hashable, Sendable {
    case nothing
    /// They begin something longer.
    case waits
    case command(Command)
  }

  private struct Change: Hashable, Sendable {
    var place: KeyPlace
    /// nil: taken away.
    var command: Command?
  }

  private struct Binding: Hashable, Sendable {
    let place: KeyPlace
    let command: Command
  }

  private struct Written: Hashable, Sendable {
    let place: KeyPlace
    let keys: String
  }

  package private(set) var preset = KeymapPreset.vim
  /// What the preset binds, in its order: the help's.
  private var usual: [Command] = []
  private(set) var bindings: [KeyPlace: Command] = [:]
  /// The same, in the order they were bound.
  private var order: [Binding] = []
  /// The same by command, with the keys as text: the screens ask for those of theirs in every frame.
  private var written: [Command: [Written]] = [:]
  /// Those that take several keys.
  private var sequences: [KeyPlace] = []
  /// What a view has no use for, though it is bound in general.
  private var silenced: Set<KeyPlace> = []
  /// Where not every key means what it means in general.
  private var particular: Set<ScreenName> = []
  /// The keys of the header, which is drawn in every frame.
  private var viewKeys: [ScreenName: String] = [:]
  private var own: [Change] = []

  package init() {}

  package static let standard = KeymapPreset.vim.keymap

  package subscript(place: KeyPlace) -> Command? { bindings[place] }

  package func find(_ keys: [Key], in view: ScreenName) -> Answer {
    for place in [KeyPlace(keys, in: view), KeyPlace(keys)] {
      if let command = bindings[place] { return .command(command) }
      if silenced.contains(place) { return .nothing }
      if sequences.contains(where: place.hides) { return .waits }
    }
    return .nothing
  }

  /// What may follow these keys in a view: the rest of the keys, and what they do.
  package func followers(of keys: [Key], in view: ScreenName) -> [(rest: KeyPlace, command: Command)] {
    var seen: Set<[Key]> = []
    return [view, nil].flatMap { view in order.filter { $0.place.view == view && $0.place.isLonger(than: keys) } }
      .filter { seen.insert($0.place.keys).inserted && !silenced.contains(KeyPlace($0.place.keys, in: view)) }
      .map { (KeyPlace(Array($0.place.keys.dropFirst(keys.count))), $0.command) }
  }
}

// MARK: Binding

extension Keymap {
  package mutating func bind(_ place: KeyPlace, to command: Command) { note(Change(place: place, command: command)) }

  /// Takes a key away: everywhere, or from one view only.
  package mutating func unbind(_ place: KeyPlace) { note(Change(place: place, command: nil)) }

  /// Another preset under what the listener bound.
  package mutating func use(_ preset: KeymapPreset) {
    let own = own
    self = preset.keymap
    for change in own { note(change) }
  }

  private mutating func note(_ change: Change) {
    own.removeAll { $0.place == change.place }
    own.append(change)
    make(change)
  }

  private mutating func make(_ change: Change) {
    let place = change.place
    remove(place)
    silenced.remove(place)
    if let command = change.command {
      for other in rivals(of: place) { remove(other) }
      add(place, command)
    } else if place.view != nil, bindings[KeyPlace(place.keys)] != nil {
      silenced.insert(place)
      if let view = place.view { particular.insert(view) }
    }
  }

  private mutating func add(_ place: KeyPlace, _ command: Command) {
    bindings[place] = command
    order.append(Binding(place: place, command: command))
    written[command, default: []].append(Written(place: place, keys: place.keysText))
    if place.keys.count > 1 { sequences.append(place) }
    if let view = place.view { particular.insert(view) }
    nameKey(of: command)
  }

  private mutating func remove(_ place: KeyPlace) {
    guard let command = bindings.removeValue(forKey: place) else { return }
    order.removeAll { $0.place == place }
    written[command]?.removeAll { $0.place == place }
    if written[command] == [] { written[command] = nil }
    sequences.removeAll { $0 == place }
    nameKey(of: command)
  }

  /// The key by which a view is known: a number, where it has one.
  private mutating func nameKey(of command: Command) {
    guard case .view(let name) = command else { return }
    let keys = keys(for: command)
    viewKeys[name] = keys.first { $0.count == 1 && $0.first!.isNumber } ?? keys.first { $0.count == 1 } ?? keys.first
  }

  /// Those that can never be reached beside it: what it begins with, and what begins with it.
  private func rivals(of place: KeyPlace) -> [KeyPlace] {
    let beginnings = (1..<max(1, place.keys.count)).map { KeyPlace(Array(place.keys.prefix($0)), in: place.view) }
    return beginnings.filter { bindings[$0] != nil } + sequences.filter(place.hides)
  }

  /// For our own keys only: what is no key is our own bug.
  init(preset: KeymapPreset, _ keys: [(keys: String, command: Command)]) {
    self.preset = preset
    for (keys, command) in keys {
      guard let keys = keySequence(keys) else { preconditionFailure("no keys: \(keys)") }
      if written[command] == nil { usual.append(command) }
      make(Change(place: KeyPlace(keys), command: command))
    }
  }

  /// For our own text only: a line that is no command is our own bug.
  init(preset: KeymapPreset, text: String) {
    self = KeymapPreset.vim.keymap
    self.preset = preset
    var seen = Set(usual)
    for line in text.split(separator: "\n") {
      switch try? Command(parsing: String(line)) {
      case .bind(let place, let command)?:
        make(Change(place: place, command: command))
        if seen.insert(command).inserted { usual.append(command) }
      case .unbind(let place)?: make(Change(place: place, command: nil))
      default: preconditionFailure("no binding: \(line)")
      }
    }
  }
}

extension KeyPlace {
  /// Whether the other one can never be reached beside this.
  func hides(_ other: KeyPlace) -> Bool { view == other.view && other.isLonger(than: keys) }

  fileprivate func isLonger(than start: [Key]) -> Bool { keys.count > start.count && keys.starts(with: start) }
}

// MARK: What is bound

extension Keymap {
  /// Where a command is bound, in the order it was.
  package func places(of command: Command) -> [KeyPlace] { (written[command] ?? []).map(\.place) }

  /// The keys of a command in a view, the view's own first.
  package func keys(for command: Command, in view: ScreenName? = nil) -> [String] {
    let written = written[command] ?? []
    guard let view, particular.contains(view) else { return written.filter { $0.place.view == nil }.map(\.keys) }
    let own = written.filter { $0.place.view == view }
    let general = written.filter { one in
      let here = KeyPlace(one.place.keys, in: view)
      return one.place.view == nil && bindings[here] == nil && !silenced.contains(here)
    }
    return (own + general).map(\.keys)
  }

  /// The first of them.
  package func key(for command: Command, in view: ScreenName? = nil) -> String? {
    if let view, particular.contains(view) { return keys(for: command, in: view).first }
    return written[command]?.first { $0.place.view == nil }?.keys
  }

  /// The key by which a view is known in the header; nil where it has none.
  func key(of view: ScreenName) -> String? { viewKeys[view] }

  /// Every command that has a key: those of the preset in its order, then those the listener bound.
  package var commands: [Command] {
    let known = Set(bindings.values)
    let usual = usual.filter(known.contains)
    let others = known.subtracting(usual).sorted { $0.description < $1.description }
    return usual + others
  }

  /// Lines of the configuration that say the same; those of one view, or all.
  package func lines(for view: ScreenName? = nil) -> [String] {
    let shown = order.filter { binding in
      let place = binding.place
      guard let view else { return true }
      if place.view != nil { return place.view == view }
      let here = KeyPlace(place.keys, in: view)
      return bindings[here] == nil && !silenced.contains(here)
    }
    let taken = silenced.filter { view == nil || $0.view == view }.map { "unbind \($0)" }.sorted()
    return shown.map { "bind \($0.place) \($0.command)" } + taken
  }
}

extension Keymap {
  /// As it is when these commands have been carried out.
  package init(after commands: [Command]) {
    self = .standard
    for command in commands {
      switch command {
      case .bind(let place, let bound): bind(place, to: bound)
      case .unbind(let place): unbind(place)
      case .set("keymap", let name): KeymapPreset(rawValue: name).map { use($0) }
      default: break
      }
    }
  }
}
