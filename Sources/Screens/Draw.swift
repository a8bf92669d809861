package import Core
package import TUI

/// Draws the whole terminal. Pure: the same state, theme and size give the same canvas.
package func draw(_ state: AppState, theme: Theme, size: Size) -> Canvas {
  Canvas(size: size)
}
