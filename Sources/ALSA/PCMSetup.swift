import Audio
import CALSA

/// What a device was set to.
struct PCMShape {
  var rate: Int
  var bufferFrames: Int
  var periodFrames: Int
  /// How many frames must be free before it calls.
  var wakeFrames: Int
  var canPause: Bool
}

extension PCM {
  /// Sets format, rate and channels exactly, the buffer as near as can be to half a second: it is looked after twice in
  /// that time, and a thread that is 200 ms late is not heard.
  borrowing func configure(_ format: AudioFormat) throws(OutputError) -> PCMShape {
    let hardware = HardwareParameters()
    try hardware.fill(self)
    try hardware.set(self, format)
    var buffer = snd_pcm_uframes_t(format.rate / 2)
    var period = buffer / 4
    // Either may be refused by a device with one size of its own: then its own it is.
    _ = snd_pcm_hw_params_set_period_size_near(handle, hardware.pointer, &period, nil)
    _ = snd_pcm_hw_params_set_buffer_size_near(handle, hardware.pointer, &buffer)
    try check(snd_pcm_hw_params(handle, hardware.pointer))
    try check(snd_pcm_hw_params_get_period_size(hardware.pointer, &period, nil))
    try check(snd_pcm_hw_params_get_buffer_size(hardware.pointer, &buffer))
    let wanted = max(period, buffer / 2)
    try configureSoftware(wakingAt: wanted, buffer: buffer)
    return PCMShape(
      rate: format.rate, bufferFrames: Int(buffer), periodFrames: Int(period), wakeFrames: Int(wanted),
      canPause: snd_pcm_hw_params_can_pause(hardware.pointer) == 1)
  }

  /// Wakes us once `wanted` frames are free; starts by itself only when full; plays silence, not old sound, behind the
  /// last frame.
  private borrowing func configureSoftware(wakingAt wanted: snd_pcm_uframes_t, buffer: snd_pcm_uframes_t)
    throws(OutputError)
  {
    var parameters: OpaquePointer?
    try check(snd_pcm_sw_params_malloc(&parameters))
    defer { snd_pcm_sw_params_free(parameters) }
    try check(snd_pcm_sw_params_current(handle, parameters))
    try check(snd_pcm_sw_params_set_avail_min(handle, parameters, wanted))
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
    try check(snd_pcm_hw_params_set_format(pcm.handle, pointer, format.sample.alsa))
    try check(snd_pcm_hw_params_set_channels(pcm.handle, pointer, UInt32(format.channels)))
    try check(snd_pcm_hw_params_set_rate(pcm.handle, pointer, UInt32(format.rate), 0))
  }
}

extension SampleFormat {
  fileprivate var alsa: snd_pcm_format_t {
    switch self {
    case .s16: SND_PCM_FORMAT_S16
    case .s32: SND_PCM_FORMAT_S32
    case .f32: SND_PCM_FORMAT_FLOAT
    }
  }
}
