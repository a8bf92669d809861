import Audio
import Glibc

/// Looks at the directory of sound devices (inotify(7)): a card that is plugged in appears there and is given to the
/// user a moment later; one that another program has had is closed. It costs nothing while nothing happens.
package final class ALSAWatch: OutputWatch {
  package let descriptor: Int32

  /// nil where there is no such directory.
  package init?(directory: String = "/dev/snd") {
    descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    let events = UInt32(IN_CREATE) | UInt32(IN_ATTRIB) | UInt32(IN_CLOSE_WRITE)
    if inotify_add_watch(descriptor, directory, events) < 0 {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }

  package func take() -> Bool {
    var isThere = false
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: MemoryLayout<inotify_event>.alignment) { buffer in
      while true {
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        guard count > 0 else { return }
        if Self.namesPlayback(UnsafeRawBufferPointer(rebasing: buffer[..<count])) { isThere = true }
      }
    }
    return isThere
  }

  /// Whether one of the events is about a device that plays: `pcmC1D0p`.
  private static func namesPlayback(_ events: UnsafeRawBufferPointer) -> Bool {
    var offset = 0
    let header = MemoryLayout<inotify_event>.size
    while offset + header <= events.count {
      let length = Int(events.loadUnaligned(fromByteOffset: offset, as: inotify_event.self).len)
      guard offset + header + length <= events.count else { return false }
      let name = events[(offset + header)..<(offset + header + length)].prefix { $0 != 0 }
      if name.starts(with: "pcm".utf8), name.last == UInt8(ascii: "p") { return true }
      offset += header + length
    }
    return false
  }
}
