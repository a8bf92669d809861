import Fixtures
import Glibc
import Threading

// Which case runs, for the handler of signals: written by the one thread, read when that thread is interrupted.
nonisolated(unsafe) private var present: (seed: UInt64, number: Int) = (0, 0)

/// Damages sound files and has them decoded, for some time: `DecoderFuzz [SECONDS [SEED [CASE]]]`.
///
/// The seed is printed; with it and the number of a case that case is made again. It ends with 1 at the first fault; a case
/// of more than 20 seconds is one.
@main
struct DecoderFuzz {
  static func main() async throws {
    let words = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
    let seconds = words.first ?? 60
    let seed = words.count > 1 ? words[1] : UInt64.random(in: 0..<1_000_000)
    let corpus = try await Corpus.make()
    for number in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGALRM] { signal(number, reportCase) }
    print("decoder fuzz: seed \(seed), \(seconds) s, \(corpus.count) files")
    if words.count > 2 { return _ = try run(Int(words[2]), seed, corpus) }
    let end = monotonicNow() + .seconds(Int64(seconds))
    var (number, refused, frames) = (0, 0, 0)
    while monotonicNow() < end {
      if let count = try run(number, seed, corpus) { frames += count } else { refused += 1 }
      number += 1
    }
    print("decoder fuzz: \(number) cases, \(refused) refused, \(frames) frames decoded, no fault")
  }

  private static func run(_ number: Int, _ seed: UInt64, _ corpus: [Corpus.Piece]) throws -> Int? {
    present = (seed, number)
    alarm(20)
    var dice = Dice(seed: seed &* 1_000_003 &+ UInt64(number))
    let piece = corpus[dice.roll(corpus.count)]
    let bytes = mutate(piece.bytes, with: corpus.map(\.bytes), &dice)
    defer { alarm(0) }
    do { return try tryOut(bytes, &dice) } catch let fault as Fault {
      print("decoder fuzz: seed \(seed) case \(number) (\(piece.name)): \(fault.description)")
      exit(1)
    }
  }
}

/// Only what a signal handler may do: no allocation, write(2).
private func reportCase(_ number: Int32) {
  put("decoder fuzz: seed ")
  put(present.seed)
  put(" case ")
  put(UInt64(present.number))
  put(" signal ")
  put(UInt64(number))
  put("\n")
  signal(number, SIG_DFL)
  raise(number)
}

private func put(_ text: StaticString) { write(2, text.utf8Start, text.utf8CodeUnitCount) }

private func put(_ number: UInt64) {
  var divisor: UInt64 = 1
  while number / divisor >= 10 { divisor *= 10 }
  while divisor > 0 {
    var digit = UInt8(ascii: "0") + UInt8(number / divisor % 10)
    write(2, &digit, 1)
    divisor /= 10
  }
}
