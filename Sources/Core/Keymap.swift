package import TUI

/// Keys → commands. What it starts with is written in the language of the configuration, as the user would.
package struct Keymap: Hashable, Sendable {
  private(set) var bindings: [Key: Command] = [:]
  /// The keys in the order they were bound.
  private var order: [Key] = []

  package init() {}

  package subscript(key: Key) -> Command? { bindings[key] }

  package mutating func bind(_ key: Key, to command: Command) {
    unbind(key)
    bindings[key] = command
    order.append(key)
  }

  package mutating func unbind(_ key: Key) {
    bindings[key] = nil
    order.removeAll { $0 == key }
  }

  /// The keys of a command, in the order they were bound.
  package func keys(for command: Command) -> [Key] { order.filter { bindings[$0] == command } }

  /// Every command that has a key: the usual ones in their usual order, then those the listener bound.
  var commands: [Command] {
    let usual = Keymap.standardOrder.filter { command in bindings.values.contains(command) }
    let known = Set(usual)
    let own = Set(bindings.values).subtracting(known).sorted { $0.description < $1.description }
    return usual + own
  }

  package static let standard = Keymap(text: standardText)

  /// For our own text only: a line that is no binding is our own bug.
  private init(text: String) {
    for line in text.split(separator: "\n") {
      guard case .bind(let key, let command)? = try? Command(parsing: "bind " + line) else {
        preconditionFailure("no binding: \(line)")
      }
      bind(key, to: command)
    }
  }

  private static let standardOrder: [Command] = {
    var seen: Set<Command> = []
    return standardText.split(separator: "\n").compactMap { line in
      guard case .bind(_, let command)? = try? Command(parsing: "bind " + line) else { return nil }
      return seen.insert(command).inserted ? command : nil
    }
  }()

  private static let standardText = """
    j move down
    down move down
    k move up
    up move up
    g move top
    home move top
    G move bottom
    end move bottom
    ^d move half-down
    ^u move half-up
    ^f move page-down
    page-down move page-down
    ^b move page-up
    page-up move page-up
    h pane left
    l pane right
    tab pane next
    backtab pane previous
    enter activate
    a add
    A add next
    d remove
    delete remove
    J reorder down
    K reorder up
    v mark
    u undo
    ^r redo
    f star
    w pin
    o jump
    i details
    space pause
    < previous
    > next
    left seek -5
    right seek +5
    shift-left seek -30
    shift-right seek +30
    + volume +5
    = volume +5
    - volume -5
    m mute
    [ speed -0.05
    ] speed +0.05
    s shuffle
    r repeat
    x stop
    X stop-after
    L loop
    z sleep
    e equalizer
    O device
    t panel next
    T panel
    ^e panel down
    ^y panel up
    { lyrics-offset -0.1
    } lyrics-offset +0.1
    I sound
    F star playing
    1 view library
    2 view queue
    3 view playlists
    4 view search
    ? view help
    5 view downloads
    6 view help
    7 view radio
    8 view settings
    f1 view help
    / search
    : prompt
    N playlist new
    P playlist add
    R playlist rename
    D playlist delete
    escape back
    ^t downloads toggle
    ^x cancel
    ^l redraw
    ^z suspend
    q quit
    ^c quit
    """
}
