/// What `help` tells in the line mode.
enum PlainHelp {
  static let lines = [
    "One command a line. An empty line tells what plays.",
    "search WORDS tells what is found, with numbers. The next commands can use the numbers:",
    "play 3 plays row 3, add 2-5 adds rows to the queue, add next 4 plays it next, show 3 tells what is in it.",
    "star, pin and remove take numbers too. Any command does with the numbers first: 3 rate 4, 2-5 playlist add NAME.",
    "view library tells the artists; list tells the list again, more goes on, back goes back.",
    "albums newest, starred, queue, view playlists, view downloads and radio tell other lists.",
    "play WORDS searches and plays. play, pause, stop, next, previous, seek 1:30, seek +10, volume 80, mute.",
    "shuffle tracks or albums or off, repeat all or one or off, speed 1.25, sleep 30m, stop-after track.",
    "lyrics tells the words of what plays; filter WORDS and sort COLUMN narrow and order the list, off ends that.",
    "playlist new NAME, playlist rename NAME, playlist delete, clear empties the queue.",
    "login signs in to a server, open FOLDER takes the music of a folder, demo the demo music, sync reads anew.",
    "announce off: new tracks are not told by themselves. status, sound and account tell more.",
    "Every command of the player’s : line is one here; its manual lists them. quit or control D ends.",
  ]
}
