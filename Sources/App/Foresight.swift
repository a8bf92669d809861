import Core
import Ncurses
import Screens
import TUI
import Threading

/// What the key that was pressed last would do once more, worked out while nothing else waits: state, effects, and the bytes
/// of the frame. A key that is held down, or pressed again after a rest, is answered with bytes that are there already.
///
/// It is made for keys that moved a cursor, with what follows a cursor, and did nothing else, from the state as it is: any other message makes it void.
/// It decides nothing and shows nothing. Lives on the loop's thread.
struct Foresight {
  /// The state after the key, and what shows it.
  final class Next {
    let key: Key
    let state: AppState
    let effects: [Effect]
    let painter: Painter
    let frame: PreparedFrame

    init(key: Key, state: AppState, effects: [Effect], painter: Painter, frame: PreparedFrame) {
      self.key = key
      self.state = state
      self.effects = effects
      self.painter = painter
      self.frame = frame
    }
  }

  private(set) var next: Next?
  private var key: Key?
  private var pressed = Duration.zero

  /// News make it anew only for so long after a key: music that plays while nobody moves shall not cost twice.
  private static let patience = Duration.seconds(2)

  /// In ms: whoever brings the last frame to the listener's eyes may need this processor first.
  static let rest = Int32(3)

  /// A key was handled.
  mutating func note(_ key: Key, movesCursor: Bool, now: Duration = monotonicNow()) {
    self.key = movesCursor ? key : nil
    pressed = now
  }

  /// The key to be foreseen now; nil when there is none, or it is foreseen.
  func keyWanted(now: Duration = monotonicNow()) -> Key? {
    guard let key, next == nil, now - pressed < Self.patience else { return nil }
    return key
  }

  mutating func take(_ next: Next) { self.next = next }

  /// Nothing more is to be foreseen of this key: pressed again it would do something else.
  mutating func giveUp() { key = nil }

  /// Something changed. Nobody else holds parts of the state then, which would be copied before they change.
  mutating func forget() { next = nil }
}
