/// What a hand did with the mouse, and where.
package struct Mouse: Hashable, Sendable {
  package enum Action: Hashable, Sendable {
    case press
    /// The second press within a moment, at the same place; the first was a `press`.
    case doublePress
    /// Moved with the left button down.
    case drag
    /// The left button.
    case release
    case rightPress
    case wheelUp, wheelDown
  }

  package var action: Action
  package var point: Point

  package init(_ action: Action, at point: Point) {
    self.action = action
    self.point = point
  }
}
