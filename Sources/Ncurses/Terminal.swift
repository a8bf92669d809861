package import TUI

/// Why there is no terminal to draw on.
package enum TerminalError: Error, Hashable, Sendable {
  /// Standard input or output is not a terminal.
  case notATerminal
  /// TERM is unset or terminfo has no such entry.
  case unknownType(String)
}

/// The terminal: keys in, canvas out. Restores what it found, however the program ends.
///
/// It never decides what a key means, and never blocks in reading. It lives on the loop's thread.
package final class Terminal {
  /// For `poll`: readable when keys wait.
  package let descriptor: Int32 = 0
  package let colourDepth = ColourDepth.palette

  package init() throws(TerminalError) { throw .notATerminal }

  package var size: Size { Size(columns: 80, rows: 24) }
  /// All keys that wait, without blocking. `resized` is told through `size`: compare it after each call.
  package func readKeys() -> [Key] { [] }
  package func draw(_ canvas: Canvas) {}
  /// Forgets what is on the screen, so that the next `draw` paints all of it.
  package func redraw() {}
  /// Gives the terminal back (for ^Z or a child program) and takes it again.
  package func suspend() {}
  package func resume() {}
  /// Gives the terminal back for good.
  package func close() {}
}
