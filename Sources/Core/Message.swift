package import Music
package import TUI

/// What enters the loop: a key, a command from the shell, or an event of the world.
package enum Message: Hashable, Sendable {
  case key(Key)
  /// What was typed or piped in, in the line mode, and that no more will come.
  case line(String)
  case linesEnded
  case resized(Size)
  /// From the control socket or the configuration. With a token, exactly one `.reply` answers it, now or later.
  case command(Command, replyTo: ReplyToken?)
  /// From the configuration or the settings, at the start: it is no news, and is kept where it came from.
  case configured(Command)
  /// The time of day: before each batch of messages, and once a second while `AppState.wantsClock`.
  case clock(Timestamp)

  case player(PlayerEvent)
  /// About once a second while playing, and after a seek.
  case status(PlaybackStatus)
  /// From the connection of the station that stands in the queue as this track.
  case radio(TrackID, RadioNews)
  /// Where the music is at this moment: before a key or a command of the shell, and changing nothing on the screen.
  case moment(EntryID, Duration)
  /// The time that `.alarm` asked for has passed.
  case alarm(AlarmName)
  /// The answers to `.askDevices` and `.askSoundPath`.
  case devices([OutputDevice], replyTo: ReplyToken?)
  case soundPath(SoundReport, replyTo: ReplyToken?)
  /// The answer to `.askFacts`.
  case facts(TrackFacts, of: Track, replyTo: ReplyToken?)
  /// The answer to `.askCache`.
  case cacheFigures([SheetRow], replyTo: ReplyToken?)

  /// The answer to `.ask`. Every question gets exactly one.
  case answer(Ticket, CatalogueAnswer)
  /// The first rows of an answer that takes longer: they can be shown until it comes. `of`: how many of the last kind there
  /// will be, where that is known.
  case part(Ticket, CatalogueAnswer, of: Int? = nil)
  /// The answer to `.askAhead`: what could be read of it, and what the cache holds of the tracks in it.
  case ahead(Ticket, [CatalogueQuestion: CatalogueAnswer], marks: [TrackID: CacheMark])
  /// The answer to `.askFirstRows`; `of` as in `.part`.
  case firstRows(Ticket, CatalogueAnswer, of: Int?)
  /// The answer to `.askCacheMarks`: tracks that are left out hold nothing.
  case cacheMarks(Ticket, [TrackID: CacheMark])
  /// The answer to `.edit`; the playlist is the one that was created.
  case edited(LibraryEdit, created: PlaylistID?)
  case editFailed(LibraryEdit, reason: String)
  /// The answers to `.turn`.
  case turned(HistoryReturn)
  case turnFailed(String)
  /// Edits were sent or refused.
  case outboxChanged
  /// The answer to `.fetchKept`.
  case kept(KeptKind, KeptThings)
  /// The answer to `.editText`; nil where nothing came of it, and why.
  case editedText(String?, problem: String?)
  case playlistAsks(PlaylistQuestion)
  /// The server no longer takes what was stored at the sign-in.
  case lockedOut
  /// Rows changed (a sync wrote, another dulcet edited); at most a few times a second.
  case catalogueChanged
  /// Chunks arrived or went; at most about once a second.
  case cacheChanged

  /// What the last run left behind, once, after the first frame: nil when there is nothing; `missing` counts the tracks
  /// that are gone from the library.
  case session(PlayQueue?, position: Duration, missing: Int)
  /// The last message: what is still to be kept is written now.
  case ending

  case connectivity(Connectivity)
  case sync(SyncEvent)
  /// A scan, an import: at most a few times a second.
  case activity(ActivityNews)
  case downloads(DownloadsReport)

  /// At the start, after a sign-in and after a switch. The current account is nil when there is none:
  /// the login screen opens by itself.
  case accountsChanged([AccountSummary], current: AccountID?)
  /// A sentence: what happened and what to do.
  case signInFailed(String)

  /// The answer to `.askCover`. Of several questions the last is answered; earlier ones may not be.
  case cover(CoverRequest, CoverAnswer)
  /// The terminal shows pictures in another way than was known.
  case picturesChanged
  /// The answer to `.askLyrics`.
  case lyrics(TrackID, LyricsAnswer)
  /// While `.tapSpectrum` asks for it.
  case spectrum(SpectrumNews)

  case theme(Theme, replyTo: ReplyToken? = nil)
  /// One that is tried on.
  case themePreview(Theme)
  /// At the start: settings that only the shell has a use for.
  case settingsKnown([String: String])
  /// The lines of the command line of earlier runs.
  case commandHistory([String])
  /// The answer to `.askFolders` and `.askPlaylistFiles`: folders end with a slash.
  case paths(Ticket, [String])
  case themesFound([String])
  /// The answer to `.readThemes`.
  case themesRead([Theme])
  /// What came of something that was asked; goes to the one who asked, too.
  case told(Notice, replyTo: ReplyToken?)
  /// Anything the shell wants the listener to know.
  case notice(Notice)
  /// The library could not be read or written, with nobody waiting for an answer: why, in a sentence.
  case libraryFailed(String)
}

/// Which question an answer belongs to.
package struct Ticket: Hashable, Sendable {
  package let number: Int
  package init(_ number: Int) { self.number = number }
}

/// Which client of the control socket waits for a reply.
package struct ReplyToken: Hashable, Sendable {
  package let number: Int
  package init(_ number: Int) { self.number = number }
}

package enum CatalogueAnswer: Hashable, Sendable {
  case artists([Artist])
  case albums([Album])
  case tracks([Track])
  case playlists([Playlist])
  case genres([Genre])
  case stations([RadioStation])
  case history([HistoryEntry])
  case versions([PlaylistVersion])
  case outbox([OutboxRow])
  case outboxCounts(OutboxCounts)
  case groups([LibraryGroup])
  case plays([HeardTrack])
  case found(artists: [Artist], albums: [Album], tracks: [Track])
  /// The catalogue could not be read: why, in words.
  case failed(String)
}

/// How much of a track is held here.
package enum CacheMark: Hashable, Sendable {
  case absent, partial, whole
  /// Whole, and pinned: it stays.
  case kept
}

/// Where the audible music is.
package struct PlaybackStatus: Hashable, Sendable {
  package var entry: EntryID?
  package var position: Duration
  /// Zero when unknown.
  package var duration: Duration
  /// Parts of the track that are here, as fractions 0…1, ascending and apart. A local file: one, the whole.
  package var cached: [ClosedRange<Double>]
  package var isBuffering: Bool
  /// nil until the decoder has told.
  package var decoded: SoundPath.Decoded?

  package init(
    entry: EntryID?, position: Duration, duration: Duration, cached: [ClosedRange<Double>] = [],
    isBuffering: Bool = false, decoded: SoundPath.Decoded? = nil
  ) {
    self.entry = entry
    self.position = position
    self.duration = duration
    self.cached = cached
    self.isBuffering = isBuffering
    self.decoded = decoded
  }
}

package enum Connectivity: Hashable, Sendable {
  case online
  /// Why, in a few words: `the server refused the connection`.
  case offline(reason: String)
}

package enum SyncEvent: Hashable, Sendable {
  /// `section` in words (`tracks`); `total` nil while unknown.
  case progress(section: String, done: Int, total: Int?)
  /// What changed, in words, or nil for nothing worth a notice.
  case finished(String?)
  case failed(String)
}

package struct AccountID: Hashable, Sendable {
  package let rawValue: String
  package init(_ rawValue: String) { self.rawValue = rawValue }

  /// The music of a folder on this computer.
  package static let local = AccountID("local")
}

/// An account as a list shows it: never a secret.
package struct AccountSummary: Hashable, Sendable, Identifiable {
  package var id: AccountID
  /// Short, for the header: `anna@music.example.org`, `This computer`, `Demo`.
  package var name: String
  package var address: String
  package var user: String

  package init(id: AccountID, name: String, address: String = "", user: String = "") {
    self.id = id
    self.name = name
    self.address = address
    self.user = user
  }
}

/// A sentence for the listener: what happened, and what to do where something can be done.
package struct Notice: Hashable, Sendable {
  package enum Kind: Hashable, Sendable { case information, warning, error }
  package var kind: Kind
  package var text: String
  /// What it is about, where that may end before it was read.
  package enum Subject: Hashable, Sendable {
    /// Why nothing is heard: void as soon as something is.
    case silence
    /// A fault in the file of a theme: void as soon as it could be read.
    case theme
  }
  package var subject: Subject?

  package init(_ kind: Kind = .information, _ text: String, of subject: Subject? = nil) {
    self.kind = kind
    self.text = text
    self.subject = subject
  }
}

extension Message {
  /// Where the music is. What shows it is drawn when the second is over.
  var isMoment: Bool { if case .moment = self { true } else { false } }

  var isClock: Bool { if case .clock = self { true } else { false } }
}
