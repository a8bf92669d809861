import Audio
import Glibc
import Music
import Synchronization
import Threading

// Devices: opened, exchanged, lost and found again.
extension OutputLoop {
  func openOutput(_ stream: SoundStream) throws(OutputError) -> any Output {
    if let output, outputFormat == stream.format { return output }
    isReopening = output != nil && isContinuing
    output = nil
    let opened: any Output
    do throws(OutputError) { opened = try open(device, stream.format) } catch {
      // A computer without any device lets the clock run; one that had a device waits for it.
      guard case .absent(let reason) = error, !hasOpened else { throw error }
      opened = SilentOutput(format: stream.format, insteadOf: reason)
    }
    take(opened, stream.format)
    return opened
  }

  private func open(_ device: String?, _ format: AudioFormat) throws(OutputError) -> any Output {
    do {
      let opened = try outputs.open(device, format)
      hasOpened = true
      return opened
    } catch {
      throw (error as? OutputError) ?? .lost("\(error)")
    }
  }

  private func take(_ opened: any Output, _ format: AudioFormat) {
    output = opened
    outputFormat = format
    isLost = false
    watch = nil
    inbox.post(.input(.outputOpened(opened.description)))
  }

  /// Sound goes on at another device from where it is; the present one sounds until that is open.
  func switchDevice(to name: String) {
    let format = stream?.format ?? outputFormat ?? AudioFormat(rate: 44100, channels: 2)
    do throws(OutputError) { try move(to: try open(name, format), format) } catch {
      if case .absent(let reason) = error { return refuse(name, reason) }
      // It may be the same card under another name, which only one can have.
      guard output != nil else { return refuse(name, error.reason) }
      leaveOutput()
      output = nil
      do throws(OutputError) { try move(to: try open(name, format), format) } catch {
        return refuse(name, error.reason)
      }
    }
    device = name
  }

  private func move(to opened: any Output, _ format: AudioFormat) throws(OutputError) {
    leaveOutput()
    let wasLost = isLost
    // Without a stream it was opened only to see whether it can be.
    guard stream != nil else { return output = nil }
    take(opened, format)
    stuckFrame = nil
    if wasLost { inbox.post(.input(.outputReturned)) }
  }

  private func refuse(_ name: String, _ reason: String) { inbox.post(.input(.outputRefused(name, reason))) }

  /// Takes everything back that the device would still play.
  private func leaveOutput() {
    guard let output, let stream else { return }
    let unheard = (try? output.delay()) ?? 0
    output.drop()
    reader?.takeBack(unheard)
    stream.stamp.store(0, ordering: .relaxed)
    stream.audible.store(reader?.cursor ?? 0, ordering: .releasing)
  }
}

// Trouble.
extension OutputLoop {
  func recover(_ error: OutputError) {
    switch error {
    case .underrun: countUnderrun()
    // It stood still since it was last looked at.
    case .interrupted: takeBack(from: stream?.audible.load(ordering: .relaxed) ?? 0)
    case .stuck:
      let place = stream?.audible.load(ordering: .relaxed) ?? 0
      // Once may help. Then it is as good as gone, and nothing would say when it is back.
      if let stuckFrame, place < stuckFrame + (stream?.format.rate ?? 0) {
        return lose(error.reason, at: place, awaiting: false)
      }
      stuckFrame = place
      takeBack(from: place)
      output = nil
    case .lost(let reason), .absent(let reason):
      // By the clock: the device does not tell any more.
      lose(reason, at: stream?.audibleNow() ?? 0, awaiting: true)
    }
  }

  /// The device takes no more sound: the place is kept, and nothing sounds until it is back or the listener asks.
  private func lose(_ reason: String, at place: Int, awaiting: Bool) {
    takeBack(from: place)
    output = nil
    endFade()
    isFilling = true
    isPaused = true
    desk.isPaused.store(true, ordering: .releasing)
    inbox.post(.input(.outputLost(reason)))
    isLost = awaiting
    watch = awaiting ? watch ?? outputs.watch() : nil
    // It may have been back before anybody looked.
    if watch != nil { tryReturn() }
  }

  private func takeBack(from place: Int) {
    guard let stream else { return }
    let count = (reader?.cursor ?? 0) - place
    reader?.takeBack(count)
    stream.stamp.store(0, ordering: .relaxed)
    stream.audible.store(reader?.cursor ?? 0, ordering: .releasing)
    soundUntil = nil
  }

  /// Opens the device that was lost, if it is there again.
  func tryReturn() {
    guard isLost, let stream, let watch else { return }
    guard let opened = try? open(device, stream.format) else {
      // The attempt itself may have stirred the watch.
      _ = watch.take()
      return
    }
    take(opened, stream.format)
    inbox.post(.input(.outputReturned))
  }

  func giveUpDevice() {
    isLost = false
    watch = nil
  }
}

/// Blocks until one of two descriptors is readable: poll(2).
/// - Returns: whether the first is.
func pollEither(_ one: Int32, _ other: Int32) -> Bool {
  withUnsafeTemporaryAllocation(of: pollfd.self, capacity: 2) { descriptors in
    descriptors[0] = pollfd(fd: one, events: Int16(POLLIN), revents: 0)
    descriptors[1] = pollfd(fd: other, events: Int16(POLLIN), revents: 0)
    return poll(descriptors.baseAddress, 2, -1) > 0 && descriptors[0].revents != 0
  }
}
