import Audio
import CALSA

/// What a device was set to.
struct PCMShape {
  var rate: Int
  var channels: Int
  var bufferFrames: Int
  var periodFrames: Int
  var canPause: Bool
}

extension PCM {
  /// Sets format, rate and channels exactly, the buffer as near as can be to three periods of 100 ms: few wake-ups, and
  /// a thread that is 200 ms late is not heard.
  borrowing func configure(_ format: AudioFormat) throws(OutputError) -> PCMShape {
    let hardware = HardwareParameters()
    try hardware.fill(self)
    try hardware.set(self, format)
    var period = snd_pcm_uframes_t(format.rate / 10)
    var buffer = snd_pcm_uframes_t(format.rate / 10 * 3)
    // Either may be refused by a device with one size of its own: then its own it is.
    _ = snd_pcm_hw_params_set_period_size_near(handle, hardware.pointer, &period, nil)
    _ = snd_pcm_hw_params_set_buffer_size_near(handle, hardware.pointer, &buffer)
    try check(snd_pcm_hw_params(handle, hardware.pointer))
    try check(snd_pcm_hw_params_get_period_size(hardware.pointer, &period, nil))
    try check(snd_pcm_hw_params_get_buffer_size(hardware.pointer, &buffer))
    try configureSoftware(period: period, buffer: buffer, wanted: snd_pcm_uframes_t(format.rate / 10))
    return PCMShape(
      rate: format.rate, channels: format.channels, bufferFrames: Int(buffer), periodFrames: Int(period),
      canPause: snd_pcm_hw_params_can_pause(hardware.pointer) == 1)
  }

  /// The shape nearest to `format` that the device has without conversion; nil when it cannot be told.
  borrowing func nearest(to format: AudioFormat) -> (rate: Int, channels: Int, name: String)? {
    let hardware = HardwareParameters()
    guard (try? hardware.fill(self)) != nil else { return nil }
    var rate = UInt32(format.rate)
    var channels = UInt32(format.channels)
    var sample = SND_PCM_FORMAT_S16_LE
    if snd_pcm_hw_params_test_format(handle, hardware.pointer, sample) < 0 {
      snd_pcm_hw_params_set_format_last(handle, hardware.pointer, &sample)
    } else {
      snd_pcm_hw_params_set_format(handle, hardware.pointer, sample)
    }
    guard snd_pcm_hw_params_set_channels_near(handle, hardware.pointer, &channels) >= 0,
      snd_pcm_hw_params_set_rate_near(handle, hardware.pointer, &rate, nil) >= 0
    else { return nil }
    return (Int(rate), Int(channels), snd_pcm_format_name(sample).map { String(cString: $0) } ?? "?")
  }

  /// Wakes us for `wanted` frames at a time; starts by itself only when full; plays silence, not old sound, behind the last frame.
  private borrowing func configureSoftware(
    period: snd_pcm_uframes_t, buffer: snd_pcm_uframes_t, wanted: snd_pcm_uframes_t
  ) throws(OutputError) {
    var parameters: OpaquePointer?
    try check(snd_pcm_sw_params_malloc(&parameters))
    defer { snd_pcm_sw_params_free(parameters) }
    try check(snd_pcm_sw_params_current(handle, parameters))
    // Not oftener than ten times a second, were the device's own period ever so small.
    try check(snd_pcm_sw_params_set_avail_min(handle, parameters, max(period, min(wanted, buffer / 2))))
    try check(snd_pcm_sw_params_set_start_threshold(handle, parameters, buffer))
    var boundary: snd_pcm_uframes_t = 0
    if snd_pcm_sw_params_get_boundary(parameters, &boundary) >= 0 {
      _ = snd_pcm_sw_params_set_silence_size(handle, parameters, boundary)
    }
    try check(snd_pcm_sw_params(handle, parameters))
  }
}

/// The one owner of a `snd_pcm_hw_params_t`.
private struct HardwareParameters: ~Copyable {
  let pointer: OpaquePointer

  init() {
    var pointer: OpaquePointer?
    snd_pcm_hw_params_malloc(&pointer)
    self.pointer = pointer!
  }

  deinit { snd_pcm_hw_params_free(pointer) }

  /// Everything the device can do, interleaved.
  func fill(_ pcm: borrowing PCM) throws(OutputError) {
    try check(snd_pcm_hw_params_any(pcm.handle, pointer))
    try check(snd_pcm_hw_params_set_access(pcm.handle, pointer, SND_PCM_ACCESS_RW_INTERLEAVED))
  }

  func set(_ pcm: borrowing PCM, _ format: AudioFormat) throws(OutputError) {
    try check(snd_pcm_hw_params_set_format(pcm.handle, pointer, SND_PCM_FORMAT_S16_LE))
    try check(snd_pcm_hw_params_set_channels(pcm.handle, pointer, UInt32(format.channels)))
    try check(snd_pcm_hw_params_set_rate(pcm.handle, pointer, UInt32(format.rate), 0))
  }
}
