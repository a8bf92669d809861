import Music
import Testing

@Suite("Replay gain from outside")
struct ReplayGainTests {
  @Test("is taken as it is told")
  func sound() {
    let gain = ReplayGain(toldTrackGain: -7.5, albumGain: 0, trackPeak: 1.25, albumPeak: nil)
    #expect(gain == ReplayGain(trackGain: -7.5, albumGain: 0, trackPeak: 1.25))
  }

  @Test("of four zeros is what a server writes that knows none")
  func zeros() {
    #expect(ReplayGain(toldTrackGain: 0, albumGain: 0, trackPeak: 0, albumPeak: 0) == nil)
    let half = ReplayGain(toldTrackGain: -3, albumGain: 0, trackPeak: 0.5, albumPeak: 0)
    #expect(half == ReplayGain(trackGain: -3, trackPeak: 0.5))
  }

  @Test("that no recording can have is left out", arguments: [Double.nan, .infinity, -.infinity, 1e9, -61])
  func impossible(number: Double) {
    #expect(ReplayGain(toldTrackGain: number, albumGain: number, trackPeak: 0.5, albumPeak: nil) == nil)
    let kept = ReplayGain(toldTrackGain: -1, albumGain: number, trackPeak: number, albumPeak: -number)
    #expect(kept == ReplayGain(trackGain: -1))
  }

  @Test("without a gain is none: a peak alone changes nothing")
  func peaksAlone() {
    #expect(ReplayGain(toldTrackGain: nil, albumGain: nil, trackPeak: 0.5, albumPeak: 0.5) == nil)
  }
}
