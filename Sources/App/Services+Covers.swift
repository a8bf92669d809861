import Artwork
import Ncurses
import TUI

extension Services {
  /// Tells how this terminal shows pictures, as far as is known now; again when it has answered.
  ///
  /// Whether tmux passes graphics on is not asked here: that takes a child program.
  func setPictures(on terminal: Terminal) {
    let environment = currentEnvironment()
    let way = PictureWay(
      environment: environment, depth: terminal.colourDepth, isASCII: !terminal.isUTF8,
      attributes: terminal.attributes ?? [])
    let pixels = terminal.cellPixels
    pictures = CoverService.Manner(way: way, cellWidth: pixels.width, cellHeight: pixels.height)
    covers.setManner(pictures)
  }
}
