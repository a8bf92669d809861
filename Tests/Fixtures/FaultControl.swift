import Foundation

/// What a test does to a fake card, and what the card has counted: four numbers in a file that both have mapped.
package final class FaultControl: Sendable {
  package enum Fault: Int32, Sendable {
    case none
    /// Every call fails, and it cannot be opened.
    case unplugged
    /// The computer slept; resuming succeeds once the fault is taken away.
    case suspended
    /// It says that it plays, and nothing moves.
    case stuck
    /// Another program has it.
    case busy
  }

  package let path: String
  private let descriptor: Int32

  package init(path: String) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    precondition(descriptor >= 0 && ftruncate(descriptor, 4096) == 0)
  }

  deinit { close(descriptor) }

  package func set(_ fault: Fault) {
    var number = fault.rawValue
    precondition(pwrite(descriptor, &number, 4, 0) == 4)
  }

  /// How often the card ran dry.
  package var underruns: Int { number(1) }
  package var openings: Int { number(2) }
  /// Frames that were written once more after a rewind.
  package var rewritten: Int { number(3) }

  private func number(_ index: Int) -> Int {
    var number: Int32 = 0
    pread(descriptor, &number, 4, off_t(index * 4))
    return Int(number)
  }
}
