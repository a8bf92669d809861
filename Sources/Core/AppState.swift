package import Music
package import TUI

/// Everything the player knows, as one value: owned by the loop, changed only by `update`, drawn by `Screens`.
package struct AppState: Sendable {
  package var size: Size
  package var now = Timestamp(seconds: 0)
  package var theme: Theme
  package var themeNames: [String] = []
  package var queue = PlayQueue()

  /// `seed` makes shuffle differ from run to run.
  package init(size: Size = Size(columns: 80, rows: 24), theme: Theme = Theme(name: "plain"), seed: UInt64 = 1) {
    self.size = size
    self.theme = theme
  }

  /// Whether time itself changes what is shown, so that `.clock` should come once a second.
  package var wantsClock: Bool { false }
}

extension AppState {
  /// Sets the state up and asks for what the first screen shows: call once, before the first frame.
  package mutating func start() -> [Effect] { [] }
}
