import Audio
import Music
import Synchronization
import Threading

// Steady state: nothing here allocates or locks, but for the end of a stream.
extension OutputLoop {
  /// Hands over what waits.
  /// - Returns: whether the device is full; if not, the ring is empty.
  func fill(_ output: any Output, _ stream: SoundStream) throws(OutputError) -> Bool {
    // A device that takes everything at once must not keep us from orders: at most a ring of sound a turn.
    var rest = reader?.capacity ?? 0
    if isNimble { rest = max(Self.nimbleFrames(stream) - (try output.delay()), 0) }
    while (reader?.waiting ?? 0) > 0 {
      guard rest > 0 else { return isNimble }
      do throws(OutputError) {
        let cursor = reader?.cursor ?? 0
        let taken = try reader?.read(atMost: rest) { (frames) throws(OutputError) in
          let count = try hand(frames, from: cursor, to: output, stream.format)
          let taken = UnsafeRawBufferPointer(rebasing: frames.prefix(count * stream.format.bytesPerFrame))
          desk.tap.write(taken, from: cursor, of: stream.id, stream.format)
          return count
        }
        stream.handed.store(reader?.cursor ?? 0, ordering: .relaxed)
        if (taken ?? 0) == 0 && (reader?.waiting ?? 0) > 0 { return true }
        rest -= taken ?? 0
        // A device without a clock takes everything: the decoder should not wait for the end of it.
        if !output.isPaced { try publish(output, stream) }
      } catch .underrun { countUnderrun() }
    }
    return false
  }

  private func hand(_ frames: UnsafeRawBufferPointer, from cursor: Int, to output: any Output, _ format: AudioFormat)
    throws(OutputError) -> Int
  {
    guard !gain.isUnity(from: cursor) else { return try output.write(frames) }
    let size = format.bytesPerFrame
    let part = UnsafeRawBufferPointer(rebasing: frames.prefix(scaled.count / size * size))
    gain.scale(part, into: scaled, format: format, from: cursor)
    return try output.write(UnsafeRawBufferPointer(rebasing: scaled[..<part.count]))
  }

  /// Waits for the device. One that calls again and again but takes nothing must not burn this thread's priority.
  /// A frame that is watched for is waited for to the millisecond: listeners see the next track when they hear it.
  func waitForRoom(_ output: any Output, _ stream: SoundStream) throws(OutputError) {
    let cursor = reader?.cursor ?? 0
    idleTurns = cursor == lastCursor ? idleTurns + 1 : 0
    lastCursor = cursor
    let isIdle = idleTurns >= 8
    if isNimble || isIdle { pollWake(desk.wake.descriptor, timeout: .milliseconds(isIdle ? 10 : 40)) }
    if isNimble { return }
    try output.wait(wake: desk.wake.descriptor, timeout: isIdle ? .zero : timeToEvent(stream))
  }

  /// How long until a frame is audible for which something is to be done; nil: none within a second.
  private func timeToEvent(_ stream: SoundStream) -> Duration? {
    let audible = stream.audible.load(ordering: .relaxed)
    var ahead = stream.watched.load(ordering: .acquiring) - audible
    if ahead < 0 { ahead = .max }
    if fading != .none { ahead = min(ahead, max(gain.fade.end - audible, 0)) }
    return ahead < stream.format.rate ? stream.format.duration(of: ahead + 1) + .milliseconds(1) : nil
  }

  /// Says what is audible, and lets the decoder have the room behind it.
  func publish(_ output: any Output, _ stream: SoundStream) throws(OutputError) {
    let cursor = reader?.cursor ?? 0
    let delay = try output.delay()
    let audible = max(cursor - delay, reader?.released ?? 0)
    reader?.release(upTo: audible)
    let now = monotonicNow()
    stream.stamp.store(output.isPaced ? nanoseconds(now) : 0, ordering: .relaxed)
    stream.audible.store(audible, ordering: .releasing)
    let latency = stream.format.duration(of: delay)
    desk.latency.store(nanoseconds(latency), ordering: .relaxed)
    if !isContinuing { soundUntil = now + latency }
    if audible > stream.watched.load(ordering: .acquiring) {
      stream.watched.store(.max, ordering: .relaxed)
      inbox.wake.ring()
    }
    wakeDecoder(stream)
  }

  /// Wakes the decoder once half of the ring is free.
  func wakeDecoder(_ stream: SoundStream) {
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    guard stream.writerWaits.load(ordering: .relaxed), let capacity = reader?.capacity,
      (reader?.space ?? 0) >= capacity / 2
    else { return }
    stream.writerWaits.store(false, ordering: .relaxed)
    decoderWake.ring()
  }

  /// The ring is empty and more should come: waits for it, at most until the device has run dry too.
  func awaitSound(_ output: any Output, _ stream: SoundStream) throws(OutputError) {
    guard asksForSound(stream), stream.phase.load(ordering: .acquiring) == .open else { return }
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

  /// Has the decoder ring when there is more; false when there is more already.
  private func asksForSound(_ stream: SoundStream) -> Bool {
    stream.readerWaits.store(true, ordering: .sequentiallyConsistent)
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    return (reader?.waiting ?? 0) == 0
  }

  func countUnderrun() {
    desk.underruns.wrappingAdd(1, ordering: .relaxed)
    continueLater(at: reader?.cursor ?? 0)
    inbox.wake.ring()
  }

  /// What comes next follows what sounded, after a silence.
  func continueLater(at frame: Int) {
    isContinuing = soundUntil != nil
    continuesAt = frame
  }

  func setStarving(_ starving: Bool) {
    guard desk.isStarving.load(ordering: .relaxed) != starving else { return }
    desk.isStarving.store(starving, ordering: .releasing)
    inbox.wake.ring()
  }

  /// Sound goes on after a silence: how long that was.
  func tellSilence(_ stream: SoundStream) {
    isContinuing = false
    let silence = max(monotonicNow() - (soundUntil ?? monotonicNow()), .zero)
    desk.silentFrames.store(stream.format.frameCount(in: silence), ordering: .relaxed)
    desk.reopening.store(isReopening ? max(nanoseconds(silence), 1) : 0, ordering: .relaxed)
    desk.silentPlace.store(continuesAt, ordering: .relaxed)
    desk.silentStream.store(stream.id, ordering: .releasing)
    isReopening = false
  }
}

// The end of a stream.
extension OutputLoop {
  func drain(_ output: any Output, _ stream: SoundStream) throws(OutputError) {
    // Written, and ended, since we looked.
    guard (reader?.waiting ?? 0) == 0 else { return }
    let left = try output.delay()
    // A device that drains takes nothing more: as long as there is time, the next track may still join on.
    let last = stream.format.rate / 50
    if output.isPaced, left > last {
      guard asksForSound(stream), stream.phase.load(ordering: .acquiring) == .ended else { return }
      let untilLast = stream.format.duration(of: left - last) + .milliseconds(1)
      return pollWake(desk.wake.descriptor, timeout: min(untilLast, timeToEvent(stream) ?? untilLast))
    }
    guard try output.drain() else {
      let rest = stream.format.duration(of: left)
      return pollWake(desk.wake.descriptor, timeout: max(min(rest, .milliseconds(25)), .milliseconds(2)))
    }
    finish(stream)
  }

  private func finish(_ stream: SoundStream) {
    let end = reader?.cursor ?? 0
    reader?.release(upTo: end)
    stream.stamp.store(0, ordering: .relaxed)
    stream.audible.store(end, ordering: .releasing)
    inbox.wake.ring()
    guard stream.finish() else {
      isFilling = true
      continueLater(at: end)
      return
    }
    inbox.post(.input(.finished(stream: stream.id)))
    gain.rebase(from: end, to: 0)
    self.stream = nil
    reader = nil
    if let following {
      self.following = nil
      begin(following)
    }
  }
}
