import Library
import Music
import SQLite

/// The one place where errors become words: what happened, and what to do.
func sentence(for error: any Error) -> String {
  switch error {
  case let error as FileError: error.sentence
  case let error as AccountsError: error.sentence
  case let error as PasswordError: error.sentence
  case let error as ExchangeError: error.sentence
  case let error as SQLiteError: error.sentence
  case let error as MigrationError: sentence(for: error.reason)
  case is NewerSchemaError: "The library's file comes from a newer dulcet. Update this one."
  default: "Something went wrong that dulcet has no words for: \(type(of: error))."
  }
}

extension FileError {
  var sentence: String {
    let verb =
      switch action {
      case .read: "read"
      case .write: "written"
      case .create: "made"
      }
    return "\(path) could not be \(verb): \(reason)."
  }
}

extension AccountsError {
  var sentence: String {
    switch self {
    case .file(let error): error.sentence
    case .foreignOwner(let path):
      "\(path) belongs to another user, so the accounts in it are not used. Remove it and sign in again."
    case .damaged(let path): "\(path) is damaged. Mend it, or remove it and sign in again."
    }
  }
}

extension PasswordError {
  var sentence: String {
    switch self {
    case .noTerminal: "There is no terminal to ask for the password. Use --password-stdin or --password-command."
    case .commandFailed(let status): "The password command ended with \(status) and gave no password."
    case .empty: "No password was given."
    }
  }
}

extension SQLiteError {
  var sentence: String {
    if isFull { return "The disk is full. Free some space, then try again." }
    if isCorrupt { return "The database is damaged (“dulcet doctor” says which)." }
    if isReadOnly {
      return "The database cannot be written. Is its disk read-only? Else mend the permissions of its directory."
    }
    if isBusy { return "The database is busy in another program. Try again." }
    if isCannotOpen { return "The database cannot be opened. Mend the permissions of its directory." }
    return "The database refused (\(call), code \(extendedCode)). “dulcet doctor” looks for the reason."
  }
}
