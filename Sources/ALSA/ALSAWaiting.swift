package import Audio
import CALSA
import Glibc
import Threading

// Waiting for room: by the device's own call where it keeps to what it was asked, by the clock where it calls oftener.
extension ALSAOutput {
  package func wait(wake: Int32, timeout: Duration?) throws(OutputError) {
    if suspendedSince != nil { return nap(wake, timeout) }
    // Full and not started by itself: no device would ever call.
    if pcm.state == SND_PCM_STATE_PREPARED { try start() }
    let start = monotonicNow()
    // A healthy device is heard of long before.
    let stuckAt = movedAt + Self.patience
    let deadline = min(timeout.map { start + max($0, .milliseconds(1)) } ?? stuckAt, stuckAt)
    while try !isReady(wake: wake, deadline: deadline) {}
    if monotonicNow() >= stuckAt, pcm.state == SND_PCM_STATE_RUNNING {
      let before = heard
      if try delay() > 0, heard <= before { throw .stuck }
    }
  }

  /// How long a device may stand still.
  private static var patience: Duration { .milliseconds(2500) }

  /// After the computer slept: longer each time.
  private func nap(_ wake: Int32, _ timeout: Duration?) {
    pollWake(wake, timeout: min(timeout ?? napLength, napLength))
    napLength = min(napLength * 2, .milliseconds(500))
  }

  /// One poll(2).
  private func isReady(wake: Int32, deadline: Duration) throws(OutputError) -> Bool {
    let room = snd_pcm_avail_update(pcm.handle)
    // `write` finds out why.
    guard room >= 0 else { return true }
    guard room < shape.wakeFrames else { return true }
    let left = deadline - monotonicNow()
    guard left > .zero else { return true }
    if falseCalls >= 3 {
      let untilRoom = Duration.nanoseconds((shape.wakeFrames - room) * 1_000_000_000 / shape.rate)
      pollWake(wake, timeout: min(untilRoom, left))
      return true
    }
    descriptors[0] = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
    let count = poll(descriptors.baseAddress!, nfds_t(descriptors.count), pollMilliseconds(left))
    if count <= 0 || descriptors[0].revents != 0 { return true }
    return try isCalled()
  }

  /// What the device's descriptors mean.
  private func isCalled() throws(OutputError) -> Bool {
    var events: UInt16 = 0
    let rest = UInt32(descriptors.count - 1)
    let code = snd_pcm_poll_descriptors_revents(pcm.handle, descriptors.baseAddress! + 1, rest, &events)
    switch pcm.state {
    case SND_PCM_STATE_DISCONNECTED: throw lost(-ENODEV)
    case SND_PCM_STATE_RUNNING: break
    default: return true
    }
    let isFaulty = code < 0 || events & UInt16(POLLERR | POLLHUP | POLLNVAL) != 0
    // Converters count in periods: one more or less is no matter.
    if !isFaulty, snd_pcm_avail_update(pcm.handle) + shape.periodFrames >= shape.wakeFrames { return true }
    // It called, and there is no room: then the clock says when to look again.
    falseCalls += 1
    return false
  }
}
