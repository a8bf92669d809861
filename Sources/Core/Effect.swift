package import Music

/// What the loop asks of the world. Performing one never blocks the loop; what comes of it returns as a `Message`.
/// Questions and edits are carried out one after another in the order given, so that a question sees earlier edits.
package enum Effect: Hashable, Sendable {
  case player(PlayerCommand)
  /// Answered once with `.alarm`, unless another alarm of that name takes its place before.
  case alarm(AlarmName, after: Duration)
  /// Answered once with `.devices`, and with `.soundPath`.
  case askDevices(ReplyToken?)
  case askSoundPath(of: Track?, replyTo: ReplyToken?)
  /// Answered once with `.facts`.
  case askFacts(of: Track, replyTo: ReplyToken?)
  /// Answered once with `.cacheFigures`.
  case askCache(replyTo: ReplyToken?)
  /// Worth fetching ahead, the next one first.
  case prefetch([Track])
  /// Answered once with `.answer`.
  case ask(Ticket, CatalogueQuestion)
  /// The same, for later: nobody waits for it, and all other questions go before. Answered once with `.ahead`.
  case askAhead(Ticket, [CatalogueQuestion])
  /// The first rows of what may be asked later: likewise nobody waits. Answered once with `.firstRows`.
  case askFirstRows(Ticket, CatalogueQuestion)
  /// A search is about to be typed: what takes long to be read for it is read now.
  case expectSearch
  /// Answered once with `.cacheMarks`.
  case askCacheMarks(Ticket, [TrackID])
  /// Answered once with `.edited` or `.editFailed`.
  case edit(LibraryEdit)
  /// Writes down what was done to the queue, so that it can be undone.
  case keepStep(QueueStep)
  /// Answered once with `.turned` or `.turnFailed`.
  case turn(HistoryMove)
  /// Asks the server. Answered once with `.kept`, or a `.notice`.
  case fetchKept(KeptKind)
  /// The listener's editor gets the text, and the terminal. Answered once with `.editedText`.
  case editText(String, name: String)
  case synchronize
  /// Ends what goes on; told by `.ended`, or by the end of the synchronisation.
  case cancel(Activity.ID)
  /// Keeps these here, or no longer. Answered with `.downloads`, whenever something of it changes.
  case pin([PinTarget], on: Bool)
  /// The same in a smaller rendition, in kbit/s.
  case pinRendition([PinTarget], bitRate: Int)
  /// Synchronises, and lets go of whatever the server has no more.
  case forgetMissing
  /// Answered with `.told`, as is the next.
  case importList(String, name: String?, replyTo: ReplyToken?)
  case exportList(ExportedList, title: String, String, replyTo: ReplyToken?)
  /// What is pinned may mean other tracks now.
  case refreshPins
  case downloads(DownloadsAction)
  case downloadFirst([TrackID])
  /// From now on no request leaves this computer, or they leave again. Answered with `.connectivity`.
  case keepOffline(Bool)
  /// Sends what waits in the outbox.
  case sendEdits
  /// For the player that this one is attached to.
  case forward(Command)

  /// Answered with `.accountsChanged` or `.signInFailed`, as are the next four.
  case signIn(SignInForm)
  case switchAccount(AccountID)
  /// Forgets it, and the part of the library that came from it.
  case removeAccount(AccountID)
  case openFolder(String)
  case openDemo

  /// Answered with `.cover`.
  case askCover(CoverRequest)
  case setPictures(PictureChoice)
  /// Answered with `.lyrics`.
  case askLyrics(Track)
  case keepLyricsOffset(Duration, of: TrackID)
  /// From now on `.spectrum` tells what sounds; with nil no longer.
  case tapSpectrum(SpectrumWish?)

  /// Answered with `.theme`, or `.told` why it cannot be had.
  case loadTheme(String, replyTo: ReplyToken? = nil)
  /// Answered with `.themePreview`, if there is such a theme.
  case previewTheme(String)
  /// All of them, in the colours that the terminal has. Answered with `.themesRead`.
  case readThemes
  /// Takes effect and is kept between runs. Frequent ones (volume) may be written late.
  case saveSetting(name: String, value: String)
  /// The lines of the command line, the oldest first.
  case saveHistory([String])
  /// Answered once with `.paths`: the folders whose path begins so.
  case askFolders(Ticket, String)
  /// The same, with the files that are playlists.
  case askPlaylistFiles(Ticket, String)
  /// For the next run.
  case saveQueue(PlayQueue)
  case savePlace(KeptPlace)
  case reply(ReplyToken, Reply)
  case redraw
  /// Whether the terminal is to tell of the mouse.
  case mouse(Bool)
  /// A sentence for the line mode, and a question that the next line answers.
  case say(String)
  case askLine(String, hidden: Bool)
  case suspend
  case quit
}

/// What an alarm is for: each has a time of its own.
package enum AlarmName: Hashable, Sendable, CaseIterable {
  /// The pause after a jump.
  case jump
  /// What the panel is about has not changed for a moment.
  case panel
  /// The next line of the lyrics.
  case lyrics
  /// A digit was pressed: is it a number?
  case count
  /// The cursor of a list rests: what is beside it follows.
  case follow
  /// The library's views are read ahead.
  case views
}

/// What can be written into a file.
package enum ExportedList: Hashable, Sendable {
  case playlist(PlaylistID)
  case tracks([TrackID])
}

package enum CatalogueQuestion: Hashable, Sendable {
  case artists
  case albums(of: ArtistID)
  case allAlbums(AlbumSort)
  case tracksOfAlbum(AlbumID)
  case tracksOfArtist(ArtistID)
  case playlists
  case tracksOfPlaylist(PlaylistID)
  case starred
  case genres
  case stations
  /// These, where they still exist.
  case tracks([TrackID])
  case history(limit: Int)
  case versions(of: PlaylistID)
  case deletedPlaylists
  case tracksOfVersion(Int64)
  case outbox, outboxCounts
  case library(LibraryQuestion)
  /// As it is typed: an answer that a later search has outdated may be empty.
  case search(String)
  /// The same, for a command that waits for it.
  case find(String)
}

/// A change to the library: one transaction of the catalogue, outbox row included.
package enum LibraryEdit: Hashable, Sendable {
  case star(ItemID, Bool)
  case rate(ItemID, Int)
  case createPlaylist(name: String, tracks: [TrackID])
  case renamePlaylist(PlaylistID, name: String)
  /// nil leaves a value as it is.
  case describePlaylist(PlaylistID, comment: String?, isPublic: Bool?)
  case deletePlaylist(PlaylistID)
  /// The whole new list, and the one it was made from: what others changed meanwhile is merged.
  case setTracks(PlaylistID, [TrackID], seen: [TrackID])
  /// At the end when nil.
  case addTracks(PlaylistID, [TrackID], at: Int?)
  /// As an answer it tells how many of the version's tracks are gone from the library.
  case restore(version: Int64, name: String, missing: Int = 0)
  /// About rows of the outbox.
  case retry(Int64)
  case discard(Int64)
  case decide(PlaylistID, PlaylistDecision)
  /// nil: none any more.
  case bookmark(TrackID, Bookmark?)
  /// Left on the server for other players.
  case saveQueue(SavedQueue)
  /// One step: undone together.
  indirect case together([LibraryEdit])
  /// Half of the track or four minutes were heard; `at` is when it began.
  case recordPlay(TrackID, at: Timestamp)
  case smart(SmartEdit)
  case createStation(name: String, streamURL: String)
  case renameStation(StationID, name: String)
  case deleteStation(StationID)
}

/// What the login screen holds when it is sent. The password stays out of every description.
package struct SignInForm: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  package var address: String
  package var user: String
  package var password: String

  package init(address: String, user: String, password: String) {
    self.address = address
    self.user = user
    self.password = password
  }

  package var description: String { "SignInForm(\(address), \(user), …)" }
  package var debugDescription: String { description }
}

/// The answer to a client of the control socket.
package enum Reply: Hashable, Sendable {
  case done
  /// A sentence.
  case failed(String)
  case status(StatusReport)
  case queue(QueueReport)
  /// To be printed as they are, lines and all.
  case words(String)
}

package enum PlayState: String, Hashable, Sendable { case stopped, playing, paused }

/// What `dulcet status` tells.
package struct StatusReport: Hashable, Sendable {
  package var state: PlayState
  package var track: Track?
  package var position: Duration
  package var duration: Duration
  package var isBuffering: Bool
  package var volume: Int
  package var shuffleMode: ShuffleMode
  package var repeatMode: RepeatMode
  package var isOffline: Bool
  package var underruns: Int
  package var output: OutputDescription?
  /// Place of the current entry, from 1; nil when nothing is current.
  package var place: Int?
  package var entryCount: Int
  package var account: String?
  package var isMuted = false
  package var modes = ModesState()
  package var sleepTimeLeft: Duration?
  package var settings = SoundSettings()
  package var decoded: SoundPath.Decoded?
}

/// What `dulcet queue` tells.
package struct QueueReport: Hashable, Sendable {
  package var tracks: [Track]
  /// Position in `tracks`, from 0.
  package var currentIndex: Int?

  package init(tracks: [Track], currentIndex: Int?) {
    self.tracks = tracks
    self.currentIndex = currentIndex
  }
}
