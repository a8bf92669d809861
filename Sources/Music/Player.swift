/// What the player is asked. It knows two tracks: this and next.
package enum PlayerCommand: Hashable, Sendable {
  /// Drops what sounds and plays this entry from `position`; `paused` makes it ready without a sound.
  case load(QueueEntry, position: Duration, paused: Bool)
  /// What to join on without a gap when the current track ends; nil: stop there.
  case setNext(QueueEntry?)
  case pause
  case resume
  case stop
  /// Position in the current track.
  case seek(Duration)
  /// 0…100.
  case setVolume(Int)
  /// Silent while the music runs on; the volume is kept.
  case setMuted(Bool)
  case setSound(SoundSettings)
  /// Plays this part of the current track again and again, without a gap; nil: no longer. A load forgets it.
  case setLoop(Range<Duration>?)
  /// Grows silent over this time, then pauses. A pause, resume, load or stop on the way takes its place.
  case fadeOut(over: Duration)
  /// Plays on at another output, from the same place: ALSA's name for a device.
  case setOutput(String)
}

/// What the player reports. Times are those of what is audible, not of what is decoded.
package enum PlayerEvent: Hashable, Sendable {
  /// The first sound of an entry is audible (or it is loaded and paused).
  case started(EntryID)
  /// The track ended and the one set with `setNext` goes on without a gap.
  case advanced(to: EntryID)
  /// The last track ended, and there was no next.
  case ended
  /// The entry cannot be played (any further). The player stops; the queue decides what follows.
  case failed(EntryID, PlaybackFailure)
  /// Waiting for bytes, or not any more.
  case buffering(Bool)
  /// The ring ran dry while playing: the number since start.
  case underrun(Int)
  /// Where sound now goes.
  case output(OutputDescription)
  /// The player paused by itself: the fade-out that was asked for is over.
  case fadedOut(EntryID)
  /// The device that was lost is back, or another took its place, and the music goes on where it stopped.
  case outputReturned(EntryID)
  /// The output that was asked for by `setOutput` cannot be opened; sound stays where it was.
  case outputRefused(String, reason: String)
}

/// Why an entry stopped: facts, not sentences.
package enum PlaybackFailure: Error, Hashable, Sendable {
  /// The bytes are not there and cannot be had now.
  case offline
  /// Played as far as it was fetched, then the network was gone.
  case cutShort(at: Duration)
  /// The bytes are not sound in any form the decoder knows.
  case notAudio
  /// The server answered, but not with music: its reason in its words, if it gave one.
  case refused(String?)
  /// A file of this computer in a form that is not decoded here: its ending.
  case unsupported(String)
  /// A local file that cannot be read; the errno.
  case unreadable(Int32)
  /// The output does not take sound any more; the library's reason.
  case output(String)
}

/// Where sound goes, as it really is.
package struct OutputDescription: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case alsa
    /// Silent because the listener wants it so: the clock runs, nothing is heard.
    case silent
    /// Silent because no sound device could be opened; `device` is the reason.
    case missing
    case wav
  }

  package var kind: Kind
  /// ALSA's name for the device, or the file's path.
  package var device: String
  /// Frames a second.
  package var rate: Int
  package var channels: Int
  /// ALSA's name: `S16_LE`.
  package var format: String
  /// In frames, as the device has them; 0 where there is none.
  package var periodFrames = 0
  package var bufferFrames = 0
  /// What ALSA makes of it for a device that has not this rate, format or number of channels, in ALSA's words
  /// (`S32_LE, 48000 Hz, 2 channels`); nil where the device takes it as it is.
  package var conversion: String?

  package init(kind: Kind, device: String, rate: Int, channels: Int, format: String) {
    self.kind = kind
    self.device = device
    self.rate = rate
    self.channels = channels
    self.format = format
  }
}
