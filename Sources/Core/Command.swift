package import Music

/// What the user asks, whichever hand is on the wheel: a key, the `:` line, the configuration or the shell.
///
/// Parses from text (`init(parsing:)`) and prints back to it (`description`).
package enum Command: Hashable, Sendable {
  /// Without words: go on playing. With words: search the library and play what is found.
  case play(String?)
  case pause(Switch)
  case stop
  case next
  case previous
  case seek(SeekTarget)
  case volume(Change)
  /// nil: on, or off.
  case shuffle(ShuffleMode?)
  /// nil: the next mode of off, all, one.
  case repeatMode(RepeatMode?)
  case sound(SoundCommand)
  case history(HistoryCommand)
  case outbox(OutboxCommand)
  case editing(EditingCommand)
  case resume(ResumeCommand)
  case mode(ModeCommand)
  case keeping(KeepingCommand)
  case display(DisplayCommand)
  case panel(PanelCommand)

  case move(Motion)
  case pane(PaneMotion)
  case view(ScreenName)
  /// Closes what is open, takes marks and notices away.
  case back
  /// To the entry being played.
  case jump

  /// Plays the row under the cursor.
  case activate
  case add
  case addNext
  case mark
  case remove
  case reorder(Direction)
  case star
  /// Stars what plays.
  case starPlaying
  /// 0…5.
  case rate(Int)
  /// Empties the queue.
  case clear
  /// Keeps the row on this computer.
  case pin(Switch)
  case pinStarred(Switch)
  case downloads(DownloadsAction)

  case search(String?)
  /// Opens the command line, with this text on it.
  case prompt(String?)
  /// Shows all albums in an order.
  case albums(AlbumSort)
  case starred
  case views(ViewsCommand)
  case radio(RadioCommand)

  /// Without a name they ask for one.
  case playlistNew(String?)
  case playlistRename(String?)
  case playlistDescribe(PlaylistDetail)
  case playlistDelete
  case playlistAdd(String?)

  case login
  case account(String?)
  case open(String)
  case demo
  case synchronize

  case theme(String?)
  case set(name: String, value: String)
  indirect case bind(KeyPlace, Command)
  case unbind(KeyPlace)
  case hand(HandCommand)

  /// Whether the line mode tells each new track.
  case announce(Switch)
  case status
  case queue
  case redraw
  case suspend
  case quit
}

package enum Switch: String, Hashable, Sendable, CaseIterable { case toggle, on, off }

package enum Direction: String, Hashable, Sendable, CaseIterable { case up, down }

/// Where the cursor goes.
package enum Motion: String, Hashable, Sendable, CaseIterable {
  case down, up, top, bottom
  case halfDown = "half-down"
  case halfUp = "half-up"
  case pageDown = "page-down"
  case pageUp = "page-up"
}

package enum PaneMotion: String, Hashable, Sendable, CaseIterable { case left, right, next, previous }

package enum ScreenName: String, Hashable, Sendable, CaseIterable {
  case library, queue, playlists, search, downloads, history, radio, settings, help
  // Without a tab.
  case changes, versions, outbox, registers

  package var hasTab: Bool { ![.changes, .versions, .outbox, .registers].contains(self) }
}

/// In seconds, or per cent of the track.
package enum SeekTarget: Hashable, Sendable {
  case by(Int)
  case to(Int)
  case percent(Int)
}

package enum Change: Hashable, Sendable {
  case by(Int)
  case to(Int)
}

package enum AlbumSort: String, Hashable, Sendable, CaseIterable {
  case name, artist, newest, year, starred, random
  case mostPlayed = "most-played"
  case recentlyPlayed = "recently-played"
}
