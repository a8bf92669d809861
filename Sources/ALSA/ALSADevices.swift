import CALSA
import Glibc

/// A device that music can go to.
package struct ALSADevice: Hashable, Sendable {
  /// ALSA's name for it, for `setOutput`.
  package var name: String
  /// For people: `HDA Intel PCH, ALC257 Analog: Default Audio Device`.
  package var description: String
}

/// The devices that ALSA's configuration knows at this moment, cards and sound servers.
package enum ALSADevices {
  /// The system's default first, the rest as ALSA tells them. It reads configuration files: not on the loop's thread.
  package static func list() -> [ALSADevice] {
    _ = silenced
    var hints: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    guard snd_device_name_hint(-1, "pcm", &hints) >= 0, let hints else { return [] }
    defer { snd_device_name_free_hint(hints) }
    var devices: [ALSADevice] = []
    var next = hints
    while let hint = next.pointee {
      if let device = ALSADevice(hint: hint), !devices.contains(where: { $0.name == device.name }) {
        devices.append(device)
      }
      next += 1
    }
    let rest = devices.filter { $0.name != "default" }
    let standard = devices.first { $0.name == "default" } ?? ALSADevice(name: "default", description: "")
    return [ALSADevice(name: "default", description: standard.descriptionOfDefault)] + rest
  }
}

extension ALSADevice {
  /// nil for what does not play, and for what is no place to send music to.
  fileprivate init?(hint: UnsafeMutableRawPointer) {
    guard let name = text("NAME", of: hint), text("IOID", of: hint) != "Input" else { return nil }
    let kind = name.prefix { $0 != ":" }
    guard !Self.uselessKinds.contains(String(kind)), !kind.hasPrefix("surround") else { return nil }
    self.name = name
    description = (text("DESC", of: hint) ?? name).split(separator: "\n").joined(separator: ": ")
  }

  /// Plugins of ALSA's that are no device of their own, and devices that only record or have more channels than music.
  private static let uselessKinds: Set<String> = [
    "null", "dsnoop", "usbstream", "lavrate", "samplerate", "speexrate", "speex", "upmix", "vdownmix", "oss", "jack",
  ]

  fileprivate var descriptionOfDefault: String { description.isEmpty ? "The system’s choice" : description }
}

private func text(_ key: String, of hint: UnsafeMutableRawPointer) -> String? {
  guard let text = snd_device_name_get_hint(hint, key) else { return nil }
  defer { free(text) }
  return String(cString: text)
}
