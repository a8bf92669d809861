import Artwork
import Core
import Glibc
import Music
import Ncurses
import TUI
import Threading

/// What is known of how the terminal shows pictures.
struct PictureTerminal: Hashable {
  var depth = ColourDepth.palette
  var isASCII = false
  /// What it answered to the question for its primary attributes; nil as long as it has not.
  var attributes: Set<Int>?
  /// In pixels; 0 when unknown.
  var cellWidth = 0
  var cellHeight = 0
  /// What tmux says of itself and of the terminal it is shown on; nil outside of it, and as long as it has not.
  var tmux: TmuxWord?

  init() {}

  init(_ terminal: Terminal, tmux: TmuxWord?) {
    depth = terminal.colourDepth
    isASCII = !terminal.isUTF8
    attributes = terminal.attributes
    (cellWidth, cellHeight) = terminal.cellPixels
    self.tmux = tmux
  }

  func manner(_ choice: PictureChoice) -> CoverService.Manner {
    var environment = currentEnvironment()
    let isInTmux = environment["TMUX"] != nil
    if isInTmux, let tmux {
      // The environment tells of the terminal that tmux was started from, which may be gone.
      for name in ["KITTY_WINDOW_ID", "GHOSTTY_RESOURCES_DIR"] { environment[name] = nil }
      environment["TERM"] = tmux.terminal
    }
    let chosen = PictureWay(named: choice.rawValue, depth: depth, isASCII: isASCII, isInTmux: isInTmux)
    let way =
      chosen
      ?? PictureWay(
        environment: environment, depth: depth, isASCII: isASCII, attributes: attributes ?? [],
        passesOn: tmux?.passesOn == true)
    return CoverService.Manner(way: way, cellWidth: cellWidth, cellHeight: cellHeight)
  }
}

/// What tmux says: whether it passes on what it does not understand, and the kind of terminal it is shown on.
struct TmuxWord: Hashable, Sendable {
  var passesOn: Bool
  var terminal: String

  /// `on xterm-kitty`, as `tmux display-message -p` prints it; versions differ in how they say on.
  init(_ line: String) {
    let words = line.split(separator: " ", maxSplits: 1)
    passesOn = ["on", "all", "1", "2"].contains(words.first ?? "")
    terminal = words.count > 1 ? String(words[1]) : ""
  }
}

extension Services {
  /// Tells how this terminal shows pictures, as far as is known now; again when it has answered, and when its size is another.
  func setPictures(on terminal: Terminal) {
    let told = PictureTerminal(terminal, tmux: pictureTerminal.tmux)
    guard told != pictureTerminal else { return }
    pictureTerminal = told
    refreshPictures()
  }

  func setPictures(_ choice: PictureChoice) {
    pictureChoice = choice
    refreshPictures()
  }

  private func refreshPictures() {
    let manner = pictureTerminal.manner(pictureChoice)
    guard manner != pictures else { return }
    pictures = manner
    if hasAskedCovers { covers.setManner(manner) }
    inbox.post(.picturesChanged)
  }

  /// Asks tmux, where it is there, how it is set up: on a thread of its own, since that takes a child.
  func askTmux() {
    let environment = currentEnvironment()
    guard environment["TMUX"] != nil else { return }
    let path = environment["PATH"] ?? "/usr/bin"
    let inbox = inbox
    OSThread("tmux", stackSize: 256 * 1024) {
      guard let program = executable("tmux", on: path),
        let child = try? ChildProcess([program, "display-message", "-p", "#{allow-passthrough} #{client_termname}"])
      else { return }
      var lines: [String] = []
      guard child.readLines({ lines.append($0) }) == 0, let line = lines.first else { return }
      inbox.post { $0.takeTmux(TmuxWord(line)) }
    }.detach()
  }

  private func takeTmux(_ word: TmuxWord) {
    pictureTerminal.tmux = word
    refreshPictures()
  }

  func askCover(_ request: CoverRequest) {
    hasAskedCovers = true
    covers.request(request) { [inbox] request, result in inbox.post(.cover(request, CoverAnswer(result))) }
  }

  func askLyrics(_ track: Track) {
    lyrics.find(track) { [inbox] in inbox.post(.lyrics(track.id, $0)) }
  }
}

extension CoverAnswer {
  init(_ result: Result<Cover, CoverProblem>) {
    self =
      switch result {
      case .success(let cover): .found(cover)
      case .failure(.offline): .offline
      case .failure(.none), .failure(.unreadable): .none
      }
  }
}

/// The program's path; nil where it is not installed.
private func executable(_ name: String, on path: String) -> String? {
  path.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
}
