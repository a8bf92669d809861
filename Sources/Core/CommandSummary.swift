/// Where the help lists a command.
package enum CommandGroup: String, Hashable, Sendable, CaseIterable {
  case playing = "Playing"
  case sound = "Sound"
  case rows = "Rows"
  case moving = "Moving about"
  case screens = "Screens"
  case playlists = "Playlists"
  case program = "Program"
}

extension Command {
  package var group: CommandGroup {
    switch self {
    case .play, .pause, .stop, .next, .previous, .seek, .volume, .shuffle, .repeatMode, .mode, .starPlaying: .playing
    case .sound: .sound
    case .history(.undo), .history(.redo): .rows
    case .resume: .playing
    case .hand(let command): command.group
    case .editing(let command): if case .arrange = command { .playlists } else { .rows }
    case .activate, .add, .addNext, .mark, .remove, .reorder, .star, .rate, .clear, .pin, .pinStarred: .rows
    case .move, .pane, .jump, .back: .moving
    case .views(let command): command.group
    case .history(.show), .outbox: .screens
    case .view, .search, .albums, .starred, .radio, .downloads, .display, .panel: .screens
    case .playlistNew, .playlistRename, .playlistDescribe, .playlistDelete, .playlistAdd: .playlists
    case .history(.versions), .history(.restore): .playlists
    default: .program
    }
  }

  /// What it does, for the help and for completion.
  package var summary: String {
    switch self {
    case .play(nil): "go on playing"
    case .play(let query?): "play “\(query)”"
    case .pause: "pause or go on"
    case .stop: "stop"
    case .next: "next track"
    case .previous: "start of the track, or the one before"
    case .seek(.by(let seconds)): seconds < 0 ? "back \(-seconds) seconds" : "forward \(seconds) seconds"
    case .seek(let target): "go to \(target) in the track"
    case .volume(.by(let amount)): amount < 0 ? "quieter" : "louder"
    case .volume(.to(let value)): "volume \(value)"
    case .shuffle: "shuffle on or off"
    case .sound(let command): command.summary
    case .history(let command): command.summary
    case .outbox(let command): command.summary
    case .editing(let command): command.summary
    case .resume(let command): command.summary
    case .mode(let command): command.summary
    case .keeping(let command): command.summary
    case .display(let command): command.summary
    case .panel(let command): command.summary
    case .hand(let command): command.summary
    case .repeatMode: "repeat nothing, all, or one"
    case .move(let motion): motion.summary
    case .pane(let motion): "\(motion == .left || motion == .previous ? "previous" : "next") column"
    case .view(let name): "\(name.title)"
    case .back: "close, clear marks and notices"
    case .jump: "to the track that plays"
    case .activate: "play from here"
    case .add: "add to the queue"
    case .addNext: "play right after this track"
    case .mark: "mark the row"
    case .remove: "remove from the queue or playlist"
    case .reorder(let direction): "move the row \(direction.rawValue)"
    case .star: "star"
    case .starPlaying: "star what plays"
    case .rate(0): "take the rating away"
    case .rate(let rating): "rate \(rating) of 5"
    case .clear: "empty the queue"
    case .pin: "keep it on this computer"
    case .pinStarred: "keep everything starred"
    case .downloads(let action): action.summary
    case .search: "search"
    case .prompt("find "?): "find a row of the list"
    case .prompt: "command line"
    case .albums(let order): "all albums by \(order.rawValue)"
    case .starred: "what is starred"
    case .views(let command): command.summary
    case .radio(let command): command.summary
    case .playlistNew: "new playlist"
    case .playlistRename: "rename the playlist"
    case .playlistDescribe(let detail): detail.summary
    case .playlistDelete: "delete the playlist"
    case .playlistAdd: "add the row to a playlist"
    case .login: "sign in to a server"
    case .account: "change the account"
    case .open: "music in a folder"
    case .demo: "the demo music"
    case .synchronize: "synchronise now"
    case .theme: "change the theme"
    case .set(let name, _): "set \(name)"
    case .bind(let key, let command): "bind \(key) to “\(command)”"
    case .unbind(let key): "unbind \(key)"
    case .announce: "tell each new track (line mode)"
    case .status: "what plays"
    case .queue: "the queue"
    case .redraw: "draw the screen anew"
    case .suspend: "back to the shell, for a while"
    case .quit: "quit"
    }
  }
}

extension Motion {
  fileprivate var summary: String {
    switch self {
    case .down: "down"
    case .up: "up"
    case .top: "first row"
    case .bottom: "last row"
    case .halfDown: "half a page down"
    case .halfUp: "half a page up"
    case .pageDown: "a page down"
    case .pageUp: "a page up"
    }
  }
}

extension DownloadsAction {
  fileprivate var summary: String {
    switch self {
    case .toggle: "let downloads wait or go on"
    case .pause: "let downloads wait"
    case .resume: "let downloads go on"
    case .retry: "try failed downloads again"
    case .first: "download this first"
    }
  }
}

extension ScreenName {
  package var title: String {
    switch self {
    case .library: "Library"
    case .queue: "Queue"
    case .playlists: "Playlists"
    case .search: "Search"
    case .downloads: "Downloads"
    case .history: "History"
    case .help: "Help"
    case .radio: "Radio"
    case .changes: "What was done"
    case .versions: "Versions"
    case .outbox: "Outbox"
    case .settings: "Settings"
    case .registers: "Registers"
    }
  }
}
