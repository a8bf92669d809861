import Glibc
import Library
import Scan
import Server

/// What went wrong, for people: what happened and what to do. Never a secret.
func sentence(for error: any Error) -> String {
  switch error {
  case let error as ServerError: sentence(for: error)
  case ScanError.unreadable(let path, let code): "cannot read the music folder \(path): \(reason(code))."
  case ScanError.cancelled: "the scan was given up."
  default: "failed: \(error)"
  }
}

private func sentence(for error: ServerError) -> String {
  switch error {
  case .cannotListen(let address, let code) where code == EADDRINUSE:
    "something listens on \(address) already; give another with --listen ADDRESS:PORT."
  case .cannotListen(let address, let code): "cannot listen on \(address): \(reason(code))."
  case .cannotUse(let path, let code) where code == EPERM:
    "others can read \(path); run: chmod 600 \(path)"
  case .cannotUse(let path, let code): "cannot use \(path): \(reason(code))."
  case .secretUnreadable(let user): "the password of \(user) was stored with another key file; set it anew."
  case .userExists(let name): "there is a user \(name) already."
  case .noSuchUser(let name): "there is no user \(name)."
  case .badUserName: "a user name has 1 to 64 bytes and no control characters."
  case .libraryFailed(let library): "\(library) could not be started."
  }
}

func sentence(for report: ScanReport) -> String {
  let (progress, summary) = (report.progress, report.summary)
  var text = "scanned \(progress.seen) files: \(summary.added) tracks added, \(summary.changed) changed, "
  text += "\(summary.removed) removed"
  if progress.unusable > 0 { text += "; \(progress.unusable) files are no music that can be read" }
  if progress.unreadableFolders > 0 { text += "; \(progress.unreadableFolders) folders cannot be read" }
  return text + "."
}

private func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
