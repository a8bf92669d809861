package import Core
package import TUI

/// Draws one frame after another. A key that moves a cursor is answered with a frame in which nearly all is as it was: what is
/// around the lists is then taken over from the last one.
///
/// It knows no more than the canvas that it drew last; `draw` alone gives the same. Lives on the loop's thread.
package struct Painter {
  /// As the terminal can show it.
  private let theme: Theme
  private var last: (canvas: Canvas, surroundings: Int)?

  package init(_ theme: Theme) { self.theme = theme }

  package mutating func draw(_ state: AppState) -> Canvas {
    let isAround = last.map { $0.surroundings == state.surroundings && $0.canvas.size == state.size } ?? false
    let canvas = Screens.draw(state, theme: theme, size: state.size, around: isAround ? last?.canvas : nil)
    last = (canvas, state.surroundings)
    return canvas
  }
}
