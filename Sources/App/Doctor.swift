import ALSA
import Audio
import Cache
import Decoders
import Glibc
import HTTP
import Library
import Music
import Ncurses
import Remote
import SQLite
import TUI

/// One thing that was looked at.
struct Finding {
  enum Verdict: String { case fine = "ok  ", remark = "note", broken = "FAIL" }

  let verdict: Verdict
  let subject: String
  let text: String
}

/// `dulcet doctor`: looks at everything dulcet needs, and says in words how to mend what is wrong.
/// - Returns: 0 when nothing is broken.
func examine(paths: Paths) -> Int32 {
  let environment = currentEnvironment()
  let findings =
    [examineTerminal(environment), examineLocale()] + examineConfiguration(paths)
    + [examineDirectories(paths), examineSound(paths), examineDecoders()]
    + examineLibrary(paths) + [examineCache(paths)] + examineAccounts(paths) + [examineRuntime(paths)]
  // Servers and files had their say in it.
  for finding in findings { print(sanitize("\(finding.verdict.rawValue)  \(finding.subject): \(finding.text)")) }
  return findings.contains { $0.verdict == .broken } ? 1 : 0
}

private func examineTerminal(_ environment: [String: String]) -> Finding {
  let name = environment["TERM"] ?? ""
  guard isatty(1) == 1, isatty(0) == 1 else {
    return Finding(verdict: .remark, subject: "terminal", text: "none here; “dulcet --headless” plays without one")
  }
  var size = winsize()
  _ = ioctl(1, UInt(TIOCGWINSZ), &size)
  let extent = "\(size.ws_col) columns, \(size.ws_row) rows"
  if let problem = Terminal.problem(ofType: name) {
    return Finding(verdict: .broken, subject: "terminal", text: problem.sentence)
  }
  if size.ws_col < 40 || size.ws_row < 10 {
    return Finding(verdict: .remark, subject: "terminal", text: "\(name), \(extent): make it 40 by 10 or larger")
  }
  return Finding(verdict: .fine, subject: "terminal", text: "\(name), \(extent)")
}

private func examineLocale() -> Finding {
  setlocale(LC_CTYPE, "")
  let codes = String(cString: nl_langinfo(Int32(CODESET)))
  guard codes == "UTF-8" else {
    return Finding(
      verdict: .remark, subject: "locale",
      text: "\(codes), not UTF-8; dulcet draws UTF-8 all the same. If letters look wrong, set LANG=C.UTF-8")
  }
  return Finding(verdict: .fine, subject: "locale", text: codes)
}

private func examineConfiguration(_ paths: Paths) -> [Finding] {
  var configuration = Configuration(path: paths.configurationFile)
  configuration.examineThemes(ThemeFiles(paths))
  let settings = SettingsFile(path: paths.settingsFile)
  let problems = configuration.problems + configuration.notes(under: settings.commands)
  if problems.isEmpty {
    return [Finding(verdict: .fine, subject: "configuration", text: "nothing wrong in \(paths.configurationFile)")]
  }
  return problems.map { Finding(verdict: .remark, subject: "configuration", text: $0) }
}

private func examineDirectories(_ paths: Paths) -> Finding {
  do { try paths.create() } catch {
    return Finding(verdict: .broken, subject: "directories", text: "\(error.sentence) Mend its permissions.")
  }
  for directory in [paths.data, paths.cache, paths.state] where access(directory, W_OK) != 0 {
    return Finding(
      verdict: .broken, subject: "directories", text: "\(directory) cannot be written; mend its permissions")
  }
  var disk = statvfs()
  guard statvfs(paths.cache, &disk) == 0 else {
    return Finding(verdict: .remark, subject: "directories", text: "the free space in \(paths.cache) is not known")
  }
  // Some network disks say that they have no end.
  let (bytes, isEndless) = disk.f_bavail.multipliedReportingOverflow(by: disk.f_frsize)
  let free = isEndless ? .max : Int64(clamping: bytes)
  if free < 256 << 20 {
    return Finding(
      verdict: .remark, subject: "directories", text: "only \(describeBytes(free)) free for the cache in \(paths.cache)"
    )
  }
  return Finding(verdict: .fine, subject: "directories", text: "\(describeBytes(free)) free in \(paths.cache)")
}

private func examineSound(_ paths: Paths) -> Finding {
  let choice = Configuration(path: paths.configurationFile).commands.value(of: "output")
  let output = choice.flatMap { try? Arguments.OutputChoice(parsing: $0) } ?? .alsa(device: nil)
  guard case .alsa(let device) = output else {
    return Finding(verdict: .remark, subject: "sound", text: "the configuration says “set output \(choice ?? "")”")
  }
  do throws(OutputError) {
    let output = try ALSAOutput(device: device ?? "default", format: AudioFormat(rate: 44100, channels: 2))
    let description = output.description
    return Finding(
      verdict: .fine, subject: "sound",
      text: "ALSA device “\(description.device)”, \(description.rate) Hz, \(description.format)")
  } catch {
    return Finding(
      verdict: .broken, subject: "sound",
      text:
        "the ALSA device “\(device ?? "default")” does not open (\(error.reason)): is the user in the group audio, is a "
        + "card there, does another program hold it? “aplay -L” lists devices, “dulcet --output alsa:NAME” takes one; "
        + "without one the player runs silently")
  }
}

private func examineDecoders() -> Finding {
  hasOtherDecoders
    ? Finding(verdict: .fine, subject: "decoders", text: "libmpg123, libsndfile")
    : Finding(
      verdict: .remark, subject: "decoders",
      text: "libsndfile is missing: FLAC, Ogg, Opus, WAV and AIFF do not play; install libsndfile1")
}

private func examineLibrary(_ paths: Paths) -> [Finding] {
  guard access(paths.catalogueFile, F_OK) == 0 else {
    return [Finding(verdict: .remark, subject: "library", text: "none yet; it comes with the first account")]
  }
  do {
    let catalogue = try Catalogue(path: paths.catalogueFile)
    let accounts = (try? AccountStore(path: paths.accountsFile).load().accounts.all) ?? []
    catalogue.scope = [.local] + accounts.map { .remote($0.id) }
    let count = try catalogue.trackCount()
    let dead = try catalogue.deadEdits().count
    let waiting = dead == 0 ? "" : "; \(dead) edits were refused by a server"
    return [Finding(verdict: .fine, subject: "library", text: "\(count) tracks\(waiting)")]
  } catch {
    return [Finding(verdict: .broken, subject: "library", text: libraryAdvice(error, paths.catalogueFile))]
  }
}

/// A file that is only out of reach is not to be given up.
func libraryAdvice(_ error: any Error, _ path: String) -> String {
  let reason = (error as? MigrationError)?.reason ?? error
  guard let refusal = reason as? SQLiteError, !refusal.isAboutTheDisk else { return sentence(for: reason) }
  let finding = refusal.isCorrupt ? "\(path) is damaged." : sentence(for: refusal)
  return
    "\(finding) Move it away and synchronise anew; edits not yet sent, and stars and lists of the music on this computer, "
    + "are in it"
}

private func examineCache(_ paths: Paths) -> Finding {
  guard access(paths.chunkFile, F_OK) == 0 else {
    return Finding(verdict: .remark, subject: "cache", text: "empty")
  }
  do {
    if let problem = try ChunkStore.problems(at: paths.chunkFile).first {
      return Finding(
        verdict: .broken, subject: "cache", text: "damaged (\(problem)); “dulcet cache verify” drops what is bad")
    }
    var status = stat()
    stat(paths.chunkFile, &status)
    let store = ChunkStore(path: paths.chunkFile)
    let checked = store.failure == nil ? "; checked: \(inspectionText(store.numbers))" : ""
    return Finding(verdict: .fine, subject: "cache", text: "\(describeBytes(Int64(status.st_size))) on disk\(checked)")
  } catch {
    return Finding(
      verdict: .broken, subject: "cache", text: "\(sentence(for: error)) “dulcet cache clear” begins it anew")
  }
}

private func examineAccounts(_ paths: Paths) -> [Finding] {
  let accounts: Accounts
  do { accounts = try AccountStore(path: paths.accountsFile).load().accounts } catch {
    return [Finding(verdict: .broken, subject: "accounts", text: error.sentence)]
  }
  if accounts.all.isEmpty && accounts.folder == nil {
    return [Finding(verdict: .remark, subject: "accounts", text: "none; “dulcet login ADDRESS” adds one")]
  }
  let http = HTTPClient()
  return accounts.all.map { account in
    let subject = "account \(account.title)"
    do throws(RemoteError) {
      _ = try SubsonicClient(account: account.remote, http: http).ping()
      return Finding(verdict: .fine, subject: subject, text: "the server answers and lets us in")
    } catch {
      let advice =
        error.isAboutCredentials
        ? "sign in again: dulcet login \(account.address) --user \(account.user)"
        : "what is cached plays all the same; see whether the server runs and the network is there"
      return Finding(verdict: .broken, subject: subject, text: "\(error.reason); \(advice)")
    }
  }
}

private func examineRuntime(_ paths: Paths) -> Finding {
  guard let client = try? ControlClient(path: paths.controlSocket) else {
    return Finding(verdict: .remark, subject: "player", text: "none runs")
  }
  defer { client.close() }
  let answers = client.ask("status") != nil
  return answers
    ? Finding(verdict: .fine, subject: "player", text: "runs and answers")
    : Finding(verdict: .broken, subject: "player", text: "runs but does not answer; quit it and start it again")
}
