import Audio
import Music
import Synchronization
import Threading

/// Takes sound from the ring and gives it to the device, in time.
///
/// In steady state it wakes once in half a buffer and touches nothing but atomics, the ring and the device: it never
/// allocates, locks or logs. Paused or without a stream it sleeps until its bell rings. It lives on the output thread
/// and is used from nowhere else. Feeding, fading and the care for devices stand in files of their own.
final class OutputLoop {
  /// What a fade to silence leads to.
  enum Fading { case none, pausing, leaving }

  let configuration: PlayerConfiguration
  let desk: OutputDesk
  let inbox: Inbox
  let decoderWake: Wake
  let outputs: Outputs

  var output: (any Output)?
  var outputFormat: AudioFormat?
  /// The device that the listener asked for since the start; nil: none.
  var device: String?
  var hasOpened = false
  var stream: SoundStream?
  var reader: RingReader?
  var following: SoundStream?
  /// Waiting for enough sound to begin with.
  var isFilling = true
  var isPaused = false

  var gain: Gain
  var fading = Fading.none
  let scaled: UnsafeMutableRawBufferPointer
  /// Until when little is handed over at a time, so that the next change of volume is soon heard on a device that does
  /// not give sound back.
  var nimbleUntil = Duration.zero

  /// Turns in a row in which the device took nothing, and where the ring stood then.
  var idleTurns = 0
  var lastCursor = 0
  /// The frame that was audible when the device was opened anew because it did not move.
  var stuckFrame: Int?
  /// The device is gone and somebody waits for it.
  var isLost = false
  var watch: (any OutputWatch)?

  /// When the sound that the device holds is over, were nothing to follow; nil: nothing goes on from there.
  var soundUntil: Duration?
  /// The device was dry, or is another one: the silence is to be told once it sounds.
  var isContinuing = false
  var continuesAt = 0
  var isReopening = false

  init(
    configuration: PlayerConfiguration, desk: OutputDesk, inbox: Inbox, decoderWake: Wake, outputs: Outputs
  ) {
    self.configuration = configuration
    self.desk = desk
    self.inbox = inbox
    self.decoderWake = decoderWake
    self.outputs = outputs
    gain = Gain(volume: configuration.volume)
    scaled = .allocate(byteCount: 65536, alignment: 64)
  }

  deinit { scaled.deallocate() }

  /// The thread's body.
  func run() {
    while obey() {
      do throws(OutputError) { try turn() } catch { recover(error) }
      desk.wake.clear()
    }
    dropStream()
    output = nil
  }

  /// - Returns: false when the thread should end.
  private func obey() -> Bool {
    for order in desk.takeOrders() {
      switch order {
      case .play(let stream):
        dropStream()
        begin(stream)
      case .follow(let stream):
        if self.stream == nil { begin(stream) } else { following = stream }
      case .unfollow(let id):
        if following?.id == id { following = nil }
        if stream?.id == id { dropStream() }
      case .silence: dropStream()
      case .setDevice(let name): switchDevice(to: name)
      case .fadeOut(let time): setFadeOut(time)
      case .giveUpDevice: giveUpDevice()
      case .close: close()
      case .quit: return false
      }
    }
    return true
  }

  func begin(_ stream: SoundStream) {
    self.stream = stream
    reader = stream.takeReader()
    isFilling = true
    // Nothing sounds that a step could be heard in.
    if soundUntil == nil { gain.level = Ramp(desk.level) }
    continueLater(at: 0)
    stuckFrame = nil
  }

  private func dropStream() {
    if let stream {
      stream.stamp.store(0, ordering: .relaxed)
      gain.rebase(from: stream.audible.load(ordering: .relaxed), to: 0)
      output?.drop()
    }
    stream = nil
    reader = nil
    following = nil
    isPaused = false
    soundUntil = nil
    if fading != .leaving { endFade() }
    setStarving(false)
  }

  private func close() {
    dropStream()
    endFade()
    giveUpDevice()
    output = nil
  }

  /// One look at everything; ends with the wait that fits.
  private func turn() throws(OutputError) {
    guard let stream, reader != nil else { return sleep() }
    if stream.wantsBack.load(ordering: .acquiring) { try giveBack(stream) }
    guard try !holdIfAsked(stream) else { return sleep() }
    if isFilling, !isReady(stream) { return sleep() }
    let output = try openOutput(stream)
    isFilling = false
    setStarving(false)
    try followVolume(output, stream)
    let isFull = try fill(output, stream)
    try output.start()
    if isContinuing { tellSilence(stream) }
    try publish(output, stream)
    if try concludeFade(stream) { return }
    if isFull { return try waitForRoom(output, stream) }
    if stream.phase.load(ordering: .acquiring) == .open { return try awaitSound(output, stream) }
    try drain(output, stream)
  }

  /// Until the bell rings, or a device comes that is waited for.
  private func sleep() {
    guard isLost, let watch else { return pollWake(desk.wake.descriptor, timeout: nil) }
    // What the listener has decided meanwhile comes first: nobody may be waiting for the device any more.
    if pollEither(desk.wake.descriptor, watch.descriptor) { return }
    if watch.take() { tryReturn() }
  }

  /// Whether enough is there to begin; if not, the decoder rings once there is more.
  private func isReady(_ stream: SoundStream) -> Bool {
    stream.readerWaits.store(true, ordering: .sequentiallyConsistent)
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    let enough = stream.format.frameCount(in: configuration.startThreshold)
    let waiting = reader?.waiting ?? 0
    let ready = waiting >= enough || reader?.space == 0 || stream.phase.load(ordering: .acquiring) != .open
    if ready { stream.readerWaits.store(false, ordering: .relaxed) }
    wakeDecoder(stream)
    return ready
  }
}
