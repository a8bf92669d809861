import Core
import Glibc
import TUI

/// The line mode's two ends: lines of the standard input, sentences on the standard output.
///
/// It moves no cursor and knows no colours. Lives on the loop's thread; it waits only for a reader of the output that
/// does not read. What it changes of the terminal (the echo, while a password is typed) it puts back.
final class Console {
  let descriptor = STDIN_FILENO
  /// Whether the input is a terminal.
  let isTyped = isatty(STDIN_FILENO) == 1
  /// No further line will come.
  private(set) var isOver = false

  private let isUTF8: Bool
  private var received: [UInt8] = []
  /// The terminal's settings while it does not echo.
  private var kept: termios?
  /// A question stands on the line, and nothing behind it.
  private var isAsking = false
  private static let longestLine = 64 * 1024

  init() {
    setlocale(LC_CTYPE, "")
    isUTF8 = String(cString: nl_langinfo(nl_item(CODESET))) == "UTF-8"
  }

  deinit { close() }

  var input: PlainInput { isTyped ? .typed : .piped }

  /// The lines that have come; call it when `descriptor` can be read. A last line needs no end.
  func readLines() -> [String] {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &buffer, buffer.count)
    if count < 0, errno == EINTR || errno == EAGAIN { return [] }
    if count <= 0 { isOver = true }
    received += buffer[..<max(0, count)]
    var lines: [String] = []
    while let end = received.firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(String(decoding: received[..<end], as: UTF8.self))
      received.removeSubrange(...end)
    }
    if isOver, !received.isEmpty {
      lines.append(String(decoding: received, as: UTF8.self))
      received = []
    }
    // What never ends is no line.
    if received.count > Self.longestLine { received = [] }
    if !lines.isEmpty {
      isAsking = isAsking && !isTyped
      showTyping()
    }
    return lines
  }

  /// - Returns: false when nobody takes it any more.
  @discardableResult
  func say(_ sentence: String) -> Bool {
    let start = isAsking ? "\n" : ""
    isAsking = false
    return put(start + printable(sentence) + "\n")
  }

  /// Leaves the question standing; what answers it is typed behind it, unseen where it is secret.
  func ask(_ question: String, hidden: Bool) {
    if hidden { hideTyping() }
    isAsking = true
    _ = put(printable(question))
  }

  /// Puts back what was changed.
  func close() {
    if isAsking { _ = put("\n") }
    isAsking = false
    showTyping()
  }

  private func put(_ text: String) -> Bool { writeAll(Array(text.utf8), to: STDOUT_FILENO) == nil }

  private func hideTyping() {
    var settings = termios()
    guard isTyped, kept == nil, tcgetattr(descriptor, &settings) == 0 else { return }
    kept = settings
    settings.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(descriptor, TCSADRAIN, &settings)
  }

  private func showTyping() {
    guard var settings = kept else { return }
    kept = nil
    tcsetattr(descriptor, TCSADRAIN, &settings)
    // The line's own end was not seen either.
    _ = put("\n")
  }

  /// No control character gets to the terminal; to one without Unicode nothing beyond ASCII.
  private func printable(_ text: String) -> String {
    let safe = sanitize(text)
    guard !isUTF8 else { return safe }
    return safe.unicodeScalars.map { Self.ascii[$0] ?? ($0.isASCII ? String($0) : "?") }.joined()
  }

  private static let ascii: [Unicode.Scalar: String] = [
    "“": "\"", "”": "\"", "‘": "'", "’": "'", "…": "...", "–": "-", "×": "x", "\u{A0}": " ",
  ]
}
