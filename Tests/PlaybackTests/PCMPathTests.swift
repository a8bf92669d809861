import Testing

@testable import ALSA

/// ALSA's account of what it does with sound.
@Suite struct PCMPathTests {
  private let setup = """
    Its setup is:
      stream       : PLAYBACK
      access       : RW_INTERLEAVED
      format       : S16_LE
      subformat    : STD
      channels     : 2
      rate         : 44100
      exact rate   : 44100 (44100/1)
      msbits       : 16
      buffer_size  : 22050
      period_size  : 5512
      period_time  : 125000
    """

  @Test("hardware is told from what only stands before it")
  func rewinds() {
    #expect(PCMPath(reading: "Hardware PCM card 0 'HDA Intel PCH' device 0 subdevice 0\n" + setup).canRewind)
    #expect(PCMPath(reading: "Plug PCM: Hardware PCM card 0 'X' device 0 subdevice 0\n" + setup).canRewind)
    #expect(PCMPath(reading: "ALSA <-> PipeWire PCM I/O Plugin\n" + setup).canRewind)
    #expect(!PCMPath(reading: "ALSA <-> PulseAudio PCM I/O Plugin\n" + setup).canRewind)
    let converted = "Plug PCM: Rate conversion PCM (48000, sformat=S16_LE)\n" + setup + "\nSlave: Hardware PCM card 0\n"
    #expect(!PCMPath(reading: converted + setup).canRewind)
    #expect(!PCMPath(reading: "").canRewind)
  }

  @Test("the last setup of the chain is the device's")
  func lastSetup() {
    let device = setup.replacing("44100", with: "48000").replacing("S16_LE", with: "S32_LE")
    let path = PCMPath(reading: "Plug PCM: Rate conversion PCM\n\(setup)\nSlave: Hardware PCM card 1\n\(device)")
    #expect(path.rate == 48000 && path.format == "S32_LE" && path.channels == 2)
    #expect(path.periodFrames == 5512 && path.bufferFrames == 22050)
    #expect(PCMPath(reading: "nonsense: \n:::\n").rate == 0)
  }
}
