package import Music
package import TUI

/// Everything the player knows, as one value: owned by the loop, changed only by `update`, drawn by `Screens`.
package struct AppState: Sendable {
  package internal(set) var size: Size
  package internal(set) var now = Timestamp(seconds: 0)
  /// As loaded, in the colours of the cover where it follows that; the shell adapts it to the terminal.
  package internal(set) var theme: Theme
  var untintedTheme: Theme?
  package internal(set) var themeNames: [String] = []
  /// Adapted to the terminal, for the list that one is chosen from.
  package internal(set) var themesToChoose: [String: Theme] = [:]
  package internal(set) var keymap = Keymap.standard {
    didSet {
      help.rows = nil
      keptTabs = nil
    }
  }

  package internal(set) var screen = ScreenName.library
  package internal(set) var library = LibraryState()
  package internal(set) var queueList = ListCursor()
  package internal(set) var playlists = PlaylistsState()
  package internal(set) var search = SearchState()
  package internal(set) var history = HistoryState()
  package internal(set) var radio = RadioState()
  package internal(set) var changes = ChangesState()
  package internal(set) var versions = VersionsState()
  package internal(set) var outbox = OutboxState()
  package internal(set) var registers = RegistersState()
  package internal(set) var registersList = ListCursor()
  @Boxed package internal(set) var help = HelpState()
  /// Beside the lists; below the wide tier it takes their place.
  @Boxed package internal(set) var panel = PanelState()
  package internal(set) var timeDisplay = TimeDisplay.remaining
  /// Lists of which not everything is shown, or not as it is.
  var arrangements: [ListPlace: Arrangement] = [:]
  /// Not nil while a filter is typed.
  package internal(set) var filterField: FilterField?
  /// Not nil while the login screen is shown.
  @Boxed package internal(set) var login: LoginState? = nil
  package internal(set) var prompt: PromptState?
  /// Not nil while a list of commands lies over the screen.
  @Boxed package internal(set) var palette: PaletteState? = nil
  @Boxed package internal(set) var pending = PendingKeys()
  /// How long the digit of a screen may be that of a number. Zero: it never is.
  var countWait = Duration.zero
  var find = FindState()
  var mouse = MouseState()
  var neighbours = NeighboursState()
  @Boxed var ahead = AheadState()
  @Boxed var firstRows = FirstRowsState()
  var waiting = WaitingState()
  @Boxed package internal(set) var notices = NoticesState()

  package internal(set) var queue = PlayQueue() {
    didSet { player.isQueueChanged = true }
  }
  @Boxed package internal(set) var player = PlayerState()
  var slowness = SlownessState()
  @Boxed package internal(set) var sound = SoundState()
  package internal(set) var modes = ModesState()
  /// Not nil while a page lies over the screen.
  @Boxed package internal(set) var sheet: Sheet? = nil
  package internal(set) var connectivity: Connectivity?
  /// The listener wants no request to leave.
  package internal(set) var isKeptOffline = false
  /// Another player has the data; this one shows it and hands it what is asked.
  package internal(set) var isAttached = false
  package internal(set) var sync = SyncState.idle
  /// A synchronisation with this account was tried to its end in this run.
  var hasSyncEnded = false
  /// Why the catalogue could not be read when it was last asked.
  package internal(set) var libraryTrouble: String?
  package internal(set) var activities = ActivitiesState()
  package internal(set) var accounts = AccountsState()
  package internal(set) var marks = CacheMarksState()
  @Boxed package internal(set) var downloads = DownloadsState()
  package internal(set) var settingsList = ListCursor()
  /// Settings that only the shell has a use for, as they were told.
  var knownSettings: [String: String] = [:]
  /// What is worn again when the choosing of a theme is given up.
  var themeBefore: Theme?
  var overrides = OverridesState()

  /// Not nil in the line mode.
  @Boxed package internal(set) var lineMode: PlainState? = nil
  var session = SessionState()
  var outage = OutageState()
  // What the loop asks for each key is kept: asking a whole state copies it.
  /// Whether what stands beside a cursor on the screen, or in the view itself, is being read.
  package internal(set) var awaitsNeighbours = false
  /// Whether time itself changes what is shown, so that `.clock` should come once a second.
  package internal(set) var wantsClock = false
  var keptTabs: KeptTabs?
  /// The same number: nothing changed since but where lists stand and what they show, so that all that is drawn around the
  /// lists looks as it did. Where the music is counts once a second, when the frame that shows it is due.
  package internal(set) var surroundings = 0
  /// Not nil: the message in hand moved a cursor, and did nothing else.
  var onlyMoved: CursorMove?
  /// Whether the last message moved the cursor of a list, and nothing but what follows that.
  package internal(set) var hasMovedCursor = false
  @Boxed var undo = UndoState()
  var resume = ResumeState()
  var queueMarks = QueueMarks()
  /// The next key names a register.
  var isNamingRegister = false
  var namedRegister: Register?
  /// What `.` does once more.
  var lastChange: Command?
  /// With how many rows from the cursor on, where a number stood before it.
  var lastChangeRows: Int?
  @Boxed var editor: EditorState? = nil
  /// When a key came last.
  var lastKey = Timestamp(seconds: 0)
  var commandHistory: [String] = []
  var tickets = Tickets()
  var errands: [Ticket: Errand] = [:]
  var random: SplitMix

  /// - Parameters:
  ///   - seed: makes shuffle differ from run to run.
  ///   - plain: the line mode, whose lines somebody types or a pipe brings.
  package init(
    size: Size = Size(columns: 80, rows: 24), theme: Theme = .plain, seed: UInt64 = 1, plain: PlainInput? = nil
  ) {
    self.size = size
    self.theme = theme
    random = SplitMix(state: seed)
    lineMode = plain.map { PlainState(isInteractive: $0 == .typed) }
    notices.keepsUntold = plain != nil
  }

  /// What `wantsClock` keeps.
  var needsClock: Bool {
    notices.current != nil || player.state == .playing || session.isUnsaved || downloads.report.bytesPerSecond > 0
  }

  package var layout: ScreenLayout { ScreenLayout(size, isPanelShown: isPanelShown) }

  package var isOffline: Bool {
    if case .offline = connectivity { return true }
    return false
  }
}

extension AppState {
  package func isStarred(_ track: Track) -> Bool { overrides.stars[.track(track.id)] ?? track.isStarred }
  package func isStarred(_ album: Album) -> Bool { overrides.stars[.album(album.id)] ?? album.isStarred }
  package func isStarred(_ artist: Artist) -> Bool { overrides.stars[.artist(artist.id)] ?? artist.isStarred }

  /// 1…5; 0 when not rated.
  package func rating(of track: Track) -> Int { overrides.ratings[.track(track.id)] ?? track.rating }

  /// Whether the track can sound now: held here, of this computer, or the server can be reached.
  package func isPlayable(_ track: Track) -> Bool {
    guard isOffline, track.origin != .local, !track.isRadio else { return true }
    return marks[track.id] != .absent
  }
}

/// A small generator of random numbers (SplitMix64) that is a value, so that `update` stays a function.
struct SplitMix: RandomNumberGenerator, Hashable, Sendable {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
