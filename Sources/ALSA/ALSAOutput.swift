package import Audio
import CALSA
import Glibc
package import Music
import Threading

/// Sound to a device of ALSA, in the track's own rate, channels and format where the device has them, else converted by
/// ALSA.
///
/// It never blocks but in `wait`, and never writes to stderr. It lives on the output thread.
package final class ALSAOutput: Output {
  package let description: OutputDescription
  package let isPaced = true
  package let canRewind: Bool
  let pcm: PCM
  let shape: PCMShape
  let bytesPerFrame: Int
  let descriptors: UnsafeMutableBufferPointer<pollfd>
  var isPausedByDevice = false
  /// When the computer was found to have slept, while the device is not back yet; and how long to wait before the next try.
  var suspendedSince: Duration?
  var napLength = Duration.milliseconds(10)
  /// When a drain that does not end is given up.
  var drainDeadline: Duration?
  /// Frames written since it was last empty, and the last answer to how many of them are not audible.
  var handed = 0
  var lastDelay = 0
  /// The most frames that were audible, and since when.
  var heard = 0
  var movedAt = Duration.zero
  /// Calls without room: a device that calls for each of its own periods is waited for by the clock.
  var falseCalls = 0

  /// - Parameter device: ALSA's name of it.
  /// - Throws: `.absent` or `.lost`, with ALSA's reason, when the device cannot be opened or takes the format in no way.
  package init(device: String = "default", format: AudioFormat) throws(OutputError) {
    _ = silenced
    let opened = try OpenedPCM.open(device, format)
    description = OutputDescription(device: device, format: format, path: opened.path)
    shape = opened.shape
    canRewind = opened.path.canRewind
    pcm = opened.takePCM()
    bytesPerFrame = format.bytesPerFrame
    let count = max(Int(snd_pcm_poll_descriptors_count(pcm.handle)), 0)
    descriptors = .allocate(capacity: count + 1)
    descriptors.initialize(repeating: pollfd())
    snd_pcm_poll_descriptors(pcm.handle, descriptors.baseAddress! + 1, UInt32(count))
  }

  deinit { descriptors.deallocate() }

  package func write(_ frames: UnsafeRawBufferPointer) throws(OutputError) -> Int {
    if suspendedSince != nil, !(try wakeUp()) { return 0 }
    let count = frames.count / bytesPerFrame
    guard count > 0 else { return 0 }
    let wrote = snd_pcm_writei(pcm.handle, frames.baseAddress, snd_pcm_uframes_t(count))
    guard wrote >= 0 else { return try recover(Int32(wrote)) }
    if handed == 0 { movedAt = monotonicNow() }
    handed += wrote
    return wrote
  }

  /// After a write that failed: 0 where another may go well a little later.
  private func recover(_ code: Int32) throws(OutputError) -> Int {
    switch -code {
    case EAGAIN, EINTR:
      return 0
    case EPIPE:
      try prepare()
      throw .underrun
    case ESTRPIPE:
      suspend()
      return 0
    case EBADFD where pcm.state == SND_PCM_STATE_SETUP:
      try prepare()
      return 0
    default:
      throw lost(code)
    }
  }

  /// Empty, and ready for more.
  private func prepare() throws(OutputError) {
    forget()
    try check(snd_pcm_prepare(pcm.handle))
  }

  private func forget() {
    (handed, lastDelay, heard) = (0, 0, 0)
    movedAt = monotonicNow()
    isPausedByDevice = false
    suspendedSince = nil
    drainDeadline = nil
  }

  package func delay() throws(OutputError) -> Int {
    var frames: snd_pcm_sframes_t = 0
    let code = snd_pcm_delay(pcm.handle, &frames)
    switch -code {
    case EPIPE: lastDelay = 0
    case ESTRPIPE: suspend()
    case EBADFD where pcm.state == SND_PCM_STATE_SETUP: lastDelay = 0
    case let error where error > 0 && error != EAGAIN && error != EBADFD: throw lost(code)
    case EAGAIN, EBADFD: break
    default: lastDelay = max(frames, 0)
    }
    let state = pcm.state
    if state == SND_PCM_STATE_SUSPENDED { suspend() }
    if handed - lastDelay > heard || state != SND_PCM_STATE_RUNNING { movedAt = monotonicNow() }
    heard = max(heard, handed - lastDelay)
    return lastDelay
  }

  package func start() throws(OutputError) {
    guard handed > 0, pcm.state == SND_PCM_STATE_PREPARED else { return }
    movedAt = monotonicNow()
    let code = snd_pcm_start(pcm.handle)
    if code == -EPIPE {
      try prepare()
      throw .underrun
    }
    try check(code)
  }

  package func rewind(_ most: Int, keeping kept: Int) throws(OutputError) -> Int {
    guard canRewind, suspendedSince == nil, snd_pcm_avail_update(pcm.handle) >= 0 else { return 0 }
    let count = min(snd_pcm_rewindable(pcm.handle) - kept, most)
    guard count > 0 else { return 0 }
    let taken = max(snd_pcm_rewind(pcm.handle, snd_pcm_uframes_t(count)), 0)
    handed -= taken
    return taken
  }

  package func pause() throws(OutputError) -> Int {
    if shape.canPause, pcm.state == SND_PCM_STATE_RUNNING, snd_pcm_pause(pcm.handle, 1) >= 0 {
      isPausedByDevice = true
      return 0
    }
    let unheard = try delay()
    drop()
    return unheard
  }

  package func resume() throws(OutputError) {
    guard isPausedByDevice else { return }
    isPausedByDevice = false
    movedAt = monotonicNow()
    guard snd_pcm_pause(pcm.handle, 0) < 0 else { return }
    // It slept meanwhile, or forgot. One that is gone says so at the next write.
    drop()
    throw .interrupted
  }

  package func drop() {
    forget()
    snd_pcm_drop(pcm.handle)
    snd_pcm_prepare(pcm.handle)
  }

  package func drain() throws(OutputError) -> Bool {
    let now = monotonicNow()
    let deadline =
      drainDeadline ?? now + .seconds(2) + .milliseconds(shape.bufferFrames * 2000 / max(shape.rate, 1))
    drainDeadline = deadline
    // The first call begins it; a device that takes its time answers EAGAIN and leaves the state when it is done.
    let code = snd_pcm_drain(pcm.handle)
    let isOver = code == 0 || pcm.state != SND_PCM_STATE_DRAINING || now >= deadline
    if code < 0, code != -EAGAIN, code != -EPIPE, code != -EBADFD, code != -ESTRPIPE { throw lost(code) }
    if isOver { drop() }
    return isOver
  }
}

// The computer slept.
extension ALSAOutput {
  func suspend() {
    guard suspendedSince == nil else { return }
    suspendedSince = monotonicNow()
    napLength = .milliseconds(10)
  }

  /// - Returns: whether the device is back after the computer slept. Asked again after a while, each time a longer one.
  /// - Throws: `.interrupted` when it cannot go on where it was, or has not for five seconds.
  private func wakeUp() throws(OutputError) -> Bool {
    guard let suspendedSince else { return true }
    let code = snd_pcm_resume(pcm.handle)
    let isAsleep = code == -EAGAIN || (code >= 0 && pcm.state == SND_PCM_STATE_SUSPENDED)
    if isAsleep, monotonicNow() < suspendedSince + .seconds(5) { return false }
    self.suspendedSince = nil
    movedAt = monotonicNow()
    if code >= 0, !isAsleep { return true }
    try prepare()
    throw .interrupted
  }
}

extension OutputDescription {
  /// `path` is ALSA's; what it cannot tell is as it was asked for.
  fileprivate init(device: String, format: AudioFormat, path: PCMPath) {
    let isAsAsked = path.rate == format.rate && path.channels == format.channels && path.format == format.sample.name
    let isKnown = path.rate > 0 && path.channels > 0 && !path.format.isEmpty
    self.init(
      kind: .alsa, device: device, rate: isKnown ? path.rate : format.rate,
      channels: isKnown ? path.channels : format.channels, format: isKnown ? path.format : format.sample.name)
    periodFrames = path.periodFrames
    bufferFrames = path.bufferFrames
    if isKnown, !isAsAsked { conversion = "\(path.format), \(path.rate) Hz, \(path.channels) channels" }
  }
}
