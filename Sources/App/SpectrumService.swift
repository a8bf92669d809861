import Core
import Glibc
import Playback
import Spectrum
import Threading

/// Looks at what sounds so many times a second, and tells the loop how loud it is from low to high.
///
/// Lives on a thread of its own that sleeps for good while nobody wants to see it; never touches the output's thread.
final class SpectrumService: Sendable {
  private struct State: Sendable {
    var wish: (bands: Int, rate: Int)?
    /// Differs with each wish.
    var number = 0
    var isStopped = false
  }

  private let state = Monitor(State())
  private let player: Player
  private let inbox: Inbox
  private let thread: Monitor<OSThread?>

  /// Frames a second that nobody asked for.
  static let usualRate = 15

  init(player: Player, inbox: Inbox) {
    self.player = player
    self.inbox = inbox
    thread = Monitor(nil)
  }

  /// Any thread; nil: nobody looks any more.
  func set(_ wish: SpectrumWish?, isRemote: Bool) {
    guard let rate = rate(of: wish, isRemote: isRemote), let wish else { return setWish(nil) }
    setWish((wish.bands, rate))
    thread.withLock { thread in
      if thread == nil { thread = OSThread("spectrum", stackSize: 256 * 1024) { [self] in run() } }
    }
  }

  func stop() {
    state.update { $0.isStopped = true }
    player.setTapped(false)
    thread.withLock { thread in
      thread?.join()
      thread = nil
    }
  }

  private func setWish(_ wish: (bands: Int, rate: Int)?) {
    player.setTapped(wish != nil)
    state.update { state in
      state.wish = wish
      state.number += 1
    }
  }

  /// Over a network each frame is late and costs others: there it has to be asked for.
  private func rate(of wish: SpectrumWish?, isRemote: Bool) -> Int? {
    switch wish?.rate {
    case nil, .off: return nil
    case .fixed(let rate): return rate
    case .auto:
      guard isRemote else { return Self.usualRate }
      let sentence = "Over SSH the spectrum is off. “:spectrum-rate 10” shows it all the same."
      inbox.post(.spectrum(.unavailable(sentence)))
      return nil
    }
  }

  // MARK: On its thread

  private func run() {
    var told: [UInt8] = []
    let looking = Looking()
    var number = 0
    while let (bands, rate, fresh) = nextWish(after: number) {
      if fresh != number { told = [] }
      number = fresh
      let began = monotonicNow()
      guard let levels = looking.look(player, bands: bands, every: 1 / Double(rate)) else {
        inbox.post(.spectrum(.unavailable("The spectrum needs FFTW (Debian: libfftw3-single3).")))
        state.withLock { if $0.number == fresh { $0.wish = nil } }
        continue
      }
      // What looks the same is not drawn again.
      if levels != told, !levels.isEmpty { inbox.post(.spectrum(.levels(levels))) }
      told = levels
      let rest = .seconds(1) / rate - (monotonicNow() - began)
      _ = state.wait(timeout: max(rest, .milliseconds(5))) { $0.isStopped || $0.number != fresh ? true : nil }
    }
  }

  /// Waits until there is something to look at; nil when the service ends.
  private func nextWish(after number: Int) -> (bands: Int, rate: Int, number: Int)? {
    state.wait { state -> (bands: Int, rate: Int, number: Int)?? in
      if state.isStopped { return .some(nil) }
      return state.wish.map { ($0.bands, $0.rate, state.number) }
    } ?? nil
  }
}

/// An analyser for the rate at which the sound runs now.
private final class Looking {
  private var analyser: SpectrumAnalyser?

  /// - Returns: empty where nothing sounds; nil where there is no FFTW.
  func look(_ player: Player, bands: Int, every seconds: Double) -> [UInt8]? {
    guard let rate = player.tappedRate else { return [] }
    if analyser?.rate != rate { analyser = SpectrumAnalyser(rate: rate) }
    guard analyser != nil else { return nil }
    return analyser!.look(bands: bands, after: seconds) { player.tapped(into: $0) } ?? []
  }
}
