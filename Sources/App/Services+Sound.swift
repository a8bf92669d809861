import ALSA
import Audio
import Cache
import Core
import Music
import Playback
import RubberBand
import Threading

extension Services {
  /// The way of the sound, as far as the player, the decoder and the device have told.
  func tellSoundPath(of track: Track?, replyTo token: ReplyToken?) {
    let status = player.status
    var path = status.path
    path.output = path.output ?? status.output
    path.underruns = max(path.underruns, status.underruns)
    inbox.post(.soundPath(SoundReport(rendition: track?.rendition, path: path), replyTo: token))
  }

  /// Asking ALSA reads files: not on the loop's thread.
  func tellDevices(replyTo token: ReplyToken?) {
    errands.async { [inbox] in
      let devices = ALSADevices.list().map { OutputDevice(name: $0.name, description: $0.description) }
      inbox.post(.devices(devices, replyTo: token))
    }
  }
}

/// What changes the speed, asked for on the decoder's thread; where it is not installed the listener is told so.
func stretcher(for format: AudioFormat, speed: Double, inbox: Inbox) -> (any Stretcher)? {
  if let stretcher = RubberBandStretcher(format: format, speed: speed) { return stretcher }
  inbox.post(
    .notice(
      Notice(.warning, "The speed stays 1: librubberband is missing. Install it (librubberband2), then try again.")))
  return nil
}

extension Track {
  var rendition: SoundReport.Rendition {
    guard let key = renditionKey else { return .file }
    switch key.rendition {
    case .raw: return .whole
    case .mp3(let bitRate): return .transcoded("MP3", bitRate: bitRate)
    }
  }
}
