package import Audio
import CALSA
import Glibc
package import Music
import Threading

/// Sound to a device of ALSA, in the track's own rate and channels where the device has them, else converted by ALSA.
///
/// It never blocks but in `wait`, and never writes to stderr. It lives on the output thread.
package final class ALSAOutput: Output {
  package let description: OutputDescription
  package let isPaced = true
  private let pcm: PCM
  private let shape: PCMShape
  private let bytesPerFrame: Int
  private let descriptors: UnsafeMutableBufferPointer<pollfd>
  private var isPausedByDevice = false
  /// The computer slept and the device is not back yet.
  private var isSuspended = false
  /// When a drain that does not end is given up.
  private var drainDeadline: Duration?

  /// - Parameter device: ALSA's name of it.
  /// - Throws: `.lost` with ALSA's reason when the device cannot be opened or does not take the format in any way.
  package init(device: String = "default", format: AudioFormat) throws(OutputError) {
    _ = silenced
    let opened = try OpenedPCM.open(device, format)
    description = OutputDescription(
      kind: .alsa, device: device, rate: opened.actual.rate, channels: opened.actual.channels,
      format: opened.actual.name)
    shape = opened.shape
    pcm = opened.takePCM()
    bytesPerFrame = format.bytesPerFrame
    let count = max(Int(snd_pcm_poll_descriptors_count(pcm.handle)), 0)
    descriptors = .allocate(capacity: count + 1)
    descriptors.initialize(repeating: pollfd())
    snd_pcm_poll_descriptors(pcm.handle, descriptors.baseAddress! + 1, UInt32(count))
  }

  deinit { descriptors.deallocate() }

  package func write(_ frames: UnsafeRawBufferPointer) throws(OutputError) -> Int {
    if isSuspended, !(try wakeUp()) { return 0 }
    let count = frames.count / bytesPerFrame
    guard count > 0 else { return 0 }
    let wrote = snd_pcm_writei(pcm.handle, frames.baseAddress, snd_pcm_uframes_t(count))
    if wrote >= 0 { return wrote }
    return try recover(Int32(wrote))
  }

  /// After a write that failed: 0 where another may go well a little later.
  private func recover(_ code: Int32) throws(OutputError) -> Int {
    switch -code {
    case EAGAIN, EINTR:
      return 0
    case EPIPE:
      try check(snd_pcm_prepare(pcm.handle))
      throw .underrun
    case ESTRPIPE:
      isSuspended = true
      return 0
    case EBADFD where pcm.state == SND_PCM_STATE_SETUP:
      try check(snd_pcm_prepare(pcm.handle))
      return 0
    default:
      throw lost(code)
    }
  }

  /// - Returns: whether the device is back after the computer slept.
  private func wakeUp() throws(OutputError) -> Bool {
    let code = snd_pcm_resume(pcm.handle)
    guard code != -EAGAIN else { return false }
    isSuspended = false
    guard code < 0 else { return true }
    try check(snd_pcm_prepare(pcm.handle))
    throw .underrun
  }

  package func delay() throws(OutputError) -> Int {
    var frames: snd_pcm_sframes_t = 0
    let code = snd_pcm_delay(pcm.handle, &frames)
    switch -code {
    case EPIPE, ESTRPIPE, EBADFD: return 0
    case let error where error > 0 && error != EAGAIN: throw lost(code)
    default: return max(frames, 0)
    }
  }

  package func start() throws(OutputError) {
    guard pcm.state == SND_PCM_STATE_PREPARED else { return }
    let code = snd_pcm_start(pcm.handle)
    if code == -EPIPE {
      try check(snd_pcm_prepare(pcm.handle))
      throw .underrun
    }
    try check(code)
  }

  package func wait(wake: Int32, timeout: Duration?) throws(OutputError) {
    if isSuspended { return pollWake(wake, timeout: min(timeout ?? .milliseconds(200), .milliseconds(200))) }
    // Full and not started by itself: no device would ever call.
    if pcm.state == SND_PCM_STATE_PREPARED { try start() }
    // A device that forgets to call is looked after all the same.
    let deadline = monotonicNow() + min(max(timeout ?? .seconds(2), .milliseconds(1)), .seconds(2))
    while try !isReady(wake: wake, deadline: deadline) {}
  }

  /// One poll(2). Shared devices (`dmix`) call for each of their own periods, however small: there is room only where
  /// ALSA says so, and until then this is asked again.
  private func isReady(wake: Int32, deadline: Duration) throws(OutputError) -> Bool {
    descriptors[0] = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
    let left = deadline - monotonicNow()
    guard left > .zero else { return true }
    let count = poll(descriptors.baseAddress!, nfds_t(descriptors.count), pollMilliseconds(left))
    if count <= 0 || descriptors[0].revents != 0 { return true }
    var events: UInt16 = 0
    let rest = UInt32(descriptors.count - 1)
    guard snd_pcm_poll_descriptors_revents(pcm.handle, descriptors.baseAddress! + 1, rest, &events) >= 0 else {
      return true
    }
    if events & UInt16(POLLERR | POLLHUP | POLLNVAL) != 0 {
      if pcm.state == SND_PCM_STATE_DISCONNECTED { throw lost(-ENODEV) }
      return true
    }
    return events & UInt16(POLLOUT) != 0
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
    try check(snd_pcm_pause(pcm.handle, 0))
  }

  package func drop() {
    isPausedByDevice = false
    isSuspended = false
    drainDeadline = nil
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
