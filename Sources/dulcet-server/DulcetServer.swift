import Glibc
import Server

/// The server's `main`: reads the arguments, does one thing, and turns what went wrong into a sentence and an exit code
/// (0, 1 failed, 2 usage).
@main
struct DulcetServer {
  static func main() {
    do {
      switch try Invocation(Array(CommandLine.arguments.dropFirst())) {
      case .help: say(usage)
      case .version: say("dulcet-server \(ServerVersion.number)")
      case .serve(let options): try serve(options)
      case .scan(let folder, let library, let forgetsMissing):
        try scan(folder, into: library, forgetsMissing: forgetsMissing)
      case .cover(let file): exit(showCover(of: file) ? 0 : 1)
      case .lyrics(let file): exit(showLyrics(of: file) ? 0 : 1)
      case .fillTags(let list): exit(fillTags(listedIn: list) ? 0 : 1)
      case .user(let command, let data): try manageUsers(command, data: data)
      }
    } catch let error as UsageError {
      complain(error.sentence + "\nTry: dulcet-server --help")
      exit(2)
    } catch {
      complain(sentence(for: error))
      exit(1)
    }
  }
}

let usage = """
  dulcet-server: serves a folder of music to OpenSubsonic players.

  Usage:
    dulcet-server --music DIR [--listen ADDRESS:PORT] [--data DIR] [--log FILE] [--ready-file FILE]
                  [--limit-rate KIB] [--demo-user NAME --demo-password-stdin]
    dulcet-server user add NAME [--admin] [--password-stdin] [--data DIR]
    dulcet-server user password NAME [--password-stdin] [--data DIR]
    dulcet-server user key NAME [--data DIR]
    dulcet-server user remove NAME [--data DIR]
    dulcet-server user list [--data DIR]
    dulcet-server scan DIR --library FILE [--forget-missing]
    dulcet-server cover FILE
    dulcet-server lyrics FILE
    dulcet-server fill-tags LIST

  Options:
    --music DIR            the folder to serve; it is only read
    --listen ADDRESS:PORT  where to listen; 127.0.0.1:4533 unless given; port 0 takes a free one; * is every address
    --data DIR             users, playlists and the catalogue; $XDG_DATA_HOME/dulcet-server unless given
    --log FILE             appends a line for each request
    --ready-file FILE      holds the server's URL while it listens
    --limit-rate KIB       files go out at so many KiB a second on each connection
    --demo-user NAME       a user for this run only; without --data nothing at all is kept
    --demo-password-stdin  the demo user's password is the first line of the standard input
    --admin                the user may start scans and see other users; the first user always may
    --password-stdin       the password is the first line of the standard input

  `user key` prints a new API key; it cannot be shown again.
  `scan` brings a catalogue file up to date and tells its progress as lines of JSON. Where most of the music is gone, or
  all of it, what is known stays, unless with --forget-missing.
  `cover` writes the picture that belongs to a music file to the standard output, `lyrics` its words.
  `fill-tags` writes the tags that are missing in the files of a JSON list; `dulcet export` uses it.
  """

/// One line, or several, on the standard output; nothing waits in a buffer.
func say(_ text: String) { put(text + "\n", on: STDOUT_FILENO) }
func complain(_ text: String) { put("dulcet-server: " + text + "\n", on: STDERR_FILENO) }

private func put(_ text: String, on descriptor: Int32) {
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if written < 0, errno != EINTR { return }
    rest = rest.dropFirst(max(0, written))
  }
}
