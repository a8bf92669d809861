import Glibc
import HTTP
import Library
import Music
import OpenSubsonic
import Remote

/// Sends the outbox of a catalogue, and kills itself between two steps. A test looks at what it left.
/// Arguments: the catalogue, the server's base URL, the step at which it dies (0: never). Ends with 0 when the outbox is
/// empty, with 1 when something is left for later.
@main
struct OutboxCrashProbe {
  static func main() throws {
    let arguments = CommandLine.arguments
    let account = RemoteAccount(
      server: ServerID("home"), address: ServerAddress(arguments[2])!,
      credentials: .token(user: "bob", salt: "salty1", token: "t"))
    let catalogue = try Catalogue(path: arguments[1])
    let last = Int(arguments[3])!
    var step = 0
    let drain = OutboxDrain(
      client: SubsonicClient(account: account, http: HTTPClient()), catalogue: catalogue, report: { _ in },
      passed: {
        step += 1
        if step == last { kill(getpid(), SIGKILL) }
      })
    exit(try drain.run() == .empty ? 0 : 1)
  }
}
