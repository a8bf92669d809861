import Audio
import Music
import Synchronization
import Threading

/// Takes sound from the ring and gives it to the device, in time.
///
/// In steady state it wakes a period at a time and touches nothing but atomics, the ring and the device: it never
/// allocates, locks or logs. Paused or without a stream it sleeps until its bell rings. It lives on the output thread
/// and is used from nowhere else.
final class OutputLoop {
  private let configuration: PlayerConfiguration
  private let desk: OutputDesk
  private let inbox: Inbox
  private let decoderWake: Wake
  private let makeOutput: @Sendable (AudioFormat) throws -> any Output

  private var output: (any Output)?
  private var outputFormat: AudioFormat?
  private var stream: SoundStream?
  private var reader: RingReader?
  private var following: SoundStream?
  /// Waiting for enough sound to begin with.
  private var isFilling = true
  private var isPaused = false
  /// Turns in a row in which the device took nothing, and where the ring stood then.
  private var idleTurns = 0
  private var lastCursor = 0
  private var gain: Gain
  private let scaled: UnsafeMutableRawBufferPointer

  init(
    configuration: PlayerConfiguration, desk: OutputDesk, inbox: Inbox, decoderWake: Wake,
    makeOutput: @escaping @Sendable (AudioFormat) throws -> any Output
  ) {
    self.configuration = configuration
    self.desk = desk
    self.inbox = inbox
    self.decoderWake = decoderWake
    self.makeOutput = makeOutput
    gain = Gain(volume: configuration.volume, rampLength: 882)
    scaled = .allocate(byteCount: 16384, alignment: 16)
  }

  deinit { scaled.deallocate() }

  /// The thread's body.
  func run() {
    while obey() {
      do throws(OutputError) { try turn() } catch { lose(error) }
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
      case .close:
        dropStream()
        output = nil
      case .quit: return false
      }
    }
    return true
  }

  private func begin(_ stream: SoundStream) {
    self.stream = stream
    reader = stream.takeReader()
    isFilling = true
  }

  private func dropStream() {
    stream?.stamp.store(0, ordering: .relaxed)
    if stream != nil { output?.drop() }
    stream = nil
    reader = nil
    following = nil
    isPaused = false
    setStarving(false)
  }

  /// One look at everything; ends with the wait that fits.
  private func turn() throws(OutputError) {
    guard let stream, reader != nil else { return pollWake(desk.wake.descriptor, timeout: nil) }
    guard try !pauseIfAsked(stream) else { return pollWake(desk.wake.descriptor, timeout: nil) }
    if isFilling, !isReady(stream) { return pollWake(desk.wake.descriptor, timeout: nil) }
    let output = try openOutput(stream)
    isFilling = false
    setStarving(false)
    let isFull = try fill(output, stream)
    try output.start()
    try publish(output, stream)
    if isFull { return try waitForRoom(output, stream) }
    if stream.phase.load(ordering: .acquiring) == .open { return try awaitSound(output, stream) }
    try drain(output, stream)
  }

  /// - Returns: whether it is paused now.
  private func pauseIfAsked(_ stream: SoundStream) throws(OutputError) -> Bool {
    let asked = desk.isPaused.load(ordering: .acquiring)
    guard asked != isPaused else { return asked }
    isPaused = asked
    guard let output else { return asked }
    if asked {
      try publish(output, stream)
      let unheard = try output.pause()
      reader?.takeBack(unheard)
      stream.stamp.store(0, ordering: .relaxed)
      // A device that holds its sound while it pauses says 0: then what was audible stands as just published.
      if unheard > 0 { stream.audible.store(reader?.cursor ?? 0, ordering: .releasing) }
    } else {
      try output.resume()
    }
    return asked
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

  private func openOutput(_ stream: SoundStream) throws(OutputError) -> any Output {
    if let output, outputFormat == stream.format { return output }
    output = nil
    let opened: any Output
    do {
      opened = try makeOutput(stream.format)
    } catch {
      opened = SilentOutput(format: stream.format, insteadOf: (error as? OutputError)?.reason ?? "\(error)")
    }
    output = opened
    outputFormat = stream.format
    inbox.post(.input(.outputOpened(opened.description)))
    return opened
  }
}

// Steady state: from here on nothing allocates or locks.
extension OutputLoop {
  /// Hands over what waits.
  /// - Returns: whether the device is full; if not, the ring is empty.
  private func fill(_ output: any Output, _ stream: SoundStream) throws(OutputError) -> Bool {
    gain.setVolume(desk.volume.load(ordering: .relaxed))
    // A device that takes everything at once must not keep us from orders: at most a ring of sound a turn.
    var rest = reader?.capacity ?? 0
    while rest > 0, (reader?.waiting ?? 0) > 0 {
      do throws(OutputError) {
        let taken = try reader?.read { (frames) throws(OutputError) in try hand(frames, to: output, stream.format) }
        stream.handed.store(reader?.cursor ?? 0, ordering: .relaxed)
        if (taken ?? 0) == 0 && (reader?.waiting ?? 0) > 0 { return true }
        rest -= taken ?? 0
        // A device without a clock takes everything: the decoder should not wait for the end of it.
        if !output.isPaced { try publish(output, stream) }
      } catch .underrun { countUnderrun() }
    }
    return false
  }

  /// Waits for the device. One that calls again and again but takes nothing must not burn this thread's priority.
  /// A frame that is watched for is waited for to the millisecond: listeners see the next track when they hear it.
  private func waitForRoom(_ output: any Output, _ stream: SoundStream) throws(OutputError) {
    let cursor = reader?.cursor ?? 0
    idleTurns = cursor == lastCursor ? idleTurns + 1 : 0
    lastCursor = cursor
    guard idleTurns < 8 else { return pollWake(desk.wake.descriptor, timeout: .milliseconds(10)) }
    let ahead = stream.watched.load(ordering: .acquiring) - stream.audible.load(ordering: .relaxed)
    let isNear = ahead >= 0 && ahead < stream.format.rate
    let timeout = isNear ? stream.format.duration(of: ahead + 1) + .milliseconds(1) : nil
    try output.wait(wake: desk.wake.descriptor, timeout: timeout)
  }

  private func hand(_ frames: UnsafeRawBufferPointer, to output: any Output, _ format: AudioFormat)
    throws(OutputError) -> Int
  {
    guard !gain.isUnity else { return try output.write(frames) }
    let size = format.bytesPerFrame
    let part = UnsafeRawBufferPointer(rebasing: frames.prefix(scaled.count / size * size))
    var after = gain
    after.scale(part, into: scaled, channels: format.channels)
    let taken = try output.write(UnsafeRawBufferPointer(rebasing: scaled[..<part.count]))
    if taken * size == part.count { gain = after } else { gain.skip(taken) }
    return taken
  }

  /// Says what is audible, and lets the decoder have the room behind it.
  private func publish(_ output: any Output, _ stream: SoundStream) throws(OutputError) {
    let cursor = reader?.cursor ?? 0
    let audible = max(cursor - (try output.delay()), reader?.released ?? 0)
    reader?.release(upTo: audible)
    stream.stamp.store(output.isPaced ? nanoseconds(monotonicNow()) : 0, ordering: .relaxed)
    stream.audible.store(audible, ordering: .releasing)
    if audible > stream.watched.load(ordering: .acquiring) {
      stream.watched.store(.max, ordering: .relaxed)
      inbox.wake.ring()
    }
    wakeDecoder(stream)
  }

  /// Wakes the decoder once half of the ring is free.
  private func wakeDecoder(_ stream: SoundStream) {
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    guard stream.writerWaits.load(ordering: .relaxed), let capacity = reader?.capacity,
      (reader?.space ?? 0) >= capacity / 2
    else { return }
    stream.writerWaits.store(false, ordering: .relaxed)
    decoderWake.ring()
  }

  /// The ring is empty and more should come: waits for it, at most until the device has run dry too.
  private func awaitSound(_ output: any Output, _ stream: SoundStream) throws(OutputError) {
    stream.readerWaits.store(true, ordering: .sequentiallyConsistent)
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    guard (reader?.waiting ?? 0) == 0, stream.phase.load(ordering: .acquiring) == .open else { return }
    guard output.isPaced else { return pollWake(desk.wake.descriptor, timeout: nil) }
    let left = try output.delay()
    guard left > 0 else {
      output.drop()
      countUnderrun()
      setStarving(true)
      isFilling = true
      stream.stamp.store(0, ordering: .relaxed)
      return
    }
    // Half of what is left, so that what was audible is let go in time and the decoder can fill the ring again.
    pollWake(desk.wake.descriptor, timeout: stream.format.duration(of: max(left / 2, stream.format.rate / 200)))
  }

  private func countUnderrun() {
    desk.underruns.wrappingAdd(1, ordering: .relaxed)
    inbox.wake.ring()
  }

  private func setStarving(_ starving: Bool) {
    guard desk.isStarving.load(ordering: .relaxed) != starving else { return }
    desk.isStarving.store(starving, ordering: .releasing)
    inbox.wake.ring()
  }
}

// The end of a stream, and of a device.
extension OutputLoop {
  private func drain(_ output: any Output, _ stream: SoundStream) throws(OutputError) {
    let left = try output.delay()
    guard try output.drain() else {
      let rest = stream.format.duration(of: left)
      return pollWake(desk.wake.descriptor, timeout: max(min(rest, .milliseconds(25)), .milliseconds(2)))
    }
    let end = reader?.cursor ?? 0
    reader?.release(upTo: end)
    stream.stamp.store(0, ordering: .relaxed)
    stream.audible.store(end, ordering: .releasing)
    inbox.wake.ring()
    guard stream.finish() else {
      isFilling = true
      return
    }
    inbox.post(.input(.finished(stream: stream.id)))
    self.stream = nil
    reader = nil
    if let following {
      self.following = nil
      begin(following)
    }
  }

  /// The device takes no more sound: the place is kept, and nothing sounds until the listener asks for it again.
  private func lose(_ error: OutputError) {
    guard case .lost(let reason) = error else { return countUnderrun() }
    output = nil
    let unheard = (reader?.cursor ?? 0) - (reader?.released ?? 0)
    reader?.takeBack(unheard)
    stream?.stamp.store(0, ordering: .relaxed)
    stream?.audible.store(reader?.cursor ?? 0, ordering: .releasing)
    isFilling = true
    isPaused = true
    desk.isPaused.store(true, ordering: .releasing)
    inbox.post(.input(.outputLost(reason)))
  }
}
