import Audio
import CALSA
import Glibc

/// The one owner of a `snd_pcm_t` for playback, non-blocking (alsa-lib, pcm.h).
struct PCM: ~Copyable {
  let handle: OpaquePointer

  /// - Parameter converting: whether ALSA's plugins may change rate, channels or format on the way to the device.
  init(device: String, converting: Bool) throws(OutputError) {
    var handle: OpaquePointer?
    let exact = SND_PCM_NO_AUTO_RESAMPLE | SND_PCM_NO_AUTO_CHANNELS | SND_PCM_NO_AUTO_FORMAT
    let mode = SND_PCM_NONBLOCK | (converting ? 0 : Int32(bitPattern: UInt32(exact)))
    let code = snd_pcm_open(&handle, device, SND_PCM_STREAM_PLAYBACK, mode)
    guard code >= 0, let handle else { throw refused(code) }
    self.handle = handle
  }

  deinit { snd_pcm_close(handle) }

  var state: snd_pcm_state_t { snd_pcm_state(handle) }
}

/// ALSA's reason for a negative code.
func lost(_ code: Int32) -> OutputError { .lost(reason(code)) }

/// Why a device could not be opened: no card of that name and no sound server, or one that is taken or forbidden.
private func refused(_ code: Int32) -> OutputError {
  switch -code {
  case ENOENT, ENODEV, ENXIO, ECONNREFUSED, EHOSTDOWN: .absent(reason(code))
  case EBUSY: .lost("another program has the device")
  case EACCES: .lost("this user may not use the device (is it in the group “audio”?)")
  default: .lost(reason(code))
  }
}

private func reason(_ code: Int32) -> String { String(cString: snd_strerror(code)) }

/// Throws for a negative code.
func check(_ code: Int32) throws(OutputError) { if code < 0 { throw lost(code) } }

/// ALSA writes to stderr, over the screen: once for the process, not any more.
let silenced: Void = dulcet_alsa_silence()
