import Glibc
import Scan
import Server

/// Serves until SIGTERM or SIGINT.
func serve(_ options: ServeOptions) throws {
  var configuration = ServerConfiguration(music: options.music)
  configuration.listen = options.listen
  configuration.log = options.log
  configuration.bytesPerSecond = options.rate
  configuration.data = try options.data ?? (options.demoUser == nil ? defaultDataDirectory() : nil)
  if let user = options.demoUser { configuration.users[user] = try passwordFromInput() }
  configuration.scanned = { report, error in
    if let report { complain(sentence(for: report)) } else if let error { complain(sentence(for: error)) }
  }
  // Before any thread is made, so that all of them leave these signals to the `sigwait` below.
  let signals = blockedSignals()
  let server = try EmbeddedServer(configuration)
  if options.demoUser == nil { try explainWithoutUsers(configuration.data) }
  let port = try server.start()
  var address = options.listen
  address.port = port
  if address.host == "*" { address.host = "0.0.0.0" }
  let url = "http://" + address.description
  say("dulcet-server: listening on " + url)
  if let file = options.readyFile { try replace(file, with: url + "\n") }
  wait(for: signals)
  if let file = options.readyFile { unlink(file) }
  server.stop()
}

private func blockedSignals() -> sigset_t {
  var signals = sigset_t()
  sigemptyset(&signals)
  for signal in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&signals, signal) }
  pthread_sigmask(SIG_BLOCK, &signals, nil)
  return signals
}

/// Afterwards the signals act as usual: a second one ends a stop that takes too long.
private func wait(for signals: sigset_t) {
  var signals = signals
  var received: Int32 = 0
  sigwait(&signals, &received)
  pthread_sigmask(SIG_UNBLOCK, &signals, nil)
}

private func explainWithoutUsers(_ data: String?) throws {
  guard let data, try UserStore(DataDirectory(path: data)).users().isEmpty else { return }
  complain(
    """
    nobody can sign in yet. Add a user, also while the server runs:
      dulcet-server user add NAME --data \(data)
    """)
}

/// Written beside and renamed: whoever reads the file reads all of it.
private func replace(_ path: String, with text: String) throws {
  let draft = path + ".\(getpid())"
  let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  guard descriptor >= 0 else { throw ServerError.cannotUse(path: path, errno: errno) }
  let bytes = Array(text.utf8)
  let isWritten = write(descriptor, bytes, bytes.count) == bytes.count
  close(descriptor)
  guard isWritten, rename(draft, path) == 0 else {
    unlink(draft)
    throw ServerError.cannotUse(path: path, errno: errno)
  }
}
